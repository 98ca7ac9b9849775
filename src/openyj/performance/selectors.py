"""What the performance pages show. One reading of the record a page; a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openyj import measures
from openyj.accounts.models import Service, User
from openyj.measures import CannotBeComputed, Count, Measure, Rate, Tally
from openyj.measures.quarters import Span
from openyj.performance.changes import change_between
from openyj.performance.charts import Chart
from openyj.performance.figures import name_figures
from openyj.performance.models import Figure
from openyj.performance.reading import Reading
from openyj.performance.series import made_of, series_chart
from openyj.performance.spec import BREAKDOWNS, Result
from openyj.performance.words import (
    capital,
    number,
    say,
    say_group,
    say_interval,
    say_period,
    say_short_value,
    say_span,
    say_state,
)

# What the first page draws of each measure: what is published, and the first that can be computed.
DRAWN_FIRST = {
    "first-time-entrants": ("rate", "count"),
    "custody": ("rate", "count"),
    "reoffending": ("binary", "cohort"),
    "board-attendance": ("senior",),
}
# Over which periods, where it is not rolling years: that indicator is published by quarter.
DRAWN_OVER: dict[str, Span] = {"board-attendance": "quarter"}


def drawn_over(measure: Measure) -> Span:
    """The kind of period in which a measure is first shown."""
    return DRAWN_OVER.get(measure.name, "rolling_year")


@dataclass(frozen=True)
class Line:
    """One figure in a table: its words, and its name, which leads to its evidence."""

    label: str
    result: Result
    figure: Figure
    change: str = ""

    @property
    def period(self) -> str:
        return capital(say_period(self.result.spec.when))

    @property
    def numerator(self) -> str:
        return number(self.result.numerator) if self.is_counted else ""

    @property
    def denominator(self) -> str:
        return number(self.result.denominator) if self.is_counted else ""

    @property
    def is_counted(self) -> bool:
        """Whether there was anything to count: a quarter without a board has no sectors, which is not 0 of 0."""
        return self.result.value is not None or not isinstance(self.result.show, Tally)

    @property
    def value(self) -> str:
        return say(self.result)

    @property
    def short(self) -> str:
        """For a column whose caption says the unit."""
        return say_short_value(self.result)

    @property
    def interval(self) -> str:
        return say_interval(self.result)

    @property
    def state(self) -> str:
        return "" if self.result.value is None else capital(say_state(self.result))


@dataclass(frozen=True)
class Overview:
    """A measure on the first page: its chart and its latest figures."""

    measure: Measure
    chart: Chart
    lines: list[Line]


@dataclass(frozen=True)
class Detail:
    """A measure's own page: one of its figures over time."""

    title: str
    chart: Chart
    lines: list[Line]
    heads: tuple[str, str]
    filling: int


@dataclass(frozen=True)
class Breakdown:
    """The latest final period by group."""

    title: str
    head: str
    heads: tuple[str, str]
    lines: list[Line]
    note: str


def overviews(reading: Reading, user: User) -> list[Overview]:
    """Every measure over the periods it is first shown in: the latest final figure of each thing it shows, against a
    year earlier."""
    found = {measure.name: series_of(reading, measure, drawn_over(measure)) for measure in measures.ALL.values()}
    latest = {
        name: [result for show in measures.ALL[name].shows if (result := latest_of(results, show.name))]
        for name, results in found.items()
    }
    named = names(reading.service, (result for results in latest.values() for result in results), user)
    made = []
    for name, results in found.items():
        drawn = next(
            (show for show in DRAWN_FIRST[name] if any(r.spec.show == show and r.value is not None for r in results)),
            DRAWN_FIRST[name][0],
        )
        lines = [
            Line(result.show.label, result, named[result.spec.key], changed(result, results)) for result in latest[name]
        ]
        chart = series_chart([result for result in results if result.spec.show == drawn])
        made.append(Overview(measures.ALL[name], chart, lines))
    return made


def detail(reading: Reading, user: User, measure: Measure, show: str, span: str) -> Detail:
    """One figure of a measure over five years, newest first in the table."""
    results = [result for result in series_of(reading, measure, span) if result.spec.show == show]
    named = names(reading.service, results, user)
    lines = [Line(capital(say_period(r.spec.when)), r, named[r.spec.key]) for r in reversed(results)]
    heads = made_of(results[0]) if results else ("Counted", "Out of")
    title = f"{measure.show(show).label}: {say_span(span)}"
    return Detail(title, series_chart(results), lines, heads, sum(result.is_filling for result in results))


def breakdown(reading: Reading, user: User, measure: Measure, show: str, span: str, by: str) -> Breakdown | None:
    """The figure by group, for the latest final period; a rate, whose residents are known only for the whole service,
    by its count. None when there is no final period."""
    note = ""
    if isinstance(measure.show(show), Rate):
        show = next(each.name for each in measure.shows if isinstance(each, Count))
        note = "Counts, not rates: residents are known for the whole service and not for each group."
    results = [result for result in reading.series(measure, span, by=(by,)) if result.spec.show == show]
    final = [result for result in results if not result.figure.provisional]
    if not final:
        return None
    last = final[-1].spec.when
    results = [result for result in final if result.spec.when == last]
    named = names(reading.service, results, user)
    lines = [
        Line(say_group(by, r.spec.where[by], reading.outcome_labels), r, named[r.spec.key])
        for r in results
        if r.numerator or r.denominator or by == "locality"
    ]
    title = f"{measure.show(show).label} by {BREAKDOWNS[by].lower()}, {say_period(last)}"
    return Breakdown(title, BREAKDOWNS[by], made_of(results[0]), lines, note)


def series_of(reading: Reading, measure: Measure, span: str) -> list[Result]:
    """The measure's figures; none when the tables it needs were never supplied."""
    try:
        return reading.series(measure, span)
    except CannotBeComputed:
        return []


def latest_of(results: Sequence[Result], show: str) -> Result | None:
    """The latest figure of a show whose period no longer changes; failing that the latest at all."""
    shown = [result for result in results if result.spec.show == show]
    final = [result for result in shown if not result.figure.provisional]
    return (final or shown or [None])[-1]


def changed(result: Result, results: Sequence[Result]) -> str:
    """What happened since a year earlier, or nothing when that is not among the results."""
    wanted = result.spec.year_before().key
    before = next((each for each in results if each.spec.key == wanted), None)
    return capital(change_between(before, result)) if before else "No figure a year earlier"


def names(service: Service, results: Iterable[Result], user: User) -> dict:
    return name_figures(service=service, specs=[result.spec for result in results], by=user)
