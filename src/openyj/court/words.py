"""Court, bail and remand in words: what a fact's page, the overview and the bar say."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.core import clock
from openyj.core.dates import say_date
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal
from openyj.court.rules import Stretch
from openyj.tables.court_codes import RESTS_ON

YES_NO = {True: "Yes", False: "No", None: ""}
Line = tuple[str, object]


def pounds(pence: int | None) -> str:
    return "" if pence is None else f"£{pence / 100:,.2f}"


def say_proposal(row: SentenceProposal) -> Iterator[Line]:
    yield "Hearing", str(row.hearing)
    yield "Place", row.order
    yield "We proposed", str(row.proposal)
    yield "In our own words", row.description


def say_offer(row: BailOffer) -> Iterator[Line]:
    yield "Offered on", say_date(row.date_offered)
    yield "Hearing", str(row.hearing) if row.hearing else "Not yet in court"
    yield "What we offered", row.package
    yield "Conditions offered", row.conditions
    yield "Who provides it", row.provider
    yield "Accepted by the court", row.answer
    yield "The court’s reason", row.reason


def say_remand(row: Remand) -> Iterator[Line]:
    today = clock.today()
    yield "Remanded at", str(row.hearing)
    yield "Remanded to", row.get_remand_kind_display()
    yield "Conditions the court found met", row.conditions_met
    yield "Where", row.establishment
    yield "Kind of place", row.get_accommodation_type_display()
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It goes on"
    yield "Days so far" if row.end_date is None else "Days", row.days(today)
    yield "Looked after from", say_date(row.looked_after_from)
    yield "Looked after until", say_date(row.looked_after_until)
    yield "Children’s services told on", say_date(row.told_on)
    yield "Cost of a day", pounds(row.cost_a_day_pence)
    yield "Cost so far" if row.end_date is None else "Cost", pounds(row.cost_pence(today))
    yield "Where the cost comes from", row.cost_source


def say_post_charge(row: PostChargeAccommodation) -> Iterator[Line]:
    yield "Asked for on", say_date(row.date_asked)
    yield "What was asked for", row.get_asked_for_display()
    yield "Offered by the local authority", YES_NO[row.offered]
    yield "Why the child was not moved", row.why_not
    yield "Where the child was that night", row.get_kept_overnight_display()


def to_see_to(row: Remand, stretch: Stretch) -> Iterator[str]:
    """What somebody has to do about a remand, or to look at again."""
    if row.end_date is None and stretch.decided:
        yield f"{row}, from {say_date(row.start_date)}: its offences are decided. Enter the last day of the remand."
    if row.hearing.remand_decision not in RESTS_ON[row.remand_kind]:
        yield f"{row}, from {say_date(row.start_date)}: its hearing no longer says so. Correct one of the two."
    if row.told_on is None:
        yield (
            f"{row}, from {say_date(row.start_date)}: a child on remand is looked after. Tell children’s services, and "
            "record the day."
        )
    if row.looked_after_until is None and row.looked_after_from and row.end_date and row.end_date <= clock.today():
        yield f"{row} ended on {say_date(row.end_date)}. Ask children’s services until when the child was looked after."
