"""The meetings behind a figure of board attendance. No child is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openyj.accounts.models import User
from openyj.measures.about import BOARDS
from openyj.meetings.models import Attendance, Meeting
from openyj.performance.reading import Reading
from openyj.performance.spec import Spec
from openyj.tables import codes

SECTORS = codes.BOARD_SECTOR.labels()


@dataclass(frozen=True)
class Seats:
    """One sector at one meeting, as the figure's tables have it, and by name as the register has it today. ``meeting``
    is None where today's register has no such meeting, or not for this person."""

    meeting: Meeting | None
    day: date
    sector: str
    senior: bool
    delegate: bool
    new: bool
    held: bool
    counted: bool
    who: str

    @property
    def came(self) -> str:
        """Who came for the sector, by seniority."""
        words = [name for name, there in (("Senior partner", self.senior), ("Delegate", self.delegate)) if there]
        return " and ".join(words) or "Nobody"

    @property
    def note(self) -> str:
        """Why the row is in no count, where it is in none."""
        if not self.held:
            return "Not counted: the meeting was cancelled"
        return "" if self.counted else "Not counted: not a statutory sector"


def is_of_boards(spec: Spec) -> bool:
    """Whether a figure counts seats at a board and not children."""
    return spec.definition.about is BOARDS


def boards_behind(spec: Spec, reading: Reading, user: User) -> list[Seats]:
    """Every meeting of the figure's period, a row a sector, also those that are in no count. Raises CannotBeComputed
    when the tables have none; three queries however many rows."""
    if BOARDS.listed not in reading.bench.tables:
        return []
    own = [
        row
        for row in reading.bench.tables[BOARDS.listed].to_pylist()
        if row["service"] == reading.service.code
        and spec.when.start <= row["meeting_date"] <= min(spec.when.end, reading.as_of)
        and spec.where.get("sector", SECTORS[row["sector"]]) == SECTORS[row["sector"]]
    ]
    ids = {row["meeting_id"] for row in own}
    meetings = Meeting.objects.visible_to(user).standing().select_related("kind").in_bulk(ids)
    came: dict[tuple[int, str], list[str]] = {}
    seats = Attendance.objects.visible_to(user).counting().attended().filter(meeting__in=ids)
    for seat in seats.select_related("agency", "membership"):
        came.setdefault((seat.meeting_id, seat.agency.sector.upper()), []).append(seat.who)
    return [
        Seats(
            meetings.get(row["meeting_id"]),
            row["meeting_date"],
            SECTORS[row["sector"]],
            row["senior_attended"],
            row["delegate_attended"],
            bool(row["new_partner"]),
            row["held"],
            row["held"] and row["sector"] in codes.STATUTORY_SECTORS,
            ", ".join(sorted(came.get((row["meeting_id"], row["sector"]), []))),
        )
        for row in own
    ]
