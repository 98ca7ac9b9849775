"""Figures in words: a value with its unit, a period, a state. No number reaches a page or a document another way."""

from __future__ import annotations

from openyj.core.dates import say_date, say_month
from openyj.measures import Count, Mean, Period, Rate, Share, Tally
from openyj.performance.spec import BREAKDOWNS, Result, Show, Spec

CANNOT = "cannot be computed"
NOT_RECORDED = "Not recorded"


def say(result: Result) -> str:
    """The value with its unit: "51", "215 per 100,000", "31.2%", "4.06 per child in the cohort", "4 of 5", or why
    there is none: "cannot be computed: no population of Aldermere for 2025 or before"."""
    if result.value is None:
        return cannot(result.figure.why_not or "")
    if isinstance(result.show, Tally):
        return f"{number(result.numerator)} of {number(result.denominator)}"
    return say_value(result.value, result.show)


def say_short_value(result: Result) -> str:
    """As `say`, for a place that says the unit elsewhere; per cent stays, and what a number is out of."""
    if result.value is None or unit(result.show) == "%" or isinstance(result.show, Tally):
        return say(result)
    return say_number(result.value, result.show)


def say_value(value: float, show: Show) -> str:
    return say_number(value, show) + unit(show)


def say_number(value: float, show: Show) -> str:
    """The value without its unit, with as many decimals as all values of its kind."""
    return f"{value:,.{decimals(show)}f}"


def decimals(show: Show) -> int:
    """Counts and rates per 100,000 are whole, per cent has one decimal, rates per 1,000 and means have two: one child
    more or less is then seen in the figures of a service, and no more is claimed."""
    match show:
        case Count() | Tally():
            return 0
        case Rate(per=per):
            return 0 if per >= 100_000 else 2
        case Share():
            return 1
        case Mean():
            return 2


def unit(show: Show) -> str:
    """What follows the number: nothing for a count."""
    match show:
        case Count() | Tally():
            return ""
        case Rate(per=per):
            return f" per {per:,}"
        case Share():
            return "%"
        case Mean(label=label):
            return " per " + label.partition(" per ")[2]


def say_interval(result: Result) -> str:
    """ "163 to 279": between which values the figure lies with 95% confidence. Nothing where there is no interval."""
    if result.interval is None:
        return ""
    low, high = result.interval
    return f"{say_number(low, result.show)} to {say_number(high, result.show)}"


def say_state(result: Result) -> str:
    """Whether the figure is complete, until when it still fills, or why it cannot be computed."""
    if result.figure.why_not:
        return cannot(result.figure.why_not)
    if result.figure.provisional:
        return f"still filling until {say_date(result.spec.complete_on)}"
    return "complete"


def cannot(why: str) -> str:
    return why if why.startswith(CANNOT) else f"{CANNOT}: {why}"


def say_period(period: Period) -> str:
    """ "July to September 2025", "October 2024 to September 2025", "the financial year 2024/25"."""
    if period.span == "year":
        return f"the financial year {period.label}"
    first, last = say_month(period.start), say_month(period.end)
    if period.start.year == period.end.year:
        first = first.rpartition(" ")[0]
    return f"{first} to {last}"


def say_span(span: str) -> str:
    """Several periods of a kind."""
    return {"quarter": "quarters", "rolling_year": "rolling years", "year": "financial years"}[span]


def say_group(name: str, value: str | None, labels: dict[str, str] | None = None) -> str:
    """A breakdown's value as people say it. ``labels`` words the legal outcomes, from the tables."""
    if value is None:
        return NOT_RECORDED
    if name == "event":
        return {"outcome": "Caution or sentence", "release": "Release from custody"}.get(value, value)
    return (labels or {}).get(value, value)


def say_spec(spec: Spec, labels: dict[str, str] | None = None) -> str:
    """What a figure speaks of, in a line: "First time entrants, July to September 2025, locality: North"."""
    parts = [spec.shows.label, say_period(spec.when)]
    parts += [f"{BREAKDOWNS[name].lower()}: {say_group(name, value, labels)}" for name, value in spec.where.items()]
    return ", ".join(parts)


def say_short(period: Period) -> tuple[str, str]:
    """A period under a chart, in two lines: ("Jul to Sep", "2025"), ("Year to", "Sep 2025"), ("2024/25", "")."""
    if period.span == "year":
        return period.label, ""
    if period.span == "rolling_year":
        return "Year to", f"{period.end:%b %Y}"
    return f"{period.start:%b} to {period.end:%b}", f"{period.end:%Y}"


def number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
