"""The tables of national pages: figures of services and regions side by side, and of one area over time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from openyj.caselevel.returned import Told
from openyj.core.dates import say_date, say_datetime
from openyj.measures import Measure
from openyj.performance.charts import Chart, Point
from openyj.performance.comparison import Comparison
from openyj.performance.funnel_plot import FunnelPlot, is_plotted, say_limits
from openyj.performance.national import Area, National
from openyj.performance.national_forms import Choice
from openyj.performance.selectors import DRAWN_FIRST, changed, drawn_over, latest_of
from openyj.performance.series import axis_of, name_of, series_chart
from openyj.performance.spec import Result
from openyj.performance.words import (
    capital,
    decimals,
    number,
    say,
    say_interval,
    say_period,
    say_short,
    say_short_value,
    say_span,
    say_state,
)

NOT_FOR_PUBLICATION = (
    "Small counts are shown as they are, for those who oversee services or run one. They are not for publication: what "
    "is published from them must be suppressed first."
)


@dataclass(frozen=True)
class Line:
    """A figure of an area in a table."""

    area: Area
    result: Result
    told: Told | None = None
    position: str = ""
    missing: str = ""
    change: str = ""

    @property
    def name(self) -> str:
        return self.area.name

    @property
    def region(self) -> str:
        return self.told.region if self.told else ""

    @property
    def numerator(self) -> int | None:
        return self.result.numerator

    @property
    def denominator(self) -> int | None:
        return self.result.denominator

    @property
    def shown(self) -> Decimal | None:
        """The value with as many decimals as a page shows: a number, so that it sorts as one."""
        return self._rounded(self.result.value)

    def _rounded(self, value: float | None) -> Decimal | None:
        return None if value is None else Decimal(f"{value:.{decimals(self.result.show)}f}")

    def bound(self, end: int) -> float | None:
        """The lowest or highest value that the figure allows with 95% confidence, unrounded."""
        return self.result.interval[end] if self.result.interval else None

    @property
    def low(self) -> Decimal | None:
        return self._rounded(self.bound(0))

    @property
    def high(self) -> Decimal | None:
        return self._rounded(self.bound(1))

    @property
    def interval(self) -> str:
        return say_interval(self.result)

    @property
    def note(self) -> str:
        if self.result.value is None:
            return capital(say(self.result))
        return self.missing or (capital(say_state(self.result)) if self.result.is_filling else "")

    @property
    def period(self) -> str:
        return capital(say_period(self.result.spec.when))

    @property
    def label(self) -> str:
        return self.result.show.label

    @property
    def value(self) -> str:
        return say(self.result)

    @property
    def evidence(self) -> str:
        return evidence_url(self.area, self.result)


def evidence_url(area: Area, result: Result, name: str = "performance:national_evidence") -> str:
    spec = result.spec
    given = {"show": spec.show, "span": spec.span, "period": spec.period, "area": area.key}
    return f"{reverse(name, args=[spec.measure])}?{urlencode(given)}"


def of_services(national: National, choice: Choice, plot: FunnelPlot | None) -> list[Line]:
    """A line for each service this person sees by name, with where it lies in the funnel when the figure has one."""
    spec = choice.spec
    found = national.of(choice.measure, "service", show=spec.show, span=spec.span, period=spec.period)
    places = {dot.told.code: dot.position for dot in plot.dots} if plot else {}
    return [
        Line(
            Area("service", told.code, told.name),
            found[told.code][0],
            told,
            capital(places[told.code].value) if places.get(told.code) else "",
            national.missing(told, spec),
        )
        for told in national.services
        if told.code in found
    ]


def of_regions(national: National, choice: Choice) -> list[Line]:
    """A line for each region, then those of no service where there are any, then the nation."""
    spec = choice.spec
    wanted = {"show": spec.show, "span": spec.span, "period": spec.period}
    found = national.of(choice.measure, "region", **wanted)
    lines = [Line(Area("region", name, name), found[name][0]) for name in national.regions if name in found]
    nowhere = national.of(choice.measure, "none", **wanted).get("")
    if nowhere and nowhere[0].numerator and not national.reach.region:
        lines.append(Line(Area("none", "", "Lived in no service’s area"), nowhere[0]))
    if whole := national.one(choice.measure, national.nation, *wanted.values()):
        lines.append(Line(national.nation, whole))
    return lines


@dataclass(frozen=True)
class PlotRow:
    """A service in the table beside a funnel plot."""

    told: Told
    numerator: str
    denominator: str
    value: str
    limits: str
    where: str
    evidence: str


def of_plot(plot: FunnelPlot) -> list[PlotRow]:
    """The services of a plot that may be named, by name."""
    return [
        PlotRow(
            dot.told,
            number(dot.result.numerator),
            number(dot.result.denominator),
            say_short_value(dot.result),
            say_limits(plot, dot.result.denominator) if plot.funnel and dot.position else "",
            capital(dot.words),
            evidence_url(Area("service", dot.told.code, dot.told.name), dot.result),
        )
        for dot in sorted(plot.dots, key=lambda dot: dot.told.name.casefold())
        if dot.named
    ]


@dataclass(frozen=True)
class SideRow:
    """One of those compared, in the table of a comparison."""

    label: str
    missing: str
    numerator: str
    denominator: str
    value: str
    interval: str
    evidence: str


def of_comparison(comparison: Comparison, evidence: str) -> list[SideRow]:
    """The sides of a comparison; ``evidence`` names the view that a figure leads to."""
    return [
        SideRow(
            side.label,
            side.missing,
            number(side.result.numerator),
            number(side.result.denominator),
            say_short_value(side.result),
            say_interval(side.result),
            evidence_url(side.area, side.result, evidence) if side.area else "",
        )
        for side in comparison.sides
    ]


def over_time(national: National, measure: Measure, area: Area, show: str, span: str) -> list[Line]:
    """An area's figures, newest first."""
    results = national.series(measure, area, show, span)
    told = national.by_code.get(area.code) if area.kind == "service" else None
    return [
        Line(area, result, told, missing=national.missing(told, result.spec) if told and result.is_final else "")
        for result in reversed(results)
    ]


