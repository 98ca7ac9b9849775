"""Meetings of a management board in the record, for tests of the figures made from them."""

from __future__ import annotations

from datetime import date, time

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.meetings.models import Agency, Attendance, Level, Meeting, MeetingKind, Membership
from openyj.meetings.quorum import Sector
from openyj.performance.figures import name_figure
from openyj.performance.models import Figure
from openyj.performance.spec import Spec

BOARD = "Management board"


def hold(
    service: Service, day: date, *, senior: str = "", delegate: str = "", new: str = "", kind: str = BOARD, **fields
) -> Meeting:
    """A meeting to which for these sectors (with spaces between) a senior partner or a delegate came, or somebody
    new: of the management board, or of another kind that is named."""
    with acting(by=None, services=EVERY_SERVICE):
        of_kind, _ = MeetingKind.objects.get_or_create(service=service, name=kind, defaults={"is_board": kind == BOARD})
        given = {"begins": time(14), "place": "Committee room", "state": Meeting.State.HELD} | fields
        meeting = Meeting.objects.create(service=service, kind=of_kind, day=day, **given)
        for level, sectors in ((Level.SENIOR, senior), (Level.DELEGATE, delegate)):
            for sector in sectors.split():
                take_seat(meeting, Sector(sector), level, new_partner=sector in new.split())
        return meeting


def take_seat(meeting: Meeting, sector: Sector, level: Level, **fields) -> Attendance:
    """Somebody of a sector came."""
    common = {"service": meeting.service}
    agency, _ = Agency.objects.get_or_create(name=f"{sector.label} of Aldermere", sector=sector, **common)
    member, _ = Membership.objects.get_or_create(
        kind=meeting.kind,
        agency=agency,
        level=level,
        name=f"{sector.value} {level.value}".title(),
        defaults={"post": "Head of something", "valid_from": date(2020, 1, 1), **common},
    )
    given = {"how": "present"} | fields
    return Attendance.objects.create(meeting=meeting, membership=member, agency=agency, level=level, **given, **common)


def make_board_figure(service: Service, *, period: str = "2026Q2", **fields) -> Figure:
    """Sectors with a senior partner, of July to September 2026."""
    given = {"measure": "board-attendance", "show": "senior", "span": "quarter", "period": period} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return name_figure(service=service, spec=Spec(**given), by=None)
