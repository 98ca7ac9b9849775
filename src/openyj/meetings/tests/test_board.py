"""Who sits on a board and from when to when, its terms, what comes up each time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.meetings.agenda import latest_quarter, quarter_words, title_on
from openyj.meetings.models import Attendance, Level, MeetingKind, Membership, StandingItem, Terms
from openyj.meetings.quorum import Role
from openyj.meetings.selectors import expected_at, terms_on
from openyj.meetings.services import board as services
from openyj.meetings.tests.factories import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]
OPEN = {"valid_to": None}


def seat(board, sector: str = "police", **fields):
    given = {"name": "Sam Brown", "post": "Inspector", "agency": board.agencies[sector], "level": Level.DELEGATE,
             "roles": [], "user": None, "valid_from": date(2026, 1, 1), "valid_to": None} | fields  # fmt: skip
    return services.add_member(kind=board.kind, by=board.by, **given)


def test_the_day_of_a_meeting_decides_who_is_expected(board):
    leaver, row = board.members["health"], board.plan(date(2026, 3, 10))
    services.end_membership(row=leaver, version=1, by=board.by, valid_to=date(2026, 3, 9))
    seat(board, "health", valid_from=date(2026, 3, 10))
    names = [each.name for each in expected_at(row)]
    assert "Health Member" not in names and "Sam Brown" in names and len(names) == 6
    assert "Health Member" in [each.name for each in expected_at(board.plan(date(2026, 3, 9)))]


def test_another_role_from_a_day_on_keeps_what_held_before(board):
    row = board.members["health"]
    later = services.change_seat(
        row=row, version=1, by=board.by, valid_from=date(2026, 5, 1), post="Director", agency=row.agency,
        level=row.level, roles=[Role.CHAIR],
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.valid_to, row.roles_words) == (date(2026, 4, 30), "")
    assert (later.name, later.valid_to, later.roles_words) == ("Health Member", None, "Chair")
    message = refusal(lambda: services.change_seat(
        row=later, version=1, by=board.by, valid_from=date(2026, 5, 1), post="x", agency=row.agency, level=row.level,
        roles=[]), "valid_from")  # fmt: skip
    assert "after 1 May 2026" in message


def test_nobody_sits_twice_at_once(board):
    seat(board, valid_to=date(2026, 3, 31))
    assert "Sam Brown is a member from 1 January 2026 to 31 March 2026" in refusal(
        lambda: seat(board, name="sam brown", valid_from=date(2026, 3, 31)), "name"
    )
    seat(board, valid_from=date(2026, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            service_id=board.kind.service_id, kind=board.kind, name="SAM BROWN", post="x", level="senior",
            agency=board.agencies["police"], valid_from=date(2026, 2, 1),
        )  # fmt: skip


def test_dates_that_leave_out_a_recorded_meeting_are_refused(board):
    board.held(date(2026, 3, 10))
    row = board.members["health"]
    message = refusal(
        lambda: services.end_membership(row=row, version=1, by=board.by, valid_to=date(2026, 3, 9)), "valid_to"
    )
    assert "10 March 2026 is recorded" in message
    services.end_membership(row=row, version=1, by=board.by, valid_to=date(2026, 3, 10))
    with pytest.raises(ChangedUnderneath):
        services.end_membership(row=row, version=1, by=board.by, valid_to=None)


def test_a_corrected_agency_counts_at_every_meeting_but_not_for_a_substitute(board):
    from openyj.meetings.services.meeting import Seat

    first = board.held(date(2026, 1, 10))
    police = board.agencies["police"].pk
    second = board.held(date(2026, 3, 10), health=Seat("substitute", False, "Jo", "", police, "delegate"))
    row = board.members["health"]
    services.correct_member(
        row=row, version=1, by=board.by, name=row.name, post=row.post, agency=board.agencies["education"],
        level=Level.DELEGATE, roles=[], user=None, valid_from=row.valid_from, valid_to=None,
    )  # fmt: skip
    said = {a.meeting_id: (a.agency.sector, a.level) for a in Attendance.objects.filter(membership=row)}
    assert said == {first.pk: ("education", "delegate"), second.pk: ("police", "delegate")}


def test_new_terms_end_the_earlier_ones_the_day_before(board):
    services.begin_terms(
        kind=board.kind, by=board.by, valid_from=date(2026, 4, 1), sectors=4, roles=[], papers_days=5, source="A test"
    )
    before, after = terms_on(board.kind, date(2026, 3, 31)), terms_on(board.kind, date(2026, 4, 1))
    assert (before.sectors, before.valid_to, after.sectors) == (3, date(2026, 3, 31), 4)
    assert after.papers_due(date(2026, 6, 10)) == date(2026, 6, 5)
    assert terms_on(board.kind, date(2025, 3, 31)) is None
    again = lambda: services.begin_terms(  # noqa: E731
        kind=board.kind, by=board.by, valid_from=date(2026, 4, 1), sectors=1, roles=[], papers_days=5, source="A test"
    )
    assert "Terms from 1 April 2026" in refusal(again, "valid_from")
    with pytest.raises(IntegrityError), transaction.atomic():
        Terms.objects.create(
            service_id=board.kind.service_id, kind=board.kind, valid_from=date(2026, 5, 1), sectors=1, papers_days=5,
            source="A test",
        )  # fmt: skip


def test_names_are_taken_once(board):
    assert "there already" in refusal(lambda: services.add_kind(by=board.by, name="MANAGEMENT BOARD"), "name")
    name = board.agencies["police"].name
    assert "there already" in refusal(lambda: services.add_agency(by=board.by, name=name, sector="police"), "name")


def test_one_kind_of_a_service_is_its_management_board(board, staff, other_service):
    change = {"row": board.kind, "by": board.by, "name": "Management board", "about": ""}
    second = lambda: services.add_kind(by=board.by, name="Executive board", is_board=True)  # noqa: E731
    assert "Management board is marked" in refusal(second, "is_board")
    services.change_kind(version=1, is_board=True, **change)
    other = services.add_kind(by=board.by, name="Panel")
    marked = {"row": other, "version": 1, "by": board.by, "name": "Panel", "about": "", "is_board": True}
    assert "Take the mark off" in refusal(lambda: services.change_kind(**marked), "is_board")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingKind.objects.filter(pk=other.pk).update(is_board=True)
    services.change_kind(version=2, is_board=False, **change)
    assert services.change_kind(**marked).is_board
    theirs = staff("head_of_service", service=other_service)
    with acting(by=theirs):
        assert services.add_kind(by=theirs, name="Management board", is_board=True).is_board


@pytest.mark.parametrize(
    ("day", "first", "last", "words"),
    [
        (date(2026, 7, 1), date(2026, 4, 1), date(2026, 6, 30), "2026Q1 (April to June 2026)"),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 3, 31), "2025Q4 (January to March 2026)"),
        (date(2026, 1, 15), date(2025, 10, 1), date(2025, 12, 31), "2025Q3 (October to December 2025)"),
        (date(2026, 12, 31), date(2026, 7, 1), date(2026, 9, 30), "2026Q2 (July to September 2026)"),
    ],
)
def test_the_latest_quarter_that_is_over(day, first, last, words):
    assert latest_quarter(day) == (first, last)
    assert quarter_words(first, last) == words


def test_a_report_is_about_the_quarter_that_is_over_when_papers_are_due():
    item = StandingItem(title="Performance report", of_quarter=True)
    day = date(2026, 7, 5)
    assert title_on(item, day, None) == "Performance report, 2026Q1 (April to June 2026)"
    assert title_on(item, day, Terms(papers_days=7)) == "Performance report, 2025Q4 (January to March 2026)"


def test_standing_items_come_up_in_their_months(board):
    given = {"kind": board.kind, "by": board.by, "lead": "", "of_quarter": False, "last_on": None}
    services.add_standing_item(title="Minutes", months=[], **given)
    plan = services.add_standing_item(title="The Plan", months=[5], **given)
    titles = lambda day: [item.title for item in board.plan(day).items.all()]  # noqa: E731
    assert titles(date(2026, 5, 12)) == ["Minutes", "The Plan"] and titles(date(2026, 8, 12)) == ["Minutes"]
    assert plan.when_words == "Meetings in May"
    given = {"title": "The Plan", "lead": "", "months": [5], "of_quarter": False, "last_on": date(2026, 12, 31)}
    services.change_standing_item(row=plan, version=1, by=board.by, **given)
    assert titles(date(2027, 5, 12)) == ["Minutes"]


def test_another_service_sees_none_of_it(board, staff, other_service):
    with acting(by=staff("head_of_service", service=other_service)):
        assert not Membership.objects.exists() and not Terms.objects.exists()
    with acting(by=None, services=EVERY_SERVICE), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            service=other_service, kind=board.kind, name="x", post="x", level="senior",
            agency=board.agencies["police"], valid_from=date(2026, 2, 1),
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
