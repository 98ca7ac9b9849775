"""Journey, the administrator: a time limit is changed from a day on and corrected, a bank holiday added and taken
back; refusals, two at once, a lost line, another service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import fill_date, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "administrator"


def open_limit(page: Page, url: str, what: str) -> None:
    page.goto(f"{url}/reference/time-limits")
    page.get_by_role("link", name=f"First contact after an outcome: {what}").first.click()


def test_a_limit_is_changed_from_a_day_on(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/reference/")
    page.get_by_role("link", name=re.compile("Open.*")).first.wait_for()
    assert_accessible(page)
    page.goto(f"{demo_site.url}/reference/time-limits")
    assert_accessible(page)
    picture(page, "time-limits")
    open_limit(page, demo_site.url, "any that counts as Community")
    assert_accessible(page)
    press(page, "Change it from a day on")
    fill_date(page, "From which day?", "1 3 2026")
    page.get_by_label("Days", exact=True).fill("3")
    press(page, "Save")
    refused(page, "The day must be after 1 April 2026, when this limit began")
    fill_date(page, "From which day?", "1 9 2026")
    page.get_by_label("Where this limit comes from").fill("Our own policy of September")
    press(page, "Save")
    said(page, "The limit is changed")
    expect(page.locator("main")).to_contain_text("3 working days")
    rows = demo_site.sql(
        "SELECT days || ' ' || valid_from || ' ' || coalesce(valid_to::text, '') FROM actions_timelimit "
        "WHERE applies_to = 'group:Community' AND in_error_at IS NULL ORDER BY valid_from"
    ).split("\n")
    assert [row.strip() for row in rows if row.strip()] == ["5 2026-04-01 2026-08-31", "3 2026-09-01"]
    page.get_by_role("link", name="It was entered wrongly: correct it").click()
    page.get_by_label("Days", exact=True).fill("4")
    press(page, "Save")
    refused(page, "Say what was wrong")
    page.get_by_label("What was wrong?").fill("The policy says four")
    press(page, "Save")
    said(page, "The limit is corrected")
    page.goto(f"{demo_site.url}/reference/time-limits")
    expect(page.get_by_role("row").filter(has_text="Recorded in error")).to_have_count(1)


def test_two_administrators_at_once_and_a_lost_line(demo_site, start):
    mine, theirs = start(), start()
    for page in (mine, theirs):
        open_limit(page, demo_site.url, "any that counts as Custody")
        page.get_by_role("link", name="Say when it ends").click()
        fill_date(page, "Last day", "31 12 2027" if page is mine else "31 12 2026")
    press(theirs, "Save")
    said(theirs, "The last day is saved")
    demo_site.kill()
    press(mine, "Save")
    mine.get_by_text("Not sent: the site cannot be reached").wait_for()
    demo_site.start()
    press(mine, "Save")
    expect(mine.get_by_role("alert")).to_contain_text("Someone else has changed this")
    assert_accessible(mine)
    press(mine, "Save")
    said(mine, "The last day is saved")
    expect(mine.locator("main")).to_contain_text("31 December 2027")


def test_a_bank_holiday_is_added_and_taken_back(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/reference/bank-holidays?year=2026")
    expect(page.get_by_role("row").filter(has_text="Good Friday")).to_contain_text("Friday")
    assert_accessible(page)
    picture(page, "bank-holidays")
    page.get_by_role("button", name="Add a bank holiday").click()
    press(page, "Add this day")
    refused(page, "Enter what it is called")
    fill_date(page, "Day", "3 12 2026")
    page.get_by_label("What it is called").fill("A day the journey invents")
    page.get_by_label("Where this comes from").fill("This test")
    press(page, "Add this day")
    said(page, "The bank holiday is added")
    row = page.get_by_role("row").filter(has_text="A day the journey invents")
    row.get_by_role("link", name="This was no bank holiday").click()
    page.get_by_label("What was wrong?").fill("Nobody proclaimed it")
    press(page, "Mark as recorded in error")
    expect(page.get_by_role("row").filter(has_text="A day the journey invents")).to_contain_text("Recorded in error")


def test_others_are_refused(demo_site, start):
    limit = demo_site.sql("SELECT min(id) FROM actions_timelimit").strip()
    paths = ["/reference/time-limits", f"/reference/time-limits/{limit}", "/reference/bank-holidays/add"]
    page = start("head_of_service")
    assert [page.goto(demo_site.url + path).status for path in paths] == [403, 403, 403]
    neighbour = demo_site.email("neighbour")
    demo_site.sql(f"UPDATE accounts_user SET role = 'administrator' WHERE email = '{neighbour}' RETURNING 1")
    other = start("neighbour")
    assert other.goto(demo_site.url + paths[1]).status == 404
    other.goto(demo_site.url + paths[0])
    expect(other.locator("main")).to_contain_text("This service has no time limit")


def test_on_a_phone(demo_site, start):
    page = start(width=PHONE)
    for path in ("/reference/time-limits", "/reference/time-limits/add", "/reference/bank-holidays?year=2026"):
        page.goto(demo_site.url + path)
        assert_accessible(page)
        picture(page, "phone" + path.split("?")[0].replace("/", "-"))
