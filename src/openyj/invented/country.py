"""The invented country: every service of England and Wales, as many years as wanted.

The same lives as of one service (``service.drawn``), some tens of thousands of children at a time, so that memory
does not grow with the country. ``country_files`` writes the portions one behind the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from openyj.invented import country_parameters as c
from openyj.invented import parameters as p
from openyj.invented.country_places import country_places
from openyj.invented.draws import YEAR, between, day_number
from openyj.invented.lives import Course
from openyj.invented.nation import Nation
from openyj.invented.places import Place
from openyj.invented.service import SEED, UNTIL, Drawn, drawn, years_before

PORTION = 40_000  # children drawn at once: about half a gigabyte of memory


@dataclass(frozen=True)
class Country:
    """What makes a country: the same four numbers and day give the same files, byte for byte.

    ``scale`` is how many times the children and residents England and Wales have; fewer services have their part."""

    seed: int = SEED
    services: int = c.SERVICES.value
    years: int = c.YEARS.value
    scale: float = 1.0
    until: date = UNTIL

    @property
    def size(self) -> float:
        """How many times the children of England and Wales there are in it."""
        return self.scale * self.services / c.SERVICES.value


def places_of(country: Country) -> list[Place]:
    span = range(country.until.year - country.years - 1, country.until.year + 1)
    return country_places(country.seed, country.services, country.size, span)


def entrants_a_year(days: np.ndarray) -> np.ndarray:
    """How many first time entrants the published figures say there were a year about each day."""
    middle = np.array([day_number(end) - YEAR / 2 for end, _, _ in c.FIRST_TIME_ENTRANTS.value])
    count = np.log([number for _, number, _ in c.FIRST_TIME_ENTRANTS.value])
    before = np.minimum(days - middle[0], 0) / YEAR * np.log(c.EARLIER_FALL.value)
    return np.exp(np.interp(days, middle, count) + before)


def entries_a_day(start: int, until: int) -> Callable[[np.ndarray], np.ndarray]:
    """How many children come to notice on each day, so that the first outcomes are as many as were published."""

    def level(days: np.ndarray) -> np.ndarray:
        dealt_with = 1 - between(p.ONLY_DIVERTED.value, days, start, until)
        entrants = entrants_a_year(days + c.ENTRY_TO_FIRST_OUTCOME.value) / YEAR
        return entrants / dealt_with / c.ENTRANTS_PER_ENTRY.value

    return level


def course_of(country: Country) -> tuple[Course, float]:
    """The course over the years, and how many children enter in the window in the whole country."""
    start, until = day_number(years_before(country.until, country.years)) + 1, day_number(country.until)
    level = entries_a_day(start, until)
    lead, back = start - p.LEAD_DAYS.value, int(c.YEARS_KNOWN_BEFORE.value * YEAR)
    entering = level(np.arange(lead, until + 1)).sum()
    before = level(np.arange(lead - back, lead)).sum()
    return Course(level, before / entering, back, c.LADDER_STEPS.value), entering * country.size


def late_returns(country: Country) -> tuple[np.ndarray, np.ndarray]:
    """For each service the last day of which it has told, and in words how late it is (None: not)."""
    rng = np.random.default_rng([country.seed, 1])
    until, n = country.until, country.services
    last = np.full(n, day_number(until))
    how = np.full(n, None, dtype=object)
    quarter = before_the_quarter(until)
    days = (day_number(before_the_quarter(quarter)), day_number(quarter), day_number(until) - c.LAST_WEEKS.value)
    free = rng.permutation(n)
    for (word, share), day in zip(c.LATE_RETURNS.value, days, strict=True):
        chosen, free = np.split(free, [max(round(share * n), 1)])
        last[chosen], how[chosen] = day, word
    return last, how


def before_the_quarter(day: date) -> date:
    """The last day of the quarter before the one the day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def portions(country: Country) -> Iterator[Drawn]:
    """The country, some tens of thousands of children at a time, each portion with children of every service."""
    places = places_of(country)
    course, entering = course_of(country)
    children = np.maximum(np.round(entering * np.array([one.share for one in places])), 1).astype(np.int64)
    number = max(round(int(children.sum()) / PORTION), 1)
    children = np.maximum(children, number)
    nation = Nation(course, late_returns(country)[0])
    for nth in range(number):
        own = [replace(one, letters=f"{one.letters}{nth:03}") for one in places]
        count = children * (nth + 1) // number - children * nth // number
        rng = np.random.default_rng([country.seed, 2, nth])
        yield drawn(rng, own, count.tolist(), country.years, country.until, nation)