@dataclass(frozen=True)
class NationalOverview:
    """A measure on the national first page: the nation's figures over time, the latest and what changed."""

    measure: Measure
    chart: Chart
    lines: list[Line]

    @property
    def plotted(self) -> bool:
        """Whether there is a funnel plot of anything it shows."""
        return is_plotted(self.measure)


def overview(national: National, measure: Measure, area: Area) -> NationalOverview:
    results = national.of(measure, area.kind, area=area.code, span=drawn_over(measure)).get(area.code, [])
    latest = [found for show in measure.shows if (found := latest_of(results, show.name))]
    drawn = [each for each in results if each.spec.show == DRAWN_FIRST[measure.name][0]]
    lines = [Line(area, each, change=changed(each, results)) for each in latest]
    return NationalOverview(measure, series_chart(drawn), lines)


def side_by_side(national: National, choice: Choice, areas: list[Area]) -> Chart:
    """One figure of several areas over time, a line each."""
    results = {area.name: national.series(choice.measure, area, choice.show, choice.span) for area in areas}
    points = tuple(
        Point(*say_short(each.spec.when), each.value, series=name)
        for name, series in results.items()
        for each in series
        if each.is_final
    )
    drawn = tuple(name for name in results if any(point.series == name for point in points))
    known = next((series[0] for series in results.values() if series), None)
    name = name_of(known) if known else choice.measure.words.title
    last = capital(say_period(choice.spec.when))
    return Chart(
        f"{name}: {say_span(choice.span)} of {' and '.join(drawn)}" if drawn else f"{name}: nothing to draw",
        f"Lines of {', '.join(drawn)}, {say_span(choice.span)} that are complete. The tables give every value; the "
        f"period compared above is {last}.",
        axis_of(known) if known else "",
        points,
        lines=drawn,
        notes=(
            "Values without their intervals: a line of one service moves by chance more than a line of the nation.",
        ),
    )


def notes_of(national: National, measure: Measure, about: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """What a spreadsheet says of itself."""
    snapshot = national.snapshot
    return [
        ("Measure", measure.words.title),
        *about,
        ("Data", f"{snapshot}, taken {say_datetime(snapshot.taken_at)} from {snapshot.source}"),
        ("Speaks of", say_date(snapshot.as_of)),
        ("Services", len(national.every)),
        ("Manifest (SHA-256)", snapshot.digest),
        ("Software", snapshot.code_version),
        ("Definition", measure.words.lead.replace("\n", " ")),
        ("Edition", measure.edition),
        ("Suppression", f"None. {NOT_FOR_PUBLICATION}"),
        ("Invented", "Services in it are invented" if national.is_invented else "No"),
    ]
