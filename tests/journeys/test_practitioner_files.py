"""A practitioner keeps files on a record: adds, is refused, finds, opens, corrects, loses the line.

Drives the running demo. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from openyj.files.tests import made
from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, follow, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def choose_file(page, name: str, content: bytes) -> None:
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_a_report_and_a_photograph_are_kept_found_opened_and_one_is_taken_back(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    follow(page, "Files")
    expect(page.get_by_text("There are no files on this record yet.")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Add a file").click()
    assert_accessible(page)
    page.get_by_label("What is it?").fill("School report, spring")
    choose_file(page, "report.pdf", b"<html><script>alert(1)</script>")
    press(page, "Save")
    refused(page, "This is a web page, a script or rich text")
    expect(page.get_by_label("What is it?")).to_have_value("School report, spring")

    # The line is lost: nothing is sent, the file and what was typed stay in the page, and go when it returns.
    choose_file(page, "report.pdf", made.pdf("Hazel attended on Tuesday"))
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible()
    expect(page.get_by_label("What is it?")).to_have_value("School report, spring")
    page.context.set_offline(False)
    press(page, "Save")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("File added")

    page.goto(f"{record}/files/add")
    page.get_by_label("What is it?").fill("Mural the child painted")
    choose_file(page, "mural.jpg", made.picture(turned=6))
    press(page, "Save")
    expect(page.locator("img.app-thumbnail")).to_be_visible()
    # Held upright, as it was taken. Decoding waits for the picture, which is loaded late.
    small = page.locator("img.app-thumbnail")
    assert small.evaluate("i => i.decode().then(() => i.naturalHeight > i.naturalWidth)")
    assert_accessible(page)
    picture(page, "journey-files")

    page.get_by_role("searchbox", name="Search these files").fill("attended")
    page.get_by_role("search", name="Search these files").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="School report, spring")).to_be_visible()
    expect(page.get_by_role("link", name="Mural the child painted")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="report.pdf").click()
    assert download.value.suggested_filename == "report.pdf"

    follow(page, "School report, spring")
    assert_accessible(page)
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("Another child’s report")
    press(page, "Mark as recorded in error")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Marked as recorded in error")
    page.goto(f"{record}/files")
    expect(page.locator("s", has_text="School report, spring")).to_be_visible()
    expect(page.get_by_role("link", name="report.pdf")).to_have_count(0)
    assert_accessible(page)

    page.goto(f"{demo_site.url}/children/files?q=mural")
    expect(page.get_by_role("link", name="Mural the child painted")).to_be_visible()
    assert_accessible(page)


def test_another_service_s_practitioner_opens_none_of_it(demo_site, start, visit):
    page = start()
    record = add_child(page, demo_site.url)
    page.goto(f"{record}/files/add")
    page.get_by_label("What is it?").fill("School report")
    choose_file(page, "report.txt", b"Hazel attended")
    press(page, "Save")
    opens = page.get_by_role("link", name="report.txt").get_attribute("href")
    other = start("neighbour")
    assert other.goto(demo_site.url + opens).status == 404
    assert other.goto(f"{record}/files").status == 404
    board = start("board_member")
    assert board.goto(demo_site.url + opens).status == 403
