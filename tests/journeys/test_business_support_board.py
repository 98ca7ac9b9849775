"""Journey, business support and the management board: from agenda to agreed minutes; be refused, correct who was there,
meet a colleague's save, lose the line; and what a board member, a practitioner and another service's staff may not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import fill_date, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "business_support"


def today(demo_site) -> date:
    return date.fromisoformat(demo_site.sql("SELECT (now() AT TIME ZONE 'Europe/London')::date").strip())


def ours(demo_site, what: str) -> str:
    """The first number of a table's rows that are of business support's own service."""
    service = "SELECT service_id FROM accounts_user WHERE role = 'business_support' ORDER BY id LIMIT 1"
    return demo_site.sql(f"SELECT min(id) FROM {what} WHERE service_id = ({service})").strip()


def board_of(demo_site) -> str:
    return f"{demo_site.url}/meetings/kinds/{ours(demo_site, 'meetings_meetingkind')}"


def planned(page: Page, demo_site, day: date) -> str:
    """Plan a meeting; its address."""
    page.goto(f"{board_of(demo_site)}/plan")
    fill_date(page, "Date", day)
    page.get_by_label("Begins at").fill("2pm")
    page.get_by_label("Place").fill("Committee room 2")
    press(page, "Plan this meeting")
    said(page, "The meeting is planned")
    return page.url


def under(page: Page, what: str) -> Locator:
    """What can be done under the item of this journey. How a hidden end of a link joins it is the browser's to say."""
    return page.get_by_role("link", name=re.compile(rf"^{what}\s*: A room in the north"))


