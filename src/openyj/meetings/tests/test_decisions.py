"""What a meeting decides, what it can only note, who did not agree, which actions arise."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openyj.actions.models import Action
from openyj.core import clock
from openyj.meetings.models import Decision
from openyj.meetings.selectors import (
    actions_before,
    state_of,
    waiting_before,
)
from openyj.meetings.services import business
from openyj.meetings.tests.factories import QUORATE, TOO_FEW, decided, item, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]


def test_nothing_is_decided_before_a_meeting_is_held(board):
    row = board.plan(date(2026, 7, 1))
    agenda = item(board, row)
    for call in (
        lambda: business.decide(item=agenda, by=board.by, text="x", reason="y"),
        lambda: business.change_item(row=agenda, version=1, by=board.by, said="x"),
        lambda: business.agree_action(item=agenda, by=board.by, what="x", owner=None, owner_name="y", due_on=row.day),
    ):
        assert "has not been held" in refusal(call)


def test_an_inquorate_meeting_notes_and_a_quorate_one_confirms(board):
    noted = decided(board, board.held(date(2026, 3, 10), TOO_FEW))
    assert (state_of(noted).words, state_of(noted).waits) == ("Noted, not decided", True)
    after = board.held(date(2026, 4, 10), TOO_FEW)
    assert [d.pk for d in waiting_before(after)] == [noted.pk]
    assert "not quorate either" in refusal(lambda: decided(board, after, answers=noted, verdict="confirmed"))
    quorate = board.held(date(2026, 5, 10), QUORATE)
    answer = decided(board, quorate, answers=noted, verdict="confirmed")
    assert state_of(noted).words == "Confirmed on 10 May 2026" and state_of(noted).by == answer
    assert state_of(answer).words == "Confirmed here" and waiting_before(quorate) == []
    assert "does not wait" in refusal(lambda: decided(board, quorate, answers=noted, verdict="not_confirmed"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            service_id=noted.service_id, item=answer.item, number=9, text="x", reason="y", answers=noted,
            verdict="confirmed",
        )  # fmt: skip


def test_what_is_not_confirmed_is_told_too(board):
    noted = decided(board, board.held(date(2026, 3, 10), TOO_FEW))
    answer = decided(board, board.held(date(2026, 5, 10)), answers=noted, verdict="not_confirmed")
    assert state_of(noted).words == "Not confirmed on 10 May 2026" and state_of(answer).words == "Not confirmed here"


def test_an_answer_by_a_meeting_that_turns_out_inquorate_answers_nothing(board):
    noted = decided(board, board.held(date(2026, 3, 10), TOO_FEW))
    later = board.held(date(2026, 5, 10))
    decided(board, later, answers=noted, verdict="confirmed")
    board.hold(later, TOO_FEW)
    assert state_of(noted).waits


def test_only_a_later_meeting_answers(board):
    noted = decided(board, board.held(date(2026, 3, 10), TOO_FEW))
    earlier = board.held(date(2026, 2, 10))
    assert "Only a later meeting" in refusal(lambda: decided(board, earlier, answers=noted, verdict="confirmed"))


def test_dissent_is_of_somebody_who_was_there(board):
    row = board.held(date(2026, 3, 10), QUORATE)
    decision = decided(board, row)
    there, away = (row.attendances.get(membership=board.members[code]) for code in ("health", "probation"))
    given = {"decision": decision, "by": board.by, "reason": "No money"}
    assert refusal(lambda: business.dissent(attendance=away, **given), "attendance")
    business.dissent(attendance=there, **given)
    assert "recorded already" in refusal(lambda: business.dissent(attendance=there, **given), "attendance")
    field = f"how_{board.members['health'].pk}"
    assert "did not agree" in refusal(lambda: board.hold(row, ["police", "education", "other"]), field)


def test_decisions_are_numbered_through_the_meeting_and_no_number_comes_twice(board):
    row = board.held(date(2026, 3, 10))
    first, second = decided(board, row), decided(board, row)
    Decision.objects.filter(pk=second.pk).update(in_error_at=clock.now(), in_error_reason="Twice")
    assert [first.number, second.number, decided(board, row).number] == [1, 2, 3]


def test_an_action_is_on_the_register_with_its_meeting(board, head):
    row = board.held(date(2026, 3, 10))
    agenda = item(board, row)
    action = business.agree_action(
        item=agenda, by=board.by, what="Find a room", owner=None, owner_name="Health", due_on=date(2026, 4, 1)
    )
    assert action.set_on == row.day
    text = head.get(action.get_absolute_url()).content.decode()
    assert "Management board, 10 March 2026: Performance" in text and agenda.get_absolute_url() in text
    assert "Find a room" in head.get("/actions?arose=meeting").content.decode()
    later = board.plan(date(2026, 7, 1))
    [before] = actions_before(later)
    assert before.pk == action.pk and before.rag == "R"
    Action.objects.filter(pk=action.pk).update(done_on=date(2026, 3, 20), evidence="There")
    assert [a.pk for a in actions_before(later)] == [action.pk], "done since the meeting before"
    board.held(date(2026, 5, 1))
    assert actions_before(later) == []
