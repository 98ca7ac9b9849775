"""Journey 4, the head of service and the money: enter a year, see totals and what changed, be refused, correct, meet a
colleague's save, lose the line; and what a board member and another service's staff may not.
"""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "head_of_service"


def row(page: Page, partner: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(f"^{partner}"))).first


def box(page: Page, partner: str, stream: str):
    return page.get_by_label(f"{partner}: {stream}, pounds", exact=True)


def start_year(page: Page, url: str, year: str) -> str:
    """Start a financial year; the address of its form."""
    page.goto(f"{url}/money")
    page.get_by_role("button", name="Start a financial year").click()
    page.get_by_label("Financial year").fill(year)
    press(page, "Start the year")
    page.wait_for_url("**/change")
    return page.url


@pytest.mark.parametrize("width", [1280, 390])
def test_years_and_a_year_with_what_changed(demo_site, start, width):
    page = start(width=width)
    page.goto(f"{demo_site.url}/money")
    expect(page.get_by_role("heading", level=1)).to_have_text("Money")
    assert_accessible(page)
    page.get_by_role("link", name="2026/27").click()
    expect(row(page, "Total")).to_contain_text("£1,872,400")
    expect(row(page, "Total")).to_contain_text("+£13,400")
    expect(row(page, "Other")).to_contain_text("-77.0%")
    assert_accessible(page)
    picture(page, "money-year")


def test_a_year_is_entered_and_its_totals_show_while_typing(demo_site, start):
    page = start()
    start_year(page, demo_site.url, "2027/28")
    box(page, "Police", "cash").fill("1,000.50")
    box(page, "Police", "staffing").fill("£2000")
    box(page, "Health", "cash").fill("-0.50")
    page.get_by_label("Police: note").fill("1 full-time officer")
    expect(row(page, "Police")).to_contain_text("£3,000.50")
    expect(row(page, "Total")).to_contain_text("£3,000")
    assert_accessible(page)
    picture(page, "money-form")
    press(page, "Save contributions")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The contributions of 2027/28 are saved")
    expect(row(page, "Police")).to_contain_text("1 full-time officer")
    expect(row(page, "Total")).to_contain_text("£3,000")
    expect(row(page, "Total")).to_contain_text("-£1,869,400")
    with page.expect_download() as sheet:
        page.get_by_role("link", name=re.compile("spreadsheet")).click()
    book = openpyxl.load_workbook(BytesIO(sheet.value.path().read_bytes()))
    assert book.worksheets[0]["C2"].value == 1000.5 and "Notes" in book.sheetnames


def test_it_works_without_scripts_and_on_a_phone(demo_site, start):
    page = start(scripts=False, width=390)
    start_year(page, demo_site.url, "2028/29")
    box(page, "Probation", "cash").fill("5000")
    press(page, "Save contributions")
    expect(row(page, "Total")).to_contain_text("£5,000")


def test_an_unreadable_amount_is_refused_and_can_be_put_right(demo_site, start):
    page = start()
    start_year(page, demo_site.url, "2029/30")
    box(page, "Police", "cash").fill("1,00")
    expect(row(page, "Police")).to_contain_text("?")
    press(page, "Save contributions")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Police: cash must be an amount in pounds, like 1,234.50")
    assert page.locator(summary.get_by_role("link").get_attribute("href")).count() == 1
    assert_accessible(page)
    box(page, "Police", "cash").fill("100")
    press(page, "Save contributions")
    expect(row(page, "Total")).to_contain_text("£100")


def test_a_correction_keeps_what_was_there(demo_site, start):
    page = start()
    form = start_year(page, demo_site.url, "2030/31")
    box(page, "Police", "cash").fill("500")
    press(page, "Save contributions")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("saved")
    page.goto(form)
    box(page, "Police", "cash").fill("")
    press(page, "Save contributions")
    page.get_by_role("link", name="What was changed").click()
    entry = page.get_by_role("row").nth(1)
    expect(entry).to_contain_text("Police, cash")
    expect(entry).to_contain_text("£500")
    expect(entry).to_contain_text("nothing")
    assert_accessible(page)


def test_a_colleague_s_save_shows_both_and_lets_the_person_choose(demo_site, start):
    mine = start()
    form = start_year(mine, demo_site.url, "2031/32")
    theirs = start()
    theirs.goto(form)
    box(theirs, "Police", "cash").fill("200")
    press(theirs, "Save contributions")
    theirs.wait_for_url(lambda address: not address.endswith("/change"))
    box(mine, "Police", "cash").fill("300")
    press(mine, "Save contributions")
    expect(mine.get_by_role("alert")).to_contain_text("Someone else has saved this table")
    differs = mine.get_by_role("row").filter(has_text="Police: cash").first
    expect(differs).to_contain_text("£200")
    expect(differs).to_contain_text("£300")
    assert_accessible(mine)
    press(mine, "Save contributions")
    expect(row(mine, "Total")).to_contain_text("£300")


def test_a_lost_connection_loses_nothing(demo_site, start):
    page = start()
    form = start_year(page, demo_site.url, "2032/33")
    page.context.set_offline(True)
    box(page, "Health", "payments in kind").fill("750")
    press(page, "Save contributions")
    expect(page.locator(".app-held")).to_contain_text("Not sent")
    expect(box(page, "Health", "payments in kind")).to_have_value("750")
    page.context.set_offline(False)
    expect(page.locator(".app-draft-state")).to_contain_text("Saved as draft")
    page.goto(form)  # as after a browser that crashed
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    expect(box(page, "Health", "payments in kind")).to_have_value("750")
    press(page, "Save contributions")
    expect(row(page, "Total")).to_contain_text("£750")


def test_a_board_member_reads_and_does_not_write(demo_site, start):
    page = start("board_member")
    page.goto(f"{demo_site.url}/money/2026")
    expect(row(page, "Total")).to_contain_text("£1,872,400")
    expect(page.get_by_role("button", name="Change contributions")).to_have_count(0)
    assert page.goto(f"{demo_site.url}/money/2026/change").status == 403


@pytest.mark.parametrize(("role", "status"), [("practitioner", 403), ("neighbour", 403)])
def test_who_has_no_business_with_money_is_refused(demo_site, start, role, status):
    page = start(role)
    assert page.goto(f"{demo_site.url}/money/2026").status == status
    page.goto(demo_site.url)
    expect(page.get_by_role("link", name="Money", exact=True)).to_have_count(0)


def test_another_service_s_head_finds_none_of_it(demo_site, start):
    from openyj.invented.places import MAIN
    from openyj.invented.staff import STAFF

    heads = [m.email for m in STAFF if m.service != MAIN.service and m.role == "head_of_service"]
    if not heads:
        demo_site.sql(
            "UPDATE accounts_user SET role = 'head_of_service' WHERE email = "
            f"'{demo_site.email('neighbour')}' RETURNING id"
        )
        heads = [demo_site.email("neighbour")]
    page = start(heads[0])
    assert page.goto(f"{demo_site.url}/money/2026").status == 404
    page.goto(f"{demo_site.url}/money")
    expect(page.locator("main")).not_to_contain_text("£")
