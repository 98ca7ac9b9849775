"""Boards and meetings made for tests, through the services a person would use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.meetings.models import Agency, AgendaItem, Decision, Level, Meeting, MeetingKind, Membership
from openyj.meetings.quorum import STATUTORY, Role, Sector
from openyj.meetings.services import board, business, meeting
from openyj.meetings.services.meeting import Seat


@dataclass
class Board:
    """A management board whose quorum is 3 statutory partners and the chief executive's representative, with a senior
    member from each statutory sector and one of the council, who is that representative. The police chair it."""

    kind: MeetingKind
    by: User
    agencies: dict[str, Agency] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def plan(self, day: date, **fields: Any) -> Meeting:
        given = {"begins": time(14), "place": "Committee room 2"} | fields
        return meeting.plan_meeting(kind=self.kind, by=self.by, day=day, **given)

    def hold(self, row: Meeting, present: list[str] | None = None, **seats: Seat) -> Meeting:
        """Hold a meeting at which the members of the sectors of `present` (everybody, if none are named) were there."""
        present = list(self.members) if present is None else present
        said = {
            member: seats.get(sector) or Seat("present" if sector in present else "apologies")
            for sector, member in self.members.items()
        }
        row.refresh_from_db()
        because = "The list was signed later" if row.is_held else ""
        return meeting.record_attendance(meeting=row, version=row.version, by=self.by, seats=said, because=because)

    def held(self, day: date, present: list[str] | None = None, **seats: Seat) -> Meeting:
        return self.hold(self.plan(day), present, **seats)


QUORATE = ["police", "health", "education", "other"]
TOO_FEW = ["police", "health"]


def make_board(
    by: User, *, since: date = date(2025, 4, 1), name: str = "Management board", is_board: bool = True
) -> Board:
    kind = board.add_kind(by=by, name=name, is_board=is_board)
    board.begin_terms(
        kind=kind, by=by, valid_from=since, sectors=3, roles=[Role.CHIEF_EXECUTIVE], papers_days=7, source="A test"
    )
    made = Board(kind, by)
    for sector in [*STATUTORY, Sector.OTHER]:
        code = str(sector.value)
        agency = board.add_agency(by=by, name=f"{sector.label} of Aldermere", sector=code)
        roles = {"police": [Role.CHAIR], "other": [Role.CHIEF_EXECUTIVE]}.get(code, [])
        made.agencies[code] = agency
        made.members[code] = board.add_member(
            kind=kind, by=by, name=f"{code.title()} Member", post="Head of something", agency=agency,
            level=Level.SENIOR, roles=list(roles), user=None, valid_from=since, valid_to=None,
        )  # fmt: skip
    return made


def refusal(call: Callable[[], object], field: str | None = None) -> str:
    """In which words something is refused, at a field or anywhere."""
    with pytest.raises(ValidationError) as refused:
        call()
    return " ".join(refused.value.message_dict[field] if field else refused.value.messages)


def item(board: Board, row: Meeting, title: str = "Performance") -> AgendaItem:
    return business.add_item(meeting=row, by=board.by, title=title, lead="", purpose="decision")


def decided(board: Board, row: Meeting, text: str = "Fund it", **fields: Any) -> Decision:
    return business.decide(item=item(board, row), by=board.by, text=text, reason="It helps", **fields)
