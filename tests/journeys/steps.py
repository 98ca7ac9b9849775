"""What a person does on many pages: fill in, choose, press, follow, read what the page says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import count

from playwright.sync_api import Page, expect

from tests.browser import assert_accessible

# How many children this run added to the demo at each address.
added: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
# Unlike each other and every invented child's, so that no test meets another's duplicate.
NAMES = [
    "Zqabel", "Bwothik", "Cygfrun", "Dlempow", "Fjorbat", "Gwixley",
    "Hrundem", "Kvostig", "Lubzarn", "Mczeton", "Nypholt", "Prydwog",
    "Quolsim", "Rjaxten", "Svimbol", "Twurzeg", "Uxbindar", "Vlokrest",
]  # fmt: skip


def fill_date(page: Page, label: str, day: str | date) -> None:
    """Type a date, "4 6 2010" or a day, into the three boxes under `label`."""
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(label)}"))
    parts = day.split() if isinstance(day, str) else (day.day, day.month, day.year)
    for part, typed in zip(("Day", "Month", "Year"), parts, strict=True):
        group.get_by_label(part).fill(str(typed))


def choose(page: Page, label: str, text: str) -> None:
    """Choose from a select, which becomes a box to type in where it is long."""
    box = page.get_by_label(re.compile(f"^{re.escape(label)}")).first
    if box.evaluate("e => e.tagName") == "SELECT":
        box.select_option(label=text)
        return
    box.fill(text)
    page.get_by_role("option", name=text, exact=True).click()


def press(page: Page, name: str | re.Pattern) -> None:
    """Press a button of the page itself, not of what stands above every page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def press_and_wait(page: Page, name: str | re.Pattern) -> None:
    """Press a button and wait for the next page: a form first asks whether the site is there."""
    with page.expect_navigation():
        press(page, name)


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def follow_in_main(page: Page, name: str) -> None:
    """Follow a link of the page itself where the menu has one of the same name."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def said(page: Page, words: str) -> None:
    """The page says that something was done."""
    expect(page.locator(".govuk-notification-banner")).to_contain_text(words)


def refused(page: Page, message: str) -> None:
    """The page says what to do, at its top, with a link that lands on a control."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(message)
    for link in summary.get_by_role("link").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    assert_accessible(page)


def add_child(page: Page, url: str, born: str = "") -> str:
    """Search for a child who is not there and add them, born in June 2010 on a day that no other child of the site
    has; the address of the new record."""
    number = next(added[url])
    family = NAMES[number]
    page.goto(f"{url}/children/find")
    page.get_by_label("Name or number").fill(f"Nia {family}")
    fill_date(page, "Date of birth", born or f"{number} 6 2010")
    press(page, "Search")
    page.get_by_role("button", name="Add a child").click()
    expect(page.get_by_label("Family name")).to_have_value(family)
    press(page, "Add the child")
    said(page, "Child added")
    return page.url


def add_offence(page: Page, record: str, what: str = "Theft from a shop", day: str = "1 3 2026") -> None:
    page.goto(f"{record}/offences/add")
    fill_date(page, "Date of the offence", day)
    page.get_by_label("What happened").fill(what)
    press(page, "Save")
    expect(page.get_by_role("link", name=what, exact=True)).to_be_visible()
