"""A meeting from plan to minutes: attendance, quorum, decisions, dissent, actions, papers, frozen minutes."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.actions.models import Action
from openyj.core import clock
from openyj.meetings.changes import changes_since_held
from openyj.meetings.files import minutes_word
from openyj.meetings.minutes import content_of, differences
from openyj.meetings.models import Attendance, Decision, Meeting, Minutes, Paper
from openyj.meetings.register import by_sector, meetings_of, rows_of, saying_at, seats_over_time
from openyj.meetings.selectors import (
    actions_before,
    business_of,
    expected_at,
    paper_lines,
    papers_to_come,
    state_of,
    verdict_of,
    verdicts_of,
    waiting_before,
)
from openyj.meetings.services import business, meeting
from openyj.meetings.services.meeting import Seat
from openyj.meetings.services.minutes import agree_minutes
from openyj.meetings.tests.factories import QUORATE

pytestmark = pytest.mark.django_db
TOO_FEW = ["police", "health"]


@pytest.fixture(autouse=True)
def scope(head):
    with acting(by=head.user):
        yield


def refusal(call, field: str | None = None) -> str:
    with pytest.raises(ValidationError) as refused:
        call()
    return " ".join(refused.value.message_dict[field] if field else refused.value.messages)


def item(board, row: Meeting, title: str = "Performance"):
    return business.add_item(meeting=row, by=board.by, title=title, lead="", purpose="decision")


def decided(board, row: Meeting, text: str = "Fund it", **fields) -> Decision:
    return business.decide(item=item(board, row), by=board.by, text=text, reason="It helps", **fields)


# Who was there, and the quorum


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
    assert set(told) == {"Education Member", "Other Member"}


def test_two_people_at_once_on_attendance(board):
    row = board.held(date(2026, 3, 10))
    with pytest.raises(ChangedUnderneath):
        meeting.record_attendance(meeting=row, version=1, by=board.by, seats={})


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


# States


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


# Decisions


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


# Agenda and papers


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


# Actions


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


# Minutes


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


# The register


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
