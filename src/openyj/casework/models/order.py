"""What an order runs by: the contract of a referral order, custody and licence, changes before its time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.outcome import Outcome
from openyj.casework.models.programme import Programme
from openyj.casework.models.word import CaseWord
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


class Contract(AboutChild):
    """The contract of a referral order, from whose day the order runs."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="contracts")
    signed_on = models.DateField("contract signed on")
    signed_by = models.CharField("who signed it", max_length=200)
    late_reason = models.CharField("if it was late: why", max_length=300, blank=True)

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            in_error_is_whole("contract_in_error_is_whole"),
            models.UniqueConstraint(fields=["outcome"], condition=Q(in_error_at=None), name="one_contract_an_order"),
        ]

    def __str__(self) -> str:
        return f"Contract signed on {say_date(self.signed_on)}"


class OrderChange(AboutChild):
    """An order was made longer, or ended before its time."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="changes")
    how = models.CharField("what was decided", max_length=20, choices=choices("order_change"))
    decided_on = models.DateField("from which day")
    months = models.FloatField("months added", null=True, blank=True)
    by_whom = models.CharField("by whom", max_length=120)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            in_error_is_whole("order_change_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(how="EXTENDED", months__isnull=False, months__gt=0) | (~Q(how="EXTENDED") & Q(months=None)),
                name="only_what_is_extended_has_months",
            ),
            models.UniqueConstraint(
                fields=["outcome"], condition=Q(in_error_at=None) & ~Q(how="EXTENDED"), name="an_order_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {say_date(self.decided_on)}"


class Custody(AboutChild):
    """The custody and licence of a detention and training order: two programmes, the establishment, and the dates that
    it has written. Until it has, the dates that are shown are worked out and are estimates."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="custodies")
    custody_programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="custody_of")
    licence_programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="licence_of"
    )
    establishment = models.ForeignKey(CaseWord, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    letter_on = models.DateField("date of the establishment’s letter", null=True, blank=True)
    release_on = models.DateField("release, as the letter says", null=True, blank=True)
    expiry_on = models.DateField("end of the licence, as the letter says", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            in_error_is_whole("custody_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(letter_on__isnull=False) | Q(release_on=None, expiry_on=None),
                name="written_dates_have_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(release_on=None) | Q(expiry_on=None) | Q(expiry_on__gte=F("release_on")),
                name="licence_ends_after_release",
            ),
            models.UniqueConstraint(fields=["outcome"], condition=Q(in_error_at=None), name="one_custody_an_order"),
        ]

    def __str__(self) -> str:
        return "Custody and licence"
