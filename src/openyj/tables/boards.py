"""Who sat at the management board. Belongs to a service and to no child."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Table
from openyj.tables.rules import not_after_as_of


class BoardAttendance(Table, key=("service", "meeting_id", "sector")):
    """One sector at one meeting of a service's management board: who came for it. In the shape of the return.

    Every meeting has a row for each statutory sector, also where nobody came and where the meeting was cancelled: a
    sector that is left out would be missing from what it is counted against. A meeting's number is its service's own.
    Meetings of other kinds than the management board, such as panels, are no rows of this table.
    ``new_partner``: somebody who came for the sector was new to the board; empty when it was not recorded.
    """

    service: str
    meeting_id: int
    sector: Code["board_sector"]
    meeting_date: date
    held: bool
    senior_attended: bool
    delegate_attended: bool
    new_partner: bool | None

    rules = [not_after_as_of("meeting_date", id="BRD-1")]
