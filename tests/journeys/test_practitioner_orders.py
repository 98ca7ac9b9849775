"""The practitioner and the orders of a child: one outcome on two offences, requirements with hours, an appeal, a
contract, custody and licence, an early end; refused, corrected, kept through a lost line, closed to another service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import add_child, add_offence, choose, fill_date, follow, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def child(demo_site, start):
    """A practitioner's page on a new child with two offences, and the record's address."""
    page = start()
    record = add_child(page, demo_site.url)
    add_offence(page, record)
    add_offence(page, record, "Going equipped")
    return page, record


def give(page: Page, record: str, outcome: str, day: str, months: str = "", *, both: bool = True) -> None:
    """Give an outcome on the theft, and on both offences at once unless told otherwise."""
    page.goto(f"{record}/outcomes/add")
    page.get_by_label(re.compile("^Theft from a shop")).check()
    if both:
        page.get_by_label(re.compile("^Going equipped")).check()
    fill_date(page, "Date of the outcome", day)
    choose(page, "Outcome", outcome)
    page.get_by_label("Lived in this service's area on the day").check()
    page.get_by_label("Length in months").fill(months)
    press(page, "Save")
    said(page, "Outcome added")


def card(page: Page, title: str):
    return page.locator(".govuk-summary-card", has=page.get_by_role("heading", name=re.compile(f"^{title}")))


def test_an_order_on_two_offences_with_requirements_hours_and_an_appeal(demo_site, child):
    page, record = child
    page.goto(f"{record}/orders")
    expect(page.get_by_text("No outcome is recorded.")).to_be_visible()
    assert_accessible(page)
    give(page, record, "Youth rehabilitation order", "1 4 2026", "12")
    follow(page, "Orders")
    order = card(page, "Youth rehabilitation order, 1 April 2026")
    expect(order).to_contain_text("31 March 2027: an estimate from 12 months")
    expect(order).to_contain_text(re.compile("Theft from a shop; Going equipped|Going equipped; Theft from a shop"))
    for kind, hours in (("Supervision", ""), ("Unpaid work", "60")):
        order.get_by_role("link", name=re.compile("^Add a requirement")).click()
        choose(page, "Requirement or condition", kind)
        fill_date(page, "From", "1 4 2026")
        page.get_by_label("Hours ordered").fill(hours)
        assert_accessible(page)
        press(page, "Save")
        said(page, "Requirement added")
    expect(order).to_contain_text("0 of 60 hours done, 60 to do")
    expect(order).to_contain_text("Unpaid work is usually for 16 and 17 (general knowledge, to confirm)")
    order.get_by_role("link", name="Add hours to Unpaid work").click()
    fill_date(page, "Day", "31 3 2026")
    page.get_by_label("Hours done").fill("7")
    press(page, "Save")
    refused(page, "The requirement began on 1 April 2026")
    fill_date(page, "Day", "9 5 2026")
    # The line is lost while typing: nothing is lost, and nothing is sent twice.
    page.context.set_offline(True)
    page.get_by_label("With whom").fill("A tutor at the garden")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible()
    page.context.set_offline(False)
    press(page, "Save")
    said(page, "Hours done added")
    expect(order).to_contain_text("7 of 60 hours done, 53 to do")
    assert_accessible(page)
    picture(page, "orders-requirements")
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert_accessible(page)
    picture(page, "orders-phone")
    page.set_viewport_size({"width": 1280, "height": 900})

    give(page, record, "Fine", "2 6 2026")
    page.goto(f"{record}/orders")
    order.get_by_role("link", name=re.compile("^Record an appeal")).click()
    for box in page.get_by_label(re.compile("^Youth rehabilitation order, 1 April 2026")).all():
        box.check()
    fill_date(page, "Date of the appeal", "20 4 2026")
    choose(page, "Result", "Changed on appeal")
    press(page, "Save")
    refused(page, "Enter the date of the result")
    fill_date(page, "Date of the result", "2 6 2026")
    choose(page, "The new outcome", "Fine, 2 June 2026 (Theft from a shop)")
    press(page, "Save")
    said(page, "Appeal added")
    expect(order).to_contain_text("Does not count: Changed on appeal.")
    expect(order).to_contain_text("now Fine, 2 June 2026")
    expect(card(page, "Fine, 2 June 2026")).to_contain_text("which was changed on appeal")
    assert_accessible(page)
    picture(page, "orders-appeal")
    page.goto(f"{record}/offences")
    expect(page.get_by_text("Does not count: Changed on appeal.")).to_have_count(2)
    assert_accessible(page)


def test_a_referral_order_runs_from_its_contract_is_corrected_and_ends_early(demo_site, child, start):
    page, record = child
    give(page, record, "Referral order", "1 4 2026", "6")
    page.goto(f"{record}/orders")
    order = card(page, "Referral order, 1 April 2026")
    expect(order).to_contain_text("6 months from the day the contract is signed")
    order.get_by_role("link", name=re.compile("^Record the contract")).click()
    fill_date(page, "Contract signed on", "21 4 2026")
    page.get_by_label("Who signed it?").fill("The child and the panel")
    assert_accessible(page)
    press(page, "Save")
    said(page, "Contract added")
    expect(order).to_contain_text("20 October 2026: worked out from the contract of 21 April 2026 and 6 months")
    follow(page, "See Contract signed on 21 April 2026")
    press(page, "Change")
    fill_date(page, "Contract signed on", "20 4 2026")
    press(page, "Save")
    expect(page.get_by_text("19 October 2026: worked out")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{record}/orders")
    order.get_by_role("link", name=re.compile("^Extend or end early")).click()
    choose(page, "What was decided?", "Ended by the court")
    fill_date(page, "From which day?", "1 7 2026")
    page.get_by_label("By whom?").fill("The youth court")
    page.get_by_label("Why?").fill("It had done its work")
    press(page, "Save")
    said(page, "Extension or early end added")
    expect(order).to_contain_text("Ended on 1 July 2026: ended by the court, by The youth court: It had done its work")
    assert_accessible(page)
    order.get_by_role("link", name=re.compile("^Transfer it")).click()
    choose(page, "What was asked?", "Another service looks after it (caretaking)")
    page.get_by_label("The other service").select_option(index=1)
    fill_date(page, "Asked on", "2 6 2026")
    choose(page, "Answer", "Accepted")
    fill_date(page, "Date of the answer", "5 6 2026")
    press(page, "Save")
    refused(page, "Enter from which day")
    fill_date(page, "If it was accepted: from which day?", "8 6 2026")
    press(page, "Save")
    said(page, "Transfer of an order added")
    expect(order).to_contain_text("looks after it since 8 June 2026")
    assert_accessible(page)
    stranger = start("neighbour")
    for address in (f"{record}/orders", f"{record}/contracts/add"):
        assert stranger.goto(address).status == 404


def test_custody_and_licence_in_one_step_are_estimates_until_the_establishment_writes(demo_site, child, start):
    administrator = start("administrator")
    administrator.goto(f"{demo_site.url}/orders/words")
    administrator.get_by_role("button", name="Add a word").click()
    choose(administrator, "List", "Establishments")
    administrator.get_by_label("The word, as people choose it").fill("Fennick House (invented)")
    administrator.get_by_label("Where does it come from?").fill("Invented for this test")
    fill_date(administrator, "From", "1 1 2026")
    assert_accessible(administrator)
    press(administrator, "Add this word")
    said(administrator, "The word can be chosen from its day on")
    assert_accessible(administrator)

    page, record = child
    give(page, record, "Detention and training order", "29 6 2026", "11")
    page.goto(f"{record}/orders")
    order = card(page, "Detention and training order, 29 June 2026")
    order.get_by_role("link", name=re.compile("^Record custody and licence")).click()
    choose(page, "Establishment", "Fennick House (invented)")
    fill_date(page, "Release, as the letter says", "1 12 2026")
    press(page, "Save")
    refused(page, "Enter the date of the establishment’s letter")
    written = page.get_by_role("group", name=re.compile("^Release, as the letter says"))
    for part in ("Day", "Month", "Year"):
        written.get_by_label(part).fill("")
    press(page, "Save")
    said(page, "Custody and licence added")
    expect(order).to_contain_text("12 December 2026: the mid-term date, an estimate until")
    expect(order).to_contain_text("28 May 2027: an estimate until the establishment has written")
    assert_accessible(page)
    picture(page, "orders-custody")
    page.goto(f"{record}/programmes")
    expect(page.get_by_role("row", name=re.compile("custody"))).to_contain_text("29 June 2026")
    expect(page.get_by_role("row", name=re.compile("licence"))).to_contain_text("12 December 2026: an estimate")
    assert_accessible(page)
    page.goto(f"{record}/orders")
    follow(page, "See custody and licence")
    press(page, "Change")
    fill_date(page, "Date of the establishment’s letter", "1 11 2026")
    fill_date(page, "Release, as the letter says", "1 12 2026")
    fill_date(page, "End of the licence, as the letter says", "27 5 2027")
    press(page, "Save")
    expect(page.get_by_text("1 December 2026, as the establishment wrote on 1 November 2026")).to_be_visible()
    page.goto(f"{record}/programmes")
    expect(page.get_by_role("row", name=re.compile("licence"))).to_contain_text("27 May 2027")
    expect(page.get_by_text("an estimate")).to_have_count(0)
