"""The practitioner assesses a child and a manager countersigns: answer, lose the line, the server and the session, be
refused, correct what was returned, compare, print. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import follow_in_main as follow
from tests.journeys.steps import press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Prevention and diversion assessment"


@pytest.fixture(scope="module")
def children(demo_site) -> list[str]:
    """Records of children of the first practitioner that have an offence, a home and no assessment."""
    found = demo_site.sql(
        "SELECT c.id FROM people_child c JOIN accounts_user u ON u.id = c.worker_id "
        f"WHERE u.email = '{demo_site.email('practitioner')}' AND c.restricted_reason = '' "
        "AND EXISTS (SELECT FROM casework_offence o WHERE o.child_id = c.id AND o.in_error_at IS NULL) "
        "AND EXISTS (SELECT FROM people_address a WHERE a.child_id = c.id AND a.primary AND a.end_date IS NULL) "
        "AND NOT EXISTS (SELECT FROM assessment_assessment s WHERE s.child_id = c.id) ORDER BY c.id"
    )
    return [f"{demo_site.url}/children/{number}" for number in found.split()]


def begin(page: Page, record: str) -> str:
    """Begin an assessment about the first offence; its address."""
    page.goto(f"{record}/assessments/begin")
    page.get_by_label("For a decision out of court").check()
    page.locator("[name=offences]").first.check()
    press(page, "Begin")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    return page.url


def answer_section(page: Page) -> None:
    """An answer to everything the page asks, as a person who reads down it would give."""
    for box in page.locator("[data-question]").all():
        if not box.is_visible():
            continue
        kind = box.get_attribute("data-type")
        if kind in ("choice", "choices", "scale"):
            box.locator("input").first.check()
            continue
        ahead = date.today() + timedelta(days=60 if box.get_attribute("data-question") in ("review", "steps") else -5)
        for field in box.locator("textarea:visible, input[type=text]:visible, input[type=radio]:visible").all():
            name = field.get_attribute("name") or ""
            part = next((p for p in ("day", "month", "year") if name.endswith(f"_{p}")), None)
            if field.get_attribute("type") == "radio":
                field.check()
            else:
                field.fill(str(getattr(ahead, part)) if part else "Said in our own words")


def answer_all(page: Page, assessment: str) -> None:
    """Every section, one after the other, until the page to check the answers."""
    page.goto(assessment)
    page.locator(".govuk-task-list a").first.click()
    while "/answers/" in page.url:
        before = page.url
        answer_section(page)
        press(page, "Save and continue")
        page.wait_for_url(lambda address, before=before: address != before)


def test_assess_return_correct_and_countersign(demo_site, start, children):
    page = start()
    assert_accessible(page)
    page.goto(f"{children[0]}/assessments")
    assert_accessible(page)
    press(page, "Begin an assessment")
    press(page, "Begin")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Answer: Why is it made?")
    assert_accessible(page)
    assessment = begin(page, children[0])
    assert_accessible(page)
    picture(page, "assessment-sections")
    # What the record knows stands beside the questions.
    follow(page, "Talking with the child and family")
    name = page.locator(".app-identity-bar__title").inner_text()
    expect(page.locator(".govuk-summary-card")).to_contain_text(name)
    expect(page.locator(".govuk-summary-card")).to_contain_text("from Offences and outcomes")
    # A question comes up with the answer that needs it, and goes with it.
    home = page.get_by_label("Why have you not been to the home?")
    expect(home).to_be_hidden()
    page.get_by_label("At our office").check()
    expect(home).to_be_visible()
    page.get_by_label("At our office").uncheck()
    expect(home).to_be_hidden()
    press(page, "Add another person")
    expect(page.get_by_role("group", name="Person 2")).to_be_visible()
    assert_accessible(page)
    picture(page, "assessment-section")
    # Completing is refused while answers are missing, and says which.
    page.goto(f"{assessment}/check")
    assert_accessible(page)
    press(page, "Complete the assessment")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Answer: Risk of serious harm to others")
    assert_accessible(page)
    answer_all(page, assessment)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    expect(page.get_by_text("must be answered before")).to_have_count(0)
    picture(page, "assessment-check")
    follow(page, "Change Risk of serious harm to others")
    expect(page.get_by_role("group", name="Risk of serious harm to others").get_by_label("Low")).to_be_checked()
    page.goto(f"{assessment}/check")
    press(page, "Complete the assessment")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Completed")
    expect(page.get_by_text("Waiting for countersignature").first).to_be_visible()

    manager = start("manager")
    row = manager.get_by_role("row", name=re.compile(re.escape(name))).filter(has_text="Completed by").first
    expect(row).to_be_visible()
    assert_accessible(manager)
    manager.goto(f"{assessment}/countersign")
    assert_accessible(manager)
    manager.get_by_label("Return it with my comments").check()
    press(manager, "Save the decision")
    expect(manager.locator(".govuk-error-summary")).to_contain_text("Write at least one comment")
    manager.get_by_label("Comment on “Your judgement”").fill("The level does not fit what you write of last week")
    press(manager, "Save the decision")
    expect(manager.get_by_text("Returned with comments").first).to_be_visible()

    page.goto(demo_site.url)
    returned = page.get_by_role("row", name=re.compile(re.escape(name))).filter(has_text="Returned to you")
    expect(returned.first).to_be_visible()
    page.goto(assessment)
    assert_accessible(page)
    press(page, "Correct it in a new version")
    expect(page.get_by_text("1 comment to answer")).to_be_visible()
    follow(page, "Your judgement")
    expect(page.get_by_text("The level does not fit what you write of last week")).to_be_visible()
    page.get_by_role("group", name="Safety and wellbeing of the child").get_by_label("High concern", exact=True).check()
    assert_accessible(page)
    press(page, "Save and continue")
    page.wait_for_url("**/answers/own-words")
    page.goto(f"{assessment}/check")
    press(page, "Complete the assessment")
    follow(page, "What changed since version 1")
    changed = page.get_by_role("row", name=re.compile("Safety and wellbeing of the child"))
    expect(changed).to_contain_text("Low concern")
    expect(changed).to_contain_text("High concern")
    assert_accessible(page)

    manager.goto(f"{assessment}/countersign")
    manager.get_by_label("Countersign it").check()
    press(manager, "Save the decision")
    expect(manager.get_by_text("Countersigned").first).to_be_visible()
    manager.goto(children[0])
    expect(manager.get_by_text("Safety and wellbeing")).to_be_visible()
    manager.goto(f"{children[0]}/timeline")
    expect(manager.get_by_role("link", name=f"{TITLE}: countersigned")).to_be_visible()
    manager.goto(f"{assessment}/versions/2/print")
    assert_accessible(manager)
    picture(manager, "assessment-print")
    assert b"%PDF" in manager.pdf(prefer_css_page_size=True)
    stranger = start("neighbour")
    for part in ("", "/check", "/countersign", "/versions/2", "/versions/2/print", "/answers/talking"):
        answer = stranger.goto(f"{assessment}{part}")
        assert answer.status in (403, 404) and name not in stranger.content()
    board = start("board_member")
    assert board.goto(assessment).status == 403


def test_answers_wait_for_the_connection_and_go_when_it_returns(demo_site, start, children):
    page = start()
    assessment = begin(page, children[1])
    page.goto(f"{assessment}/answers/own-plan")
    page.context.set_offline(True)
    page.get_by_label("What I am good at").fill("Fixing bikes")
    page.get_by_label("What I want help with").fill("Sleeping")
    page.get_by_label("Who will help me").fill("My nan")
    waiting = page.get_by_text("Not sent yet: 3 answers are waiting here")
    expect(waiting).to_be_visible()
    assert_accessible(page)
    press(page, "Save and continue")
    expect(page.get_by_role("alert").filter(has_text="Not sent: the site cannot be reached")).to_be_visible()
    expect(page.get_by_label("Who will help me")).to_have_value("My nan")
    page.context.set_offline(False)
    expect(waiting).to_be_hidden()
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible()
    # They went without a button: whoever opens the page anew finds them.
    again = start()
    again.goto(f"{assessment}/answers/own-plan")
    expect(again.get_by_text("We kept what you typed")).to_be_visible()
    expect(again.get_by_label("What I am good at")).to_have_value("Fixing bikes")
    assert_accessible(again)


def test_a_killed_server_loses_nothing(demo_site, start, children):
    page = start()
    assessment = begin(page, children[1])
    page.goto(f"{assessment}/answers/own-plan")
    demo_site.kill()
    page.get_by_label("What I am good at").fill("Drawing maps")
    expect(page.get_by_text("Not sent yet: 1 answer is waiting here")).to_be_visible()
    demo_site.start()
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible(timeout=40_000)
    press(page, "Save and continue")
    page.wait_for_url("**/answers/plan")
    page.goto(f"{assessment}/versions/1")
    expect(page.get_by_text("Drawing maps")).to_be_visible()


def test_a_session_that_ends_in_the_middle_keeps_the_section(demo_site, start, children):
    page = start()
    assessment = begin(page, children[1])
    page.goto(f"{assessment}/answers/own-plan")
    page.get_by_label("What I am good at").fill("Half of a sentence")
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible()
    page.context.clear_cookies()
    page.get_by_label("What I want help with").fill("and a thought after it")
    press(page, "Save and continue")
    expect(page.get_by_role("alert").filter(has_text="signed out")).to_be_visible()
    expect(page.get_by_label("What I want help with")).to_have_value("and a thought after it")
    tab = page.context.new_page()
    demo_site.sign_in(tab, "practitioner")
    press(page, "Save and continue")
    # The page was of the session that ended, so the site keeps what it sent and asks to open the form again.
    expect(page.get_by_role("heading", name="This page has expired")).to_be_visible()
    follow(page, "Open the form again")
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    expect(page.get_by_label("What I am good at")).to_have_value("Half of a sentence")
    expect(page.get_by_label("What I want help with")).to_have_value("and a thought after it")
    press(page, "Save and continue")
    page.wait_for_url("**/answers/plan")


def test_two_people_in_one_section_see_both_versions(demo_site, start, children):
    mine = start()
    assessment = begin(mine, children[1])
    theirs = start("manager")
    for page in (mine, theirs):
        page.goto(f"{assessment}/answers/own-plan")
    theirs.get_by_label("What I am good at").fill("Their words")
    press(theirs, "Save and continue")
    theirs.wait_for_url("**/answers/plan")
    mine.get_by_label("What I am good at").fill("My words")
    press(mine, "Save and continue")
    expect(mine.locator(".govuk-error-summary")).to_contain_text("saved this section while you were typing")
    row = mine.get_by_role("row", name=re.compile("What I am good at"))
    expect(row).to_contain_text("Their words")
    expect(row).to_contain_text("My words")
    assert_accessible(mine)
    picture(mine, "assessment-clash")
    press(mine, "Save and continue")
    mine.wait_for_url("**/answers/plan")


def test_it_works_without_javascript_on_a_phone(demo_site, start, children):
    page = start(scripts=False, width=390)
    assessment = begin(page, children[2])
    page.goto(f"{assessment}/answers/talking")
    expect(page.get_by_text("Only if “Where did you meet?” includes")).to_be_visible()
    press(page, "Add another person")
    page.get_by_role("group", name="Person 2").get_by_label("Name").fill("Ada")
    press(page, "Remove Person 1")
    expect(page.get_by_role("group", name="Person 1").get_by_label("Name")).to_have_value("Ada")
    page.get_by_label("What did you agree with the child").fill("To talk again")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The child’s circumstances")
    page.goto(assessment)
    expect(page.get_by_text("1 to answer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_is_enough(demo_site, start, children):
    """From the list of sections to a saved section without a mouse; Enter saves and never removes or adds a row."""
    page = start()
    assessment = begin(page, children[3])
    page.goto(assessment)
    page.get_by_role("link", name="Talking with the child and family").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/answers/talking")
    page.get_by_label("Name").first.focus()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("Aunt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answers/circumstances")
    page.goto(f"{assessment}/versions/1")
    expect(page.get_by_text("Name: Ada")).to_be_visible()
    expect(page.get_by_text("Who they are to the child: Aunt")).to_be_visible()


def test_a_phone_reads_every_page(demo_site, start):
    page = start("manager", width=390)
    two = demo_site.sql(
        "SELECT child_id || '/assessments/' || assessment_id FROM assessment_assessmentversion WHERE number = 2"
    )
    for part in ("", "/countersign", "/versions/1", "/versions/2/compared/1", "/versions/1/print"):
        page.goto(f"{demo_site.url}/children/{two.split()[0]}{part}")
        assert_accessible(page)
        picture(page, f"assessment{part.replace('/', '-')}")
        if "compared" in part:  # both versions are under each other, nothing is beside the screen
            cells = [cell.bounding_box() for cell in page.locator("tbody tr").first.locator("th, td").all()]
            assert len(cells) == 4
            assert all(one["x"] == cells[0]["x"] and one["x"] + one["width"] <= 390 for one in cells)
            assert [one["y"] for one in cells] == sorted({one["y"] for one in cells})
