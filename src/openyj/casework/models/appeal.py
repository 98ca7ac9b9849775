"""Appeals against outcomes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.outcome import Outcome
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


class Appeal(AboutChild):
    """An appeal against one outcome: when, against what, and what came of it. Whether the outcome counts follows from
    the result."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="appeals")
    appealed_on = models.DateField("date of the appeal")
    about = models.CharField("appealed against", max_length=20, choices=choices("appeal_about"), null=True, blank=True)
    result = models.CharField(max_length=40, choices=choices("outcome_appeal_status"), null=True, blank=True)
    result_on = models.DateField("date of the result", null=True, blank=True)
    new_outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="comes_from", verbose_name="new outcome"
    )

    class Meta:
        ordering = ["-appealed_on", "-id"]
        constraints = [
            in_error_is_whole("appeal_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(result=None, result_on=None)
                | Q(result__isnull=False, result_on__isnull=False, result_on__gte=F("appealed_on")),
                name="appeal_result_is_whole",
            ),
            models.CheckConstraint(condition=~Q(new_outcome=F("outcome")), name="appeal_new_outcome_is_another"),
            models.UniqueConstraint(
                fields=["outcome"], condition=Q(in_error_at=None, result=None), name="one_appeal_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal of {say_date(self.appealed_on)}"
