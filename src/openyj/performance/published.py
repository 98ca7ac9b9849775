"""Published rates beside a measure: of England, the service's region and the areas somebody chose.

They are the official series, drawn from the Police National Computer, and stand apart from the service's own count:
never in one line with it. Only rates are published, so they carry no interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from openyj.accounts.models import Service
from openyj.core.components import Table
from openyj.performance.charts import LINES, Chart, Point
from openyj.performance.spec import Result
from openyj.performance.words import say_short_value
from openyj.reference.models import PublishedRate

ENGLAND = "England"
MOST_AREAS = len(LINES) - 2  # beside England and the region, as many as can be told apart


@dataclass(frozen=True)
class Published:
    """A published series that answers to a show of a measure. ``calendar`` says that its years are January to
    December, so that the service's own figure of the same months can stand in the table, in a column of its own."""

    code: str
    name: str
    show: str
    calendar: bool
    caution: str


# By measure. The codes are those of the published file; custody has no series there.
SERIES: dict[str, tuple[Published, ...]] = {
    "first-time-entrants": (
        Published(
            "FirstYJS",
            "First time entrants per 100,000 aged 10 to 17",
            "rate",
            calendar=True,
            caution="The published rates are counted on the Police National Computer. A service's own count differs: "
            "services have found fewer, because notices from the police went missing. They are not one series.",
        ),
    ),
    "reoffending": tuple(
        Published(
            code,
            f"Children aged {ages} who reoffended, per cent",
            "binary",
            calendar=False,
            caution="The published rates are counted on the Police National Computer, by age group, and the source "
            "does not say whether a year's number is that of its first or its last month. Do not set them beside the "
            "service's own figure of all ages.",
        )
        for code, ages in [("ReoffYO", "10 to 14"), ("ReoffYO15-17", "15 to 17")]
    ),
}
NONE = {
    "custody": "No published rates of custody by area are among the open figures this site holds, so there is nothing "
    "to set beside it.",
    "board-attendance": "No published figures of board attendance by area are among the open figures this site holds, "
    "so there is nothing to set beside it.",
}


@dataclass(frozen=True)
class Panel:
    """One published series of some areas, ready to show."""

    name: str
    chart: Chart
    table: Table
    caution: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    source: str


def areas_to_choose(measure: str) -> list[str]:
    """Every area with a published rate of this measure."""
    codes = [series.code for series in SERIES.get(measure, ())]
    if not codes:
        return []
    return list(
        PublishedRate.objects.filter(measure__in=codes).order_by("area").values_list("area", flat=True).distinct()
    )


def panels(measure: str, service: Service, chosen: Sequence[str], own: Sequence[Result]) -> list[Panel]:
    """The published series of a measure. ``own`` are the service's rolling years, for a column of the same months."""
    published = SERIES.get(measure, ())
    if not published:
        return []
    wanted = [ENGLAND, *regions_named(service.region), service.name, *chosen]
    rows = list(
        PublishedRate.objects.filter(measure__in=[series.code for series in published])
        .filter(Q(area__in=wanted) | Q(region=""))
        .order_by("year", "area")
    )
    return [
        panel(series, [row for row in rows if row.measure == series.code], service, chosen, own)
        for series in published
        if any(row.measure == series.code for row in rows)
    ]


def panel(
    series: Published, rows: list[PublishedRate], service: Service, chosen: Sequence[str], own: Sequence[Result]
) -> Panel:
    there = {row.area for row in rows}
    names = {area.casefold(): area for area in there}
    region = next((names[name.casefold()] for name in regions_named(service.region) if name.casefold() in names), None)
    areas = [area for area in dict.fromkeys([ENGLAND, region, service.name, *chosen]) if area in there]
    years = sorted({row.year for row in rows})
    found = {(row.area, row.year): row for row in rows}
    drawn = tuple(area for area in areas if any(value_of(found, area, year) is not None for year in years))
    points = tuple(
        Point(year, "", value_of(found, area, year), series=area)
        for area in drawn
        for year in years
        if value_of(found, area, year) is not None
    )
    year_type = rows[0].year_type
    title = f"Published: {series.name}, by {year_type}"
    chart = Chart(title, described(drawn, years), series.name, points, lines=drawn)
    return Panel(
        series.name,
        chart,
        table_of(series, title, areas, years, found, service, own),
        series.caution,
        tuple(area for area in areas if area not in drawn),
        tuple(dict.fromkeys(noted(row) for row in rows if row.area in areas and row.note)),
        rows[0].source,
    )


def table_of(series, title, areas, years, found, service, own) -> Table:
    """Years down, areas across, then how far the regions lie apart, then the service's own count of the same months."""
    regions = sorted({area for area, _year in found if found[area, _year].region == "" and area != ENGLAND})
    mine = {
        str(result.spec.when.end.year): say_short_value(result)
        for result in own
        if series.calendar and result.spec.show == series.show and result.spec.when.last.number == 3
    }
    head = ["Year", *areas, "Lowest and highest region"]
    head += ["This service, local count"] if mine else []
    lines = []
    for year in reversed(years):
        spread = [value for area in regions if (value := value_of(found, area, year)) is not None]
        cells = [year, *(said(value_of(found, area, year)) for area in areas)]
        cells.append(f"{said(min(spread))} to {said(max(spread))}" if spread else "missing")
        lines.append(cells + ([mine.get(year, "")] if mine else []))
    return Table(title, head, lines, numeric=frozenset(range(1, len(head))))


def value_of(found: dict[tuple[str, str], PublishedRate], area: str, year: str) -> float | None:
    row = found.get((area, year))
    return None if row is None else row.value


def said(value: float | None) -> str:
    """As published, but for the noise of a spreadsheet's last digits."""
    return "missing" if value is None else f"{round(value, 2):,g}"


def noted(row: PublishedRate) -> str:
    return f"{row.area}, {row.year}: {row.note}"


def described(areas: Sequence[str], years: Sequence[str]) -> str:
    if not areas:
        return "There is nothing to draw."
    return f"Published rates of {', '.join(areas)}, {years[0]} to {years[-1]}. The table gives every value."


def regions_named(region: str) -> list[str]:
    """The names a region goes by: services say "Inner London", the published regions "London (Inner)" and "London"."""
    if not region:
        return []
    inner_or_outer = region.removesuffix(" London")
    return [region] if inner_or_outer == region else [f"London ({inner_or_outer})", "London"]
