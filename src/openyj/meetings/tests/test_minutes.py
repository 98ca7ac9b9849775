"""Minutes: a draft until a later meeting agrees them, frozen, corrected, in Word."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from openyj.meetings.files import minutes_word
from openyj.meetings.minutes import content_of, differences
from openyj.meetings.models import Meeting, Minutes
from openyj.meetings.services import business
from openyj.meetings.services.minutes import agree_minutes
from openyj.meetings.tests.factories import QUORATE, TOO_FEW, decided, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]


def test_minutes_are_a_draft_until_a_later_quorate_meeting_agrees_them(board):
    row = board.held(date(2026, 3, 10))
    few, later = board.held(date(2026, 4, 10), TOO_FEW), board.held(date(2026, 5, 10))
    given = {"meeting": row, "by": board.by}
    assert "was not quorate" in refusal(lambda: agree_minutes(agreed_at=few, **given), "agreed_at")
    assert refusal(lambda: agree_minutes(agreed_at=row, **given), "agreed_at")
    assert refusal(lambda: agree_minutes(meeting=later, by=board.by, agreed_at=row), "agreed_at")
    assert agree_minutes(agreed_at=later, **given).number == 1
    assert "Say what is corrected" in refusal(lambda: agree_minutes(agreed_at=later, **given), "note")
    assert "say the same" in refusal(lambda: agree_minutes(agreed_at=later, note="Nothing", **given))


def test_agreed_minutes_stay_and_a_correction_is_another_version(board):
    row = board.held(date(2026, 3, 10))
    later = board.held(date(2026, 5, 10))
    first = agree_minutes(meeting=row, by=board.by, agreed_at=later)
    row = board.hold(row, QUORATE)
    assert differences(first.content, content_of(row)) != []
    second = agree_minutes(meeting=row, by=board.by, agreed_at=later, note="Probation was not there")
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2) and len(first.content["present"]) == 6
    assert len(second.content["present"]) == 4
    with pytest.raises(ProgrammingError), transaction.atomic():
        Minutes.objects.filter(pk=first.pk).update(note="x")


def whole(board) -> Meeting:
    row = board.held(date(2026, 3, 10), TOO_FEW)
    decision = decided(board, row)
    there = row.attendances.get(membership=board.members["health"])
    business.dissent(decision=decision, by=board.by, attendance=there, reason="No money")
    business.change_item(
        row=decision.item, version=decision.item.version, by=board.by, said="First passage\n\nSecond passage"
    )
    business.agree_action(
        item=decision.item, by=board.by, what="Find a room", owner=None, owner_name="Health", due_on=date(2026, 4, 1)
    )
    return row


def test_minutes_in_word_say_all_that_was_said(board):
    content = content_of(whole(board))
    body = minutes_word(content, status="Draft.", draft=True, made="Made by a test.")
    word = docx.Document(BytesIO(body))
    text = "\n".join(p.text for p in word.paragraphs)
    for said in (
        "Management board: minutes", "10 March 2026, 14:00, Committee room 2", "DRAFT", "1. Performance",
        "First passage", "Second passage", "Health Member did not agree: No money", "Because: It helps",
        "Decision 1 (Noted, not decided: the meeting was not quorate): Fund it", "Not quorate: 1 more",
    ):  # fmt: skip
        assert said in text, said
    there, actions = word.tables
    assert [c.text for c in there.rows[1].cells] == [
        "Health Member", "Head of something", "Health of Aldermere", "Senior partner", "",
    ]  # fmt: skip
    assert [c.text for c in actions.rows[1].cells] == ["Find a room", "Health", "1 April 2026"]
    assert "DRAFT" in word.sections[0].header.paragraphs[0].text
    agreed = docx.Document(BytesIO(minutes_word(content, status="Agreed.", draft=False, made="")))
    assert "DRAFT" not in "\n".join(p.text for p in agreed.paragraphs) + agreed.sections[0].header.paragraphs[0].text


def test_frozen_minutes_come_out_in_word_as_they_went_in(board):
    row = whole(board)
    agree_minutes(meeting=row, by=board.by, agreed_at=board.held(date(2026, 5, 10)))
    made = {"status": "Agreed.", "draft": False, "made": ""}
    texts = []
    for content in (content_of(row), Minutes.objects.get().content):
        word = docx.Document(BytesIO(minutes_word(content, **made)))
        cells = [c.text for table in word.tables for line in table.rows for c in line.cells]
        texts.append([p.text for p in word.paragraphs] + cells)
    assert texts[0] == texts[1]


def test_differences_are_told_passage_by_passage(board):
    before = content_of(whole(board))
    after = before | {"place": "Afar"}
    [(was, became)] = differences(before, after)
    assert "Committee room 2" in was and "Afar" in became and differences(before, before) == []
