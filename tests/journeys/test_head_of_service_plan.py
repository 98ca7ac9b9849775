"""Journey 5, the head of service and the Plan: write, put figures in, settle a typed number, preview, take files,
freeze, change a record, see what changed; and what a board member and another service's staff may not.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIGURE = re.compile(r"\{\{ figure ([0-9A-Z]{6}) \}\}")
COUNT = "First time entrants, October 2025 to September 2026"


@pytest.fixture
def start(demo_site, visit):
    """Signs someone in and gives their page."""

    def make(role: str = "head_of_service", **how) -> Page:
        page = visit(demo_site.url, **how)
        page.set_default_timeout(20_000)
        demo_site.sign_in(page, role)
        return page

    return make


def open_section(page: Page, url: str, key: str) -> None:
    page.goto(f"{url}/plans/2026/sections/{key}")


def text(page: Page):
    return page.get_by_role("textbox", name="Text", exact=True)


def saved(page: Page, what: str = "Saved.") -> None:
    expect(page.locator(".govuk-notification-banner")).to_contain_text(what)


def choose_figure(page: Page, label: str) -> None:
    """Choose from the list of figures, which is a box to type in where a script made it one."""
    panel = page.locator("[data-insert]")
    box = panel.locator("#id_insert-figure")
    if box.evaluate("e => e.tagName") == "SELECT":
        option = box.locator("option").filter(has_text=label).first
        box.select_option(value=option.get_attribute("value"))
    else:
        box.fill(label)
        page.get_by_role("option", name=re.compile(f"^{re.escape(label)}")).first.click()


def download(page: Page, press_it) -> bytes:
    with page.expect_download() as got:
        press_it()
    return Path(got.value.path()).read_bytes()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_draft_opens_with_what_it_lacks_and_reads_with_its_figures(demo_site, start, width):
    page = start(width=width)
    page.goto(f"{demo_site.url}/plans")
    assert_accessible(page)
    page.get_by_role("link", name="Youth Justice Plan 2026/27").click()
    expect(page.get_by_text("sections nobody has written")).to_be_visible()
    assert_accessible(page)
    picture(page, "plan")
    page.get_by_role("button", name="Read the draft").click()
    expect(page.get_by_role("heading", name="Performance: key indicators")).to_be_visible()
    assert page.get_by_role("img").count() >= 1
    assert_accessible(page)
    picture(page, "plan-preview")
    page.locator("#performance").get_by_role("link").first.click()
    expect(page.get_by_text("It says now:")).to_be_visible()
    assert_accessible(page)


def test_a_figure_is_put_in_at_the_cursor_and_reads_with_its_evidence(demo_site, start):
    page = start()
    open_section(page, demo_site.url, "prevention")
    text(page).fill("There were new children this year.")
    text(page).evaluate("box => { box.setSelectionRange(10, 10); box.dispatchEvent(new Event('select')); }")
    choose_figure(page, COUNT)
    press(page, "Put it in")
    code = FIGURE.search(text(page).input_value())[1]
    expect(text(page)).to_have_value(f"There were {{{{ figure {code} }}}} new children this year.")
    assert_accessible(page)
    press(page, "Save")
    saved(page)
    link = page.locator("#preview ~ div").get_by_role("link").first
    expect(link).to_have_text(re.compile(r"^\d+$"))
    picture(page, "plan-section")
    # The code, as somebody would type it from paper, opens the same figure.
    number = link.inner_text()
    page.get_by_role("searchbox").fill(code.lower())
    page.locator("[role=search] button").click()
    expect(page.locator("main")).to_contain_text(number)


def test_a_figure_is_put_in_without_scripts(demo_site, start):
    page = start(scripts=False, width=390)
    open_section(page, demo_site.url, "diversion")
    text(page).fill("We saw [here] children.")
    choose_figure(page, COUNT)
    press(page, "Put it in")
    saved(page, "The figure is in the text")
    assert FIGURE.search(text(page).input_value())
    expect(text(page)).to_have_value(re.compile(r"^We saw \{\{ figure \w+ \}\} children\.$"))


def test_a_typed_number_asks_and_holds_back_the_version_until_settled(demo_site, start):
    page = start()
    open_section(page, demo_site.url, "education")
    text(page).fill("In 2025/26 we placed 47 children in school, under section 10 of the Act.")
    press(page, "Save")
    saved(page)
    expect(page.get_by_role("heading", name="Typed numbers")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("^Settle")).count() == 1
    assert_accessible(page)
    page.goto(f"{demo_site.url}/plans/2026/freeze")
    expect(page.get_by_role("heading", name="Numbers that cannot be followed")).to_be_visible()
    expect(page.get_by_role("button", name="Freeze this version")).to_have_count(0)
    assert_accessible(page)
    page.locator("main").get_by_role("link", name="Priorities: education").first.click()
    press(page, "Settle 47")
    expect(page.locator(".govuk-error-message")).to_contain_text("Choose the figure this number is")
    page.get_by_label("Or it comes from: 47").fill("Admissions team, return of 3 July 2026")
    press(page, "Settle 47")
    saved(page, "The number is settled")
    expect(page.get_by_role("heading", name="Typed numbers")).to_have_count(0)
    page.goto(f"{demo_site.url}/plans/2026/freeze")
    expect(page.get_by_role("cell", name="Admissions team, return of 3 July 2026")).to_be_visible()
    expect(page.get_by_role("button", name="Freeze this version")).to_be_visible()


def test_a_draft_is_taken_as_word_pdf_and_web_page(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/plans/2026")
    word = docx.Document(BytesIO(download(page, lambda: press(page, "Word document"))))
    assert "DRAFT" in word.sections[0].header.paragraphs[0].text
    assert next(p.text for p in word.paragraphs if p.style.name == "Heading 1").startswith("Introduction")
    assert len(word.element.body.findall(".//" + qn("w:sdt"))) >= 5
    page.goto(f"{demo_site.url}/plans/2026")
    with pikepdf.open(BytesIO(download(page, lambda: press(page, "PDF")))) as pdf:
        assert pdf.Root.MarkInfo.Marked == True and str(pdf.Root.Lang) == "en-GB"  # noqa: E712 a PDF's own true
    page.goto(f"{demo_site.url}/plans/2026")
    assert b"DRAFT" in download(page, lambda: press(page, "Web page"))


def test_what_is_frozen_stays_when_the_record_changes_and_the_page_shows_what_changed(demo_site, start):
    page = start()
    open_section(page, demo_site.url, "voice-of-the-child")
    text(page).fill("Only [here] children were new.")
    choose_figure(page, COUNT)
    text(page).evaluate("box => { box.setSelectionRange(5, 11); box.dispatchEvent(new Event('select')); }")
    press(page, "Put it in")
    code = FIGURE.search(text(page).input_value())[1]
    press(page, "Save")
    saved(page)
    before = int(page.locator("#preview ~ div").get_by_role("link").first.inner_text())

    page.goto(f"{demo_site.url}/plans/2026/freeze")
    press(page, "Freeze this version")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter name of this version")
    page.get_by_label("Name of this version").fill("For the board of 30 July")
    press(page, "Freeze this version")
    saved(page, "Version 1 is frozen")
    assert_accessible(page)
    picture(page, "plan-version")

    officer = start("data_officer")
    officer.goto(f"{demo_site.url}/performance/figure/{code}/children")
    ids = [re.search(r"/children/(\d+)", a.get_attribute("href"))[1] for a in officer.locator("tbody a").all()]
    child, outcome = demo_site.sql(
        "SELECT u.child_id || ' ' || max(u.id) FROM casework_outcome u JOIN people_child c ON c.id = u.child_id "
        f"WHERE u.child_id IN ({','.join(ids)}) AND u.in_error_at IS NULL AND (SELECT count(*) FROM people_child o "
        "WHERE o.person_id = c.person_id) = 1 GROUP BY u.child_id HAVING count(*) = 1 "
        # A first contact rests on its outcome, and would have to be corrected first.
        "AND NOT bool_or(EXISTS (SELECT FROM casework_firstcontact f WHERE f.outcome_id = u.id)) ORDER BY 1 LIMIT 1"
    ).split()
    officer.goto(f"{demo_site.url}/children/{child}/outcome/{outcome}/in-error")
    officer.get_by_label("What was wrong?").fill("It was another child's caution")
    press(officer, "Mark as recorded in error")
    officer.wait_for_url(lambda address: not address.endswith("/in-error"))

    page.goto(f"{demo_site.url}/plans/2026/versions/1")
    frozen = page.locator(f"a[href$='/figures/{code}']").first
    expect(frozen).to_have_text(str(before))
    frozen.click()
    expect(page.locator("main")).to_contain_text(f"The document says: {before}")
    expect(page.locator("main")).to_contain_text(f"it says something else: {before - 1}")
    assert_accessible(page)
    page.goto(f"{demo_site.url}/plans/2026/preview")
    expect(page.locator("#voice-of-the-child").get_by_role("link").first).to_have_text(str(before - 1))
    page.goto(f"{demo_site.url}/plans/2026")
    page.get_by_role("link", name="What changed since version 1").click()
    changed = page.get_by_role("row").filter(has_text=code).first
    expect(changed.get_by_role("cell").nth(0)).to_have_text(str(before))
    expect(changed.get_by_role("cell").nth(1)).to_have_text(str(before - 1))
    assert_accessible(page)
    picture(page, "plan-changes")


def test_a_colleague_s_save_shows_both_and_lets_the_writer_choose(demo_site, start):
    mine, theirs = start(), start()
    open_section(mine, demo_site.url, "families")
    open_section(theirs, demo_site.url, "families")
    text(theirs).fill("Their words.")
    press(theirs, "Save")
    saved(theirs)
    text(mine).fill("My words.")
    press(mine, "Save")
    expect(mine.get_by_role("alert")).to_contain_text("has saved this section since you opened it")
    expect(mine.get_by_label("What is saved now")).to_have_text("Their words.")
    expect(text(mine)).to_have_value("My words.")
    assert_accessible(mine)
    press(mine, "Save")
    saved(mine)
    expect(text(mine)).to_have_value("My words.")


def test_a_lost_connection_loses_nothing(demo_site, start):
    page = start()
    open_section(page, demo_site.url, "risks")
    page.context.set_offline(True)
    text(page).fill("Typed without a line.")
    press(page, "Save")
    expect(page.locator(".app-held")).to_contain_text("Not sent")
    page.context.set_offline(False)
    expect(page.locator(".app-draft-state")).to_contain_text("Saved as draft")
    open_section(page, demo_site.url, "risks")  # as after a browser that crashed
    expect(page.get_by_text("We kept what you typed")).to_be_visible()
    press(page, "Save")
    saved(page)
    expect(text(page)).to_have_value("Typed without a line.")


def test_a_board_member_reads_and_does_not_write(demo_site, start):
    page = start("board_member")
    page.goto(f"{demo_site.url}/plans/2026")
    expect(page.get_by_role("button", name="Freeze a version")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("button", name="Read the draft").click()
    expect(page.get_by_role("heading", name="Resources and services")).to_be_visible()
    for path in ("sections/risks", "freeze"):
        assert page.goto(f"{demo_site.url}/plans/2026/{path}").status == 403


@pytest.mark.parametrize("role", ["practitioner", "administrator", "neighbour"])
def test_who_has_no_business_with_the_plan_is_refused(demo_site, start, role):
    page = start(role)
    assert page.goto(f"{demo_site.url}/plans/2026").status == 403


def test_another_service_s_head_finds_no_such_plan(demo_site, start):
    from openyj.invented.places import MAIN
    from openyj.invented.staff import STAFF

    heads = [m.email for m in STAFF if m.service != MAIN.service and m.role == "head_of_service"]
    if not heads:
        email = demo_site.email("neighbour")
        demo_site.sql(f"UPDATE accounts_user SET role = 'head_of_service' WHERE email = '{email}' RETURNING id")
        heads = [email]
    page = start(heads[0])
    for path in ("", "/preview", "/sections/risks", "/freeze", "/versions/1"):
        assert page.goto(f"{demo_site.url}/plans/2026{path}").status == 404
