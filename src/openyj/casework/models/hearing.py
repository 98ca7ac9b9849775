"""Hearings: days in court."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.accounts.models import User
from openyj.casework.models.offence import Offence
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


def remand_type(label: str) -> models.CharField:
    """Bail or remand, as proposed or as decided; None is not recorded."""
    return models.CharField(label, max_length=60, choices=choices("remand_type"), null=True, blank=True)


class Hearing(AboutChild):
    """One day in court: what was proposed about bail and remand, and apart from it what the court decided. Sentences
    proposed and the remand that follows are facts of their own (`court`); a sentence passed is an outcome."""

    hearing_date = models.DateField("date of the hearing")
    court_type = models.CharField("kind of court", max_length=40, choices=choices("court_type"), null=True, blank=True)
    court_name = models.CharField(max_length=120, blank=True)
    offences = models.ManyToManyField(Offence, through="HearingOffence", related_name="hearings")
    remand_proposal = remand_type("proposed about bail or remand")
    remand_proposal_words = models.CharField("proposal in our own words", max_length=300, blank=True)
    remand_decision = remand_type("decided about bail or remand")
    remand_decision_words = models.CharField("decision in the court’s words", max_length=300, blank=True)
    bail_conditions = models.CharField(max_length=600, blank=True)
    adjourned_to = models.DateField(null=True, blank=True)
    adjourned_reason = models.CharField("why it was adjourned", max_length=300, blank=True)
    in_court = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who of us was in court"
    )

    class Meta:
        ordering = ["-hearing_date", "-id"]
        constraints = [
            in_error_is_whole("hearing_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="hearing_and_service"),
            models.CheckConstraint(
                condition=Q(adjourned_to=None) | Q(adjourned_to__gte=F("hearing_date")), name="adjourned_after_hearing"
            ),
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
