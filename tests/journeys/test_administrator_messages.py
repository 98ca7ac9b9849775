"""The administrator and messages: a test, words that give away, an address that bounces; and everybody's calendar."""

from __future__ import annotations

import re
import urllib.error
import urllib.request

import pytest
from icalendar import Calendar

from openyj.jobs.tests.worker_process import WorkerProcess, wait_for
from openyj.outbox.tests.notify_server import KEY, NotifyServer
from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import press_and_wait

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def worker(demo_site, tmp_path):
    made = WorkerProcess(demo_site.database, tmp_path / "worker.log", {"OPENYJ_OUTBOX": str(tmp_path / "outbox")})
    yield made
    made.kill()


@pytest.fixture
def notify():
    server = NotifyServer()
    yield server
    server.close()


def main(page) -> str:
    return page.inner_text("main")


def says(page, text: str):
    """Waits until the page, looked at again, says this."""

    def said() -> bool:
        page.reload()
        return text in main(page)

    wait_for(said)


def test_a_test_message_is_written_to_a_file(administrator, worker, tmp_path):
    page = administrator
    page.get_by_role("link", name="Messages", exact=True).first.click()
    assert "This site sends nothing" in main(page) and "No message has been sent yet" in main(page)
    assert_accessible(page)
    picture(page, "messages-none")
    press_and_wait(page, "Send a test to my address")
    assert "It waits to be sent" in main(page)
    worker.start()
    says(page, "Written to a file")
    assert_accessible(page)
    picture(page, "message")
    [file] = (tmp_path / "outbox").iterdir()
    assert "If you can read it, messages arrive" in file.read_text()
    page.get_by_role("link", name="Messages", exact=True).first.click()
    assert_accessible(page)
    picture(page, "messages")


def test_a_bounce_is_said_and_the_address_put_right(administrator, worker, notify, demo_site):
    page = administrator
    worker.environment |= {
        "NOTIFY_API_KEY": KEY,
        "NOTIFY_URL": notify.url,
        "NOTIFY_EMAIL_TEMPLATE": "an-email-template",
        "NOTIFY_TEXT_TEMPLATE": "a-text-template",
    }
    notify.becomes = "permanent-failure"
    worker.start()
    page.goto(f"{demo_site.url}/messages/")
    press_and_wait(page, "Send a test to my address")
    message = page.url
    says(page, "Handed over")
    page.goto(f"{demo_site.url}/background-work/")
    press_and_wait(page, re.compile("Do it now.*Ask what became of messages"))
    page.get_by_text("Done", exact=True).first.wait_for(timeout=30_000)
    page.goto(message)
    assert "There is no such address" in main(page)
    assert_accessible(page)
    picture(page, "message-bounced")
    page.goto(f"{demo_site.url}/messages/")
    press_and_wait(page, "Send a test to my address")
    assert "the last message to this address did not arrive" in main(page)
    page.goto(message)
    press_and_wait(page, "The address works again")
    assert "Messages go to this address again" in main(page)
    page.goto(f"{demo_site.url}/messages/")
    press_and_wait(page, "Send a test to my address")
    assert "Test message" in page.inner_text("h1")


def test_words_that_give_away_are_refused_and_put_right_also_without_a_connection(administrator, demo_site):
    page = administrator
    page.get_by_role("link", name="Messages", exact=True).first.click()
    page.get_by_role("link", name="Words of messages").click()
    assert_accessible(page)
    picture(page, "messages-words")
    page.get_by_role("link", name=re.compile("Change.*Test message")).click()
    service = demo_site.sql(
        f"SELECT s.name FROM accounts_service s JOIN accounts_user u ON u.service_id = s.id "
        f"WHERE u.email = '{demo_site.email('administrator')}'"
    )
    page.get_by_label("Message", exact=True).fill(f"A test from {service}")
    press_and_wait(page, "Save")
    summary = page.locator(".govuk-error-summary").inner_text()
    assert "Take out" in summary and f"“{service}”" in summary
    assert_accessible(page)
    picture(page, "messages-words-refused")
    page.get_by_label("Message", exact=True).fill("Only a test")
    demo_site.kill()
    page.locator("main").get_by_role("button", name="Save").click()
    page.get_by_text("Not sent: the site cannot be reached").wait_for()
    demo_site.start()
    press_and_wait(page, "Save")
    assert "Your service's own words" in main(page)
    assert demo_site.sql("SELECT body FROM outbox_wording") == "Only a test"


def a_hearing_today(demo_site) -> None:
    """One of the practitioner's children is in court today."""
    made = demo_site.sql(
        "INSERT INTO casework_hearing (child_id, service_id, hearing_date, court_name, remand_proposal_words, "
        "remand_decision_words, bail_conditions, adjourned_reason, version, recorded_at, in_error_reason) "
        "SELECT c.id, c.service_id, current_date, 'Canary court', '', '', '', '', 1, now(), '' FROM people_child c "
        f"JOIN accounts_user u ON u.id = c.worker_id WHERE u.email = '{demo_site.email('practitioner')}' LIMIT 1 "
        "RETURNING id"
    )
    assert made


def test_everybodys_calendar_address_is_shown_once_and_revoked(visit, demo_site):
    a_hearing_today(demo_site)
    page = visit(demo_site.url)
    demo_site.sign_in(page, "practitioner")
    page.goto(f"{demo_site.url}/account")
    page.get_by_role("link", name=re.compile("Change.*calendar address")).click()
    assert_accessible(page)
    press_and_wait(page, "Make an address")
    assert_accessible(page)
    picture(page, "calendar-address")
    address = page.locator("code").inner_text()
    with urllib.request.urlopen(address) as answer:
        feed = answer.read()
    events = Calendar.from_ical(feed).events
    assert b"anary" not in feed
    assert events and {str(event["SUMMARY"]) for event in events} <= {"Appointment", "Reminder"}
    page.reload()
    page.goto(f"{demo_site.url}/account/calendar")
    assert page.locator("code").count() == 0
    press_and_wait(page, "Revoke the address")
    assert "You have no calendar address" in main(page)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address)


def test_others_are_refused_and_another_service_sees_nothing(visit, administrator, demo_site):
    administrator.goto(f"{demo_site.url}/messages/")
    demo_site.sql("UPDATE outbox_notworking SET works_again_at = now() WHERE works_again_at IS NULL RETURNING 1")
    press_and_wait(administrator, "Send a test to my address")
    message = administrator.url
    manager = visit(demo_site.url)
    demo_site.sign_in(manager, "manager")
    assert manager.get_by_role("link", name="Messages", exact=True).count() == 0
    assert manager.goto(message).status == 404
    assert manager.goto(f"{demo_site.url}/messages/words").status == 403
    neighbour = demo_site.email("neighbour")
    demo_site.sql(f"UPDATE accounts_user SET role = 'administrator' WHERE email = '{neighbour}' RETURNING 1")
    page = visit(demo_site.url)
    demo_site.sign_in(page, "neighbour")
    assert page.goto(message).status == 404
    page.goto(f"{demo_site.url}/messages/")
    assert "No message has been sent yet" in main(page)


@pytest.mark.parametrize("path", ["/messages/", "/messages/words", "/messages/words/outbox.test", "/account/calendar"])
def test_on_a_phone(visit, demo_site, path):
    page = visit(demo_site.url, width=PHONE)
    demo_site.sign_in(page, "administrator")
    assert page.goto(demo_site.url + path).status == 200
    assert_accessible(page)
    picture(page, "phone" + path.replace("/", "-"))
