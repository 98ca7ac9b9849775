"""What rests on a hearing or goes before it: sentences proposed, bail offered, remands, accommodation after charge."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from openyj.casework.models import Hearing
from openyj.circumstances.bases import Episode, code, day, in_order
from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import LegalOutcome
from openyj.tables.court import MOST_A_DAY


class SentenceProposal(AboutChild):
    """A sentence the service proposed at a hearing. Order 1 is what it asked for; others are what it named besides."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="sentence_proposals")
    order = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(9)])
    proposal = models.ForeignKey(LegalOutcome, on_delete=models.PROTECT, related_name="+", verbose_name="sentence")
    description = models.CharField("in our own words", max_length=300, blank=True)

    class Meta:
        ordering = ["-hearing__hearing_date", "-hearing_id", "order"]
        constraints = [
            in_error_is_whole("sentence_proposal_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["hearing", "order"], condition=Q(in_error_at=None), name="sentence_proposal_place_once"
            ),
            models.CheckConstraint(condition=Q(order__gte=1, order__lte=9), name="sentence_proposal_order_1_to_9"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.proposal}"


class BailOffer(AboutChild):
    """A bail support package offered to a court. `accepted` is None while the court has not answered."""

    date_offered = models.DateField("offered")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="bail_offers", verbose_name="at which"
    )
    package = models.CharField("what was offered", max_length=600, blank=True)
    conditions = models.CharField("conditions offered", max_length=600, blank=True)
    provider = models.CharField("who provides it", max_length=120, blank=True)
    accepted = models.BooleanField("accepted by the court", null=True, blank=True)
    reason = models.CharField("the court’s reason", max_length=300, blank=True)

    class Meta:
        ordering = ["-date_offered", "-id"]
        verbose_name = "bail offer"
        constraints = [in_error_is_whole("bail_offer_in_error_is_whole")]

    def __str__(self) -> str:
        return f"Bail support offered on {say_date(self.date_offered)}"

    @property
    def answer(self) -> str:
        return {True: "Accepted", False: "Not accepted", None: "No answer recorded"}[self.accepted]


class Remand(Episode):
    """A child remanded by a hearing, from a first day to a last; both days count. Both kinds make the child looked
    after, which children's services record: here is from when to when, and the day they were told."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="remands", verbose_name="remanded at")
    remand_kind = code("remand_kind", "remanded to", required=True)
    conditions_met = models.CharField("which conditions the court found met", max_length=600, blank=True)
    accommodation_type = code("accommodation_type", "kind of place")
    establishment = models.CharField("where", max_length=120, blank=True)
    looked_after_from = day("looked after from")
    looked_after_until = day("looked after until")
    told_on = day("children’s services told")
    cost_a_day_pence = models.PositiveIntegerField(
        "cost of a day in pence", null=True, blank=True, validators=[MaxValueValidator(MOST_A_DAY)]
    )
    cost_source = models.CharField("where the cost comes from", max_length=200, blank=True)

    class Meta(Episode.Meta):
        constraints = [
            in_error_is_whole("remand_in_error_is_whole"),
            in_order("remand_dates_in_order", "start_date", "end_date"),
            in_order("remand_looked_after_in_order", "looked_after_from", "looked_after_until"),
            models.CheckConstraint(
                condition=Q(cost_a_day_pence=None) | Q(cost_a_day_pence__lte=MOST_A_DAY), name="remand_cost_is_likely"
            ),
        ]

    def __str__(self) -> str:
        return f"Remand to {self.where}"

    @property
    def where(self) -> str:
        """The place as it is called, else the kind of remand."""
        return self.establishment or self.get_remand_kind_display()[:1].lower() + self.get_remand_kind_display()[1:]

    def days(self, today: date) -> int:
        """How many days it has lasted by `today`, the first and the last both counted; 0 before it begins."""
        return max((min(self.end_date or today, today) - self.start_date).days + 1, 0)

    def days_between(self, first: date, last: date) -> int:
        """How many of its days lie from `first` to `last`, both counted."""
        return max((min(self.end_date or last, last) - max(self.start_date, first)).days + 1, 0)

    def cost_pence(self, today: date) -> int | None:
        """What it has cost by `today`; None where the cost of a day is not recorded."""
        return None if self.cost_a_day_pence is None else self.cost_a_day_pence * self.days(today)


class PostChargeAccommodation(AboutChild):
    """After a charge the police kept the child until court and asked the local authority for accommodation, as the
    Police and Criminal Evidence Act 1984 has them do."""

    date_asked = models.DateField("asked for")
    asked_for = code("post_charge_kind", "what was asked for")
    offered = models.BooleanField("offered by the local authority", null=True, blank=True)
    why_not = models.CharField("if the child was not moved: why", max_length=300, blank=True)
    kept_overnight = code("kept_overnight", "where the child was that night")

    class Meta:
        ordering = [F("date_asked").desc(), "-id"]
        verbose_name = verbose_name_plural = "accommodation after charge"
        constraints = [in_error_is_whole("post_charge_in_error_is_whole")]

    def __str__(self) -> str:
        return f"Accommodation after charge asked for on {say_date(self.date_asked)}"
