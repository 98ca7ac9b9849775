"""A meeting: cancelled and held, its agenda and papers, how often it asks the database."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openyj.accounts.versions import ChangedUnderneath
from openyj.core import clock
from openyj.meetings.minutes import content_of
from openyj.meetings.models import Meeting, Paper
from openyj.meetings.selectors import (
    business_of,
    paper_lines,
    papers_to_come,
    verdicts_of,
)
from openyj.meetings.services import business, meeting
from openyj.meetings.tests.factories import TOO_FEW, decided, item, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]


def test_a_meeting_is_cancelled_with_a_reason_and_takes_place_after_all(board):
    row = board.plan(date(2026, 7, 1))
    row = meeting.cancel_meeting(row=row, version=1, by=board.by, cancelled_because="Flooding")
    assert "is cancelled" in refusal(
        lambda: meeting.cancel_meeting(row=row, version=2, by=board.by, cancelled_because="Again")
    )
    row = meeting.reinstate_meeting(row=row, version=2, by=board.by)
    assert row.is_planned and row.cancelled_because == ""
    held = board.held(date(2026, 3, 10))
    assert "is held" in refusal(
        lambda: meeting.cancel_meeting(row=held, version=held.version, by=board.by, cancelled_because="Late")
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=held.pk).update(state="cancelled")


def test_the_day_of_a_held_meeting_stays_one_it_can_have(board):
    row = board.held(date(2026, 3, 10))
    given = {"row": row, "version": row.version, "by": board.by, "begins": time(14), "ends": None, "place": "x"}
    assert "cannot be to come" in refusal(lambda: meeting.change_meeting(day=date(2026, 6, 5), **given), "day")
    assert "was no member on 31 March 2025" in refusal(
        lambda: meeting.change_meeting(day=date(2025, 3, 31), **given), "day"
    )


def test_items_move_up(board):
    row = board.plan(date(2026, 7, 1))
    items = [item(board, row, title) for title in "abc"]
    business.move_item(item=items[2], by=board.by)
    business.move_item(item=items[0], by=board.by)
    assert [each.title for each in row.items.all()] == ["a", "c", "b"]
    items[2].refresh_from_db()
    business.move_item(item=items[2], by=board.by)
    assert [each.title for each in row.items.all()] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("today", "came", "said"),
    [
        (date(2026, 6, 4), False, "Expected"), (date(2026, 6, 24), False, "Expected"),
        (date(2026, 6, 25), False, "1 day late"), (date(2026, 6, 24), True, "In time"),
        (date(2026, 6, 26), True, "Came 2 days late"),
    ],
)  # fmt: skip
def test_papers_are_due_a_week_before(board, head, today, came, said):
    row = board.plan(date(2026, 7, 1))
    paper = business.expect_paper(item=item(board, row), by=board.by, title="Report", owner=head.user, owner_name="")
    with clock.fixed(today):
        if came:
            file = SimpleUploadedFile("report.txt", b"Numbers")
            business.attach_paper(row=paper, version=1, by=board.by, file=file)
        [line] = paper_lines(Paper.objects.select_related("item__meeting"))
        assert line.due == date(2026, 6, 24) and line.tag.text == said
        assert [each.paper.pk for each in papers_to_come(head.user)] == ([] if came else [paper.pk])


def test_a_paper_has_one_owner_who_may_open_it_and_one_file(board, staff):
    agenda = item(board, board.plan(date(2026, 7, 1)))
    given = {"item": agenda, "by": board.by, "title": "Report"}
    assert "one of the two" in refusal(lambda: business.expect_paper(owner=None, owner_name="", **given), "owner")
    worker = staff("practitioner")
    assert "cannot open" in refusal(lambda: business.expect_paper(owner=worker, owner_name="", **given), "owner")
    paper = business.expect_paper(owner=None, owner_name="Health", **given)
    bad = SimpleUploadedFile("report.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    assert refusal(lambda: business.attach_paper(row=paper, version=1, by=board.by, file=bad), "file")
    paper = business.attach_paper(row=paper, version=1, by=board.by, file=SimpleUploadedFile("a.txt", b"Numbers"))
    with pytest.raises(ChangedUnderneath):
        business.attach_paper(row=paper, version=2, by=board.by, file=SimpleUploadedFile("b.txt", b"Others"))


def test_it_asks_as_often_for_one_as_for_many(board):
    def add(row: Meeting, number: int) -> None:
        for _ in range(number):
            decision = decided(board, row)
            there = row.attendances.get(membership=board.members["health"])
            business.dissent(decision=decision, by=board.by, attendance=there, reason="No")
            given = {"item": decision.item, "by": board.by, "owner": None, "owner_name": "Health"}
            business.agree_action(what="Find a room", due_on=date(2026, 4, 1), **given)
            business.expect_paper(title="Report", **given)

    def count(row: Meeting) -> int:
        row = Meeting.objects.select_related("kind", "service").get(pk=row.pk)
        with CaptureQueriesContext(connection) as asked:
            content_of(row)
            business_of(row, verdicts_of([row]))
        return len(asked)

    row = board.held(date(2026, 3, 10), TOO_FEW)
    add(row, 1)
    one = count(row)
    add(row, 2)
    assert count(row) == one
