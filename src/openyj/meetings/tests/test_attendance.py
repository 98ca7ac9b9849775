"""Who was there: seats, substitutes, the quorum, corrections, the register over time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openyj.accounts.versions import ChangedUnderneath
from openyj.core import clock
from openyj.meetings.changes import changes_since_held
from openyj.meetings.models import Attendance, Meeting
from openyj.meetings.register import by_sector, meetings_of, rows_of, saying_at, seats_over_time
from openyj.meetings.selectors import (
    expected_at,
    state_of,
    verdict_of,
)
from openyj.meetings.services import meeting
from openyj.meetings.services.meeting import Seat
from openyj.meetings.tests.factories import QUORATE, TOO_FEW, decided, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]


def test_a_substitute_counts_for_their_sector_and_level_and_for_the_role_of_the_seat(board):
    probation = board.agencies["probation"].pk
    row = board.held(
        date(2026, 3, 10),
        ["police", "health"],
        other=Seat("substitute", False, "Jo Grey", "Head of office", probation, "delegate"),
    )
    verdict = verdict_of(row)
    assert verdict.quorate and verdict.there == {"police", "health", "probation"}
    seat = row.attendances.get(membership=board.members["other"])
    assert (seat.agency.sector, seat.level, seat.who, seat.attended) == (
        "probation", "delegate", "Jo Grey for Other Member", True,
    )  # fmt: skip


def test_the_terms_of_the_day_decide(board):
    from openyj.meetings.services.board import begin_terms

    row = board.held(date(2026, 3, 10), TOO_FEW)
    assert not verdict_of(row).quorate
    given = {"kind": board.kind, "by": board.by, "sectors": 2, "roles": [], "papers_days": 5, "source": "A test"}
    begin_terms(valid_from=date(2026, 3, 11), **given)
    assert not verdict_of(row).quorate
    assert verdict_of(board.held(date(2026, 3, 12), TOO_FEW)).quorate


def test_without_terms_nothing_says_who_had_to_be_there(board, head):
    board.kind.terms.update(valid_from=date(2026, 5, 1))
    row = board.held(date(2026, 3, 10), TOO_FEW)
    assert verdict_of(row) is None
    assert state_of(decided(board, row)).words == "Decided"
    assert "No terms of reference of that day" in head.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("day", "state", "message"),
    [
        (date(2026, 6, 5), "planned", "Record who was there when it has been held"),
        (date(2026, 6, 3), "cancelled", "cancelled"),
    ],
)
def test_attendance_is_refused_before_the_day_and_of_a_cancelled_meeting(board, day, state, message):
    row = board.plan(day)
    if state == "cancelled":
        row = meeting.cancel_meeting(row=row, version=1, by=board.by, cancelled_because="Flooding")
    assert message in refusal(lambda: board.hold(row))
    assert not Attendance.objects.exists()


def test_every_member_needs_an_answer_and_a_substitute_a_name(board):
    row = board.plan(date(2026, 3, 10))
    some = {board.members["police"]: Seat("present")}
    given = {"meeting": row, "by": board.by}
    field = f"how_{board.members['health'].pk}"
    assert "Health Member" in refusal(lambda: meeting.record_attendance(version=1, seats=some, **given), field)
    assert refusal(lambda: board.hold(row, None, health=Seat("substitute")), f"substitute_{board.members['health'].pk}")
    row.refresh_from_db()
    assert row.is_planned and row.version == 1, "a refusal keeps nothing of it"


def test_a_correction_changes_the_quorum_and_is_told(board):
    row = board.held(date(2026, 3, 10), QUORATE)
    decision = decided(board, row)
    assert state_of(decision).words == "Decided" and changes_since_held(row) == []
    row = board.hold(row, TOO_FEW)
    assert state_of(decision).words == "Noted, not decided"
    told = {change.about: change.lines for change in changes_since_held(row)}
    assert told["Education Member"] == [("Attendance", "Present", "Apologies")]
    assert set(told) == {"Education Member", "Other Member", "The meeting"}
    assert [after for _, _, after in told["The meeting"]] == ["The list was signed later"]


def test_two_people_at_once_on_attendance(board):
    row = board.held(date(2026, 3, 10))
    with pytest.raises(ChangedUnderneath):
        meeting.record_attendance(meeting=row, version=1, by=board.by, seats={}, because="Late")


def test_a_correction_says_why(board):
    row = board.held(date(2026, 3, 10))
    given = {"meeting": row, "version": row.version, "by": board.by, "seats": {}}
    assert "Say why" in refusal(lambda: meeting.record_attendance(**given), "because")


def test_the_database_holds_what_an_attendance_may_say(board):
    row = board.held(date(2026, 3, 10), ["police"])
    empty = row.attendances.get(membership=board.members["health"])
    for broken in ({"new_partner": True}, {"substitute": "Jo"}, {"how": "substitute"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.filter(pk=empty.pk).update(**broken)


def test_what_counts_for_kpi_8(board):
    row = board.held(date(2026, 3, 10), ["police"], health=Seat("present", new_partner=True))
    board.plan(date(2026, 7, 1))
    rows = Attendance.objects.counting()
    assert rows.count() == 6 and rows.attended().count() == 2
    assert rows.get(new_partner=True).agency.sector == "health"
    Meeting.objects.filter(pk=row.pk).update(in_error_at=clock.now(), in_error_reason="Twice")
    assert not Attendance.objects.counting().exists()


def test_attendance_by_sector_over_time(board):
    agency = board.agencies["health"].pk
    board.held(date(2026, 1, 10), ["police"], health=Seat("substitute", False, "Jo", "", agency, "delegate"))
    row = board.plan(date(2026, 2, 10))
    meeting.cancel_meeting(row=row, version=1, by=board.by, cancelled_because="Flooding")
    board.held(date(2026, 3, 10))
    meetings = meetings_of(board.kind)
    table = by_sector(meetings, rows_of(meetings))
    assert table.head == ["Sector", "10 January 2026", "10 February 2026", "10 March 2026"]
    said = {row[0]: row[1:] for row in table.rows}
    assert said["Police"] == ["Senior", "Cancelled", "Senior"] and said["Health"] == ["Delegate", "Cancelled", "Senior"]
    assert said["Probation"] == ["Nobody", "Cancelled", "Senior"]
    assert table.foot == ["With a senior partner", "1 of 5", "", "5 of 5"]


def test_a_cancelled_meeting_is_said_of_those_it_expected(board):
    from openyj.meetings.services.board import add_member

    cancelled = board.plan(date(2026, 2, 10))
    meeting.cancel_meeting(row=cancelled, version=1, by=board.by, cancelled_because="Flooding")
    add_member(
        kind=board.kind, by=board.by, name="New Member", post="x", agency=board.agencies["health"], level="senior",
        roles=[], user=None, valid_from=date(2026, 2, 11), valid_to=None,
    )  # fmt: skip
    row = board.plan(date(2026, 3, 10))
    seats = {member: Seat("present") for member in expected_at(row)}
    meeting.record_attendance(meeting=row, version=1, by=board.by, seats=seats)
    lines = {line.name: line for line in seats_over_time(rows_of(meetings_of(board.kind)))}
    said = saying_at(cancelled)
    assert (said(lines["Health Member"]), said(lines["New Member"])) == ("Cancelled", "")
    assert saying_at(row)(lines["New Member"]) == "Present" and lines["New Member"].words == "1 of 1"
