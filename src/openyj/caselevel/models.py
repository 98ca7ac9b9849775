"""Frozen case-level tables: what every document and every repeated figure rests on."""

from __future__ import annotations

from io import BytesIO
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from django.db import models

from openyj.accounts.models import Service, User
from openyj.accounts.protection import ADD_ONLY, WORKED_OUT, WORKED_OUT_OF_ALL
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


class NationalSnapshot(models.Model):
    """Every service's case-level tables together as they were at a moment, and what was worked out from them.

    It appears in one commit, checked, or not at all, and is never changed; the newest is the one that is read. This row
    stays for ever and says what was; the tables and figures of an older one are thrown away (`caselevel.national`).
    `services` holds each service's code, name, region, country, whether it is invented, and what it has not told.
    """

    taken_at = models.DateTimeField(help_text="When the record was read")
    as_of = models.DateField(help_text="The day the figures speak of")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    source = models.CharField(max_length=300)
    code_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    manifest_text = models.TextField()
    services = models.JSONField()
    seconds = models.FloatField(help_text="How long the build took")

    class Meta:
        ordering = ["-taken_at", "-id"]
        db_table_comment = ADD_ONLY

    def __str__(self) -> str:
        return f"National snapshot {self.pk}"

    @property
    def manifest(self) -> Manifest:
        return Manifest.from_json(self.manifest_text)


class NationalTable(models.Model):
    """One case-level table of a national snapshot, as Parquet. It holds children's facts without names: the database
    shows it only to who acts for every service, which no page does."""

    snapshot = models.ForeignKey(NationalSnapshot, on_delete=models.PROTECT, related_name="tables")
    name = models.CharField(max_length=60)
    content = models.BinaryField()

    class Meta:
        db_table_comment = WORKED_OUT_OF_ALL
        constraints = [models.UniqueConstraint(fields=["snapshot", "name"], name="national_table_once")]


class NationalFigures(models.Model):
    """The figures of one measure of a national snapshot, of every service, region and the nation, as Parquet."""

    snapshot = models.ForeignKey(NationalSnapshot, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        db_table_comment = WORKED_OUT
        constraints = [models.UniqueConstraint(fields=["snapshot", "measure"], name="national_figures_once")]
