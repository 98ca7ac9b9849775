"""The packs of a meeting, and which figures a board wants in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from openyj.accounts.models import Service, User, Versioned
from openyj.documents.models import Document
from openyj.meetings.models import Meeting, MeetingKind


class Pack(models.Model):
    """What one meeting was sent: each time it was made is a frozen version of `document`."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="pack")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")


class PackFigures(Versioned):
    """The figures that a kind of meeting wants in its packs, as "board-attendance:senior", in the order of the
    measures. Each pack has the latest that no longer changes with time."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.OneToOneField(MeetingKind, on_delete=models.PROTECT, related_name="+")
    figures = ArrayField(models.CharField(max_length=80), blank=True, default=list)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "pack figures"
