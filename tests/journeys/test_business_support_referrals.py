"""Business support takes a referral in and a manager decides and allocates: search before add, duplicates, refusal and
correction, two at once, a lost connection, another service. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import fill_date, press
from tests.journeys.steps import follow_in_main as follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "business_support"
NUMBERS = re.compile(r"^(?P<name>.+?): (?P<now>\d+\.\d) now, (?P<after>\d+\.\d) after")


def answer(page: Page, question: str, said: str) -> None:
    page.get_by_role("group", name=re.compile(re.escape(question))).get_by_label(said, exact=True).check()


def choose(page: Page, name: str, label: str) -> None:
    """Choose from a select, also where the page made it a box to type in."""
    page.locator(f"select[name={name}]").select_option(label=label, force=True)


def fill_in(page: Page, what: str = "A window of the bus shelter was broken") -> None:
    """A referral from the police, as somebody types it."""
    fill_date(page, "Received on", date.today())
    choose(page, "source", "Police")
    page.get_by_label("Their name").fill("PC Orvigorn")
    choose(page, "purpose", "A decision out of court")
    page.get_by_label("What happened, or what is the concern?").fill(what)
    answer(page, "Must somebody act today", "No")
    answer(page, "Was anybody harmed?", "Yes")
    answer(page, "If so: may they be contacted?", "Nobody has asked them yet")


def begin(page: Page, demo_site, name: str) -> None:
    """The form of a referral whose child a search did not find."""
    page.goto(f"{demo_site.url}/referrals/begin")
    page.get_by_label("Name or number").fill(name)
    press(page, "Search")
    press(page, "Record it without a record")


def record(page: Page, demo_site, name: str, **more) -> str:
    """A referral about a child nobody knows; its address."""
    begin(page, demo_site, name)
    fill_in(page, **more)
    press(page, "Save")
    page.wait_for_url(re.compile(r"/referrals/\d+$"))
    return page.url


def test_from_its_arrival_to_a_worker(demo_site, start):
    page = start()
    expect(page.get_by_text("Referrals that miss something")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("navigation").get_by_role("link", name="Referrals").first.click()
    assert_accessible(page)
    picture(page, "referrals-queue")
    page.locator("select[name=stands]").select_option("open", force=True)
    press(page, "Apply filters")
    expect(page).to_have_url(re.compile("stands=open"))
    expect(page.get_by_role("cell", name="Allocated", exact=True)).to_have_count(0)
    press(page, "Record a referral")
    assert_accessible(page)
    page.get_by_label("Name or number").fill("Wilfa Quorovosith")
    press(page, "Search")
    assert_accessible(page)
    picture(page, "referral-search")
    press(page, "Record it without a record")
    expect(page.get_by_label("Family name")).to_have_value("Quorovosith")
    assert_accessible(page)
    press(page, "Save")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Answer whether anybody was harmed")
    assert_accessible(page)
    fill_in(page)
    press(page, "Save")
    page.wait_for_url(re.compile(r"/referrals/\d+$"))
    referral = page.url
    expect(page.get_by_text("The child is not identified")).to_be_visible()
    expect(page.get_by_text("A manager decides on it")).to_be_visible()
    assert_accessible(page)
    picture(page, "referral")
    press(page, "Find the child")
    assert_accessible(page)
    main = page.locator("main")
    main.get_by_role("button", name=re.compile("^(Add a record|None of these: add a record)$")).click()
    expect(page.get_by_label("First name")).to_have_value("Wilfa")
    assert_accessible(page)
    press(page, "Add the child")
    expect(page.locator(".app-identity-bar__title")).to_have_text("Wilfa Quorovosith")
    expect(page.get_by_text("Child identified")).to_be_visible()

    manager = start("manager")
    row = manager.get_by_role("row", name=re.compile("Wilfa Quorovosith"))
    expect(row).to_contain_text("It has waited 0 days")
    assert_accessible(manager)
    row.get_by_role("link").click()
    press(manager, "Decide")
    assert_accessible(manager)
    answer(manager, "What do you decide?", "Accept it")
    press(manager, "Save the decision")
    expect(manager.locator(".govuk-error-summary")).to_contain_text("Select what work it is accepted for")
    assert_accessible(manager)
    choose(manager, "work", "Assessment for a decision out of court")
    press(manager, "Save the decision")
    press(manager, "Allocate")
    assert_accessible(manager)
    picture(manager, "referral-allocate")
    offered = manager.get_by_role("group", name="Worker").locator("label").all_inner_texts()
    promised = [NUMBERS.match(each) for each in offered]
    assert len(promised) > 8 and all(promised)
    after = [float(each["after"]) for each in promised]
    assert after == sorted(after)
    first = promised[0]
    manager.get_by_role("group", name="Worker").get_by_label(re.compile(f"^{re.escape(first['name'])}:")).check()
    press(manager, "Allocate")
    expect(manager.get_by_text("The referral is allocated.")).to_be_visible()
    expect(manager.locator(".app-identity-bar")).to_contain_text(first["name"])
    # Every other page shows the number that was promised.
    manager.goto(f"{demo_site.url}/workload/")
    assert_accessible(manager)
    picture(manager, "workload")
    line = manager.get_by_role("row", name=re.compile(f"^{re.escape(first['name'])}"))
    expect(line.get_by_role("cell", name=first["after"], exact=True)).to_be_visible()
    line.get_by_role("link").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text(f"{first['name']}: {first['after']}")
    expect(manager.get_by_role("link", name="Wilfa Quorovosith").first).to_be_visible()
    assert_accessible(manager)
    picture(manager, "workload-of-one")
    email = demo_site.sql(f"SELECT email FROM accounts_user WHERE name = '{first['name']}'")
    worker = start(email.strip())
    if "Children I work with" in worker.content():
        expect(worker.get_by_text("Referrals allocated to you lately")).to_be_visible()
        assert_accessible(worker)
    stranger, board = start("neighbour"), start("board_member")
    for part in ("", "/change", "/decide", "/allocate", "/whose"):
        answered = stranger.goto(f"{referral}{part}")
        assert answered.status in (403, 404) and "Wilfa" not in stranger.content()
    assert board.goto(referral).status == 403


def test_not_accepted_with_a_reason_then_opened_again(demo_site, start):
    support = start()
    referral = record(support, demo_site, "Tobin Elvumigorn")
    manager = start("manager")
    manager.goto(f"{referral}/decide")
    expect(manager.get_by_text("The child is not identified, so it cannot be accepted yet")).to_be_visible()
    answer(manager, "What do you decide?", "Do not accept it")
    press(manager, "Save the decision")
    expect(manager.locator(".govuk-error-summary")).to_contain_text("Enter who was told that it is not accepted")
    choose(manager, "why", "The child’s age")
    manager.get_by_label("In your words").fill("Nine years old; early help will ring")
    manager.get_by_label("If you refuse or ask: who was told?").fill("The officer, by e-mail")
    press(manager, "Save the decision")
    expect(manager.get_by_text("Nine years old; early help will ring")).to_be_visible()
    expect(manager.get_by_text("Told: The officer, by e-mail")).to_be_visible()
    assert_accessible(manager)
    follow(manager, "Open the decision again")
    manager.get_by_label("Why is it opened again?").fill("He is ten: the date of birth was wrong")
    press(manager, "Open it again")
    expect(manager.get_by_text("Needs a decision").first).to_be_visible()
    expect(manager.get_by_text("He is ten: the date of birth was wrong")).to_be_visible()
    # What was recorded by mistake is struck out and leaves the queue.
    support.goto(referral)
    follow(support, "This was recorded in error")
    support.get_by_label("What was wrong?").fill("It was rung in twice")
    press(support, "Mark as recorded in error")
    expect(support.get_by_text(re.compile("It was rung in twice")).first).to_be_visible()
    assert_accessible(support)
    support.goto(f"{demo_site.url}/referrals/")
    expect(support.get_by_text("Tobin Elvumigorn")).to_have_count(0)


def test_the_same_again_is_asked_about(demo_site, start):
    page = start()
    first = record(page, demo_site, "Mila Zantaquill")
    begin(page, demo_site, "Mila Zantaquill")
    fill_in(page)
    press(page, "Save")
    expect(page.get_by_role("heading", name="Is it one of these again?")).to_be_visible()
    expect(page.locator(f'a[href="{first.removeprefix(demo_site.url)}"]')).to_be_visible()
    assert_accessible(page)
    picture(page, "referral-alike")
    page.get_by_label("I have looked at these: this is another referral").check()
    press(page, "Save")
    page.wait_for_url(re.compile(r"/referrals/\d+$"))
    assert page.url != first


def test_two_managers_at_once_see_what_the_other_decided(demo_site, start):
    referral = record(start(), demo_site, "Sol Krempinast")
    one, two = start("manager"), start("manager")
    for page in (one, two):
        page.goto(f"{referral}/decide")
        answer(page, "What do you decide?", "Ask for more first")
        page.get_by_label("If you refuse or ask: who was told?").fill("The officer")
    one.get_by_label("In your words").fill("Which school?")
    press(one, "Save the decision")
    expect(one.get_by_text("Waiting for more").first).to_be_visible()
    two.get_by_label("In your words").fill("Which officer?")
    press(two, "Save the decision")
    expect(two.locator(".govuk-error-summary")).to_contain_text("Someone else has changed this")
    words = two.get_by_role("row", name=re.compile("In your words"))
    expect(words).to_contain_text("Which school?")
    expect(words).to_contain_text("Which officer?")
    assert_accessible(two)
    picture(two, "referral-clash")
    press(two, "Save the decision")
    expect(two.locator(".govuk-error-summary")).to_contain_text("cannot be done with it now")


def test_a_lost_connection_and_a_killed_server_lose_nothing(demo_site, start):
    page = start()
    begin(page, demo_site, "Noor Brasklund")
    page.context.set_offline(True)
    fill_in(page, what="Half of it was typed in a train")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent: the site cannot be reached")).to_be_visible()
    assert_accessible(page)
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible()
    demo_site.kill()
    page.get_by_label("What happened, or what is the concern?").fill("Half of it was typed in a train, and half after")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent: the site cannot be reached")).to_be_visible()
    demo_site.start()
    expect(page.get_by_text(re.compile("Saved as draft at"))).to_be_visible(timeout=40_000)
    again = start()
    begin(again, demo_site, "Noor Brasklund")
    expect(again.get_by_label("What happened, or what is the concern?")).to_have_value(re.compile("and half after"))
    press(page, "Save")
    page.wait_for_url(re.compile(r"/referrals/\d+$"))
    assert demo_site.sql("SELECT count(*) FROM referrals_referral WHERE family_name = 'Brasklund'").strip() == "1"


def test_a_child_is_handed_over_from_the_record(demo_site, start):
    record_of = demo_site.sql(
        "SELECT c.id FROM people_child c JOIN accounts_user u ON u.id = c.worker_id "
        f"WHERE u.email = '{demo_site.email('practitioner')}' AND c.restricted_reason = '' ORDER BY c.id LIMIT 1"
    ).strip()
    manager = start("manager")
    manager.goto(f"{demo_site.url}/children/{record_of}")
    follow(manager, "Change the worker")
    assert_accessible(manager)
    chosen = manager.get_by_role("group", name="Worker").locator("label").first
    name = NUMBERS.match(chosen.inner_text())["name"]
    chosen.click()
    manager.get_by_label("Why this worker").fill("Moved to the other side of town")
    press(manager, "Allocate")
    expect(manager.locator(".app-identity-bar")).to_contain_text(name)
    manager.goto(f"{demo_site.url}/children/{record_of}/details")
    expect(
        manager.get_by_role("row", name=re.compile(f"{re.escape(name)}.*Now.*Moved to the other side of town"))
    ).to_be_visible()
    assert_accessible(manager)


def test_it_works_without_javascript_on_a_phone(demo_site, start):
    page = start(scripts=False, width=390)
    referral = record(page, demo_site, "Ida Umberiwex")
    page.goto(f"{referral}/change")
    page.get_by_label("Police reference, if any").fill("44/119999/26")
    press(page, "Save")
    expect(page.get_by_text("44/119999/26").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_phone_reads_every_page(demo_site, start):
    page = start("manager", width=390)
    waiting = demo_site.sql("SELECT min(id) FROM referrals_referral WHERE state = 'waiting' AND child_id > 0").strip()
    accepted = demo_site.sql("SELECT min(id) FROM referrals_referral WHERE state = 'accepted'").strip()
    child = demo_site.sql("SELECT min(child_id) FROM referrals_referral WHERE state = 'allocated'").strip()
    for address in (
        "referrals/", "referrals/begin?q=Elv", f"referrals/{waiting}", f"referrals/{waiting}/decide",
        f"referrals/{accepted}/allocate", f"children/{child}/referrals", f"children/{child}/details", "workload/",
    ):  # fmt: skip
        page.goto(f"{demo_site.url}/{address}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    picture(page, "workload-phone")


def test_the_administrator_sets_weights_hours_and_words(demo_site, start):
    page = start("administrator")
    for address in (
        "workload/weights",
        "workload/weights/child",
        "workload/hours",
        "referrals/words",
        "referrals/words/add",
    ):
        page.goto(f"{demo_site.url}/{address}")
        assert_accessible(page)
    page.goto(f"{demo_site.url}/workload/weights/child")
    page.get_by_label("One of these counts").fill("1.25")
    page.get_by_label("Where it comes from").fill("Managers’ meeting")
    press(page, "Save")
    expect(page.get_by_role("row", name=re.compile("^Child"))).to_contain_text("1.25")
    manager = start("manager")
    manager.goto(f"{demo_site.url}/workload/")
    expect(manager.get_by_role("row", name=re.compile("^Child"))).to_contain_text("Managers’ meeting")
