"""Journey of those who oversee services: the nation, its services, a funnel plot, one service against the others, a
spreadsheet; a new snapshot built while the old one is read; what a regional user and a head of service may not see.

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

from openyj import measures
from openyj.jobs.tests.worker_process import WorkerProcess, wait_for
from tests.browser import assert_accessible, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OWN = "Quillmoor Youth Justice Service"
TO_MARK = re.compile(f"^{OWN}.*mark it in the plot")


@pytest.fixture
def start(demo_site, visit):
    """Signs someone in and gives their page."""

    def make(role: str = "national_user", **how) -> Page:
        page = visit(demo_site.url, **how)
        page.set_default_timeout(30_000)  # the first page of a server that has just started reads the measures
        demo_site.sign_in(page, role)
        return page

    return make


@pytest.fixture
def worker(demo_site, tmp_path):
    """A worker of the demo's database, not started yet. The invented country is the demo's alone."""
    made = WorkerProcess(demo_site.database, tmp_path / "worker.log", {"OPENYJ_MODE": "demo"})
    yield made
    made.kill()


def snapshots(demo_site) -> int:
    return int(demo_site.sql("SELECT count(*) FROM caselevel_nationalsnapshot"))


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_nation_to_one_service(demo_site, start, width):
    page = start(width=width)
    if width < 600:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="National view").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("England and Wales: every service’s figures")
    expect(page.get_by_text("157 services, invented ones among them")).to_be_visible()
    for title in ("First time entrants", "Use of custody", "Proven reoffending"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    assert_accessible(page)
    picture(page, "national")

    page.get_by_role("link", name=re.compile("^By service")).first.click()
    expect(page.get_by_role("status").filter(has_text="of 157")).to_be_visible()
    assert_accessible(page)
    picture(page, "national-services")
    page.get_by_role("columnheader", name="Figure").get_by_role("link").click()
    values = [int(text) for text in page.locator("tbody td:nth-child(5)").all_inner_texts()]
    assert len(values) == 50 and values == sorted(values)

    pages = page.get_by_role("navigation", name="Ways to compare")
    pages.get_by_role("link", name="Funnel plot").click()
    expect(page.get_by_role("img")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("link", name=TO_MARK).click()
    expect(page.get_by_role("rowheader", name=TO_MARK)).to_contain_text("(marked)")
    assert f"{OWN} is marked:" in page.get_by_role("img").locator("desc").inner_html()
    assert_accessible(page)
    picture(page, "national-funnel")

    pages.get_by_role("link", name="One service").click()
    page.get_by_role("combobox", name="Service").fill(OWN)
    page.get_by_role("option", name=OWN).click()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(OWN)
    expect(page.get_by_text("No rank is given")).to_be_visible()
    assert_accessible(page)
    picture(page, "national-service")

    page.get_by_role("row", name=re.compile(f"^{OWN}")).get_by_role("link").click()
    expect(page.get_by_text("What it counts cannot be seen from here, by anybody.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("where", ["regions", "time", "snapshot"])
def test_the_other_pages(demo_site, start, where):
    page = start()
    page.goto(f"{demo_site.url}/national/{'' if where == 'snapshot' else 'reoffending/'}{where}")
    assert_accessible(page)
    picture(page, f"national-{where}")
    if where == "regions":
        expect(page.get_by_role("rowheader", name="Lived in no service’s area")).to_be_visible()
        expect(page.get_by_text("add up to the nation")).to_be_visible()
    if where == "time":
        expect(page.get_by_text("Still filling until").first).to_be_visible()
    if where == "snapshot":
        expect(page.get_by_role("heading", name="What services have not told")).to_be_visible()
        expect(page.get_by_text(re.compile("Nothing since .* 2026")).first).to_be_visible()


def test_the_funnel_is_reached_and_a_service_marked_by_keyboard_alone(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/national/first-time-entrants/funnel")
    page.get_by_role("link", name=TO_MARK).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**service=QUILLMOOR**")
    expect(page.get_by_role("rowheader", name=TO_MARK)).to_contain_text("(marked)")


def test_the_spreadsheet_holds_every_service_and_says_what_it_is(demo_site, start, tmp_path):
    page = start()
    page.goto(f"{demo_site.url}/national/custody/services")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a spreadsheet (XLSX)").click()
    path = Path(tmp_path / "services.xlsx")
    download.value.save_as(path)
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 157 and head[:2] == ["Service", "Region"]
    notes = dict(book.get_sheet_by_name("Notes").to_python())
    assert "not for publication" in notes["Suppression"] and notes["Invented"] == "Services in it are invented"


def test_no_way_leads_to_a_child(demo_site, start):
    page = start()
    child = demo_site.sql("SELECT min(id) FROM people_child")
    code = "AAAAAA"
    for address in (
        f"/children/{child}",
        "/children/find?q=a",
        "/search?q=a",
        "/performance",
        f"/performance/figure/{code}",
    ):
        assert page.goto(f"{demo_site.url}{address}").status in (403, 404), address
    expect(page.get_by_role("search")).to_have_count(0)
    page.goto(f"{demo_site.url}/national/first-time-entrants/services")
    assert page.locator("a[href*='/children']").count() == 0


def test_a_regional_user_sees_one_region_by_name(demo_site, start):
    page = start("regional_user")
    page.goto(f"{demo_site.url}/national/first-time-entrants/services")
    assert set(page.locator("tbody td:nth-child(2)").all_inner_texts()) == {"North West"}
    assert_accessible(page)
    page.goto(f"{demo_site.url}/national/first-time-entrants/funnel")
    here = page.get_by_role("link", name=re.compile("mark it in the plot")).count()
    assert 5 < here < 40
    expect(page.get_by_role("table", name="How many services lie where")).to_be_visible()
    page.goto(f"{demo_site.url}/national/snapshot")
    expect(page.get_by_role("button", name="Build a new snapshot now")).to_have_count(0)
    elsewhere = demo_site.sql(
        "SELECT s ->> 'code' FROM caselevel_nationalsnapshot, jsonb_array_elements(services) s "
        "WHERE s ->> 'region' = 'Wales' ORDER BY 1 LIMIT 1"
    )
    assert page.goto(f"{demo_site.url}/national/custody/service?service={elsewhere}").status == 404


def test_a_head_of_service_compares_their_own_and_meets_no_other_name(demo_site, start):
    page = start("head_of_service")
    page.goto(f"{demo_site.url}/performance/first-time-entrants")
    page.get_by_role("link", name="Compare with the other services").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"First time entrants: {OWN} and the others")
    expect(page.get_by_text("Other services are not named here")).to_be_visible()
    assert_accessible(page)
    picture(page, "compared-own")
    names = demo_site.sql(
        "SELECT s ->> 'name' FROM caselevel_nationalsnapshot, jsonb_array_elements(services) s"
    ).splitlines()
    text = page.content()
    assert len(names) >= 157 and [name for name in set(names) - {OWN} if name in text] == []
    for address in ("/national", "/national/custody/services", "/national/snapshot"):
        assert page.goto(f"{demo_site.url}{address}").status == 403


@pytest.mark.parametrize("role", ["practitioner", "administrator", "neighbour", "board_member"])
def test_who_oversees_nobody_is_refused(demo_site, start, role):
    page = start(role)
    expect(page.get_by_role("link", name="National view", exact=True)).to_have_count(0)
    assert page.goto(f"{demo_site.url}/national").status == 403


def test_a_new_snapshot_is_built_while_the_old_one_is_read(demo_site, start, worker):
    before = snapshots(demo_site)
    page, reader = start(), start("regional_user")
    page.goto(f"{demo_site.url}/national/snapshot")
    page.get_by_role("button", name="Build a new snapshot now").click()
    page.wait_for_url("**/background-work/**")
    reader.goto(f"{demo_site.url}/national")
    expect(reader.get_by_text("A newer one is being built")).to_be_visible()
    taken = reader.locator(".app-snapshot").inner_text().split("157")[0]
    assert_accessible(page)
    worker.start()
    # While it is built, whoever reads has the old one, at once.
    wait_for(lambda: demo_site.sql("SELECT count(*) FROM jobs_progress WHERE what LIKE 'steps%'") == "1")
    assert snapshots(demo_site) == before
    reader.goto(f"{demo_site.url}/national/custody/services")
    assert taken in reader.locator(".app-snapshot").inner_text()
    expect(page.get_by_role("link", name=re.compile("^Open.*snapshot"))).to_be_visible(timeout=120_000)
    assert snapshots(demo_site) == before + 1
    page.get_by_role("link", name=re.compile("^Open.*snapshot")).click()
    expect(page.get_by_role("button", name="Build a new snapshot now")).to_be_visible()
    built = page.get_by_role("table", name="Snapshots built so far").locator("tbody tr")
    expect(built).to_have_count(before + 1)
    reader.reload()
    expect(reader.get_by_text("A newer one is being built")).to_have_count(0)


def test_a_build_that_is_killed_leaves_the_last_one(demo_site, start, worker):
    before = snapshots(demo_site)
    page = start()
    page.goto(f"{demo_site.url}/national/snapshot")
    page.get_by_role("button", name="Build a new snapshot now").click()
    page.wait_for_url("**/background-work/**")
    demo_site.sql("DELETE FROM jobs_progress RETURNING 1")
    worker.start()
    wait_for(lambda: demo_site.sql("SELECT count(*) FROM jobs_progress WHERE done >= 2") == "1", 60)
    worker.kill()
    assert snapshots(demo_site) == before
    page.goto(f"{demo_site.url}/national")
    expect(page.get_by_text("157 services")).to_be_visible()
    expect(page.get_by_text("A newer one is being built")).to_be_visible()
    assert demo_site.sql("SELECT count(*) FROM caselevel_nationalfigures") == str(len(measures.ALL) * min(before, 2))
    demo_site.sql(
        "UPDATE jobs_job SET state = 'given_up', ended_at = now() WHERE state IN ('running', 'waiting') RETURNING 1"
    )


def test_a_lost_connection_keeps_what_was_chosen(demo_site, start):
    page = start()
    page.goto(f"{demo_site.url}/national/custody/services?region=Wales&sort=-shown")
    page.get_by_label("Kind of period").select_option(label="Financial years")
    demo_site.kill()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url(lambda address: address.startswith("chrome-error:"))
    demo_site.start()
    with contextlib.suppress(Error):  # the browser may already be trying again by itself
        page.reload()
    page.wait_for_url("**span=year**")
    assert set(page.locator("tbody td:nth-child(2)").all_inner_texts()) == {"Wales"}
    expect(page.get_by_label("Kind of period")).to_have_value("year")


def test_it_works_without_javascript(demo_site, start):
    page = start(scripts=False)
    page.goto(f"{demo_site.url}/national/first-time-entrants/service")
    page.get_by_label("Service", exact=True).select_option(label=OWN)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(OWN)