def answer_all(page: Page, how: str, *, but: dict[str, str] | None = None) -> None:
    """Say the same of every member, and something else of some."""
    for group in page.get_by_role("group", name=re.compile("^Was .* there")).all():
        name = group.locator("legend").inner_text()
        chosen = next((other for who, other in (but or {}).items() if who in name), how)
        group.get_by_label(chosen, exact=True).check()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_two_years_of_the_board_as_they_stand(demo_site, start, width):
    page = start(width=width)
    page.goto(f"{demo_site.url}/meetings")
    expect(page.get_by_role("heading", name="Forward plan")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Papers are due on")
    expect(page.locator("main")).to_contain_text("The Civic Hall was closed after flooding")
    assert_accessible(page)
    picture(page, "board")
    for name in ("Members", "Attendance", "Terms and standing items"):
        page.locator("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        assert_accessible(page)
        picture(page, f"board-{name.split()[0].lower()}")
    page.goto(f"{demo_site.url}/meetings")
    page.get_by_role("row").filter(has_text="Not quorate").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Not quorate: the chief executive’s representative was missing")
    expect(page.locator("main")).to_contain_text("Confirmed on")
    assert_accessible(page)
    picture(page, "board-inquorate-meeting")
    page.get_by_role("link", name="Read the minutes").click()
    expect(page.locator("main")).to_contain_text("Noted, not decided: the meeting was not quorate")
    assert_accessible(page)
    picture(page, "board-minutes")


def test_a_meeting_from_agenda_to_agreed_minutes(demo_site, start):
    page, now = start(), today(demo_site)
    page.goto(f"{board_of(demo_site)}/plan")
    press(page, "Plan this meeting")
    refused(page, "Enter place")
    first = planned(page, demo_site, now - timedelta(days=1))
    expect(page.get_by_role("heading", name=re.compile("Performance report, "))).to_be_visible()
    assert_accessible(page)

    press(page, "Add an item")
    page.get_by_label("Title").fill("A room in the north")
    press(page, "Add this item")
    said(page, "The item is on the agenda")
    under(page, "Add a paper").click()
    page.get_by_label("What paper?").fill("Rooms we looked at")
    page.get_by_label("Or somebody else, by name").fill("The council’s estates officer")
    press(page, "Expect this paper")
    page.get_by_role("link", name="Attach Rooms we looked at").click()
    page.get_by_label("File").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"})
    press(page, "Attach this file")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("File").set_input_files(
        {"name": "rooms.txt", "mimeType": "text/plain", "buffer": b"Three rooms, one with a lift"}
    )
    press(page, "Attach this file")
    said(page, "The paper has come")
    expect(page.get_by_role("link", name="Rooms we looked at", exact=True)).to_be_visible()
    under(page, "Record a decision").wait_for(state="detached")

    press(page, "Say who was there")
    press(page, "Save")
    refused(page, "Say whether Helen Krememire was there")
    answer_all(page, "Apologies", but={"Grace": "Present"})
    assert_accessible(page)
    press(page, "Save")
    said(page, "Who was there is recorded")
    expect(page.locator("main")).to_contain_text("This meeting was not quorate")
    under(page, "Record a decision").click()
    press(page, "Record this decision")
    refused(page, "Enter why it was decided so")
    page.get_by_label("What was decided?").fill("We rent the room with the lift")
    page.get_by_label("Why?").fill("Every child can get in")
    press(page, "Record this decision")
    expect(page.locator("main")).to_contain_text("Noted, not decided")

    page.get_by_role("link", name="Correct who was there").click()
    expect(page.get_by_role("group", name="Was Grace Elvanirask there?").get_by_label("Present")).to_be_checked()
    answer_all(page, "Present", but={"Vera": "A substitute came"})
    page.get_by_label("Why is it corrected?").fill("Those who had joined from afar were left out")
    page.locator("section").filter(has_text="Vera Haskoyarn").get_by_text("If a substitute came").click()
    press(page, "Save")
    refused(page, "Enter who came instead of Vera Haskoyarn")
    vera = page.locator("section").filter(has_text="Vera Haskoyarn")
    vera.get_by_label("Who came instead?").fill("Jo Fliskumire")
    vera.get_by_label("Delegate or not senior").check()
    press(page, "Save")
    said(page, "Who was there is recorded")
    expect(page.locator("main")).to_contain_text("Corrected since it was held")
    expect(page.locator("main")).to_contain_text("A substitute came: Jo Fliskumire")
    expect(page.get_by_text("Decided", exact=True).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Somebody did not agree")).click()
    page.get_by_label("Who did not agree?").select_option(label="Jo Fliskumire for Vera Haskoyarn")
    page.get_by_label("Why?").fill("It is far from the bus")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text(
        "Jo Fliskumire for Vera Haskoyarn did not agree: It is far from the bus"
    )
    under(page, "Add an action").click()
    page.get_by_label("What has to be done?").fill("Sign the lease of the room")
    page.get_by_label("Or a partner, by name").fill("The council’s estates officer")
    fill_date(page, "Due", now + timedelta(days=30))
    press(page, "Add this action")
    said(page, "The action is on the register")
    under(page, "Write what was said").click()
    page.get_by_label("What was said?").fill("Three rooms were compared.")
    press(page, "Save")
    said(page, "What was said is recorded")
    assert_accessible(page)
    picture(page, "meeting-held")

    page.goto(f"{first}/minutes/agree")
    assert page.get_by_label("Which meeting agreed them?").locator("option").count() == 1, "no later meeting was held"
    planned(page, demo_site, now)
    expect(page.locator("main")).to_contain_text("Sign the lease of the room")
    press(page, "Say who was there")
    answer_all(page, "Present")
    press(page, "Save")
    said(page, "Who was there is recorded")
    page.goto(f"{first}/minutes")
    expect(page.locator("main")).to_contain_text("no meeting has agreed these minutes yet")
    press(page, "A meeting agreed these minutes")
    press(page, "Freeze these minutes")
    refused(page, "Select which meeting agreed them")
    page.get_by_label("Which meeting agreed them?").select_option(index=1)
    press(page, "Freeze these minutes")
    said(page, "The minutes are frozen")
    assert_accessible(page)
    with page.expect_download() as word:
        press(page, "Minutes in Word (DOCX)")
    document = docx.Document(BytesIO(word.value.path().read_bytes()))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Decision 1 (Decided): We rent the room with the lift" in text and "DRAFT" not in text


def test_a_colleague_s_save_shows_both(demo_site, start):
    mine, theirs = start(), start("head_of_service")
    address = planned(mine, demo_site, today(demo_site) + timedelta(days=20))
    for page in (mine, theirs):
        page.goto(f"{address}/change")
    theirs.get_by_label("Place").fill("The library")
    press(theirs, "Save")
    said(theirs, "The meeting is changed")
    mine.get_by_label("Place").fill("The town hall")
    press(mine, "Save")
    expect(mine.get_by_role("alert")).to_contain_text("Someone else has changed this")
    expect(mine.get_by_role("row").filter(has_text="The library")).to_contain_text("The town hall")
    assert_accessible(mine)
    press(mine, "Save")
    said(mine, "The meeting is changed")
    mine.get_by_role("link", name="Cancel the meeting").click()
    press(mine, "Cancel the meeting")
    refused(mine, "Say why the meeting is cancelled")
    mine.get_by_label("Why is it cancelled?").fill("Two members are ill")
    press(mine, "Cancel the meeting")
    expect(mine.locator("main")).to_contain_text("Two members are ill")
    assert_accessible(mine)


def test_a_lost_connection_loses_nothing(demo_site, start):
    page = start()
    number = demo_site.sql("SELECT max(id) FROM meetings_meeting WHERE state = 'held'").strip()
    page.goto(f"{demo_site.url}/meetings/{number}")
    page.get_by_role("link", name=re.compile("what was said")).first.click()
    page.get_by_label("What was said?").fill("The bridge was down and everybody came")
    demo_site.kill()
    press(page, "Save")
    page.get_by_text("Not sent: the site cannot be reached").wait_for()
    expect(page.get_by_label("What was said?")).to_have_value("The bridge was down and everybody came")
    demo_site.start()
    press(page, "Save")
    said(page, "What was said is recorded")
    query = "SELECT count(*) FROM meetings_agendaitem WHERE said = 'The bridge was down and everybody came'"
    assert demo_site.sql(query).strip() == "1"


def test_a_board_member_reads_and_does_not_write(demo_site, start):
    page = start("board_member")
    page.goto(f"{demo_site.url}/meetings")
    expect(page.get_by_role("button", name="Plan a meeting")).to_have_count(0)
    number = demo_site.sql(
        "SELECT max(i.meeting_id) FROM meetings_agendaitem i JOIN meetings_paper p ON p.item_id = i.id "
        "WHERE p.stored_id IS NOT NULL AND p.title LIKE 'Performance report%'"
    ).strip()
    page.goto(f"{demo_site.url}/meetings/{number}")
    expect(page.get_by_role("heading", name="Who was there")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Record a decision|Correct who|in error"))).to_have_count(0)
    assert_accessible(page)
    for path in (
        f"/meetings/{number}/attendance",
        f"/meetings/{number}/items/add",
        f"/meetings/{number}/minutes/agree",
    ):
        assert page.goto(demo_site.url + path).status == 403
    with page.expect_download() as paper:
        page.goto(f"{demo_site.url}/meetings/{number}")
        page.get_by_role("link", name=re.compile("^Performance report")).first.click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")


def test_the_writer_of_a_paper_finds_it_on_their_work(demo_site, start):
    page = start("data_officer")
    page.goto(demo_site.url)
    page.get_by_role("link", name="Performance report", exact=True).first.click()
    expect(page.get_by_role("link", name="Attach Performance report")).to_be_visible()
    assert_accessible(page)


def test_another_service_s_staff_and_a_practitioner_have_none(demo_site, start):
    number = ours(demo_site, "meetings_meeting")
    member = demo_site.sql(f"SELECT name FROM meetings_membership WHERE id = {ours(demo_site, 'meetings_membership')}")
    paths = [f"/meetings/{number}", f"/meetings/{number}/minutes", f"/meetings/{number}/minutes.docx"]
    neighbour = demo_site.sql(
        "SELECT email FROM accounts_user WHERE role = 'head_of_service' ORDER BY id DESC LIMIT 1"
    ).strip()
    page = start(neighbour)
    for path in paths:
        assert page.goto(demo_site.url + path).status == 404
    page.goto(f"{demo_site.url}/meetings")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Management board")
    assert f"/meetings/{number}" not in page.content(), "their own board's meetings and no others"
    page.get_by_role("navigation", name="Management board").get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    assert member.strip() not in page.content()
    page = start("practitioner")
    assert {page.goto(demo_site.url + path).status for path in ["/meetings", *paths]} == {403}
