"""What cannot be true of proposals, bail offers, remands and accommodation after charge, and when a remand is one of
four weeks or more. Ids are those of the case-level tables. Each refusal stands beside a field and says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q

from openyj.casework.models import Hearing
from openyj.casework.rules import old_enough_for_detention
from openyj.core.dates import say_date
from openyj.court.models import Remand, SentenceProposal
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.reference.models import LegalOutcome
from openyj.tables.court_codes import RESTS_ON

# Case-level notes, section 6, rule 8: "> 27 days".
LONGER_THAN = 27


def check_proposal(
    *,
    child: Child,
    hearing: Hearing | None,
    order: int | None,
    proposal: LegalOutcome | None,
    row: SentenceProposal | None = None,
    **_: object,
) -> None:
    """A proposal: a place that no other has, and a sentence that could be passed on the day (as an outcome)."""
    if hearing is None:
        return
    others = SentenceProposal.objects.standing().filter(hearing=hearing, order=order).exclude(pk=row and row.pk)
    if order and (taken := others.select_related("proposal").first()):
        message = f"“{taken}” is proposed at this hearing already. Give this one another place, or change that one."
        raise ValidationError({"order": message})
    if proposal and not LegalOutcome.objects.usable_on(hearing.hearing_date).filter(pk=proposal.pk):
        message = f"{proposal} could not be passed on {say_date(hearing.hearing_date)}. Select another."
        raise ValidationError({"proposal": message})


def check_bail_offer(
    *,
    child: Child,
    date_offered: date | None,
    hearing: Hearing | None,
    accepted: bool | None,
    reason: str,
    **_: object,
) -> None:
    """BLO-1: from birth on, not after its hearing; a refusal of the court has its reason."""
    not_before_birth(child, date_offered=date_offered)
    if hearing and date_offered and date_offered > hearing.hearing_date:
        message = f"It was offered after the hearing of {say_date(hearing.hearing_date)}. Check the date."
        raise ValidationError({"date_offered": message})
    if accepted is not None and hearing is None:
        raise ValidationError({"hearing": "Select the hearing at which the court answered"})
    if accepted is False and not reason:
        raise ValidationError({"reason": "Enter why the court did not accept it, as it said; “not said” is an answer"})


def check_remand(
    *,
    child: Child,
    hearing: Hearing | None,
    remand_kind: str | None,
    conditions_met: str,
    start_date: date | None,
    end_date: date | None,
    looked_after_from: date | None,
    looked_after_until: date | None,
    told_on: date | None,
    cost: Decimal | None,
    cost_source: str,
    row: Remand | None = None,
    **_: object,
) -> None:
    """REM-1 to REM-4: decided at a hearing, from that day on, ended after it began, one at a time; youth detention only
    from the age of 12 and with the conditions that the court found met; a cost with its source."""
    not_before_birth(child, start_date=start_date)
    if hearing and remand_kind:
        rests_on_decision(hearing, remand_kind)
    if hearing and start_date and start_date < hearing.hearing_date:
        message = f"It cannot begin before the hearing of {say_date(hearing.hearing_date)}. Check both dates."
        raise ValidationError({"start_date": message})
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")
    in_order(
        looked_after_from, looked_after_until, "looked_after_until",
        "The child cannot stop being looked after before it began ({first}). Check both dates.",
    )  # fmt: skip
    in_order(start_date, told_on, "told_on", "They cannot have been told before it began ({first}). Check the date.")
    if remand_kind == "YDA":
        old_enough_for_detention(child, start_date, "remand_kind")
        if not conditions_met:
            message = "Write which conditions the court found met; without them a child is not held in detention"
            raise ValidationError({"conditions_met": message})
    if cost is not None and not cost_source:
        raise ValidationError({"cost_source": "Enter where the cost of a day comes from, such as the invoice"})
    if start_date and (other := overlapping(child, start_date, end_date, row)):
        until = f" to {say_date(other.end_date)}" if other.end_date else " and goes on"
        message = f"“{other}” runs from {say_date(other.start_date)}{until}. End that one first, or correct it."
        raise ValidationError({"start_date": message})


def rests_on_decision(hearing: Hearing, remand_kind: str) -> None:
    """A remand is what the court decided at the hearing, and not what somebody proposed there."""
    if hearing.remand_decision is None:
        message = "What the court decided about bail or remand is not recorded at this hearing. Record that first."
        raise ValidationError({"hearing": message})
    if hearing.remand_decision not in RESTS_ON[remand_kind]:
        decided = hearing.get_remand_decision_display().lower()
        message = f"The court decided: {decided}. Select another hearing, or correct what was decided at this one."
        raise ValidationError({"hearing": message})


def overlapping(child: Child, start: date, end: date | None, row: Remand | None) -> Remand | None:
    """Another remand of the child on any of these days. The day one ends another may begin: a child is moved by day."""
    rows = Remand.objects.standing().filter(child=child).exclude(pk=row and row.pk)
    rows = rows.filter(Q(end_date=None) | Q(end_date__gt=start))
    return (rows.filter(start_date__lt=end) if end and end > start else rows.filter(start_date__lte=end or date.max)
            ).order_by("start_date").first()  # fmt: skip


def check_post_charge(
    *, child: Child, date_asked: date | None, offered: bool | None, why_not: str, **_: object
) -> None:
    """PCA-1: from birth on; where it was not offered, why."""
    not_before_birth(child, date_asked=date_asked)
    if offered is False and not why_not:
        raise ValidationError({"why_not": "Enter why nothing was offered, as you were told"})


@dataclass(frozen=True)
class Stretch:
    """From the first hearing that remanded the child to the outcome, or to today while there is none."""

    days: int
    decided: bool
    custody: bool

    @property
    def counts(self) -> bool:
        """Whether it is a remand of four weeks or more: decided, and not by a sentence of custody."""
        return self.decided and not self.custody and self.days > LONGER_THAN

    @property
    def words(self) -> str:
        """ "31 days from the first remand hearing to the outcome: counts as four weeks or more"."""
        until = "the outcome" if self.decided else "today, without an outcome yet"
        if self.counts:
            so = "counts as four weeks or more"
        elif self.custody:
            so = "not counted, because it ended in custody"
        elif self.days > LONGER_THAN:
            so = "four weeks or more if it does not end in custody"
        else:
            so = "less than four weeks"
        return f"{self.days} days from the first remand hearing to {until}: {so}"


def stretch(first: date, outcomes: list[tuple[date, bool]], today: date) -> Stretch:
    """`outcomes` are the days on which the offences of the remand were decided and whether by custody: the last
    decides, because a child is on remand until then."""
    after = [each for each in outcomes if each[0] >= first]
    if not after:
        return Stretch((today - first).days, decided=False, custody=False)
    last = max(day for day, _ in after)
    return Stretch((last - first).days, decided=True, custody=any(custody for _, custody in after))
