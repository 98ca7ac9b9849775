"""Journey, the head of service: keep evidence on an action, find it, open it, take it back; lose the line; and what
others may not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from openyj.files.tests import made
from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def choose_file(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def open_action(demo_site) -> str:
    return demo_site.sql(
        "SELECT id FROM actions_action WHERE child_id IS NULL AND done_on IS NULL AND in_error_at IS NULL "
        "ORDER BY id LIMIT 1"
    ).strip()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_evidence_that_the_demo_keeps_is_on_its_action(demo_site, start, width):
    page = start("head_of_service", width=width)
    page.goto(f"{demo_site.url}/actions/files?q=records")
    assert_accessible(page)
    page.get_by_role("link", name="What was checked").click()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the action").click()
    expect(page.get_by_role("region", name="Files")).to_contain_text("evidence.pdf")
    assert_accessible(page)
    picture(page, "action-with-evidence")


def test_evidence_is_kept_found_opened_and_taken_back(demo_site, start):
    page = start("head_of_service")
    address = f"{demo_site.url}/actions/{open_action(demo_site)}"
    page.goto(address)
    press(page, "Add a file")
    assert_accessible(page)
    page.get_by_label("What is it?").fill("Register of the group")
    choose_file(page, "register.pdf", b"<html><script>alert(1)</script>")
    press(page, "Add this file")
    expect(page.locator(".govuk-error-summary")).to_contain_text("This is a web page, a script or rich text")
    choose_file(page, "register.pdf", made.pdf("Nine came on Tuesday"))
    page.context.set_offline(True)
    press(page, "Add this file")
    expect(page.locator(".app-held")).to_contain_text("Not sent")
    page.context.set_offline(False)
    press(page, "Add this file")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The file is added")
    with page.expect_download() as download:
        page.get_by_role("link", name="register.pdf").click()
    assert download.value.suggested_filename == "register.pdf"
    opens = page.get_by_role("link", name="register.pdf").get_attribute("href")

    for role, status in (("board_member", 200), ("neighbour", 404), ("administrator", 403)):
        other = start(role)
        answer = other.request.get(demo_site.url + opens)
        assert answer.status == status, role
    page.goto(f"{demo_site.url}/actions/files?q=tuesday")
    page.get_by_role("link", name="Register of the group").click()
    page.get_by_role("link", name="This was recorded in error").click()
    assert_accessible(page)
    page.get_by_label("What was wrong?").fill("Another group’s register")
    press(page, "Mark as recorded in error")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Marked as recorded in error")
    expect(page.locator("s", has_text="Register of the group")).to_be_visible()
    assert page.request.get(demo_site.url + opens).status == 404
    assert_accessible(page)
