"""A figure over time for a page or a document: its points, its table and its chart.

table = series_table(results)      # core.components.Table
chart = series_chart(results)      # Chart: title, description, notes; .svg(id) and .png()
"""

from __future__ import annotations

from collections.abc import Sequence

from openyj.core.components import Table
from openyj.measures import Count, Mean, Rate, Share, Tally
from openyj.performance.changes import change_between, is_clear
from openyj.performance.charts import Chart, Point
from openyj.performance.spec import Result
from openyj.performance.words import (
    capital,
    number,
    say,
    say_interval,
    say_period,
    say_short,
    say_short_value,
    say_span,
    say_state,
)


def series_table(results: Sequence[Result], caption: str = "") -> Table:
    """Period, numerator, denominator, value, interval, state; newest first. Results of one show, oldest first."""
    top, bottom = made_of(results[0]) if results else ("Counted", "Out of")
    rows = [
        [
            capital(say_period(result.spec.when)),
            number(result.numerator),
            number(result.denominator),
            say_short_value(result),
            say_interval(result),
            capital(say_state(result)) if result.value is not None else "",
        ]
        for result in reversed(results)
    ]
    head = ["Period", top, bottom, axis_of(results[0]) if results else "Figure", "95% interval", "State"]
    return Table(caption or title_of(results), head, rows, numeric=frozenset({1, 2, 3, 4}))


def series_chart(results: Sequence[Result]) -> Chart:
    """The chart of results of one show, oldest first."""
    points = [
        Point(
            *say_short(result.spec.when),
            result.value,
            *(result.interval or (None, None)),
            filling=result.is_filling,
        )
        for result in results
    ]
    band = is_rolling(results)
    notes = []
    if any(point.low is not None for point in points):
        notes.append("Shaded: the 95% interval." if band else "The bar at each point: its 95% interval.")
    if any(point.filling for point in points):
        notes.append("Hollow: still filling, not final.")
    axis = axis_of(results[0]) if results else ""
    return Chart(
        title_of(results), describe(results), axis, tuple(points), band=is_rolling(results), notes=tuple(notes)
    )


def is_rolling(results: Sequence[Result]) -> bool:
    return bool(results) and results[0].spec.span == "rolling_year"


def name_of(result: Result) -> str:
    """What is counted, without its unit: "First time entrants", "Reoffences"."""
    return result.show.label.partition(" per ")[0].removesuffix(",")


def axis_of(result: Result) -> str:
    """What the axis counts in."""
    match result.show:
        case Count() | Tally():
            return f"Number of {result.spec.definition.unit}"
        case Share():
            return "Per cent"
        case _:
            return "Per " + result.show.label.partition(" per ")[2]


def made_of(result: Result) -> tuple[str, str]:
    """Heads for the numerator and denominator."""
    match result.show:
        case Count():
            return capital(result.spec.definition.unit), "Out of"
        case Rate():
            return capital(result.spec.definition.unit), "Residents aged 10 to 17"
        case Share():
            return name_of(result), "In the cohort"
        case Tally():
            return name_of(result), f"All {result.spec.definition.unit}"
        case Mean(where=where):
            return name_of(result), "Children who reoffended" if where else "Children in the cohort"


def title_of(results: Sequence[Result]) -> str:
    """What the series shows, by rule: the latest final figure against a year earlier, a change only where the
    intervals bear one."""
    if not results:
        return "Nothing has been recorded yet"
    name = name_of(results[0])
    final = [result for result in results if result.is_final]
    if not final:
        if any(result.is_filling for result in results):
            return f"{name}: no period is complete yet"
        return f"{name}: {say(results[-1])}"
    latest = final[-1]
    when = say_period(latest.spec.when)
    wanted = latest.spec.year_before().key
    before = next((result for result in final if result.spec.key == wanted), None)
    if before is None:
        return f"{name}: {say(latest)}, {when}"
    words = change_between(before, latest)
    joined = " " if is_clear(before, latest) or words.startswith("unchanged") else ": "
    return f"{name}{joined}{words}, {when} against a year earlier"


def describe(results: Sequence[Result]) -> str:
    """The chart for somebody who cannot see it: how many periods, the lowest, the highest, what is not final."""
    known = [result for result in results if result.value is not None]
    if not known:
        return "There is nothing to draw."
    kind = say_span(known[0].spec.span)
    parts = [f"{len(known)} {kind}, from {say_period(known[0].spec.when)} to {say_period(known[-1].spec.when)}."]
    if final := [result for result in known if result.is_final]:
        low, high = min(final, key=lambda r: r.value), max(final, key=lambda r: r.value)
        lowest = f"Lowest {say(low)} ({say_period(low.spec.when)})"
        parts.append(f"{lowest}, highest {say(high)} ({say_period(high.spec.when)}).")
    if filling := len(known) - len(final):
        parts.append(f"The last {filling} are still filling, not final." if filling > 1 else "The last is not final.")
    parts.append(f"The table gives every value{' with its interval' if any(r.interval for r in known) else ''}.")
    return " ".join(parts)
