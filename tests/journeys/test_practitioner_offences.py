"""Journey 6.3, the practitioner and offences: a code searched for, both scores, knife, breach, police bail with its
conditions, who was there too; refused, corrected, kept through a lost connection, closed to another service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import (
    add_child,
    add_offence,
    choose,
    fill_date,
    follow,
    press,
    press_and_wait,
    refused,
    said,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONDITIONS = "To live and sleep at home, not to go into the high street"


@pytest.fixture
def child(demo_site, start):
    """A practitioner's page on a new child without a fact, and the record's address."""
    page = start()
    return page, add_child(page, demo_site.url)


def search_code(page: Page, word: str) -> str:
    """Type a word of the offence and take the first code that is offered."""
    box = page.get_by_label("Offence code")
    box.click()
    box.press_sequentially(word)
    offered = page.locator("#offence-codes option").first
    expect(offered).to_be_attached()
    code = offered.get_attribute("value")
    box.fill(code)
    return code


def add_bail(page: Page, record: str, start: str = "3 3 2026") -> None:
    page.goto(f"{record}/police-bail/add")
    page.get_by_label(re.compile("^Robbery of a telephone")).check()
    choose(page, "How was the child released?", "On police bail before charge")
    fill_date(page, "From", start)
    page.get_by_label("Police force and station").fill("Quillmoor station")
    page.get_by_label("Conditions").fill(CONDITIONS)


def test_an_offence_by_its_code_with_both_scores_bail_and_breach(demo_site, child, start):
    page, record = child
    page.goto(f"{record}/programmes/add")
    choose(page, "Kind of programme", "Youth rehabilitation order")
    fill_date(page, "Start", "1 2 2026")
    press(page, "Save")
    said(page, "Programme added")

    page.goto(f"{record}/offences")
    page.get_by_role("button", name="Add an offence").click()
    fill_date(page, "Date of the offence", "2 3 2026")
    page.get_by_label("What happened").fill("Robbery of a telephone")
    page.get_by_label("Postcode of where it happened").fill("qm12ab")
    page.get_by_role("group", name=re.compile("knife or blade")).get_by_label("Yes").check()
    fill_date(page, "Date of arrest", "3 3 2026")
    choose(page, "Plea", "No plea entered")
    code = search_code(page, "robbery")
    page.get_by_label(re.compile("^If it is a breach")).select_option(
        label="Youth rehabilitation order, from 1 February 2026"
    )
    choose(page, "Edition of the police gravity matrix", "ACPO gravity factor matrix 2013")
    page.get_by_label("Police gravity score").fill("5")
    assert_accessible(page)
    picture(page, "offence-form")
    press(page, "Save")
    refused(page, "ACPO gravity factor matrix 2013, scores from 1 to 4")
    choose(page, "Edition of the police gravity matrix", "NPCC Child Gravity Matrix, revised February 2025")
    press(page, "Save")
    said(page, "Offence added")
    follow(page, "Robbery of a telephone")
    for words in (code, "QM1 2AB", "5 of 5: normally a charge", "Not recorded", "Youth rehabilitation order, from"):
        expect(page.locator("main")).to_contain_text(words)
    assert_accessible(page)
    picture(page, "offence-fact")

    add_bail(page, record, "1 3 2026")
    press(page, "Save")
    refused(page, "It cannot begin before the offence")
    fill_date(page, "From", "3 3 2026")
    assert_accessible(page)
    press(page, "Save")
    said(page, "Police bail added")
    assert_accessible(page)
    picture(page, "offences-with-bail")
    add_bail(page, record, "4 4 2026")
    press(page, "Save")
    refused(page, "There is one at a time")

    phone = start(width=PHONE)
    phone.goto(record)
    card = phone.locator(".govuk-summary-card", has=phone.get_by_role("heading", name="Police bail now"))
    expect(card).to_contain_text(CONDITIONS)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    picture(phone, "police-bail-now-phone")

    page.goto(f"{record}/offences")
    follow(page, "On police bail before charge")
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("It was another child")
    press(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(record)
    expect(page.get_by_role("heading", name="Police bail now")).to_have_count(0)


def test_who_was_there_too_is_on_both_records_and_on_no_paper(demo_site, child, start):
    page, record = child
    add_offence(page, record)
    other = add_child(page, demo_site.url)
    family = re.search(r"Nia (\w+)", page.title())[1]
    add_offence(page, other, "Lookout at the shop")

    page.goto(f"{record}/co-defendants/find")
    page.locator("main").get_by_label("Name or number").fill(family)
    press_and_wait(page, "Search")
    assert family.lower() not in page.url.lower()
    assert_accessible(page)
    page.locator("main").get_by_role("link", name=re.compile(family)).click()
    press(page, "Save")
    refused(page, "Select the offence of this child")
    page.get_by_label("Which offence of this child?").select_option(label="Theft from a shop, 1 March 2026")
    page.get_by_label("Which offence of the other child?").select_option(label="Lookout at the shop, 1 March 2026")
    press(page, "Save")
    said(page, "Co-defendant added to both records")
    table = page.get_by_role("region", name="Done together with others")
    expect(table).to_contain_text(family)
    assert_accessible(page)
    picture(page, "co-defendants")
    page.emulate_media(media="print")
    expect(table).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"{record}/print")
    expect(page.locator("main")).not_to_contain_text(family)
    page.goto(f"{other}/offences")
    expect(page.get_by_role("region", name="Done together with others")).to_contain_text("Lookout at the shop")

    stranger = start("neighbour")
    for address in ("offences", "co-defendants/find", "co-defendants/add", "police-bail/add"):
        assert stranger.goto(f"{record}/{address}").status == 404
    page.goto(f"{record}/offences")
    page.get_by_role("region", name="Done together with others").get_by_role("link").first.click()
    assert_accessible(page)
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("They were not there")
    press(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(f"{other}/offences")
    expect(page.get_by_role("region", name="Done together with others")).to_contain_text("Recorded in error")


def test_a_lost_connection_while_typing_loses_nothing(child):
    page, record = child
    add_offence(page, record, "Robbery of a telephone", "2 3 2026")
    add_bail(page, record)
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    press(page, "Save")
    said(page, "Police bail added")
    expect(page.get_by_role("link", name="On police bail before charge", exact=True)).to_have_count(1)
