"""Journey 3, the head of service: figures, their evidence, the children behind them, and who is refused.

Each test drives the running demo as one of its invented people. Accessibility is checked on every page passed.
"""

from __future__ import annotations

import contextlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser import assert_accessible, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "head_of_service"
SUMMER = "April to June 2026"


def table_row(page: Page, label: str):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label, exact=True)).first


def quarters(page: Page, url: str, measure: str = "first-time-entrants", show: str = "count") -> None:
    page.goto(f"{url}/performance/{measure}?show={show}&span=quarter")


def counted(page: Page) -> int:
    """How many first time entrants the open page says there were in the summer of 2026."""
    return int(table_row(page, SUMMER).get_by_role("link").inner_text().split(",")[0])


def open_evidence(page: Page, label: str = SUMMER) -> None:
    table_row(page, label).get_by_role("link").click()
    page.wait_for_url("**/performance/figure/*")


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_performance_page_to_the_children(demo_site, start, width):
    page = start(width=width)
    if width < 600:
        page.get_by_role("button", name="Menu").click()
    # The first figures of a server that has just started take longer than any after them.
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Performance").click(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Performance of")
    expect(page.get_by_text("Live as of")).to_be_visible()
    for title in ("First time entrants", "Use of custody", "Proven reoffending"):
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    assert_accessible(page)
    picture(page, "performance")

    page.get_by_role("link", name="First time entrants", exact=True).click()
    # One drawing is shown and read out, the one for this width.
    assert page.get_by_role("img").count() == 2  # the service's own, and the published rates
    assert_accessible(page)
    picture(page, "first-time-entrants")

    quarters(page, demo_site.url)
    said = counted(page)
    open_evidence(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(SUMMER)
    expect(page.get_by_text("FTE-6", exact=True)).to_be_visible()
    assert page.locator(".govuk-heading-xl").inner_text() == str(said)
    assert_accessible(page)
    picture(page, "evidence")

    page.get_by_role("link", name="See the children it counts").click()
    expect(page.get_by_text(f"{said} children counted here")).to_be_visible()
    assert_accessible(page)
    picture(page, "children-behind")
    page.locator("tbody").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/children/\d+"))


def test_areas_stand_in_the_address_and_come_back(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/performance/first-time-entrants")
    page.get_by_role("combobox", name="Published rates of another area").fill("Lambeth")
    page.get_by_role("option", name="Lambeth", exact=True).click()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**area=Lambeth**")
    chosen = page.get_by_role("list", name="Areas chosen")
    expect(chosen).to_contain_text("Lambeth")
    expect(page.get_by_role("columnheader", name="Lambeth")).to_be_visible()
    page.reload()
    expect(chosen).to_contain_text("Lambeth")
    assert_accessible(page)
    # Published rates keep their name, and the service's own count is told apart from them.
    expect(page.get_by_role("columnheader", name="This service, local count")).to_be_visible()
    expect(page.get_by_text("Police National Computer").first).to_be_visible()
    chosen.get_by_role("link", name="Lambeth").click()
    expect(page.get_by_role("list", name="Areas chosen")).to_have_count(0)


@pytest.mark.parametrize("measure", ["custody", "reoffending"])
def test_the_other_measures_the_same_way(demo_site, start, measure):
    page = start()
    page.goto(f"{demo_site.url}/performance/{measure}?by=locality")
    expect(page.get_by_role("heading", name="Breakdown", exact=True)).to_be_visible()
    assert_accessible(page)
    picture(page, measure)
    if measure == "reoffending":
        expect(page.get_by_text("Still filling until").first).to_be_visible()
        page.get_by_label("Figure", exact=True).select_option(label="Reoffences per child who reoffended")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**show=per_reoffender**")
        expect(page.get_by_role("columnheader", name="Children who reoffended").first).to_be_visible()


def test_a_corrected_record_changes_the_figure(demo_site, start):
    """A data officer marks a child's only outcome as recorded in error; the head of service sees one child fewer."""
    head = start()
    quarters(head, demo_site.url)
    before = counted(head)

    officer = start("data_officer")
    quarters(officer, demo_site.url)
    open_evidence(officer)
    officer.get_by_role("link", name="See the children it counts").click()
    ids = [re.search(r"/children/(\d+)", a.get_attribute("href"))[1] for a in officer.locator("tbody a").all()]
    child, outcome = demo_site.sql(
        "SELECT u.child_id || ' ' || max(u.id) FROM casework_outcome u JOIN people_child c ON c.id = u.child_id "
        f"WHERE u.child_id IN ({','.join(ids)}) AND u.in_error_at IS NULL AND (SELECT count(*) FROM people_child o "
        "WHERE o.person_id = c.person_id) = 1 GROUP BY u.child_id HAVING count(*) = 1 ORDER BY 1 LIMIT 1"
    ).split()
    officer.goto(f"{demo_site.url}/children/{child}/outcome/{outcome}/in-error")
    officer.get_by_label("What was wrong?").fill("It was another child's caution")
    officer.locator("main").get_by_role("button", name="Mark as recorded in error").click()
    officer.wait_for_url(lambda address: not address.endswith("/in-error"))

    head.reload()
    assert counted(head) == before - 1


def test_a_code_from_paper_opens_its_evidence(demo_site, start):
    page = start()
    quarters(page, demo_site.url)
    open_evidence(page)
    code = page.url.rpartition("/")[2]
    page.goto(demo_site.url)
    page.get_by_role("search").get_by_role("searchbox").fill(code.lower())
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url(f"**/performance/figure/{code}")


def test_the_spreadsheet_holds_the_page_s_numbers(demo_site, start, tmp_path):
    page = start()
    quarters(page, demo_site.url)
    said = counted(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a spreadsheet (XLSX)").click()
    path = Path(tmp_path / "figures.xlsx")
    download.value.save_as(path)
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
    row = next(r for r in rows if r[head.index("Period")] == SUMMER and r[0] == "First time entrants")
    assert row[head.index("Value")] == said


def test_a_board_member_sees_the_number_and_never_the_children(demo_site, start):
    page = start("board_member")
    quarters(page, demo_site.url)
    open_evidence(page)
    expect(page.get_by_role("link", name="See the children it counts")).to_have_count(0)
    answer = page.goto(f"{page.url}/children")
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot see this page")
    assert_accessible(page)


@pytest.mark.parametrize("role", ["practitioner", "administrator", "neighbour"])
def test_who_has_no_business_with_figures_is_refused(demo_site, start, role):
    head = start()
    quarters(head, demo_site.url)
    open_evidence(head)
    page = start(role)
    expect(page.get_by_role("link", name="Performance", exact=True)).to_have_count(0)
    for address in (f"{demo_site.url}/performance", head.url, f"{head.url}/children"):
        assert page.goto(address).status == 403


def test_a_lost_connection_keeps_what_was_chosen(demo_site, start):
    """Nothing is typed here that could be lost: what was chosen is the address, and asking again brings it."""
    page = start()
    page.goto(f"{demo_site.url}/performance/first-time-entrants?area=Lambeth")
    page.get_by_label("Period").select_option(label="Quarters")
    demo_site.kill()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(lambda address: address.startswith("chrome-error:"))
    demo_site.start()
    with contextlib.suppress(Error):  # the browser may already be trying again by itself
        page.reload()
    page.wait_for_url("**span=quarter**")
    expect(page.get_by_label("Period")).to_have_value("quarter")
    expect(page.get_by_role("list", name="Areas chosen")).to_contain_text("Lambeth")


def test_it_works_without_javascript(demo_site, start):
    page = start(scripts=False)
    page.goto(f"{demo_site.url}/performance/first-time-entrants")
    page.get_by_label("Published rates of another area").select_option(label="Lambeth")
    page.get_by_label("Break down by").select_option(label="Sex")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Lambeth")).to_be_visible()
    expect(page.get_by_role("heading", name="Breakdown", exact=True)).to_be_visible()
