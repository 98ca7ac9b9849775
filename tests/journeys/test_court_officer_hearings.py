"""The court officer's day: a hearing with what was proposed and decided, bail support that the court did not accept, a
remand that is refused, corrected, told of and ended; another service's user; a lost connection; a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, add_offence, choose, fill_date, follow, press, press_and_wait, refused, said
from tests.journeys.steps import follow_in_main as follow_here

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "court_officer"
YOUTH_DETENTION = "Remand to youth detention accommodation"


def add_hearing(page: Page, record: str, decided: str, day: str = "2 11 2026") -> None:
    page.goto(f"{record}/court")
    press_and_wait(page, "Add a hearing")
    fill_date(page, "Date of the hearing", day)
    page.get_by_label("Name of the court").fill("Aldermere Youth Court")
    page.get_by_role("checkbox", name=re.compile("Theft from a shop")).check()
    choose(page, "What did we propose about bail or remand?", "Bail with intensive supervision and surveillance")
    choose(page, "What did the court decide about bail or remand?", decided)


def save(page: Page, words: str) -> None:
    press_and_wait(page, "Save")
    said(page, words)


def in_court(page: Page, demo_site, decided: str = YOUTH_DETENTION, born: str = "") -> str:
    """A new child with an offence and a hearing; the record's address."""
    record = add_child(page, demo_site.url, born)
    add_offence(page, record)
    add_hearing(page, record, decided)
    save(page, "Hearing added")
    return record


def fill_remand(page: Page, record: str) -> None:
    page.goto(f"{record}/court")
    press_and_wait(page, "Add a remand")
    page.get_by_label("At which hearing was the child remanded?").select_option(index=1)
    choose(page, "Remanded to what?", "Youth detention accommodation")
    page.get_by_label("Where is the child?").fill("Wexcombe unit")
    fill_date(page, "From", "2 11 2026")


def test_proposed_decided_and_remanded(demo_site, start):
    page = start()
    expect(page.get_by_role("table", name=re.compile("^Hearings"))).to_be_visible()
    assert_accessible(page)
    record = in_court(page, demo_site)
    page.goto(f"{record}/court")
    expect(page.get_by_text("No remand is recorded.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Add a sentence proposal")).click()
    page.get_by_label("Place").fill("1")
    choose(page, "Which sentence?", "Youth rehabilitation order")
    page.get_by_label("In your own words").fill("Supervision, 12 months")
    assert_accessible(page)
    save(page, "Sentence proposal added")
    press_and_wait(page, "Add a bail offer")
    fill_date(page, "Offered on", "2 11 2026")
    page.get_by_label("At which hearing?").select_option(index=1)
    page.get_by_label("What did we offer?").fill("Daily reporting, curfew from seven")
    page.get_by_role("group", name="Did the court accept it?").get_by_label("No").check()
    press(page, "Save")
    refused(page, "Enter why the court did not accept it")
    page.get_by_label("The court’s reason").fill("He has been on bail before")
    save(page, "Bail offer added")
    # A remand is refused without what the court found, then recorded.
    fill_remand(page, record)
    page.get_by_label("Cost of a day").fill("350.50")
    press(page, "Save")
    refused(page, "Write which conditions the court found met")
    page.get_by_label("Which conditions did the court find met?").fill("Offence, history and necessity, represented")
    press(page, "Save")
    refused(page, "Enter where the cost of a day comes from")
    page.get_by_label("Where does the cost come from?").fill("Invoice of November")
    picture(page, "court-remand-form")
    save(page, "Remand added")
    for words in (
        "Bail with intensive supervision",
        YOUTH_DETENTION,
        "1. Youth rehabilitation order",
        "Not accepted: He has been on bail before",
        "Tell children’s services, and record the day",
    ):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator(".app-identity-bar")).to_contain_text("To Wexcombe unit since 2 November 2026")
    assert_accessible(page)
    picture(page, "court-page")
    # It ends; children's services were told.
    follow_here(page, "Remand to Wexcombe unit")
    press_and_wait(page, "Change")
    fill_date(page, "Until", "15 11 2026")
    fill_date(page, "Looked after from", "2 11 2026")
    fill_date(page, "Children’s services told on", "3 11 2026")
    save(page, "Remand changed")
    expect(page.get_by_text("£4,907.00")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{record}/court")
    expect(page.locator(".app-identity-bar")).not_to_contain_text("Wexcombe unit")
    # The hearing is not struck while these rest on it.
    page.get_by_role("link", name="Hearing of 2 November 2026", exact=True).first.click()
    follow_here(page, "This was recorded in error")
    expect(page.get_by_role("link", name="Remand to Wexcombe unit")).to_be_visible()
    assert_accessible(page)
    page.goto(record)
    follow(page, "Timeline")
    expect(page.get_by_role("link", name="Remanded: Youth detention accommodation")).to_be_visible()
    # Another service meets nothing of it.
    stranger = start("neighbour")
    for part in ("court", "court/remands/add", "hearings/add"):
        assert stranger.goto(f"{record}/{part}").status == 404 and "Wexcombe" not in stranger.content()


def test_a_child_of_eleven_goes_to_local_authority_accommodation(demo_site, start):
    page = start(width=390)
    record = add_child(page, demo_site.url, "5 6 2015")
    add_offence(page, record)
    add_hearing(page, record, YOUTH_DETENTION)
    press(page, "Save")
    refused(page, "youth detention accommodation is for ages 12 to 17")
    choose(page, "What did the court decide about bail or remand?", "Remand to local authority accommodation")
    page.get_by_label("Conditions").fill("In by seven")
    save(page, "Hearing added")
    page.goto(f"{record}/court")
    expect(page.get_by_text("Conditions: In by seven")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "court-phone")
    # Recorded by mistake: struck out with the reason.
    page.get_by_role("link", name="Hearing of 2 November 2026", exact=True).first.click()
    follow_here(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("The hearing was his brother’s")
    press_and_wait(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(f"{record}/court")
    expect(page.get_by_text("The hearing was his brother’s")).to_be_visible()


def test_a_lost_connection_loses_no_remand(demo_site, start):
    page = start()
    record = in_court(page, demo_site)
    fill_remand(page, record)
    page.context.set_offline(True)
    page.get_by_label("Which conditions did the court find met?").fill("Typed in the court’s cellar")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent: the site cannot be reached")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible()
    again = start()
    again.goto(f"{record}/court/remands/add")
    expect(again.get_by_label("Which conditions did the court find met?")).to_have_value("Typed in the court’s cellar")
    save(page, "Remand added")
    child = record.rsplit("/", 1)[1]
    assert demo_site.sql(f"SELECT count(*) FROM court_remand WHERE child_id = {int(child)}").strip() == "1"


def test_proposal_against_decision_leads_to_the_hearings_behind(demo_site, start):
    page = start()
    follow(page, "Court")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Court: proposal against decision")
    assert_accessible(page)
    picture(page, "court-service")
    answered = page.get_by_role("link", name=re.compile("answered: Bail and remand, All$"))
    counted = int(re.match(r"\d+", answered.inner_text())[0])
    answered.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Proposal and decision: bail and remand")
    expect(page.locator("tbody tr")).to_have_count(min(counted, 50))
    assert_accessible(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("court", "court/remands?period=2025"):
            page.goto(f"{demo_site.url}/{address}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
            assert_accessible(page)
        picture(page, "court-remands")
    assert start("business_support").goto(f"{demo_site.url}/court").status == 403
