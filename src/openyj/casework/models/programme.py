"""Programmes: what the service does with a child under an outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.offence import Offence
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import DisposalType


class Programme(AboutChild):
    """What the service does with a child under an outcome. A detention and training order is two: custody, licence."""

    disposal_type = models.ForeignKey(
        DisposalType, on_delete=models.PROTECT, related_name="+", verbose_name="kind of programme"
    )
    start_date = models.DateField("start")
    end_date = models.DateField("end", null=True, blank=True)
    successfully_completed = models.BooleanField(null=True, blank=True)
    offences = models.ManyToManyField(Offence, through="ProgrammeOffence", related_name="programmes")

    class Meta:
        ordering = ["-start_date", "-id"]
        constraints = [
            in_error_is_whole("programme_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="programme_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="programme_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "child"], condition=Q(end_date=None, in_error_at=None), name="programme_open"
            )
        ]

    def __str__(self) -> str:
        return self.disposal_type.label


class ProgrammeOffence(AboutChild):
    """A programme answers to an offence."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="programme_links")

    class Meta:
        constraints = [
            in_error_is_whole("programme_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["programme", "offence"], condition=Q(in_error_at=None), name="programme_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.offence}"
