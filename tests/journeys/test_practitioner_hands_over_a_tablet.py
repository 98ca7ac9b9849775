"""The practitioner hands a tablet to a child: told who reads it, nothing else opens, answers wait locked without a
connection and arrive, the tablet is emptied when it comes back. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from openyj.demo.people import PASSWORD
from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import follow_in_main as follow
from tests.journeys.steps import press, press_and_wait

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAID = "Nobody must read this over my shoulder"
# Every store of a browser that a page can look into, as text; what is locked shows as its bytes.
STORES = """async () => {
  const said = { local: { ...localStorage }, session: { ...sessionStorage }, caches: await caches.keys(), rows: [] };
  for (const { name } of await indexedDB.databases()) {
    const opened = (done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result));
    const database = await new Promise(opened);
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      const rows = await new Promise((done) => (all.onsuccess = () => done(all.result)));
      for (const row of rows) {
        said.rows.push(Object.fromEntries(Object.entries(row).map(([part, value]) => [
          part, value instanceof CryptoKey ? "a key"
            : [...new Uint8Array(value.buffer ?? value)].map((byte) => String.fromCharCode(byte)).join(""),
        ])));
      }
    }
    database.close();
  }
  return said;
}"""
NOTHING = {"local": {}, "session": {}, "caches": [], "rows": []}


@pytest.fixture(scope="module")
def children(demo_site) -> list[str]:
    """Records of children of the first practitioner without an assessment."""
    found = demo_site.sql(
        "SELECT c.id FROM people_child c JOIN accounts_user u ON u.id = c.worker_id "
        f"WHERE u.email = '{demo_site.email('practitioner')}' AND c.restricted_reason = '' "
        "AND NOT EXISTS (SELECT FROM assessment_assessment s WHERE s.child_id = c.id) ORDER BY c.id"
    )
    return [f"{demo_site.url}/children/{number}" for number in found.split()]


def begin(page: Page, record: str) -> str:
    """Begin an assessment for prevention; its address."""
    page.goto(f"{record}/assessments/begin")
    page.get_by_label("For prevention").check()
    press(page, "Begin")
    expect(page.get_by_role("heading", name="Sections")).to_be_visible()
    return page.url


def hand_over(page: Page, assessment: str) -> None:
    page.goto(f"{assessment}/answers/own-words")
    press(page, "Hand the tablet to the child")
    press(page, "Sign out and hand it over")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")


def stored(page: Page) -> dict:
    return page.evaluate(STORES)


def wait_until_locked(page: Page) -> dict:
    """What the browser keeps, once it keeps something."""
    page.wait_for_function("indexedDB.databases().then((all) => all.length > 0)")
    for _ in range(40):
        if (kept := stored(page))["rows"]:
            return kept
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def take_back(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Your password").fill(password)
    press(page, "Take the tablet back")


def test_hand_over_answer_without_a_connection_and_hand_back(demo_site, start, children):
    page = start()
    assessment = begin(page, children[0])
    follow(page, "In my own words")
    assert_accessible(page)
    picture(page, "hand-over-section")
    name = page.locator(".app-identity-bar__title").inner_text()
    other_tab = page.context.new_page()
    other_tab.goto(children[0])
    press(page, "Hand the tablet to the child")
    assert_accessible(page)
    picture(page, "hand-over-before")
    press(page, "Sign out and hand it over")

    # The child is told before they are asked, and nothing of the record is left to see.
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    expect(page.get_by_text("the people here who work with children, like your worker")).to_be_visible()
    assert name not in page.content()
    assert_accessible(page)
    picture(page, "hand-over-begun")
    expect(other_tab.get_by_role("heading", name="This tablet is only for your questions just now")).to_be_visible()
    assert name not in other_tab.content()
    assert_accessible(other_tab)
    picture(other_tab, "hand-over-elsewhere")
    for address in (children[0], assessment, f"{assessment}/versions/1", demo_site.url, f"{demo_site.url}/sign-in"):
        answer = other_tab.goto(address)
        assert answer.status == 403 and name not in other_tab.content()
    other_tab.close()
    page.go_back()
    assert name not in page.content()
    page.goto(f"{demo_site.url}/handed-over")

    press(page, "Start")
    assert_accessible(page)
    picture(page, "hand-over-questions")
    page.get_by_role("button", name="Hide my screen").click()
    expect(page.get_by_role("button", name="Show my questions again")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Show my questions again").click()

    # Without a connection: it waits, it says so, and nothing in the browser can be read.
    page.get_by_label("What is a good day like for you?").fill("A quiet one")
    expect(page.get_by_text("Not sent yet. What you typed is locked on this tablet.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("What is a good day like for you?").fill(SAID)
    page.get_by_label("School, college or work").check()
    press(page, "Send my answers")
    expect(page.get_by_text("Your answers are waiting: there is no connection.")).to_be_visible()
    assert_accessible(page)
    picture(page, "hand-over-waiting")
    kept = wait_until_locked(page)
    assert set(kept["rows"][0]) == {"iv", "locked"} and len(kept["rows"][0]["locked"]) > len(SAID)
    readable = json.dumps(kept)
    for word in (SAID, "good-day", "quiet", "school", "wanted"):
        assert word not in readable
    assert "a key" not in readable and (kept["local"], kept["session"], kept["caches"]) == ({}, {}, [])
    follow(page, "Give the tablet back")
    expect(page.get_by_role("alert")).to_contain_text("cannot be given back without a connection")
    assert_accessible(page)
    asked = "SELECT count(*) FROM assessment_assessmentsection WHERE child_answered_at IS NOT NULL AND sheet_id IN"
    ours = f"{asked} (SELECT id FROM assessment_assessmentversion WHERE assessment_id = {assessment.rsplit('/', 1)[1]})"
    assert demo_site.sql(ours).strip() == "0"

    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert demo_site.sql(ours).strip() == "1"
    assert stored(page)["rows"] == []
    assert_accessible(page)
    picture(page, "hand-over-sent")

    # A correction by the child, then back: not with a wrong password, and emptied with the right one.
    follow(page, "I want to change something")
    expect(page.get_by_label("What is a good day like for you?")).to_have_value(SAID)
    page.get_by_label("What is a good day like for you?").fill(f"{SAID}, and sleep")
    press(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    follow(page, "Give the tablet back")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Give the tablet back to")
    assert_accessible(page)
    picture(page, "hand-over-back")
    take_back(page, "not the password")
    expect(page.locator(".govuk-error-summary")).to_contain_text("This is not the password of")
    assert_accessible(page)
    take_back(page)
    expect(page.get_by_role("heading", name="The tablet is handed back")).to_be_visible()
    expect(page.get_by_text("This browser was emptied")).to_be_visible()
    assert stored(page) == NOTHING
    assert_accessible(page)
    picture(page, "hand-over-taken-back")
    press_and_wait(page, "Go to the assessment")
    page.goto(f"{assessment}/versions/1")
    expect(page.get_by_text("Answered by the child")).to_be_visible()
    expect(page.get_by_text(f"{SAID}, and sleep")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{assessment}/answers/own-words")
    expect(page.get_by_text("Nobody else changes these words.")).to_be_visible()
    assert_accessible(page)

    stranger = start("neighbour")
    for part in ("answers/own-words/hand-over", "answers/own-words", "versions/1"):
        assert stranger.goto(f"{assessment}/{part}").status == 404
    assert start("board_member").goto(f"{assessment}/answers/own-words/hand-over").status == 403


def test_what_was_not_sent_survives_the_browser_and_is_thrown_away_knowingly(demo_site, start, children):
    page = start(width=PHONE)
    hand_over(page, begin(page, children[1]))
    assert_accessible(page)
    picture(page, "hand-over-begun")
    press(page, "Start")
    page.get_by_label("What is a good day like for you?").fill(SAID)
    page.get_by_label("Sometimes").check()
    wait_until_locked(page)
    expect(page.get_by_role("button", name="Change something first")).to_be_hidden()
    assert_accessible(page)
    picture(page, "hand-over-questions")
    # Closed and opened again: still locked to these questions, and what was typed is there.
    again = page.context.new_page()
    page.close()
    again.goto(f"{demo_site.url}/handed-over/questions")
    expect(again.get_by_label("What is a good day like for you?")).to_have_value(SAID)
    expect(again.get_by_label("Sometimes")).to_be_checked()
    follow(again, "Give the tablet back")
    expect(again.get_by_text("There are answers on this tablet that have not been sent.")).to_be_visible()
    assert_accessible(again)
    take_back(again)
    expect(again.get_by_text("Send the answers first, or tick")).to_be_visible()
    assert "handed-over/back" in again.url
    again.get_by_label("Throw these answers away").check()
    take_back(again)
    expect(again.get_by_text("The child sent no answers.")).to_be_visible()
    expect(again.get_by_text("This browser was emptied")).to_be_visible()
    assert stored(again) == NOTHING
    assert demo_site.sql("SELECT ended FROM assessment_handover ORDER BY id DESC LIMIT 1").strip() == "thrown_away"


def test_a_tablet_left_alone_ends_with_nobody_signed_in(demo_site, start, children):
    page = start()
    page.clock.install()
    hand_over(page, begin(page, children[2]))
    press(page, "Start")
    page.get_by_label("What is a good day like for you?").fill(SAID)
    page.clock.run_for(1000)
    wait_until_locked(page)
    page.clock.run_for(31 * 60_000)
    expect(page.get_by_role("heading", name="The questions are closed")).to_be_visible()
    expect(page.get_by_text("This browser was emptied")).to_be_visible()
    assert stored(page) == NOTHING
    assert_accessible(page)
    picture(page, "hand-over-over")
    follow(page, "Sign in")
    page.wait_for_url(f"{demo_site.url}/")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert demo_site.sql("SELECT ended FROM assessment_handover ORDER BY id DESC LIMIT 1").strip() == "left"


def test_it_works_without_javascript_and_keeps_nothing_in_the_browser(demo_site, start, children):
    page = start(scripts=False)
    hand_over(page, begin(page, children[3]))
    press(page, "Start")
    page.get_by_label("If you could change one thing").fill("The bus")
    press(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    follow(page, "Give the tablet back")
    take_back(page)
    expect(page.get_by_text("The child’s answers are on the record.")).to_be_visible()
    assert re.search(r"handed-over/back$", page.url)
