"""A year's Plan and its sections."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.documents.assembling import Part
from openyj.documents.models import Document
from openyj.finance.models import label_of


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_PLAN):
        """The rows of the user's own service, for those who may; nothing for anyone else."""
        return self.filter(service=user.service_id) if user.may(permission) else self.none()


class Plan(models.Model):
    """The Plan of one service for one year. Its headings are those it was started with."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="plans")
    starts = models.PositiveSmallIntegerField("first calendar year")
    structure = models.CharField(max_length=20)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="plan")
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["service", "starts"], name="plan_once_a_year"),
            models.UniqueConstraint(fields=["id", "service"], name="plan_and_service"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"Youth Justice Plan {label_of(self.starts)}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.starts])


class Section(Versioned):
    """One section: its heading as it was when the Plan was started, and the text under it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=60)
    heading = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="section_once_a_plan")]

    def __str__(self) -> str:
        return self.heading

    @property
    def part(self) -> Part:
        """The section as documents know it."""
        return Part(self.key, self.heading, self.text)

    def get_absolute_url(self) -> str:
        return reverse("plans:section", args=[self.plan.starts, self.key])
