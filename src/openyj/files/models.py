"""Files as they were kept. Who may open one is said by what it hangs on: a child's record, a meeting, an action."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from openyj.accounts.models import Service, User
from openyj.accounts.protection import ADD_ONLY
from openyj.files.kinds import KINDS, Kind

LANGUAGE = "english"
SEARCHED = SearchVector("text", config=LANGUAGE)


class StoredFile(models.Model):
    """One file. `name` is what the person called it, `kind` what it is by its content, `key` where its bytes are.

    Never changed: a better file is another one. `text` is what it is found by: the words of its name, then up to
    200,000 characters of its text.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind.name, kind.label) for kind in KINDS.values()])
    size = models.PositiveIntegerField("size in bytes")
    digest = models.CharField("SHA-256", max_length=64)
    text = models.TextField(blank=True)
    has_thumbnail = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table_comment = ADD_ONLY
        constraints = [models.UniqueConstraint(fields=["id", "service"], name="stored_file_and_service")]
        indexes = [GinIndex(SEARCHED, name="stored_file_words")]

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> Kind:
        return KINDS[self.kind]


class FileContent(models.Model):
    """The bytes of a file or thumbnail, where files are kept in the database."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    content = models.BinaryField()

    class Meta:
        db_table_comment = ADD_ONLY
