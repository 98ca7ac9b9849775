"""Orders that are looked after by, or moved to or from, another service."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.accounts.models import Service
from openyj.casework.models.outcome import Outcome
from openyj.casework.models.transfer import Transfer
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


class OrderTransfer(AboutChild):
    """That another service looks after an order (caretaking) or takes it over, or this service theirs: asked, and
    accepted or refused."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="transfers")
    how = models.CharField("what was asked", max_length=20, choices=choices("order_transfer"))
    other_service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", verbose_name="the other service"
    )
    asked_on = models.DateField("asked on")
    answer = models.CharField(max_length=10, choices=choices("transfer_answer"), null=True, blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True)
    starts_on = models.DateField("from which day", null=True, blank=True)
    reason = models.CharField("why", max_length=300, blank=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="of_orders")

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            in_error_is_whole("order_transfer_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(answer=None, answered_on=None)
                | Q(answer__isnull=False, answered_on__isnull=False, answered_on__gte=F("asked_on")),
                name="transfer_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer="ACCEPTED", starts_on__isnull=False)
                | Q(answer="REFUSED", starts_on=None)
                | Q(answer=None, starts_on=None),
                name="only_what_is_accepted_starts",
            ),
            models.UniqueConstraint(
                fields=["outcome"], condition=Q(in_error_at=None, answer=None), name="one_transfer_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()}: {self.other_service.name}, asked {say_date(self.asked_on)}"
