"""Requirements and conditions of an outcome, and the hours done on them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.outcome import Outcome
from openyj.casework.models.word import CaseWord
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices
from openyj.tables.orders import HOURS_IN_A_DAY


class Requirement(AboutChild):
    """What a child has to do, or must not, under an outcome. It hangs on one outcome of the occasion and answers all
    that were given together."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="requirements")
    kind = models.ForeignKey(CaseWord, on_delete=models.PROTECT, related_name="+", verbose_name="requirement")
    start_date = models.DateField("from", null=True, blank=True)
    end_date = models.DateField("until", null=True, blank=True)
    term = models.CharField("length, as the order says it", max_length=60, blank=True)
    substantive = models.BooleanField("substantive requirement", null=True, blank=True)
    hours_ordered = models.FloatField("hours ordered", null=True, blank=True)
    ended_early_on = models.DateField("ended early or changed on", null=True, blank=True)
    ended_early_how = models.CharField(
        "how it ended early", max_length=20, choices=choices("early_end"), null=True, blank=True
    )
    ended_early_why = models.CharField("by whom and why", max_length=300, blank=True)

    class Meta:
        ordering = ["start_date", "id"]
        constraints = [
            in_error_is_whole("requirement_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="requirement_and_service"),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="requirement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(ended_early_on=None) | Q(ended_early_on__gte=F("start_date")),
                name="requirement_ended_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(hours_ordered=None) | Q(hours_ordered__gt=0), name="requirement_hours_are_some"
            ),
        ]

    def __str__(self) -> str:
        return self.kind.label


class RequirementHours(AboutChild):
    """Hours done on one day. What is done in all is the sum of these, and never typed."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="hours")
    day = models.DateField("day")
    hours = models.FloatField("hours done")
    supervised_by = models.CharField("with whom", max_length=120, blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            in_error_is_whole("requirement_hours_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=HOURS_IN_A_DAY), name="hours_done_are_of_one_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours:g} hours on {say_date(self.day)}"
