"""The board's register: attendance over time, by sector and by member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from openyj.core.components import Table
from openyj.core.dates import say_date
from openyj.meetings.models import Attendance, Level, Meeting, MeetingKind, Membership
from openyj.meetings.quorum import STATUTORY

LATEST = 8  # meetings beside each other: two years of a board that meets each quarter


@dataclass(frozen=True)
class Line:
    """A member and what is recorded of them, by meeting."""

    member: Membership
    said: dict[int, str]
    came: int
    of: int

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def words(self) -> str:
        return f"{self.came} of {self.of}"


def meetings_of(kind: MeetingKind) -> list[Meeting]:
    """The latest meetings that were held or cancelled, oldest first."""
    rows = kind.meetings.standing().exclude(state=Meeting.State.PLANNED).order_by("-day", "-begins", "-pk")[:LATEST]
    return list(reversed(rows))


def rows_of(meetings: Sequence[Meeting]) -> list[Attendance]:
    rows = Attendance.objects.counting().filter(meeting__in=meetings)
    return list(rows.select_related("agency", "membership__agency"))


def by_sector(meetings: Sequence[Meeting], rows: Sequence[Attendance]) -> Table:
    """For each statutory sector and meeting, the most senior who came: the count beneath is of sectors with a senior
    partner, of five, as KPI 8 asks."""
    best: dict[tuple[str, int], str] = {}
    for row in rows:
        key = (row.agency.sector, row.meeting_id)
        if row.attended and best.get(key) != Level.SENIOR:
            best[key] = row.level
    words = {Level.SENIOR: "Senior", Level.DELEGATE: "Delegate", None: "Nobody"}

    def cell(sector: str, meeting: Meeting) -> str:
        return words[best.get((sector, meeting.pk))] if meeting.is_held else "Cancelled"

    senior = [sum(best.get((s, m.pk)) == Level.SENIOR for s in STATUTORY) for m in meetings]
    counts = [f"{n} of 5" if m.is_held else "" for n, m in zip(senior, meetings, strict=True)]
    return Table(
        caption="The five statutory sectors: the most senior who came",
        head=["Sector", *(say_date(m.day) for m in meetings)],
        rows=[[str(s.label), *(cell(s, m) for m in meetings)] for s in STATUTORY],
        foot=["With a senior partner", *counts],
    )


def seats_over_time(rows: Sequence[Attendance]) -> list[Line]:
    """Every membership that is recorded at one of the meetings, in the order of agencies."""
    found: dict[int, list[Attendance]] = {}
    for row in rows:
        found.setdefault(row.membership_id, []).append(row)
    lines = [
        Line(
            member=mine[0].membership,
            said={row.meeting_id: words_of(row) for row in mine},
            came=sum(row.attended for row in mine),
            of=len(mine),
        )
        for mine in found.values()
    ]
    return sorted(lines, key=lambda line: (line.member.agency.name, line.member.name, line.member.valid_from))


def words_of(row: Attendance) -> str:
    """ "Present", "Substitute", "Apologies" or "Absent"."""
    return {"present": "Present", "substitute": "Substitute", "apologies": "Apologies", "absent": "Absent"}[row.how]


def saying_at(meeting: Meeting) -> Callable[[Line], str]:
    """What a line says of one meeting: nothing where the member was not expected."""

    def say(line: Line) -> str:
        expected = line.member.valid_from <= meeting.day <= (line.member.valid_to or date.max)
        return line.said.get(meeting.pk, "Cancelled" if expected and not meeting.is_held else "")

    return say
