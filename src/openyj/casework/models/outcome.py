"""Outcomes: what was decided on offences, and the first contact after it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.offence import Offence
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import LegalOutcome, choices
from openyj.tables.codes import APPEAL_SUCCESSFUL, CHANGED_ON_APPEAL

OVERTURNED = (CHANGED_ON_APPEAL, APPEAL_SUCCESSFUL)


class Outcome(AboutChild):
    """One decision on one offence."""

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="outcomes")
    legal_outcome = models.ForeignKey(LegalOutcome, on_delete=models.PROTECT, related_name="+")
    outcome_date = models.DateField("date of the outcome")
    end_date = models.DateField("end of the outcome", null=True, blank=True)
    appeal_status = models.CharField(max_length=40, choices=choices("outcome_appeal_status"), null=True, blank=True)
    residence = models.CharField(
        "where the child lived on that day",
        max_length=5,
        choices=choices("residence_on_legal_outcome_date"),
        null=True,
        blank=True,
    )
    main_or_other = models.CharField(max_length=5, choices=choices("main_or_other"), null=True, blank=True)
    occasion = models.BigIntegerField("sentencing occasion", null=True, blank=True)
    term_months = models.FloatField("length in months", null=True, blank=True)

    class Meta:
        ordering = ["-outcome_date", "-id"]
        constraints = [
            in_error_is_whole("outcome_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="outcome_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("outcome_date")), name="outcome_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "-outcome_date"],
                condition=Q(residence=None, in_error_at=None),
                name="outcome_without_residence",
            )
        ]

    def __str__(self) -> str:
        return self.legal_outcome.label

    @property
    def overturned(self) -> bool:
        """Whether an appeal changed or ended it, so that it counts in no figure (case-level notes, section 6)."""
        return self.appeal_status in OVERTURNED


class FirstContact(AboutChild):
    """The first time somebody of the service was in touch with the child after an outcome. Locally recorded: the return
    has no such item."""

    class How(models.TextChoices):
        """This project's own words, not a national list."""

        AT_HOME = "at_home", "At home"
        OFFICE = "office", "At our office"
        ELSEWHERE = "elsewhere", "Somewhere else, face to face"
        VIDEO = "video", "By video"
        PHONE = "phone", "By telephone"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="first_contacts")
    contact_date = models.DateField("date of first contact")
    how = models.CharField(max_length=10, choices=How.choices)
    late_reason = models.CharField("if it was late: why", max_length=300, blank=True)

    class Meta:
        ordering = ["-contact_date", "-id"]
        constraints = [
            in_error_is_whole("first_contact_in_error_is_whole"),
            models.UniqueConstraint(fields=["outcome"], condition=Q(in_error_at=None), name="first_contact_once"),
        ]

    def __str__(self) -> str:
        return f"First contact of {say_date(self.contact_date)}"
