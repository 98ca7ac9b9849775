"""What a pack says: all that a board needs, nothing about a child, and nothing that was typed is taken for a mark."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openyj.accounts.scope import acting
from openyj.actions.models import Action
from openyj.core import clock
from openyj.documents.assembling import assemble
from openyj.documents.figures import Figures
from openyj.documents.filling import fill
from openyj.documents.tree import Heading, plain
from openyj.files.tests.made import pdf
from openyj.meetings.models import Meeting
from openyj.meetings.services import board as boards
from openyj.meetings.services import business
from openyj.meetings.services.minutes import agree_minutes
from openyj.packs.content import PackContent, pack_of
from openyj.packs.services import choose_figures
from openyj.people.tests.factories import make_child
from openyj.performance.reading import read_live
from openyj.performance.tests.boards import hold

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scope(head, told):
    with acting(by=head.user):
        yield


def content(told, by) -> PackContent:
    meeting = Meeting.objects.select_related("kind", "service").get(pk=told.coming.pk)
    return pack_of(meeting, read_live(meeting.service), by)


def said(told, by) -> dict[str, str]:
    """What each part says, as a reader reads it; a line each block."""
    filled = fill(assemble(content(told, by).parts), Figures.live(by.service))
    found: dict[str, list[str]] = {}
    for block in filled.tree:
        if isinstance(block, Heading) and block.level == 1:
            lines = found.setdefault(plain(block), [])
        else:
            lines.append(plain(block))
    return {heading: "\n".join(lines) for heading, lines in found.items()}


def expect(told, title: str, came: date | None = None, file: tuple[str, bytes] | None = None, **fields):
    given = {"owner": None, "owner_name": "Health"} | fields
    row = business.expect_paper(item=told.item, by=told.board.by, title=title, **given)
    if came:
        with clock.fixed(came):
            row = business.attach_paper(row=row, version=1, by=told.board.by, file=SimpleUploadedFile(*file))
    return row


def test_it_has_agenda_minutes_actions_and_what_waits(told, head):
    found = said(told, head.user)
    assert list(found) == [
        "Agenda", "Minutes of the last meeting", "Actions", "Decisions waiting", "Papers", "Figures",
        "What is not in this pack",
    ]  # fmt: skip
    assert "27 November 2026, 14:00, Committee room 2." in found["Agenda"]
    assert "Papers are due by 20 November 2026." in found["Agenda"] and "Figures. For discussion." in found["Agenda"]
    for words in (
        "20 August 2026", "Draft: no meeting has agreed these minutes yet.", "Police Member, Head of something",
        "Apologies: ", "Not quorate", "1. Money", "Much was said.", "Decision 1 (Noted, not decided", "Fund it",
        "Because: It helps", "Action: Find a *room* (Health, due 1 November 2026)",
    ):  # fmt: skip
        assert words in found["Minutes of the last meeting"], words
    assert "R Red. Find a *room* (Health, due 1 November 2026). 21 days overdue" in found["Actions"]
    assert "Fund it (noted on 20 August 2026: It helps)" in found["Decisions waiting"]


def test_what_somebody_typed_is_no_token_and_no_heading(told, head):
    minutes = said(told, head.user)["Minutes of the last meeting"]
    assert "{{ figure 7K3MQR }}" in minutes and "# Loudly" in minutes


def test_minutes_are_those_that_were_agreed(told, head):
    later = told.board.held(date(2026, 9, 10))
    agree_minutes(meeting=told.last, by=head.user, agreed_at=later)
    told.board.kind.meetings.filter(pk=later.pk).update(in_error_at=clock.now(), in_error_reason="Typed twice")
    item = told.last.items.get()
    business.change_item(row=item, version=item.version, by=head.user, said="Something else was said")
    minutes = said(told, head.user)["Minutes of the last meeting"]
    assert "Agreed by the meeting of 10 September 2026." in minutes and "Something else" not in minutes


def test_each_paper_says_whether_it_is_in_the_pack_or_missing(told, head):
    expect(told, "In time", date(2026, 11, 19), ("a.pdf", pdf("Pages")))
    expect(told, "Late table", date(2026, 11, 21), ("b.txt", b"Words"))
    expect(told, "Not here")
    papers = content(told, head.user)
    assert [(p.heading, p.is_appended, p.is_missing) for p in papers.papers] == [
        ("Paper 1: In time", True, False), ("Paper 2: Late table", False, False), ("Paper 3: Not here", False, True),
    ]  # fmt: skip
    found = said(told, head.user)
    for words in (
        "Paper 1: In time (item 1). PDF. From Health, came on 19 November 2026. Its pages follow at the end of the PDF",
        "Paper 2: Late table (item 1). plain text. From Health, came on 21 November 2026, 1 day late. It is kept with",
        "Paper 3: Not here (item 1). Missing, 2 days late. From Health, due on 20 November 2026.",
    ):
        assert words in found["Papers"], words
    assert "Paper 3: Not here (Missing, 2 days late)" in found["Agenda"]
    with clock.fixed(date(2026, 11, 20)):
        assert "Paper 3: Not here (Has not come yet)" in said(told, head.user)["Agenda"]


def test_nothing_about_a_child_is_in_it_and_it_says_so(told, head, service):
    expect(told, "Canary report", date(2026, 11, 19), ("c.pdf", pdf("Canary pages")), about_child=True)
    Action.objects.update(child=make_child(service), what="Canary school")
    found = said(told, head.user)
    assert "Canary" not in "".join(text for part, text in found.items() if part != "Minutes of the last meeting")
    assert "Canary" not in found["Minutes of the last meeting"]
    assert "1 paper about a child and 1 action about a child are left out." in found["What is not in this pack"]
    assert content(told, head.user).papers == []


def test_chosen_figures_come_with_their_period_state_and_change(told, head, service):
    for day, senior in ((date(2025, 8, 1), "police health"), (date(2026, 8, 3), "police health education")):
        hold(service, day, senior=senior)
    assert "No figure was chosen" in said(told, head.user)["Figures"]
    chosen = ["board-attendance:senior", "custody:count", "gone:count"]
    choose_figures(kind=told.board.kind, version=0, by=head.user, figures=chosen)
    figures = said(told, head.user)["Figures"]
    label = "Statutory sectors with a senior partner at the board, July to September 2026"
    assert f"{label}: 3 of 5. Complete. Against the year before: rose from 2 of 5 to 3 of 5." in figures
    assert "nothing has been recorded yet" in figures and "gone" not in figures


def test_a_first_meeting_has_no_minutes_and_no_papers(head, service):
    kind = boards.add_kind(by=head.user, name="Executive board")
    from openyj.meetings.services.meeting import plan_meeting

    row = plan_meeting(kind=kind, by=head.user, day=date(2026, 12, 1), begins="10:00", place="Room 1")
    row.refresh_from_db()
    text = " ".join(part.text for part in pack_of(row, read_live(service), head.user).parts)
    for words in ("No earlier meeting was held", "Nothing is on the agenda", "No paper is asked for", "No decision"):
        assert words in text
