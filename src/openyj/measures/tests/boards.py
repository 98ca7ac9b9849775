"""Meetings of management boards drawn by hand and by hypothesis, in the rows of the case-level table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from openyj.tables import CaseTables
from openyj.tables.codes import BOARD_SECTOR

SECTORS = tuple(value.code for value in BOARD_SECTOR.values)
Row = dict[str, Any]


def meeting(
    number: int, on: date, *, senior: str = "", delegate: str = "", new: str = "", held: bool = True, service="North"
) -> list[Row]:
    """A meeting to which for these sectors (their codes, with spaces between) a senior partner or a delegate came, or
    somebody new."""
    return [
        {
            "service": service,
            "meeting_id": number,
            "sector": code,
            "meeting_date": on,
            "held": held,
            "senior_attended": code in senior.split(),
            "delegate_attended": code in delegate.split(),
            "new_partner": True if code in new.split() else None,
        }
        for code in SECTORS
    ]


def tables(*meetings: list[Row]) -> CaseTables:
    return CaseTables.from_rows({"board_attendance": [row for rows in meetings for row in rows]})


EDGES = (date(2020, 3, 31), date(2020, 4, 1), date(2020, 6, 30), date(2020, 7, 1), date(2021, 2, 28))
DAYS = st.builds(lambda edge, shift: edge + timedelta(days=shift), st.sampled_from(EDGES), st.integers(-1, 1))
TRUTH = st.booleans()


@st.composite
def boards(draw: st.DrawFn, service: str) -> list[Row]:
    """Some meetings of one service about the ends of quarters, each with who came."""
    rows: list[Row] = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        made = meeting(number, draw(DAYS), held=draw(st.sampled_from((True, True, True, False))), service=service)
        for row in made:
            row |= {"senior_attended": draw(TRUTH), "delegate_attended": draw(TRUTH)}
            row["new_partner"] = draw(st.sampled_from((None, True, False)))
        rows += made
    return rows


def several_boards() -> st.SearchStrategy[list[list[Row]]]:
    """The boards of three services."""
    return st.tuples(*(boards(name) for name in ("North", "South", "West"))).map(list)
