"""Management board attendance (KPI 8): the statutory sectors that a senior partner spoke for. The words are beside
this file.

indicators.md section 7.2, KPI 8. It counts sectors at a service's own meetings, so it is a function of one service's
rows where the other definitions are of one person's.
"""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir

from openyj.measures.about import BOARDS
from openyj.measures.facts import Declared, quarter
from openyj.measures.measure import Measure, Tally
from openyj.measures.rules import NONE, Rules
from openyj.tables import codes

RULES = {
    "KPI8-1": "The meeting of the management board was held; a cancelled one is no meeting.",
    "KPI8-2": "The sector is one of the five: children's social care, education, police, probation, health.",
    "KPI8-3": "Nothing dated after the day the figure speaks of is seen.",
    "KPI8-4": "A delegate, or a partner who is not senior, does not make a sector represented by a senior partner.",
    "KPI8-5": "[D] Of several boards in a quarter one is enough: the sector was there when it was at any of them.",
    "KPI8-6": "A sector with a senior partner and a delegate is in both counts.",
    "KPI8-7": "A new partner counts only where somebody came for the sector.",
}


def cohort(t: Declared, as_of: date, without: frozenset[str] = NONE) -> ir.Table:
    """One row per service, quarter with a board that was held, and statutory sector."""
    rule = Rules(RULES, without)
    b = t.board_attendance
    seats = b.filter(
        rule("KPI8-1", b.held),
        rule("KPI8-2", b.sector.isin(codes.STATUTORY_SECTORS)),
        rule("KPI8-3", b.meeting_date <= as_of),
    )
    somebody = seats.senior_attended | seats.delegate_attended
    senior = rule.either("KPI8-4", seats.senior_attended, somebody)
    delegate = rule.either("KPI8-6", seats.delegate_attended, seats.delegate_attended & ~seats.senior_attended)
    new = seats.new_partner.fill_null(False)
    new = rule.either("KPI8-7", new & somebody, new)
    # The least of 0 (was there) and 1 (was not) over the quarter's boards is 0 when the sector was at any of them.
    seats = seats.select(
        "service",
        "meeting_id",
        "sector",
        "meeting_date",
        quarter_begins=seats.meeting_date.truncate("Q"),
        without_senior=(~senior).cast("int64"),
        without_delegate=(~delegate).cast("int64"),
        without_new=(~new).cast("int64"),
    )
    units = seats.group_by("service", rule.either("KPI8-5", "quarter_begins", "meeting_id"), "sector").agg(
        date=seats.meeting_date.min(),
        boards=seats.count(),
        without_senior=seats.without_senior.min(),
        without_delegate=seats.without_delegate.min(),
        without_new=seats.without_new.min(),
    )
    return units.select(
        "service",
        date="date",
        quarter=quarter(units.date),
        sector=units.sector.substitute(codes.BOARD_SECTOR.labels()),
        senior=units.without_senior == 0,
        delegate=units.without_delegate == 0,
        new_partner=units.without_new == 0,
        boards="boards",
    )


MEASURE = Measure(
    name="board-attendance",
    cohort=cohort,
    unit="statutory sectors",
    rules=RULES,
    edition="2026-08",
    review=date(2027, 4, 1),
    better="higher",
    matures=0,
    by=("service", "sector"),
    shows=(
        Tally("senior", "Statutory sectors with a senior partner at the board", of="senior"),
        Tally("delegate", "Statutory sectors represented by a delegate", of="delegate"),
        Tally("new_partner", "Statutory sectors with a new partner", of="new_partner"),
    ),
    about=BOARDS,
)
