"""The days a page of the service's numbers can speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from openyj.core import clock
from openyj.core.dates import say_date
from openyj.measures.quarters import Period, Quarter

LAST_YEAR = "last-12-months"
YEARS = 6


@dataclass(frozen=True)
class Window:
    """The days a page speaks of, both included."""

    name: str
    label: str
    first: date
    last: date


def windows() -> list[Window]:
    """The last twelve months, and the financial years until now, latest first."""
    today = clock.today()
    try:
        year_ago = today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        year_ago = today.replace(year=today.year - 1, day=28)
    first = year_ago + timedelta(days=1)
    found = [Window(LAST_YEAR, f"The last 12 months, {say_date(first)} to {say_date(today)}", first, today)]
    year = Quarter.of(today).year
    for starts in range(year, year - YEARS, -1):
        period = Period("year", Quarter(starts, 4))
        found.append(Window(str(starts), f"Financial year {period.label}", period.start, min(period.end, today)))
    return found
