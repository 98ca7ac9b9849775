"""The practitioner and the people around a child: recorded, drawn, refused, ended, corrected, met by two at once, kept
through a lost connection, linked to a brother's record, kept off paper, and closed to another service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, picture
from tests.journeys.steps import add_child, choose, fill_date, follow, press, refused, said

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def card(page: Page, text: str):
    return page.locator(".govuk-summary-card", has=page.get_by_role("heading", name=re.compile(f"^{re.escape(text)}")))


def drawing(page: Page):
    return page.get_by_role("img", name=re.compile("^The network of"))


def look_for(page: Page, record: str, name: str) -> None:
    page.goto(f"{record}/network")
    page.get_by_role("button", name="Add family, carer or friend").click()
    page.get_by_label("Name", exact=True).fill(name)
    press(page, "Search")


def add_mother(page: Page, record: str, name: str) -> None:
    look_for(page, record, name)
    expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Add somebody new").click()
    page.get_by_label("Name", exact=True).fill(name)
    choose(page, "What are they to the child?", "Mother")
    choose(page, "Do they live with the child?", "Yes")
    choose(page, "Do they have parental responsibility?", "Yes")


def test_a_network_from_nothing_to_a_drawing(demo_site, start):
    page = start()
    record = add_child(page, demo_site.url)
    follow(page, "See and change the network")
    expect(page.get_by_text("Who has parental responsibility is not recorded.")).to_be_visible()
    assert_accessible(page)

    add_mother(page, record, "Dilwen Aborfield")
    press(page, "Save")
    refused(page, "Enter how it is known")
    page.get_by_label("How is it known?").fill("Birth certificate, seen")
    fill_date(page, "When was it known?", "1 5 2026")
    choose(page, "Has the child named them as an adult they trust?", "Yes")
    # The line goes while the form is being filled in: nothing is lost, and one is made.
    page.context.set_offline(True)
    page.get_by_label("Telephone or e-mail").fill("07700 900123")
    press(page, "Save")
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    press(page, "Save")
    said(page, "Added to the network")
    expect(card(page, "Dilwen Aborfield, mother")).to_have_count(1)

    look_for(page, record, "Rhodri Aborfield")
    page.get_by_role("button", name="Add somebody new").click()
    page.get_by_label("Name", exact=True).fill("Rhodri Aborfield")
    choose(page, "What are they to the child?", "Step-parent")
    choose(page, "Do they live with the child?", "No")
    choose(page, "Is there a warning?", "A risk, and must not be contacted")
    page.get_by_label("If so: why?").fill("Violent to the mother, the police say")
    press(page, "Save")
    follow(page, "Network")
    page.get_by_role("button", name="Add a professional").click()
    page.get_by_label("Name", exact=True).fill("Idwal Penfarthing")
    page.get_by_label("Job").fill("Social worker")
    choose(page, "Kind of agency", "Children’s social care")
    page.get_by_role("group", name="Are they the lead professional?").get_by_label("Yes").check()
    assert_accessible(page)
    press(page, "Save")

    for words in ("Dilwen Aborfield", "Mother", "has responsibility", "trusted adult", "Risk: do not contact",
                  "Idwal Penfarthing", "lead professional"):  # fmt: skip
        expect(drawing(page)).to_contain_text(words)
    expect(page.get_by_text("Rhodri Aborfield, step-parent: a risk, and must not be contacted")).to_be_visible()
    assert_accessible(page)
    picture(page, "network")
    page.emulate_media(media="print")
    expect(page.get_by_text("Left out of paper")).to_be_visible()
    expect(drawing(page)).to_have_count(1)
    assert "Rhodri" not in page.inner_text("main") and "Violent" not in page.inner_text("main")
    page.emulate_media(media="screen")

    card(page, "Rhodri").get_by_role("link", name=re.compile("^No longer")).click()
    fill_date(page, "Last day", "1 5 2026")
    assert_accessible(page)
    press(page, "Save")
    expect(card(page, "Rhodri")).to_have_count(0)
    page.get_by_role("link", name="Idwal Penfarthing, social worker").click()
    assert_accessible(page)
    follow(page, "This was recorded in error")
    page.get_by_label("What was wrong?").fill("Works with another family")
    press(page, "Mark as recorded in error")
    said(page, "Marked as recorded in error")
    page.goto(f"{record}/network")
    expect(page.locator("s", has_text="Idwal Penfarthing")).to_be_visible()
    expect(drawing(page)).not_to_contain_text("Idwal")
    assert_accessible(page)

    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_text("The drawing needs a wider screen.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(page)

    stranger = start("neighbour")
    for address in (f"{record}/network", f"{record}/network/add", f"{record}/network/find?q=Dilwen"):
        assert stranger.goto(address).status == 404
    inspector = start("inspector")
    inspector.goto(f"{record}/network")
    expect(card(inspector, "Dilwen Aborfield, mother")).to_be_visible()
    expect(inspector.get_by_role("button", name="Add a professional")).to_have_count(0)


def test_a_mother_of_two_and_a_brother_with_a_record(demo_site, start, visit):
    page = start()
    first, second = (add_child(page, demo_site.url) for _ in range(2))
    add_mother(page, first, "Gwenhwyfar Tollister")
    page.get_by_label("How is it known?").fill("Birth certificate, seen")
    fill_date(page, "When was it known?", "1 5 2026")
    press(page, "Save")
    said(page, "Added to the network")
    look_for(page, second, "tollister")
    expect(page.get_by_text(re.compile("^Mother of Nia "))).to_be_visible()
    assert_accessible(page)
    follow(page, "Gwenhwyfar Tollister")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Gwenhwyfar Tollister")
    choose(page, "What are they to the child?", "Mother")
    press(page, "Save")
    # The mother of both, and what is so for the one is not taken for the other.
    expect(card(page, "Gwenhwyfar Tollister, mother")).to_contain_text("parental responsibility")
    expect(page.get_by_text("Who has parental responsibility is not recorded.")).to_be_visible()

    page.goto(first)
    name = page.locator(".app-identity-bar__title").inner_text().strip()
    look_for(page, second, name)
    follow(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Add {name} as brother or sister")
    choose(page, "What are they to the child?", "Half-brother or half-sister")
    press(page, "Save")
    expect(page.get_by_role("link", name=f"The record of {name}")).to_have_attribute("href", re.compile("/children/"))

    # Two people change the mother at once: the second is shown both.
    card(page, "Gwenhwyfar").get_by_role("link", name=re.compile("^Change")).click()
    other = visit(page.url, same=page)
    other.get_by_label("Telephone or e-mail").fill("07700 900200")
    press(other, "Save")
    said(other, "changed")
    page.get_by_label("Telephone or e-mail").fill("07700 900300")
    press(page, "Save")
    expect(page.locator(".govuk-error-summary")).to_contain_text("while you were typing")
    assert_accessible(page)

    # A need-to-know record is no longer named to somebody else.
    number = first.rsplit("/", 1)[1]
    demo_site.sql(f"UPDATE people_child SET restricted_reason = 'Need to know', worker_id = NULL WHERE id = {number}")
    inspector = start("inspector")
    inspector.goto(f"{second}/network")
    expect(card(inspector, "Half-brother or half-sister (no name here)")).to_be_visible()
    assert name not in inspector.content()
