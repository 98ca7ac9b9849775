"""Renderings of a text: drafts that were produced and versions that were frozen. Nothing here is ever changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.accounts.protection import ADD_ONLY
from openyj.accounts.roles import Permission
from openyj.caselevel.models import Snapshot


class Format(models.TextChoices):
    DOCX = "docx", "Word document"
    PDF = "pdf", "PDF"
    HTML = "html", "Web page"


MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.HTML: "text/html; charset=utf-8",
}


class Document(models.Model):
    """What renditions are of. The room that writes it points here; who may read it is said by one permission."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    reads = models.CharField(max_length=60)  # a Permission; not a list of choices, which every new one would migrate

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "service"], name="document_and_service")]


class RenditionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> RenditionQuerySet:
        """The renditions of the user's service whose document their role may read."""
        may = [permission.value for permission in Permission if user.may(permission)]
        return self.filter(service=user.service_id, document__reads__in=may)

    def frozen(self) -> RenditionQuerySet:
        return self.filter(number__isnull=False)


class Rendition(models.Model):
    """A text as it was rendered once, against one snapshot: a numbered version that was frozen, or, without a number,
    a draft that was produced. `tree` is what was rendered, `parts` what was written."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="renditions")
    number = models.PositiveIntegerField("version", null=True)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    parts = models.JSONField()
    tree = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        db_table_comment = ADD_ONLY
        constraints = [
            models.UniqueConstraint(fields=["id", "service"], name="rendition_and_service"),
            models.UniqueConstraint(fields=["document", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=Q(number=None) | ~Q(name=""), name="frozen_version_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}: {self.name}" if self.number else f"{self.title}, draft"

    @property
    def is_frozen(self) -> bool:
        return self.number is not None


class RenditionValue(models.Model):
    """One number as a rendition said it, with the facts it rested on then."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="values")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    code = models.CharField(max_length=7)
    said = models.TextField()
    what = models.TextField()
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["rendition", "order"]
        db_table_comment = ADD_ONLY
        constraints = [models.UniqueConstraint(fields=["rendition", "key"], name="value_once_a_rendition")]
        indexes = [models.Index(fields=["service", "code"])]

    def get_absolute_url(self) -> str:
        return reverse("documents:frozen_figure", args=[self.rendition_id, self.code])


class RenditionFile(models.Model):
    """A rendition as one file, byte for byte as it was handed out."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=Format.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table_comment = ADD_ONLY
        constraints = [models.UniqueConstraint(fields=["rendition", "format"], name="file_once_a_format")]
