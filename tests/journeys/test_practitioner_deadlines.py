"""Journey, the practitioner: my actions and a late first contact, from my work; be refused, correct, lose the line; and
what another service's staff may not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, assert_accessible, picture
from tests.journeys.steps import fill_date, press, refused

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULE = re.compile(r"\d+ working days? late: first contact within 5 working days of the outcome, counted from")


@pytest.fixture(scope="module")
def late(demo_site) -> dict[str, str]:
    """A child with a late first contact and their worker, as the demo has them: taken from the record itself."""
    line = demo_site.sql(
        "SELECT c.id || '|' || u.email || '|' || to_char(o.outcome_date, 'DD MM YYYY') FROM people_child c "
        "JOIN accounts_user u ON u.id = c.worker_id JOIN casework_outcome o ON o.child_id = c.id "
        "JOIN reference_legaloutcome l ON l.id = o.legal_outcome_id "
        "WHERE o.outcome_date BETWEEN '2026-04-01' AND '2026-09-30' AND o.in_error_at IS NULL "
        "AND c.restricted_reason = '' "
        "AND l.code IN ('REFERRAL_ORDER', 'YOUTH_REHABILITATION_ORDER') AND coalesce(o.residence, '') <> 'OTHER' "
        "AND coalesce(o.appeal_status, '') NOT IN ('Changed on appeal', 'Result of appeal successful') "
        "AND u.role = 'practitioner' ORDER BY c.id LIMIT 1"
    ).strip()
    child, worker, day = line.split("|")
    demo_site.sql(
        "UPDATE casework_firstcontact SET in_error_at = now(), in_error_reason = 'For this journey' "
        f"WHERE child_id = {child} RETURNING 1"
    )
    return {"child": child, "worker": worker, "day": day}


@pytest.mark.parametrize("width", [1280, PHONE])
def test_my_work_and_the_record_say_what_is_late_and_why(demo_site, start, late, width):
    page = start(late["worker"], width=width)
    expect(page.get_by_role("table", name=re.compile("^Time limits"))).to_contain_text(RULE)
    expect(page.get_by_role("table", name=re.compile("^Your actions"))).to_be_visible()
    assert_accessible(page)
    picture(page, "my-work-deadlines")
    page.goto(f"{demo_site.url}/children/{late['child']}")
    expect(page.get_by_role("heading", name="Time limits")).to_be_visible()
    expect(page.locator("main")).to_contain_text(RULE)
    assert_accessible(page)
    page.goto(f"{demo_site.url}/children/{late['child']}/actions")
    assert_accessible(page)
    picture(page, "child-actions-and-limits")


def test_a_late_first_contact_is_recorded_with_its_reason(demo_site, start, late):
    page = start(late["worker"])
    page.goto(f"{demo_site.url}/children/{late['child']}/actions")
    page.get_by_role("link", name=re.compile("^Record it")).first.click()
    expect(page.get_by_label("After which outcome?").first).not_to_have_value("")
    assert_accessible(page)
    fill_date(page, "Date of first contact", "1 1 2024")
    press(page, "Save")
    refused(page, "The first contact after an outcome cannot be before it")
    page.get_by_label("By telephone").check()
    fill_date(page, "Date of first contact", "2 11 2026")
    page.get_by_label("If it was late: why?").fill("The family was abroad")
    press(page, "Save")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("First contact added")
    expect(page.get_by_role("link", name="First contact of 2 November 2026")).to_be_visible()
    page.goto(f"{demo_site.url}/children/{late['child']}/actions")
    expect(page.get_by_role("row").filter(has_text="2 November 2026")).to_contain_text("Why: The family was abroad")
    expect(page.get_by_role("row").filter(has_text="2 November 2026")).to_contain_text("Done late")
    page.goto(f"{demo_site.url}/children/{late['child']}/timeline")
    expect(page.get_by_role("link", name=re.compile("^First contact after")).first).to_be_visible()
    # A wrong day is changed, and what it was is kept.
    page.get_by_role("link", name=re.compile("^First contact after")).first.click()
    page.get_by_role("button", name="Change", exact=True).click()
    fill_date(page, "Date of first contact", "3 11 2026")
    press(page, "Save")
    expect(page.get_by_role("region", name="History")).to_contain_text("Date of first contact: 2 November 2026")
    assert_accessible(page)


def test_an_action_about_a_child_from_my_work_to_done(demo_site, start, late):
    page = start(late["worker"])
    page.goto(f"{demo_site.url}/children/{late['child']}/actions/add")
    page.get_by_label("What has to be done?").fill("Ring the school about Monday")
    fill_date(page, "Due", "1 2 2027")
    press(page, "Add this action")
    refused(page, "Select who has to do it, or name them below: one of the two")
    page.get_by_label("Or a partner, by name").fill("The form tutor")
    press(page, "Add this action")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The action is added")
    address = page.url
    page.get_by_role("button", name="Note progress").click()
    page.get_by_label("What has happened?").fill("Left a message")
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.locator(".app-held")).to_contain_text("Not sent")
    page.context.set_offline(False)
    press(page, "Save")
    expect(page.get_by_text("Left a message")).to_be_visible()
    assert_accessible(page)
    other = start("neighbour")
    assert other.goto(address).status == 404
    board = start("board_member")
    assert board.goto(address).status == 404
    head = start("head_of_service")
    assert head.goto(address).status == 200 and head.goto(f"{address}/change").status == 403
