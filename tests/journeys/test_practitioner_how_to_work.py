"""The practitioner and the child as a person: how to work with them, safe ways to contact, names, numbers, languages;
refused, corrected, kept through a lost connection, and closed to another service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, choose, fill_date, follow, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def child(demo_site, start):
    """A practitioner's page on a new child of whom nothing is known, and the record's address."""
    page = start()
    return page, add_child(page, demo_site.url)


def card(page: Page, text: str):
    return page.locator(".govuk-summary-card", has=page.get_by_role("heading", name=re.compile(re.escape(text))))


def test_a_child_as_a_person_from_nothing_to_the_top_of_the_record(child):
    page, record = child
    first = card(page, "How to work with me")
    expect(first).to_contain_text("Ask the child what helps and what does not")
    first.get_by_role("link", name="See and change").click()
    expect(page.get_by_text("No number of another service is recorded.")).to_be_visible()
    assert_accessible(page)
    follow(page, "Add to how to work with me")
    choose(page, "What is it about?", "Talking and listening")
    page.get_by_label("What to know").fill("Short sentences, then wait")
    page.get_by_label("Who says so").fill("Mother")
    fill_date(page, "Since", "1 3 2026")
    assert_accessible(page)
    press(page, "Save")
    expect(card(page, "Short sentences, then wait (said by Mother)")).to_be_visible()

    follow(page, "Add a way to contact")
    choose(page, "Way to contact", "Telephone")
    page.get_by_label("Who answers").fill("the child")
    page.get_by_label("Number or e-mail address").fill("07700 900123")
    choose(page, "Is it safe to use?", "Safe")
    page.get_by_label("When and how").fill("text first")
    fill_date(page, "Since", "1 3 2026")
    fill_date(page, "Ask again by", "1 2 2026")
    press(page, "Save")
    refused(page, "Enter a day after they were asked (1 March 2026)")
    fill_date(page, "Ask again by", "1 3 2030")
    press(page, "Save")
    expect(card(page, "07700 900123, safe, text first")).to_be_visible()

    follow(page, "Add a name")
    choose(page, "Kind of name", "What the child wants to be called")
    page.get_by_label("Name", exact=True).fill("Bex")
    press(page, "Save")
    expect(page.locator(".app-identity, [class*=identity]").first).to_contain_text("Bex")
    follow(page, "Add languages")
    choose(page, "Do they need an interpreter?", "Recorded as unknown")
    page.get_by_label("Which language do they prefer").fill("Welsh")
    fill_date(page, "Since", "1 3 2026")
    press(page, "Save")
    expect(card(page, "interpreter recorded as unknown")).to_contain_text("Welsh")
    follow(page, "Add a number")
    choose(page, "Which number", "NHS number")
    page.get_by_label("Number", exact=True).fill("999 000 0019")
    page.get_by_label("Who gave it to us").fill("School nurse")
    press(page, "Save")
    refused(page, "This is not an NHS number")
    page.get_by_label("Number", exact=True).fill("999 000 0018")
    press(page, "Save")
    row = page.get_by_role("row", name=re.compile("NHS number 999 000 0018"))
    expect(row).to_contain_text("School nurse")
    assert_accessible(page)
    picture(page, "about-the-child")

    page.goto(record)
    expect(card(page, "How to work with me")).to_contain_text("Short sentences, then wait")
    expect(card(page, "About the child")).to_contain_text("07700 900123, safe, text first")
    assert_accessible(page)
    picture(page, "about-on-overview")
    search = f"{record.split('/children')[0]}/children/find?q=9990000018"
    page.goto(search)
    expect(page.get_by_role("link", name=re.compile("^Bex "))).to_be_visible()


def test_what_is_not_safe_is_warned_of_printed_nowhere_followed_and_corrected(child, start):
    page, record = child
    page.goto(f"{record}/circumstances/contact/add")
    choose(page, "Way to contact", "Telephone")
    page.get_by_label("Who answers").fill("an older friend")
    choose(page, "Is it safe to use?", "Not safe")
    fill_date(page, "Since", "1 3 2026")
    fill_date(page, "Ask again by", "1 3 2030")
    page.get_by_label("Number or e-mail address").fill("07700 900")
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    press(page, "Save")
    refused(page, "Enter a UK telephone number")
    page.get_by_label("Number or e-mail address").fill("07700 900456")
    press(page, "Save")
    danger = card(page, "an older friend: NOT SAFE")
    expect(danger).to_contain_text("Not safe. Do not ring, write or visit here")
    expect(danger).to_contain_text("07700 900456")
    assert_accessible(page)
    picture(page, "not-safe")
    page.emulate_media(media="print")
    expect(danger).to_be_hidden()
    page.emulate_media(media="screen")
    for address in (record, f"{record}/print", f"{record}/timeline"):
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text("900456")
    page.goto(f"{record}/about")
    page.get_by_role("link", name=re.compile("^Now different")).first.click()
    expect(page.get_by_text("Until now: Telephone of an older friend")).to_be_visible()
    page.goto(f"{record}/about")
    page.get_by_role("link", name=re.compile("an older friend: NOT SAFE")).click()
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("It is another child’s")
    press(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(f"{record}/about")
    expect(card(page, "an older friend")).to_have_count(0)
    expect(page.locator("s", has_text="an older friend")).to_be_visible()
    assert_accessible(page)

    stranger = start("neighbour")
    for address in (f"{record}/about", f"{record}/circumstances/contact/add"):
        assert stranger.goto(address).status == 404
    assert start("board_member").goto(f"{record}/about").status == 403


def test_on_a_phone(child, start):
    _, record = child
    page = start(width=390)
    page.goto(f"{record}/circumstances/how-to-work/add")
    choose(page, "What is it about?", "What to avoid")
    page.get_by_label("What to know").fill("Do not ask about school in front of others")
    page.get_by_label("Who says so").fill("The child")
    fill_date(page, "Since", "1 3 2026")
    press(page, "Save")
    expect(card(page, "Do not ask about school")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "about-phone")
