"""Journey, the head of service and an inspection: from the report to actions, progress and done; be refused, correct,
meet a colleague's save, lose the line; and what a board member and another service's staff may not."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import fill_date, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "head_of_service"


def open_demo_plan(page: Page, url: str) -> None:
    page.goto(f"{url}/inspections")
    page.get_by_role("link", name="Inspection of 2026", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Action plan: Inspection of 2026")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_plan_and_the_register_as_they_stand(demo_site, start, width):
    page = start(width=width)
    page.goto(f"{demo_site.url}/inspections")
    assert_accessible(page)
    open_demo_plan(page, demo_site.url)
    expect(page.get_by_text("1 recommendation has no action yet")).to_be_visible()
    for letter in ("R Red", "A Amber", "B Blue", "G Green"):
        expect(page.locator("main").get_by_text(letter, exact=True).first).to_be_visible()
    assert_accessible(page)
    picture(page, "action-plan")
    page.goto(f"{demo_site.url}/actions?state=open&about=service")
    assert_accessible(page)
    picture(page, "actions-register")
    page.get_by_role("link", name="Agree two rooms in each locality").first.click()
    expect(page.get_by_text("It arose from:")).to_contain_text("Recommendation 2 of Inspection of 2026")
    assert_accessible(page)
    picture(page, "action")


def test_from_a_report_to_an_action_that_is_done(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/inspections/add")
    press(page, "Add this report")
    refused(page, "Enter who inspected")
    page.get_by_label("Title").fill("Peer review")
    page.get_by_label("Who inspected").fill("Three neighbouring services")
    fill_date(page, "Published on", "2 11 2026")
    assert_accessible(page)
    press(page, "Add this report")
    said(page, "The report is added")
    page.get_by_role("button", name="Add a recommendation").click()
    page.get_by_label("Number").fill("a")
    page.get_by_label("What is recommended").fill("Say to children in plain words what an order asks of them.")
    press(page, "Add this recommendation")
    page.get_by_role("link", name=re.compile("^Add an action")).click()
    press(page, "Add this action")
    refused(page, "Enter what has to be done")
    page.get_by_label("What has to be done?").fill("Write a page for each order with three children")
    page.get_by_label("Or a partner, by name").fill("Participation worker of the council")
    fill_date(page, "Due", "1 3 2027")
    page.get_by_label("Wording in the Plan").fill("Children helped us to write what each order asks.")
    assert_accessible(page)
    press(page, "Add this action")
    said(page, "The action is added to the plan and to the register")
    expect(page.get_by_role("cell", name="Children helped us to write")).to_be_visible()
    page.get_by_role("link", name="Write a page for each order with three children", exact=True).click()
    press(page, "Note progress")
    page.get_by_label("What has happened?").fill("Two pages are written")
    press(page, "Save")
    said(page, "Progress is noted")
    press(page, "Say it is done")
    fill_date(page, "Done on", "1 1 2027")
    page.get_by_label("What came of it").fill("Five pages; children read them at the panel")
    press(page, "It is done")
    refused(page, "Day it was done must be today or in the past")
    today = demo_site.sql("SELECT to_char(now() AT TIME ZONE 'Europe/London', 'DD MM YYYY')").strip()
    fill_date(page, "Done on", today)
    press(page, "It is done")
    said(page, "The action is done")
    expect(page.locator("main")).to_contain_text("B Blue")
    press(page, "Open it again")
    page.get_by_label("Why is it open again?").fill("The sixth order has none")
    press(page, "Open it again")
    said(page, "The action is open again")
    expect(page.get_by_text("Five pages; children read them at the panel").first).to_be_visible()
    assert_accessible(page)
    page.goto(f"{demo_site.url}/actions?arose=recommendation&state=open")
    expect(page.get_by_role("rowheader", name="Write a page for each order with three children")).to_be_visible()


def test_files_to_take_away(demo_site, start):
    page = start()
    open_demo_plan(page, demo_site.url)
    with page.expect_download() as word:
        page.get_by_role("link", name="Word document (DOCX)").click()
    document = docx.Document(BytesIO(word.value.path().read_bytes()))
    assert document.tables[0].rows[0].cells[3].text == "Progress" and len(document.tables) == 5
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Spreadsheet (XLSX)").click()
    book = openpyxl.load_workbook(BytesIO(sheet.value.path().read_bytes()))
    assert book["Action plan"]["F2"].is_date and "Notes" in book.sheetnames


def test_a_colleague_s_save_shows_both_and_a_mistake_is_kept(demo_site, start):
    mine, theirs = start(), start("manager")
    address = added(mine, demo_site.url, "Two at once")
    for page in (mine, theirs):
        page.goto(f"{address}/change")
    theirs.get_by_label("Why?", exact=False).first.fill("Theirs")
    press(theirs, "Save")
    said(theirs, "The action is changed")
    mine.get_by_label("Why?", exact=False).first.fill("Mine")
    press(mine, "Save")
    expect(mine.get_by_role("alert")).to_contain_text("Someone else has changed this")
    expect(mine.get_by_role("row").filter(has_text="Theirs")).to_contain_text("Mine")
    assert_accessible(mine)
    press(mine, "Save")
    said(mine, "The action is changed")
    mine.get_by_role("link", name="This was recorded in error").click()
    mine.get_by_label("What was wrong?").fill("It is in the register twice")
    press(mine, "Mark as recorded in error")
    expect(mine.locator(".govuk-warning-text")).to_contain_text("It is in the register twice")
    assert_accessible(mine)


def added(page: Page, url: str, what: str) -> str:
    """Add an action of the service; its address."""
    page.goto(f"{url}/actions/add")
    page.get_by_label("What has to be done?").fill(what)
    page.get_by_label("Or a partner, by name").fill("A partner")
    fill_date(page, "Due", "1 3 2027")
    press(page, "Add this action")
    said(page, "The action is added")
    return page.url


def test_another_day_and_another_colour_need_a_reason(demo_site, start):
    page = start()
    address = added(page, demo_site.url, "Move this")
    page.goto(f"{address}/change")
    fill_date(page, "Due", "1 5 2027")
    press(page, "Save")
    refused(page, "Say why the day is another one")
    page.get_by_label("If it is due on another day now: why?").fill("The panel meets in April")
    press(page, "Save")
    expect(page.get_by_text("From 1 March 2027 to 1 May 2027. The panel meets in April")).to_be_visible()
    page.get_by_role("link", name="Show another colour").click()
    page.get_by_label("R Red").check()
    press(page, "Save")
    refused(page, "Say why the colour is another than the dates give")
    page.get_by_label("Why, if it is another than the dates give?").fill("No money is promised")
    press(page, "Save")
    expect(page.get_by_text("Set by hand: No money is promised (by its dates G Green: on course).")).to_be_visible()
    assert_accessible(page)


def test_a_lost_connection_loses_nothing(demo_site, start):
    page = start()
    address = added(page, demo_site.url, "Lose the line")
    page.goto(f"{address}/progress")
    page.get_by_label("What has happened?").fill("The bridge was down")
    demo_site.kill()
    press(page, "Save")
    page.get_by_text("Not sent: the site cannot be reached").wait_for()
    expect(page.get_by_label("What has happened?")).to_have_value("The bridge was down")
    demo_site.start()
    press(page, "Save")
    said(page, "Progress is noted")
    assert demo_site.sql("SELECT count(*) FROM actions_actionnote WHERE text = 'The bridge was down'").strip() == "1"


def test_a_board_member_reads_and_does_not_write(demo_site, start):
    page = start("board_member")
    open_demo_plan(page, demo_site.url)
    expect(page.get_by_role("button", name="Add a recommendation")).to_have_count(0)
    assert_accessible(page)
    for path in ("/inspections/add", "/actions/add"):
        assert page.goto(demo_site.url + path).status == 403
    page.goto(f"{demo_site.url}/actions")
    expect(page.get_by_label("About")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("Book the dentist")


def test_another_service_s_staff_find_none(demo_site, start):
    plan = demo_site.sql("SELECT min(id) FROM inspection_report").strip()
    action = demo_site.sql("SELECT min(id) FROM actions_action").strip()
    page = start("neighbour")
    for path in (f"/inspections/{plan}", f"/inspections/{plan}/action-plan.docx", f"/actions/{action}"):
        assert page.goto(demo_site.url + path).status == 404
    page.goto(f"{demo_site.url}/actions")
    expect(page.locator("main")).to_contain_text("No action is recorded yet")
