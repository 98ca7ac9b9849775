"""The pages of boards and meetings: who may, what is refused in words, sent twice, two people at once, queries."""

from __future__ import annotations

import uuid
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.meetings.models import Agency, AgendaItem, Decision, Meeting, MeetingKind, Paper
from openyj.meetings.services import business
from openyj.meetings.tests.canary import make_whole_meeting
from openyj.meetings.tests.factories import QUORATE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scope(head):
    with acting(by=None, services=EVERY_SERVICE):
        yield


def on(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def answers(board, how: str = "present") -> dict[str, str]:
    return {f"how_{member.pk}": how for member in board.members.values()}


def whole(by, word: str = "Word") -> Meeting:
    with acting(by=by):
        return make_whole_meeting(by, word)


def addresses(row: Meeting) -> dict[str, list[str]]:
    """Addresses that read and that write, of a meeting with all there is."""
    kind, item = row.kind_id, row.items.get()
    decision, paper = item.decisions.get(), item.papers.get()
    seat = row.attendances.first().membership_id
    reads = [
        f"/meetings/kinds/{kind}", f"/meetings/kinds/{kind}/members", f"/meetings/kinds/{kind}/attendance",
        f"/meetings/kinds/{kind}/terms", f"/meetings/members/{seat}", f"/meetings/{row.pk}",
        f"/meetings/{row.pk}/minutes", f"/meetings/{row.pk}/minutes/1", f"/meetings/{row.pk}/minutes.docx",
        f"/meetings/{row.pk}/minutes/1.docx", f"/meetings/papers/{paper.pk}",
    ]  # fmt: skip
    writes = [
        f"/meetings/kinds/{kind}/change", f"/meetings/kinds/{kind}/in-error", f"/meetings/kinds/{kind}/members/add",
        f"/meetings/kinds/{kind}/plan", f"/meetings/kinds/{kind}/terms/begin", f"/meetings/kinds/{kind}/standing/add",
        f"/meetings/kinds/{kind}/agencies/add", f"/meetings/members/{seat}/correct", f"/meetings/members/{seat}/change",
        f"/meetings/members/{seat}/end", f"/meetings/members/{seat}/in-error", f"/meetings/{row.pk}/change",
        f"/meetings/{row.pk}/cancel", f"/meetings/{row.pk}/in-error", f"/meetings/{row.pk}/attendance",
        f"/meetings/{row.pk}/items/add", f"/meetings/{row.pk}/noted/{decision.pk}", f"/meetings/{row.pk}/minutes/agree",
        f"/meetings/items/{item.pk}/change", f"/meetings/items/{item.pk}/said", f"/meetings/items/{item.pk}/in-error",
        f"/meetings/items/{item.pk}/papers/add", f"/meetings/items/{item.pk}/decisions/add",
        f"/meetings/items/{item.pk}/actions/add", f"/meetings/papers/{paper.pk}/change",
        f"/meetings/papers/{paper.pk}/in-error", f"/meetings/decisions/{decision.pk}/change",
        f"/meetings/decisions/{decision.pk}/dissent", f"/meetings/decisions/{decision.pk}/in-error",
    ]  # fmt: skip
    return {"reads": reads, "writes": writes}


@pytest.mark.parametrize("role", ["head_of_service", "manager", "business_support"])
def test_who_runs_the_board_opens_every_page(role, sign_in, head):
    found = addresses(whole(head.user))
    client = sign_in(role)
    assert {a: client.get(a).status_code for a in [*found["reads"], *found["writes"]]} == dict.fromkeys(
        [*found["reads"], *found["writes"]], 200
    )


@pytest.mark.parametrize("role", ["board_member", "inspector", "data_officer"])
def test_who_reads_the_board_writes_nothing(role, sign_in, head):
    row = whole(head.user)
    found = addresses(row)
    client = sign_in(role)
    assert {client.get(a).status_code for a in found["reads"]} == {200}
    for method in (client.get, client.post):
        assert {method(a).status_code for a in found["writes"]} == {403}
    text = page(client, f"/meetings/{row.pk}")
    for said in ("Write what was said", "Add an item", "Correct who was there", "recorded in error"):
        assert said not in text


def test_a_practitioner_has_no_meetings(sign_in, head):
    found = addresses(whole(head.user))
    client = sign_in("practitioner")
    assert {client.get(a).status_code for a in ["/meetings", *found["reads"], *found["writes"]]} == {403}
    assert "/meetings" not in page(client, "/")


def test_another_service_s_board_is_not_there(sign_in, head, other_service):
    found = addresses(whole(head.user))
    stranger = sign_in("head_of_service", service=other_service)
    assert {stranger.get(a).status_code for a in [*found["reads"], *found["writes"]]} == {404}
    assert "No kind of meeting is recorded yet" in page(stranger, "/meetings")


def test_from_an_empty_service_to_a_board_that_met(head):
    sent = {"name": "Management board", "about": "Answers for the service"}
    kind = head.post("/meetings/kinds/add", sent).headers["Location"]
    assert head.get("/meetings").headers["Location"] == kind
    terms = {"sectors": "1", "roles": ["chair"], "papers_days": "7", "source": "Part 4"}
    assert head.post(f"{kind}/terms/begin", terms | on("valid_from", date(2025, 4, 1))).status_code == 302
    assert "Quorum: 1 statutory partner and the chair." in page(head, f"{kind}/terms")
    assert head.post(f"{kind}/agencies/add", {"name": "The police", "sector": "police"}).status_code == 302
    standing = {"title": "Performance", "lead": "Data officer", "of_quarter": "on"}
    assert head.post(f"{kind}/standing/add", standing).status_code == 302
    row = MeetingKind.objects.get()
    member = {"name": "Sam Brown", "post": "Superintendent", "agency": Agency.objects.get().pk, "level": "senior"}
    member |= {"roles": ["chair"]} | on("valid_from", date(2025, 4, 1))
    assert head.post(f"{kind}/members/add", member).status_code == 302
    assert "Sam Brown" in page(head, f"{kind}/members")
    planned = {"begins": "2pm", "place": "Room 2", "receipt": str(uuid.uuid4())} | on("day", date(2026, 6, 3))
    meeting = {head.post(f"{kind}/plan", planned).headers["Location"] for _ in range(2)}
    assert len(meeting) == 1 and Meeting.objects.count() == 1, "twice makes one"
    [meeting] = meeting
    text = page(head, meeting)
    assert "Performance, 2025Q4 (January to March 2026)" in text and "27 May 2026" in text and "14:00" in text
    assert "Was the meeting of" in page(head, kind)
    seat = row.memberships.get().pk
    refused = head.post(f"{meeting}/attendance", {"version": "1"}).content.decode()
    assert "Say whether Sam Brown was there" in refused
    sent = {"version": "1", f"how_{seat}": "present", "ends": "15:30", "also_there": "Gwen, head of service"}
    assert head.post(f"{meeting}/attendance", sent).status_code == 302
    text = page(head, meeting)
    assert "Quorate" in text and "14:00 to 15:30" in text and "Gwen, head of service" in text


def test_a_substitute_without_name_or_seniority_is_refused_beside_the_field(head, board):
    row = board.plan(date(2026, 6, 1))
    who = board.members["health"].pk
    sent = answers(board) | {"version": "1", f"how_{who}": "substitute"}
    text = head.post(f"/meetings/{row.pk}/attendance", sent).content.decode()
    assert "Enter who came instead of Health Member" in text
    assert "Select the seniority of who came instead of Health Member" in text
    sent |= {f"substitute_{who}": "Jo Grey", f"level_{who}": "delegate"}
    assert head.post(f"/meetings/{row.pk}/attendance", sent).status_code == 302
    assert "A substitute came: Jo Grey" in page(head, f"/meetings/{row.pk}")


def test_two_people_at_once_see_both_versions(head, board):
    row = board.held(date(2026, 6, 1))
    other = answers(board) | {"because": "Late", f"how_{board.members['health'].pk}": "absent"}
    response = head.post(f"/meetings/{row.pk}/attendance", other | {"version": "1"})
    assert response.status_code == 409 and "Absent without apologies" in response.content.decode()
    item = business.add_item(meeting=row, by=head.user, title="Money", lead="", purpose="decision")
    business.change_item(row=item, version=1, by=head.user, said="Theirs")
    response = head.post(f"/meetings/items/{item.pk}/said", {"said": "Mine", "version": "1"})
    text = response.content.decode()
    assert response.status_code == 409 and "Theirs" in text and "Mine" in text
    assert head.post(f"/meetings/items/{item.pk}/said", {"said": "Mine", "version": "2"}).status_code == 302


def test_a_clash_of_roles_is_told_in_words(head, board):
    member = board.members["police"]
    sent = {"name": "Police Member", "post": "Other post", "agency": member.agency_id, "level": "senior"}
    sent |= {"roles": ["vice_chair"], "version": "0"} | on("valid_from", member.valid_from)
    text = head.post(f"/meetings/members/{member.pk}/correct", sent).content.decode()
    told = text.split("What differs")[1].split("</table>")[0]
    assert ">Chair<" in told and ">Vice-chair<" in told and "[" not in told


def test_what_an_inquorate_meeting_decided_is_noted_and_put_to_the_next(head, board):
    row = board.held(date(2026, 3, 10), ["police"])
    item = business.add_item(meeting=row, by=head.user, title="Money", lead="", purpose="decision")
    sent = {"text": "Fund it", "reason": "It helps"}
    assert head.post(f"/meetings/items/{item.pk}/decisions/add", sent).status_code == 302
    assert "This meeting was not quorate" in page(head, f"/meetings/{row.pk}")
    decision = Decision.objects.get()
    later = board.plan(date(2026, 6, 1))
    assert "To be confirmed" in page(head, f"/meetings/{later.pk}")
    other = business.add_item(meeting=later, by=head.user, title="Noted before", lead="", purpose="decision")
    at = f"/meetings/{later.pk}/noted/{decision.pk}"
    sent = {"item": other.pk, "verdict": "confirmed", "reason": "All are here"}
    assert "has not been held" in head.post(at, sent).content.decode()
    board.hold(later, ["police"])
    assert "not quorate either" in head.post(at, sent).content.decode()
    board.hold(later, QUORATE)
    assert head.post(at, sent).status_code == 302
    assert "Confirmed on 1 June 2026" in page(head, f"/meetings/{row.pk}")
    assert "To be confirmed" not in page(head, f"/meetings/{later.pk}")


def test_a_paper_reaches_its_writer_and_is_attached_by_them(sign_in, head, board):
    row = board.plan(date(2026, 6, 10))
    item = business.add_item(meeting=row, by=head.user, title="Figures", lead="", purpose="discussion")
    officer, other = sign_in("data_officer"), sign_in("board_member")
    sent = {"title": "Performance report", "owner": officer.user.pk}
    assert head.post(f"/meetings/items/{item.pk}/papers/add", sent).status_code == 302
    paper = Paper.objects.get()
    at = f"/meetings/papers/{paper.pk}/attach"
    assert "1 day late, for Management board, 10 June 2026" in page(officer, "/")
    assert f"{officer.user.name} writes it" in page(head, "/") and "Performance report" not in page(other, "/")
    assert other.get(at).status_code == 403
    assert "1 day late" in page(officer, f"/meetings/{row.pk}") and at in page(officer, f"/meetings/{row.pk}")
    sent = {"version": paper.version, "file": SimpleUploadedFile("report.pdf", b"MZ\x90\x00" + b"\x00" * 300)}
    assert officer.post(at, sent).status_code == 200 and Paper.objects.get().stored is None
    sent |= {"file": SimpleUploadedFile("report.txt", b"Numbers")}
    assert officer.post(at, sent).status_code == 302
    assert "Came 1 day late" in page(other, f"/meetings/{row.pk}") and "Performance report" not in page(head, "/")
    before = Access.objects.filter(kind="export").count()
    assert other.get(f"/meetings/papers/{paper.pk}").content == b"Numbers"
    assert Access.objects.filter(kind="export").count() == before + 1
    again = officer.post(at, sent | {"file": SimpleUploadedFile("b.txt", b"Others")})
    assert "has come already" in again.content.decode()


def test_a_meeting_nobody_recorded_is_on_the_clerk_s_work(head, sign_in, board):
    board.plan(date(2026, 6, 3))
    board.plan(date(2026, 6, 10))
    assert page(head, "/").count("Was it held?") == 1
    assert "Was it held?" not in page(sign_in("board_member"), "/")


def test_minutes_on_the_page_and_in_word(head, board):
    row, later = board.held(date(2026, 3, 10), QUORATE), board.held(date(2026, 5, 10))
    item = business.add_item(meeting=row, by=head.user, title="Money", lead="Gwen", purpose="decision")
    business.change_item(row=item, version=1, by=head.user, said="Much was said")
    at = f"/meetings/{row.pk}/minutes"
    text = page(head, at)
    assert "no meeting has agreed these minutes yet" in text and "Much was said" in text and "app-draft" in text
    assert later.pk and head.post(f"{at}/agree", {"agreed_at": later.pk}).status_code == 302
    text = page(head, at)
    assert "Agreed by the meeting of 10 May 2026." in text and "Minutes object" not in text, "the footer says a version"
    item.refresh_from_db()
    business.change_item(row=item, version=item.version, by=head.user, said="More was said")
    text = page(head, at)
    assert "The record has changed since" in text and "Much was said" in text and "More was said" in text
    assert "Say what is corrected" in head.post(f"{at}/agree", {"agreed_at": later.pk}).content.decode()
    assert head.post(f"{at}/agree", {"agreed_at": later.pk, "note": "More words"}).status_code == 302
    assert "These minutes were corrected" in page(head, f"{at}/1") and "Much was said" in page(head, f"{at}/1")
    response = head.get(f"/meetings/{row.pk}/minutes.docx")
    word = docx.Document(BytesIO(response.content))
    assert "More was said" in [p.text for p in word.paragraphs]
    assert "minutes-management-board-2026-03-10.docx" in response.headers["Content-Disposition"]
    old = docx.Document(BytesIO(head.get(f"{at}/1.docx").content))
    assert "Much was said" in [p.text for p in old.paragraphs]
    assert head.get(f"{at}/3").status_code == 404
    planned = board.plan(date(2026, 7, 1))
    assert head.get(f"/meetings/{planned.pk}/minutes").status_code == 404


@pytest.mark.parametrize(
    ("what", "rests"),
    [("meeting", "Its minutes were agreed"), ("item", "Decisions or actions stand"), ("member", "recorded at meetings"),
     ("kind", "members or meetings"), ("agency", "come from this agency")],
)  # fmt: skip
def test_what_something_rests_on_is_not_marked_as_an_error(what, rests, head):
    row = whole(head.user)
    member = row.attendances.first().membership
    at = {
        "meeting": f"/meetings/{row.pk}", "item": f"/meetings/items/{row.items.get().pk}",
        "member": f"/meetings/members/{member.pk}", "kind": f"/meetings/kinds/{row.kind_id}",
        "agency": f"/meetings/kinds/{row.kind_id}/agencies/{member.agency_id}",
    }[what]  # fmt: skip
    version = {"meeting": row, "item": row.items.get(), "member": member, "kind": row.kind, "agency": member.agency}
    version[what].refresh_from_db()
    sent = {"reason": "Entered twice", "version": version[what].version}
    assert rests in head.post(f"{at}/in-error", sent).content.decode()


def test_from_the_inside_out_a_mistake_is_taken_back(head, board):
    row = board.held(date(2026, 3, 10))
    item = business.add_item(meeting=row, by=head.user, title="Money", lead="", purpose="decision")
    decision = business.decide(item=item, by=head.user, text="Fund it", reason="It helps")
    there = row.attendances.first()
    gone = business.dissent(decision=decision, by=head.user, attendance=there, reason="No")
    for at in (f"dissents/{gone.pk}", f"decisions/{decision.pk}", f"items/{item.pk}", f"{row.pk}"):
        version = {"dissents": gone, "decisions": decision, "items": item}.get(at.split("/")[0], row)
        version.refresh_from_db()
        sent = {"reason": "Entered twice", "version": version.version}
        assert head.post(f"/meetings/{at}/in-error", sent).status_code == 302, at
    assert head.get(f"/meetings/{row.pk}").status_code == 404
    assert not Decision.objects.standing().exists() and not AgendaItem.objects.standing().exists()
    assert "No attendance is recorded yet" in page(head, f"/meetings/kinds/{board.kind.pk}/attendance")


def test_lists_go_out_as_spreadsheets(head, board):
    board.held(date(2026, 3, 10), ["police", "health"])
    kind = f"/meetings/kinds/{board.kind.pk}"
    book = openpyxl.load_workbook(BytesIO(head.get(f"{kind}/attendance?export=xlsx").content))
    sheet = book.worksheets[0]
    found = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert found["Police Member"][-2:] == ["Present", "1 of 1"]
    assert found["Probation Member"][-2:] == ["Apologies", "0 of 1"]
    assert head.get(f"{kind}?export=xlsx").status_code == head.get(f"{kind}/members?export=xlsx").status_code == 200


def test_lists_ask_as_often_for_one_as_for_many(head, board):
    kind = f"/meetings/kinds/{board.kind.pk}"

    def more(month: int) -> None:
        row = board.held(date(2026, month, 10))
        item = business.add_item(meeting=row, by=head.user, title="Money", lead="", purpose="decision")
        business.decide(item=item, by=head.user, text="Fund it", reason="It helps")
        to_come = board.plan(date(2026, month + 5, 20))
        item = business.add_item(meeting=to_come, by=head.user, title="Money", lead="", purpose="decision")
        business.expect_paper(item=item, by=head.user, title="Report", owner=head.user, owner_name="")

    def counts() -> list[int]:
        found = []
        for address in (kind, f"{kind}/members", f"{kind}/attendance", "/"):
            head.get(address)
            with CaptureQueriesContext(connection) as asked:
                head.get(address)
            found.append(len(asked))
        return found

    more(2)
    one = counts()
    more(3)
    more(4)
    assert counts() == one


def test_a_member_with_a_sign_in_has_the_meetings_in_their_calendar(board, staff, head):
    from openyj.outbox.calendars import feed_of

    member = staff("board_member")
    seat = board.members["health"]
    seat.user, seat.valid_to = member, date(2026, 7, 31)
    seat.save()
    board.plan(date(2026, 7, 1))
    board.plan(date(2026, 8, 1))
    cancelled = board.plan(date(2026, 7, 2))
    head.post(f"/meetings/{cancelled.pk}/cancel", {"version": "1", "cancelled_because": "Flooding"})
    feed = feed_of(member).decode()
    assert feed.count("BEGIN:VEVENT") == 1 and "20260701" in feed and "board" not in feed.lower()
    assert feed_of(staff("board_member")).decode().count("BEGIN:VEVENT") == 0


def test_cancelled_with_its_reason_and_planned_again(head, board):
    row = board.plan(date(2026, 7, 1))
    assert "Say why" in head.post(f"/meetings/{row.pk}/cancel", {"version": "1"}).content.decode()
    assert head.post(f"/meetings/{row.pk}/cancel", {"version": "1", "cancelled_because": "Flooding"}).status_code == 302
    assert "Flooding" in page(head, f"/meetings/kinds/{board.kind.pk}")
    assert "Flooding" in page(head, f"/meetings/{row.pk}") and "Add an item" not in page(head, f"/meetings/{row.pk}")
    sent = {"version": "2", "begins": "10:00", "place": "Afar"} | on("day", date(2026, 7, 8))
    assert head.post(f"/meetings/{row.pk}/reinstate", sent).status_code == 302
    row.refresh_from_db()
    assert row.is_planned and row.day == date(2026, 7, 8) and row.cancelled_because == ""


def test_items_move_and_are_sent_once(head, board):
    row = board.plan(date(2026, 7, 1))
    items = [
        business.add_item(meeting=row, by=head.user, title=title, lead="", purpose="discussion") for title in "abc"
    ]
    sent = {"receipt": str(uuid.uuid4())}
    for _ in range(2):
        assert head.post(f"/meetings/items/{items[2].pk}/up", sent).status_code == 302
    assert [each.title for each in row.items.all()] == ["a", "c", "b"]
