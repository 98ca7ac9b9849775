"""The invented service's last weeks. Its invented lives end on 30 September 2026 and the demo is opened later: without
this every time limit would be over. What waited for a decision then is decided now, with hearings before and first
contacts after it as far as there was time.

Only children nothing was ever decided about: no cohort of an earlier period has them, so no figure of one changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.casework.models import FirstContact, Offence, Outcome
from openyj.casework.services import add_first_contact, add_hearing, add_outcomes
from openyj.core import clock
from openyj.people.models import Child
from openyj.reference.models import LegalOutcome

SATURDAY = 5
WITHIN = 7  # days that the demo's limit of 5 working days comes to
COURT = "Quillmoor Youth Court"


@dataclass(frozen=True)
class Decided:
    """So many days ago; heard so many days before (in court), contacted so many days after (if at all)."""

    ago: int
    outcome: str
    heard: int | None = None
    contacted: int | None = None
    months: int | None = None


# In the order of the children, those who wait longest first.
LATELY = (
    Decided(46, "YOUTH_CAUTION", contacted=6),
    Decided(41, "REFERRAL_ORDER", heard=20, contacted=4, months=6),
    Decided(34, "COMMUNITY_RESOLUTION", contacted=9),
    Decided(27, "REFERRAL_ORDER", heard=14, contacted=11, months=9),
    Decided(20, "REFERRAL_ORDER", heard=21, contacted=3, months=3),
    Decided(13, "REFERRAL_ORDER", heard=9, contacted=5, months=6),
    Decided(10, "YOUTH_CAUTION"),
    Decided(9, "REFERRAL_ORDER", heard=16, months=4),
    Decided(4, "YOUTH_REHABILITATION_ORDER", heard=18, contacted=2, months=12),
    Decided(3, "REFERRAL_ORDER", heard=12, months=6),
    Decided(2, "REFERRAL_ORDER", heard=7, months=3),
)
HEARINGS = (-4, -9, 6)  # of those who wait on: days from today


def add_last_weeks(*, service: Service) -> None:
    """Decide what waited, and put a hearing in the days around today to some of what waits on."""
    officer = User.objects.get(service=service, role="data_officer")
    waiting = list(never_decided(service))
    with acting(by=officer):
        for (child, offences), decided in zip(waiting, LATELY, strict=False):
            decide(child, offences, decided, officer)
        for (child, offences), away in zip(waiting[len(LATELY) :], HEARINGS, strict=False):
            day = weekday(clock.today() + timedelta(days=away))
            add_hearing(child=child, by=officer, offences=offences, hearing_date=day, court_type=None, court_name=COURT)


def never_decided(service: Service) -> Iterator[tuple[Child, list[Offence]]]:
    """Children somebody works with and nothing was ever decided about, with their offences."""
    decided = Outcome.objects.filter(service=service).values("child")
    rows = Offence.objects.standing().filter(
        service=service, offence_date__isnull=False, child__in_error_at=None, child__restricted_reason="",
        child__worker__role="practitioner",
    )  # fmt: skip
    by_child: dict[int, list[Offence]] = {}
    for row in rows.exclude(child__in=decided).select_related("child").order_by("offence_date", "pk"):
        by_child.setdefault(row.child_id, []).append(row)
    for offences in by_child.values():
        yield offences[0].child, offences


def decide(child: Child, offences: list[Offence], decided: Decided, officer: User) -> None:
    day = weekday(clock.today() - timedelta(days=decided.ago))
    if decided.heard is not None:
        first = weekday(day - timedelta(days=decided.heard))
        for on in sorted({max(first, latest(offences)), day}):
            add_hearing(child=child, by=officer, offences=offences, hearing_date=on, court_type=None, court_name=COURT)
    made = add_outcomes(
        child=child, by=officer, offences=offences, outcome_date=day, end_date=None, appeal_status=None,
        legal_outcome=LegalOutcome.objects.get(code=decided.outcome), residence="LOCAL", main_or_other=None,
        term_months=decided.months,
    )  # fmt: skip
    if decided.contacted is not None:
        met = max(weekday(day + timedelta(days=decided.contacted)), day)
        late = decided.heard is not None and decided.contacted > WITHIN
        add_first_contact(
            child=child, by=officer, outcome=made[0], contact_date=met, how=FirstContact.How.AT_HOME,
            late_reason="The child was in hospital" if late else "",
        )  # fmt: skip


def latest(offences: list[Offence]) -> date:
    return max(offence.offence_date for offence in offences)


def weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))
