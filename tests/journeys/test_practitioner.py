"""Journey 2, the practitioner: my work, search, add, record, be refused, correct, lose the line, lose the session.

Each test drives the running demo as one of its invented people. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import add_child, add_offence, choose, fill_date, follow, press, press_and_wait, refused

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_page_offers_the_demos_people_on_a_phone(demo_site, visit):
    page = visit(demo_site.url, width=PHONE)
    assert_accessible(page)
    picture(page, "first-page")
    page.get_by_role("row", name=re.compile("^Practitioner Works")).get_by_role("link").click()
    expect(page.get_by_label("E-mail address")).to_have_value(re.compile("@"))
    assert_accessible(page)


def test_search_add_and_record_a_whole_case(demo_site, start):
    page = start()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    assert_accessible(page)
    page.get_by_role("searchbox").fill("nobody by this name")
    page.locator("[role=search] button").click()
    expect(page.get_by_role("heading", name=re.compile("No record found"))).to_be_visible()
    assert_accessible(page)
    record = add_child(page, demo_site.url)
    assert_accessible(page)
    picture(page, "journey-2-record")

    follow(page, "Add an address")
    page.get_by_label("Address", exact=True).fill("1 Harbour Row, Quillmoor")
    fill_date(page, "Lived there from", "1 1 2020")
    page.get_by_role("group", name="Is it the main address?").get_by_label("Yes").check()
    assert_accessible(page)
    press(page, "Save")
    expect(page.get_by_role("cell", name="Lives there now")).to_be_visible()

    add_offence(page, record)
    assert_accessible(page)
    page.get_by_role("button", name="Add an outcome").click()
    page.get_by_label(re.compile("^Theft from a shop")).check()
    fill_date(page, "Date of the outcome", "1 4 2026")
    choose(page, "Outcome", "Youth caution")
    expect(page.locator("[name=residence]:checked")).to_have_count(0)
    page.get_by_label("Lived in this service's area on the day").check()
    assert_accessible(page)
    press(page, "Save")
    expect(page.get_by_role("link", name="Youth caution", exact=True)).to_be_visible()

    page.goto(f"{record}/programmes/add")
    choose(page, "Kind of programme", "Youth caution")
    page.get_by_label(re.compile("^Theft from a shop")).check()
    fill_date(page, "Start", "10 4 2026")
    assert_accessible(page)
    press(page, "Save")
    expect(page.get_by_role("link", name="Youth caution", exact=True)).to_be_visible()

    follow(page, "Timeline")
    for title in (
        "Programme started: Youth caution",
        "Outcome: Youth caution",
        "Offence",
        "Moved to 1 Harbour Row, Quillmoor",
    ):
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    assert_accessible(page)
    # The same search finds the child now, though with a letter wrong.
    name = page.locator(".app-identity-bar__title").inner_text()
    page.goto(f"{demo_site.url}/children/find?q={name[:-1]}x")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_what_cannot_be_is_refused_and_says_what_to_do(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url, born="29 6 2010")
    page.goto(f"{record}/offences/add")
    fill_date(page, "Date of the offence", "31 2 2026")
    press(page, "Save")
    refused(page, "Date of the offence must be a real date")
    expect(page.get_by_role("group", name="Date of the offence").get_by_label("Day")).to_have_value("31")
    fill_date(page, "Date of the offence", "1 1 2009")
    page.get_by_label("What happened").fill("Theft from a shop")
    page.get_by_label("Offence code").fill("NOT-A-CODE")
    press(page, "Save")
    refused(page, "before the child was born")
    refused(page, "is not a code of the list")
    page.get_by_label("Offence code").fill("")
    fill_date(page, "Date of the offence", "3 6 2020")
    press(page, "Save")
    refused(page, "below the age of criminal responsibility")
    page.get_by_label("The dates are right: this was the child’s age").check()
    press(page, "Save")
    expect(page.get_by_role("link", name="Theft from a shop", exact=True)).to_be_visible()

    for lines, since in (("1 Harbour Row", "1 1 2020"), ("2 Quay Street", "1 1 2021")):
        page.goto(f"{record}/addresses")
        page.get_by_role("button", name="Add an address").click()
        page.get_by_label("Address", exact=True).fill(lines)
        fill_date(page, "Lived there from", since)
        page.get_by_role("group", name="Is it the main address?").get_by_label("Yes").check()
        press(page, "Save")
        expect(page.get_by_text(re.compile("Address added|There is a problem"))).to_be_visible()
    refused(page, "1 Harbour Row is the main address from 1 January 2020 with no end date")
    page.get_by_role("group", name="Is it the main address?").get_by_label("No").check()
    press(page, "Save")
    expect(page.get_by_role("link", name="2 Quay Street", exact=True)).to_be_visible()


def test_a_second_child_of_the_same_name_is_asked_about(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url, born="8 9 2011")
    name = page.locator(".app-identity-bar__title").inner_text()
    page.goto(f"{demo_site.url}/children/find?q={name} 8/9/2011")
    page.get_by_role("button", name="Add a child").click()
    press(page, "Add the child")
    refused(page, "Look at these records")
    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
        "href", record.removeprefix(demo_site.url)
    )


def test_a_colleagues_edit_shows_both_versions(demo_site, start, visit):
    mine = start()
    record = add_child(mine, demo_site.url)
    add_offence(mine, record)
    follow(mine, "Theft from a shop")
    mine.get_by_role("button", name="Change", exact=True).click()
    expect(mine).to_have_url(re.compile("/change$"))
    theirs = visit(mine.url, same=mine)
    theirs.get_by_label("What happened").fill("Theft of a bicycle")
    press(theirs, "Save")
    mine.get_by_label("What happened").fill("Theft of a scooter")
    press(mine, "Save")
    expect(mine.locator(".govuk-error-summary")).to_contain_text("while you were typing")
    row = mine.get_by_role("row", name=re.compile("What happened"))
    expect(row).to_contain_text("Theft of a bicycle")
    expect(row).to_contain_text("Theft of a scooter")
    assert_accessible(mine)
    picture(mine, "journey-2-two-versions")
    press(mine, "Save")
    expect(mine.get_by_role("heading", level=1)).to_contain_text("Theft of a scooter")


def test_a_mistake_is_struck_out_and_its_history_says_why(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    add_offence(page, record)
    follow(page, "Theft from a shop")
    follow(page, "This was recorded in error")
    assert_accessible(page)
    press(page, "Mark as recorded in error")
    refused(page, "What was wrong")
    page.get_by_label("What was wrong?").fill("It was another child")
    press(page, "Mark as recorded in error")
    expect(page.get_by_role("heading", level=1).locator("s")).to_have_text("Theft from a shop")
    assert_accessible(page)
    page.goto(f"{record}/history")
    entry = page.get_by_role("row", name=re.compile("Recorded in error"))
    expect(entry).to_contain_text("Why: It was another child")
    assert_accessible(page)
    page.goto(f"{record}/timeline")
    expect(page.get_by_role("link", name="Offence", exact=True)).to_have_count(0)


def test_another_services_practitioner_finds_nothing(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    name = page.locator(".app-identity-bar__title").inner_text()
    stranger = start("neighbour")
    for address in (record, f"{record}/history", f"{record}/offences/add"):
        answer = stranger.goto(address)
        assert answer.status == 404 and name not in stranger.content()
    stranger.goto(f"{demo_site.url}/children/find?q={name}")
    expect(stranger.get_by_role("link", name=name, exact=True)).to_have_count(0)
    board = start("board_member")
    assert board.goto(record).status == 403


def test_a_lost_connection_while_typing_loses_nothing(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    page.goto(f"{record}/offences/add")
    fill_date(page, "Date of the offence", "1 3 2026")
    page.context.set_offline(True)
    page.get_by_label("What happened").fill("Typed in a cell without signal")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=10_000)
    expect(page.get_by_label("What happened")).to_have_value("Typed in a cell without signal")
    page.context.set_offline(False)
    press(page, "Save")
    expect(page.get_by_role("link", name="Typed in a cell without signal", exact=True)).to_have_count(1)


def test_a_time_out_keeps_the_draft(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    page.goto(f"{record}/offences/add")
    page.get_by_label("What happened").fill("Half of a sentence")
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible(timeout=10_000)
    page.context.clear_cookies()
    page.goto(f"{record}/offences/add")
    expect(page).to_have_url(re.compile("/sign-in"))
    demo_site.sign_in(page, "practitioner")
    page.goto(f"{record}/offences/add")
    expect(page.get_by_text(re.compile("We kept what you typed"))).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("Half of a sentence")
    assert_accessible(page)
    press(page, "Start again")
    expect(page.get_by_label("What happened")).to_have_value("")


def test_two_presses_make_one_record(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    page.goto(f"{record}/offences/add")
    page.get_by_label("What happened").fill("Once only")
    page.locator("main").get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.get_by_role("link", name="Once only", exact=True)).to_have_count(1)


def test_it_works_without_javascript(demo_site, start):
    page = start(scripts=False)
    record = add_child(page, demo_site.url)
    add_offence(page, record)
    page.goto(f"{record}/outcomes/add")
    page.get_by_label(re.compile("^Theft from a shop")).check()
    fill_date(page, "Date of the outcome", "1 4 2026")
    choose(page, "Outcome", "Youth caution")
    page.get_by_label("Lived in this service's area on the day").check()
    press(page, "Save")
    expect(page.get_by_role("link", name="Youth caution", exact=True)).to_be_visible()


def test_a_need_to_know_record_asks_why_on_a_phone(demo_site, start):
    manager = start("manager")
    record = add_child(manager, demo_site.url)
    name = manager.locator(".app-identity-bar__title").inner_text()
    manager.goto(f"{record}/details/who-may-open")
    manager.get_by_label("Why may only those who need to know open it?").fill("Witness in a trial")
    press_and_wait(manager, "Save")
    page = start(width=390)
    page.goto(f"{demo_site.url}/children/find?q={name}")
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.get_by_role("link", name="A record that only those who need to know may open").first.click()
    assert_accessible(page)
    page.get_by_label("Why do you need to open it?").fill("On duty: the police ask about bail")
    press(page, "Open the record")
    expect(page.locator(".app-identity-bar__title")).to_have_text(name)
    assert_accessible(page)
    picture(page, "journey-2-phone")
    reviewer = start("head_of_service")
    reviewer.goto(f"{demo_site.url}/children/opened")
    expect(reviewer.get_by_role("cell", name="On duty: the police ask about bail")).to_be_visible()
    assert_accessible(reviewer)
