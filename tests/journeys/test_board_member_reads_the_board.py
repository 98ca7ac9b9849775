"""Journey, board member and the board they sit on: the pack of the next meeting, KPI 8 down to who came, the Plan that
cites it; what they may not open; a correction by business support that changes the figure; a lost connection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import press, refused

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLE = "board_member"
MEASURE = "/performance/board-attendance"
OURS = "service_id = (SELECT service_id FROM accounts_user WHERE role = 'business_support' ORDER BY id LIMIT 1)"


def latest(page: Page, demo_site) -> tuple[str, str]:
    """The period and value of the latest quarter that is over and has a board."""
    page.goto(demo_site.url + MEASURE)
    rows = page.get_by_role("table").first.get_by_role("row").filter(has_text=re.compile(r"\d of 5"))
    row = rows.filter(has_text="Complete").first
    return row.get_by_role("rowheader").inner_text().strip(), re.search(r"\d of 5", row.inner_text())[0]


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_pack_and_kpi_8_down_to_who_came(demo_site, start, width):
    page = start(width=width)
    page.goto(f"{demo_site.url}/meetings")
    page.locator("section[aria-labelledby^='meeting-']").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Pack for this meeting").click()
    assert_accessible(page)
    picture(page, "packs")
    page.get_by_role("link", name="Version 1", exact=True).click()
    main = page.locator("main")
    for heading in ("Agenda", "Minutes of the last meeting", "Actions", "Decisions waiting", "Papers", "Figures"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(main).to_contain_text("Nothing about a child")
    expect(main).to_contain_text("R Red")
    expect(main).to_contain_text("Has not come yet")
    assert_accessible(page)
    picture(page, "pack")
    with page.expect_download() as file:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert file.value.path().read_bytes().startswith(b"%PDF")

    period, value = latest(page, demo_site)
    assert_accessible(page)
    picture(page, "kpi-8")
    page.goto(f"{demo_site.url}/plans")
    page.locator("main").get_by_role("link", name=re.compile("^Youth Justice Plan")).first.click()
    page.get_by_role("button", name="Read the draft").click()
    expect(page.locator("main")).to_contain_text(f"In the latest quarter that is over, {value}")

    page.goto(demo_site.url + MEASURE)
    page.get_by_role("row").filter(has_text=period).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(value)
    assert_accessible(page)
    picture(page, "kpi-8-evidence")
    page.locator("main").get_by_role("link", name=re.compile("meetings", re.I)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meetings behind the figure")
    expect(page.locator("main")).to_contain_text("Senior partner")
    assert_accessible(page)
    picture(page, "kpi-8-meetings")
    page.locator("main").get_by_role("table").get_by_role("link").filter(has_text=re.compile(r"20\d\d")).first.click()
    expect(page.get_by_role("heading", name="Who was there")).to_be_visible()


def test_no_child_no_form_of_the_clerk_and_no_other_service_s_board(demo_site, start):
    meeting = demo_site.sql(f"SELECT max(id) FROM meetings_meeting WHERE state = 'held' AND {OURS}").strip()
    coming = demo_site.sql(f"SELECT min(id) FROM meetings_meeting WHERE state = 'planned' AND {OURS}").strip()
    kind = demo_site.sql(f"SELECT min(id) FROM meetings_meetingkind WHERE {OURS}").strip()
    child = demo_site.sql(f"SELECT min(id) FROM people_child WHERE {OURS}").strip()
    file = demo_site.sql(
        "SELECT min(f.id) FROM documents_renditionfile f JOIN packs_pack p ON p.document_id = "
        "(SELECT document_id FROM documents_rendition r WHERE r.id = f.rendition_id)"
    ).strip()
    page = start()
    closed = [
        f"/children/{child}", "/children/find", f"/meetings/{meeting}/attendance", f"/meetings/{coming}/packs/make",
        f"/meetings/{coming}/packs/preview", f"/meetings/kinds/{kind}/pack-figures", f"/meetings/kinds/{kind}/change",
    ]  # fmt: skip
    assert {path: page.goto(demo_site.url + path).status for path in closed} == dict.fromkeys(closed, 403)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    neighbour = demo_site.sql(
        "UPDATE accounts_user SET role = 'board_member' WHERE id = "
        "(SELECT max(id) FROM accounts_user WHERE role = 'head_of_service') RETURNING email"
    ).strip()
    page = start(neighbour)
    hidden = [f"/meetings/{meeting}", f"/meetings/{coming}/packs", f"/meetings/{coming}/packs/1"]
    hidden.append(f"/documents/files/{file}")
    assert {path: page.goto(demo_site.url + path).status for path in hidden} == dict.fromkeys(hidden, 404)


def test_a_correction_says_why_survives_a_lost_line_and_changes_kpi_8(demo_site, start):
    member, clerk = start(), start("business_support")
    period, before = latest(member, demo_site)
    member.get_by_role("row").filter(has_text=period).get_by_role("link").first.click()
    member.locator("main").get_by_role("link", name=re.compile("meetings", re.I)).first.click()
    table = member.locator("main").get_by_role("table")
    table.get_by_role("link").filter(has_text=re.compile(r"20\d\d")).first.click()
    meeting = member.url
    clerk.goto(f"{meeting}/attendance")
    seniors = clerk.get_by_role("group", name=re.compile("^Was Esther"))
    seniors.get_by_label("Absent without apologies").check()
    press(clerk, "Save")
    refused(clerk, "Say why it is corrected")
    clerk.get_by_label("Why is it corrected?").fill("Esther was at another meeting that day")
    demo_site.kill()
    press(clerk, "Save")
    clerk.get_by_text("Not sent: the site cannot be reached").wait_for()
    expect(seniors.get_by_label("Absent without apologies")).to_be_checked()
    expect(clerk.get_by_label("Why is it corrected?")).to_have_value("Esther was at another meeting that day")
    demo_site.start()
    press(clerk, "Save")
    expect(clerk.locator("main")).to_contain_text("Corrected since it was held")
    expect(clerk.locator("main")).to_contain_text("Esther was at another meeting that day")
    after = latest(member, demo_site)
    assert after[0] == period and int(after[1][0]) == int(before[0]) - 1
