"""Frozen case-level tables: what every document and every repeated figure rests on."""

from __future__ import annotations

from io import BytesIO
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from django.db import models

from openyj.accounts.models import Service, User
from openyj.accounts.protection import ADD_ONLY
from openyj.tables import CaseTables
from openyj.tables.snapshot import Manifest, open_snapshot


class Snapshot(models.Model):
    """The case-level tables behind a service's figures as they were at a moment. The database refuses to change it.

    `content` is the same for two snapshots of the same rows; `digest` proves manifest and files unchanged.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    as_of = models.DateField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    manifest_text = models.TextField()
    archive = models.BinaryField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        db_table_comment = ADD_ONLY
        constraints = [models.UniqueConstraint(fields=["id", "service"], name="snapshot_and_service")]
        indexes = [models.Index(fields=["service", "content"])]

    def __str__(self) -> str:
        return f"Snapshot {self.pk}"

    @property
    def manifest(self) -> Manifest:
        return Manifest.from_json(self.manifest_text)

    def tables(self) -> CaseTables:
        """The frozen tables, every file checked against the manifest and the manifest against its digest.

        Raises `tables.snapshot.Tampered` when anything differs."""
        with TemporaryDirectory() as folder, ZipFile(BytesIO(self.archive)) as archive:
            archive.extractall(folder)
            return open_snapshot(folder, self.digest).tables
