"""Hearings: days in court."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openyj.casework.models.offence import Offence
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


class Hearing(AboutChild):
    """One day in court."""

    hearing_date = models.DateField("date of the hearing")
    court_type = models.CharField("kind of court", max_length=40, choices=choices("court_type"), null=True, blank=True)
    court_name = models.CharField(max_length=120, blank=True)
    offences = models.ManyToManyField(Offence, through="HearingOffence", related_name="hearings")

    class Meta:
        ordering = ["-hearing_date", "-id"]
        constraints = [
            in_error_is_whole("hearing_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="hearing_and_service"),
        ]

    def __str__(self) -> str:
        return f"Hearing of {say_date(self.hearing_date)}"


class HearingOffence(AboutChild):
    """A hearing dealt with an offence."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="hearing_links")

    class Meta:
        constraints = [
            in_error_is_whole("hearing_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["hearing", "offence"], condition=Q(in_error_at=None), name="hearing_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing}: {self.offence}"
