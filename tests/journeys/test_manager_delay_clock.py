"""Journey, the team manager: from how long it takes to the children, one child's stages, a date put right and the clock
that follows; be refused, lose the line; and what others may not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import fill_date, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def contacted(demo_site) -> str:
    """A child of the last weeks who was contacted four days after an order, from the record itself."""
    return demo_site.sql(
        "SELECT f.child_id FROM casework_firstcontact f JOIN casework_outcome o ON o.id = f.outcome_id "
        "WHERE o.outcome_date > '2026-09-30' AND f.contact_date > o.outcome_date AND f.in_error_at IS NULL "
        "ORDER BY f.child_id LIMIT 1"
    ).strip()


def to_contact(page: Page) -> str:
    """What the child's page says from decision to first contact."""
    row = page.locator(".govuk-summary-list__row").filter(has_text="Decision to first contact").first
    return row.locator(".govuk-summary-list__value").inner_text().strip()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_from_the_service_s_clock_to_the_children_behind_it(demo_site, start, width):
    page = start("manager", width=width)
    page.goto(f"{demo_site.url}/how-long")
    expect(page.get_by_role("heading", name="How long it takes")).to_be_visible()
    whole = page.get_by_role("table", name="The whole")
    expect(whole.get_by_role("row", name=re.compile("^Offence to first contact"))).to_be_visible()
    expect(page.get_by_role("table", name="Decided in court: whose the days were")).to_contain_text("Court")
    assert_accessible(page)
    picture(page, "delay-clock")
    page.get_by_label("Break down by").first.select_option(label="Ethnicity")
    press(page, "Show")
    expect(page.get_by_role("table", name="The whole")).to_contain_text("Too few to say")
    assert_accessible(page)
    picture(page, "delay-clock-by-ethnicity")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a spreadsheet (XLSX)").click()
    assert download.value.suggested_filename.startswith("how-long-it-takes-")
    page.get_by_role("table", name="The whole").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("counted here")
    assert_accessible(page)
    page.locator("main").get_by_role("table").get_by_role("link").filter(has_not_text="need to know").last.click()
    expect(page.get_by_role("heading", name="How long it took", exact=True)).to_be_visible()
    assert_accessible(page)


def test_a_date_put_right_moves_the_clock(demo_site, start, contacted):
    page = start("manager")
    record = f"{demo_site.url}/children/{contacted}/how-long"
    page.goto(record)
    assert_accessible(page)
    picture(page, "how-long-it-took")
    before = to_contact(page)
    assert re.fullmatch(r"\d+ days?", before)
    page.get_by_role("row", name=re.compile("^First contact")).first.get_by_role("link").click()
    page.get_by_role("button", name="Change", exact=True).click()
    fill_date(page, "Date of first contact", "1 1 2024")
    press(page, "Save")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("The first contact after an outcome cannot be before it")
    fill_date(page, "Date of first contact", "20 11 2026")
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.locator(".app-held")).to_contain_text("Not sent")
    page.context.set_offline(False)
    press(page, "Save")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("First contact changed")
    page.goto(record)
    after = to_contact(page)
    assert int(after.split()[0]) > int(before.split()[0])


def test_what_others_may_not(demo_site, start, contacted):
    record = f"{demo_site.url}/children/{contacted}/how-long"
    other = start("neighbour")
    assert other.goto(record).status == 404
    assert other.goto(f"{demo_site.url}/how-long").status == 403
    practitioner = start("practitioner")
    expect(practitioner.get_by_role("navigation").get_by_role("link", name="How long it takes")).to_have_count(0)
    assert practitioner.goto(f"{demo_site.url}/how-long").status == 403
    assert practitioner.goto(record).status == 200
    board = start("board_member")
    board.goto(f"{demo_site.url}/how-long")
    expect(board.get_by_role("table", name="The whole")).to_be_visible()
    expect(board.get_by_role("table", name="The whole").get_by_role("link")).to_have_count(0)
    assert board.goto(f"{demo_site.url}/how-long/children?part=all.offence.outcome").status == 403
    assert board.goto(record).status == 403


def test_an_administrator_says_whose_the_days_are(demo_site, start):
    page = start("administrator")
    page.goto(f"{demo_site.url}/reference/")
    page.get_by_role("link", name="Whose the days are").click()
    assert_accessible(page)
    picture(page, "whose-days")
    page.get_by_role("row", name=re.compile("^First hearing")).get_by_role("link").click()
    assert_accessible(page)
    page.get_by_label("Court", exact=True).check()
    page.get_by_label("Where this comes from").fill("Our protocol with the court")
    press(page, "Save")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter")
    fill_date(page, "From which day?", "1 11 2026")
    press(page, "Save")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The clock follows at once")
    expect(page.locator("main").get_by_role("table")).to_contain_text("Our protocol with the court")
