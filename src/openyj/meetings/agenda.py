"""What an agenda's items are called."""

from __future__ import annotations

from datetime import date, timedelta

from openyj.core.dates import say_month
from openyj.meetings.models import StandingItem, Terms


def latest_quarter(day: date) -> tuple[date, date]:
    """First and last day of the latest quarter of a year that is over on `day`."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = first - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def quarter_words(first: date, last: date) -> str:
    """ "2026Q1 (April to June 2026)": the year in which the financial year begins, as figures name their quarters."""
    year, number = (first.year, first.month // 3) if first.month >= 4 else (first.year - 1, 4)
    return f"{year}Q{number} ({say_month(first).split()[0]} to {say_month(last)})"


def title_on(item: StandingItem, day: date, terms: Terms | None) -> str:
    """What a standing item is called at a meeting on `day`. A report about a quarter is about the latest one that is
    over when the papers are due: what came in after that nobody could have read."""
    if not item.of_quarter:
        return item.title
    due = terms.papers_due(day) if terms else day
    return f"{item.title}, {quarter_words(*latest_quarter(due))}"[:160]
