"""The practitioner and a child's circumstances: recorded, refused, changed in one step, corrected, met by two at once,
kept through a lost connection, and closed to another service and to who may not read of health."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, choose, fill_date, follow, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def child(demo_site, start):
    """A practitioner's page on a new child without a fact, and the record's address."""
    page = start()
    return page, add_child(page, demo_site.url)


def add_education(page: Page, record: str) -> None:
    page.goto(f"{record}/circumstances")
    follow(page, "Add education, training or employment")
    choose(page, "What is it?", "Pupil referral unit")
    page.get_by_label("In your own words").fill("The Link Centre")
    fill_date(page, "From", "1 9 2025")
    page.get_by_label("Hours offered a week").fill("25")
    page.get_by_label("Hours attended a week").fill("15")
    press(page, "Save")
    expect(card(page, "Pupil referral unit")).to_be_visible()


def card(page: Page, text: str):
    return page.locator(".govuk-summary-card", has=page.get_by_role("heading", name=re.compile(re.escape(text))))


def test_a_childs_circumstances_from_nothing_to_what_holds_now(demo_site, child):
    page, record = child
    overview = page.locator(".govuk-summary-card", has=page.get_by_role("heading", name="Circumstances now"))
    expect(overview.get_by_text("Not recorded", exact=True)).to_have_count(8)
    follow(page, "See and change circumstances")
    expect(page.get_by_text("No address is recorded.")).to_be_visible()
    assert_accessible(page)
    picture(page, "circumstances-nothing")

    add_education(page, record)
    expect(card(page, "15 of 25 hours a week attended")).to_be_visible()
    follow(page, "Add a care status")
    choose(page, "Care status", "Child in need")
    fill_date(page, "From", "1 3 2026")
    assert_accessible(page)
    press(page, "Save")
    follow(page, "Add SEND or ALN")
    choose(page, "Is a need identified?", "Recorded as unknown")
    fill_date(page, "From", "1 3 2026")
    press(page, "Save")
    expect(card(page, "Recorded as unknown, formal plan not recorded")).to_be_visible()
    follow(page, "Add a mental health need")
    fill_date(page, "Screened", "1 4 2026")
    choose(page, "Was a need found?", "Yes")
    fill_date(page, "Referred", "5 5 2026")
    assert_accessible(page)
    press(page, "Save")
    expect(card(page, "Referred on 5 May 2026, waiting for")).to_be_visible()
    follow(page, "Add a referral to a partner")
    choose(page, "Kind of partner", "Speech and language")
    fill_date(page, "Referred", "1 5 2026")
    fill_date(page, "Declined", "9 5 2026")
    choose(page, "If it was declined: why?", "No capacity, or the list is closed")
    press(page, "Save")
    expect(page.get_by_role("cell", name=re.compile("declined on 9 May 2026: no capacity"))).to_be_visible()
    follow(page, "Add parenting support")
    choose(page, "Kind of support", "Parenting group, voluntary")
    fill_date(page, "From", "1 4 2026")
    page.get_by_label("Sessions planned").fill("8")
    page.get_by_label("Sessions attended").fill("5")
    press(page, "Save")
    expect(card(page, "5 of 8 sessions attended")).to_be_visible()
    assert_accessible(page)
    picture(page, "circumstances-recorded")

    page.goto(record)
    expect(overview).to_contain_text("Pupil referral unit, The Link Centre, 15 of 25 hours a week attended")
    expect(overview).to_contain_text("Recorded as unknown")
    assert_accessible(page)
    follow(page, "Timeline")
    expect(page.get_by_role("link", name="Started: Pupil referral unit", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Care status: Child in need", exact=True)).to_be_visible()


def test_what_cannot_be_is_refused_and_what_is_odd_is_said(child):
    page, record = child
    page.goto(f"{record}/circumstances/mental-health/add")
    press(page, "Save")
    refused(page, "Enter the day of one step at least")
    fill_date(page, "Screened", "1 4 2026")
    fill_date(page, "Offered", "31 3 2026")
    press(page, "Save")
    refused(page, "Help cannot be offered before the screening (1 April 2026)")
    fill_date(page, "Offered", "2 4 2026")
    press(page, "Save")
    expect(page.get_by_text("figures count no offer without it")).to_be_visible()
    assert_accessible(page)


def test_moved_to_ends_the_old_and_begins_the_new(demo_site, child):
    page, record = child
    page.goto(f"{record}/addresses/add")
    page.get_by_label("Address", exact=True).fill("1 Harbour Row, Quillmoor")
    fill_date(page, "Lived there from", "1 1 2020")
    page.get_by_role("group", name="Is it the main address?").get_by_label("Yes").check()
    press(page, "Save")
    page.wait_for_url(lambda address: "/addresses/add" not in address)
    page.goto(f"{record}/circumstances")
    page.get_by_role("link", name=re.compile("^Moved to …")).click()
    expect(page.get_by_text("Until now: 1 Harbour Row, Quillmoor.")).to_be_visible()
    fill_date(page, "Date they moved", "1 1 2019")
    page.get_by_label("Address", exact=True).fill("2 Quay Street, Quillmoor")
    press(page, "Save")
    refused(page, "began on 1 January 2020. Enter a later day")
    fill_date(page, "Date they moved", "1 6 2026")
    choose(page, "Kind of accommodation", "Foster care, local authority")
    press(page, "Save")
    expect(page.get_by_text("Move recorded")).to_be_visible()
    expect(card(page, "Foster care, local authority")).to_contain_text("2 Quay Street, Quillmoor")
    row = page.get_by_role("row", name=re.compile("until 1 June 2026"))
    expect(row).to_contain_text("From 1 January 2020 until 1 June 2026")
    assert_accessible(page)
    picture(page, "circumstances-moved")


def test_two_at_once_end_it_once(child, visit):
    mine, record = child
    add_education(mine, record)
    mine.get_by_role("link", name=re.compile("^Changed to something else")).click()
    expect(mine).to_have_url(re.compile("/next$"))
    theirs = visit(mine.url, same=mine)
    choose(theirs, "What is it?", "Mainstream school")
    fill_date(theirs, "From", "1 5 2026")
    press(theirs, "Save")
    expect(card(theirs, "Mainstream school")).to_be_visible()
    choose(mine, "What is it?", "Electively home educated")
    fill_date(mine, "From", "2 5 2026")
    press(mine, "Save")
    refused(mine, "has ended on 30 April 2026 already")
    mine.goto(f"{record}/circumstances")
    expect(card(mine, "Electively home educated")).to_have_count(0)
    # A plain change by two people shows both versions.
    mine.get_by_role("link", name=re.compile(r"^Change \(")).first.click()
    other = visit(mine.url, same=mine)
    other.get_by_label("Hours offered a week").fill("20")
    press(other, "Save")
    expect(other.get_by_text("changed", exact=False).first).to_be_visible()
    mine.get_by_label("Hours offered a week").fill("10")
    press(mine, "Save")
    expect(mine.locator(".govuk-error-summary")).to_contain_text("while you were typing")
    assert_accessible(mine)


def test_a_mistake_is_struck_out_and_no_longer_holds(child):
    page, record = child
    add_education(page, record)
    page.get_by_role("link", name=re.compile("^Pupil referral unit")).click()
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("It was another child")
    press(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(f"{record}/circumstances")
    expect(page.locator("s", has_text="Pupil referral unit")).to_be_visible()
    expect(card(page, "Pupil referral unit")).to_have_count(0)
    assert_accessible(page)


def test_another_service_finds_nothing_and_business_support_no_health(demo_site, child, start):
    page, record = child
    add_education(page, record)
    page.goto(f"{record}/circumstances/substance-misuse/add")
    fill_date(page, "Screened", "1 4 2026")
    press(page, "Save")
    stranger = start("neighbour")
    for address in (f"{record}/circumstances", f"{record}/circumstances/education/add"):
        assert stranger.goto(address).status == 404
    assert start("board_member").goto(f"{record}/circumstances").status == 403
    inspector = start("inspector")
    inspector.goto(f"{record}/circumstances")
    expect(card(inspector, "Screened on 1 April 2026")).to_be_visible()
    expect(inspector.get_by_role("link", name="Add a care status")).to_have_count(0)


def test_a_lost_connection_while_typing_loses_nothing(child):
    page, record = child
    page.goto(f"{record}/circumstances/care-status/add")
    choose(page, "Care status", "Child in need")
    fill_date(page, "From", "1 3 2026")
    page.context.set_offline(True)
    page.get_by_label("In your own words").fill("Typed in a cell without signal")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    press(page, "Save")
    expect(card(page, "Child in need, Typed in a cell without signal")).to_have_count(1)


def test_on_a_phone(demo_site, child, start):
    _, record = child
    page = start(width=390)
    add_education(page, record)
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    picture(page, "circumstances-phone")
