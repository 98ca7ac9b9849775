"""Figures: a measure over time and broken down, with intervals, and the rows behind any of them.

Written once for all measures. A cohort is added up by quarter and group in DuckDB; longer periods are sums of
quarters, numerators and denominators each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from openyj.measures import intervals
from openyj.measures.about import About
from openyj.measures.measure import Count, Mean, Measure, Rate, Share, Show, Tally
from openyj.measures.quarters import Period, Quarter, Span, months_after, periods
from openyj.measures.workbench import CannotBeComputed, Workbench
from openyj.tables import CaseTables

Group = tuple[str | None, ...]


@dataclass(frozen=True)
class Figure:
    """A value with what it is made of. A share and its interval are per cent; a rate is per ``Rate.per``.

    ``value`` is None when it cannot be computed, and ``why_not`` then says why; it is never 0 for that reason.
    ``provisional`` says why a figure may still change with time alone: its period is not over, or the months
    it must wait have not passed. A provisional figure is never to be shown as final.
    """

    measure: str
    show: str
    period: Period
    as_of: date
    breakdown: Mapping[str, str | None]
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    low: float | None = None
    high: float | None = None
    interval: str | None = None
    population_year: int | None = None
    provisional: str | None = None
    why_not: str | None = None

    @property
    def complete(self) -> bool:
        return self.provisional is None and self.why_not is None


@dataclass(frozen=True)
class Sums:
    """What a show needs of a group: how many rows, the sum of its number, and the sum of squares."""

    rows: int = 0
    total: int = 0
    squares: int = 0


NOTHING = Sums()


def added(several: Sequence[Sums]) -> Sums:
    """The sums of several quarters together."""
    if len(several) < 2:
        return several[0] if several else NOTHING
    return Sums(
        sum(each.rows for each in several),
        sum(each.total for each in several),
        sum(each.squares for each in several),
    )


def figures(
    measure: Measure,
    tables: CaseTables | Workbench,
    as_of: date,
    *,
    by: Sequence[str] = (),
    period: Span = "quarter",
    service: str | None = None,
    first: Quarter | None = None,
    last: Quarter | None = None,
) -> list[Figure]:
    """Every show of a measure, for each period from ``first`` to ``last`` (those the tables cover, when left
    out) and each group of ``by``; periods without anybody are there with their 0. Sorted by period, group, show.

    ``service`` keeps to one service, after the definition: a child's first outcome may be elsewhere. Raises
    CannotBeComputed when a table was never supplied, ValueError for a breakdown the measure does not have.
    """
    unknown = [column for column in by if column not in measure.by]
    if unknown:
        raise ValueError(
            f"{measure.name} cannot be broken down by {', '.join(unknown)}. Choose from {', '.join(measure.by)}"
        )
    bench = Workbench.of(tables)
    sums = added_up(bench, measure, as_of, by, service)
    covered = coverage(bench, measure.about, as_of)
    if covered is None and first is None:
        return []
    span = Spanned(period, covered, first, last, as_of, measure.about.event)
    population = Population(bench, service) if any(isinstance(show, Rate) for show in measure.shows) else None
    found = []
    for each in span.periods():
        why_not = span.outside(each)
        provisional = None if why_not else still_open(measure, each, as_of)
        for group, quarterly in sums.items():
            breakdown = dict(zip(by, group, strict=True))
            for show in measure.shows:
                own: dict[str, Any] = {"why_not": why_not}
                if why_not is None:
                    known = {q.label: quarterly.get((q.label, show.name)) for q in each.quarters}
                    own = valued(show, known, population, breakdown, each, measure.about)
                made = Figure(measure.name, show.name, each, as_of, breakdown, provisional=provisional, **own)
                found.append(made)
    return found


def counted(
    measure: Measure,
    tables: CaseTables | Workbench,
    as_of: date,
    *,
    service: str | None = None,
    period: Period | None = None,
    where: Mapping[str, str | None] | None = None,
) -> pa.Table:
    """The rows of the cohort behind a figure: one per counted unit, with the ids to open the record by.

    ``where`` gives the breakdown's values. Sorted by date and person, or as what the measure is about stands.
    """
    conditions: list[str] = []
    values: list[Any] = []
    wanted = dict(where or {}) | ({"service": service} if service is not None else {})
    for column, value in wanted.items():
        if column not in measure.by:
            raise ValueError(f"{measure.name} has no {column}. Choose from {', '.join(measure.by)}")
        conditions.append(f"{column} IS NOT DISTINCT FROM ?")
        values.append(value)
    if period is not None:
        conditions.append("date BETWEEN ? AND ?")
        values += [period.start, period.end]
    bench = Workbench.of(tables)
    held, order = " AND ".join(conditions) or "true", ", ".join(measure.about.order)
    # Column names are the measure's own, checked above; what a user gives is bound.
    sql = f"SELECT * FROM {bench.cohort(measure, as_of)} WHERE {held} ORDER BY {order}"  # noqa: S608
    return bench.query(sql, values)


def added_up(
    bench: Workbench, measure: Measure, as_of: date, by: Sequence[str], service: str | None
) -> dict[Group, dict[tuple[str, str], Sums]]:
    """For each group that is anywhere in the cohort, the sums of each quarter and show."""
    cohort = bench.cohort(
        measure, as_of, {"quarter", "service", *by, *(name for show in measure.shows for name in asked(show))}
    )
    columns = ", ".join(["quarter", *by])
    parts = ", ".join(part for show in measure.shows for part in summed(show))
    held, values = ("WHERE service = ?", [service]) if service is not None else ("", [])
    rows = bench.query(f"SELECT {columns}, {parts} FROM {cohort} {held} GROUP BY ALL", values)  # noqa: S608
    found: dict[Group, dict[tuple[str, str], Sums]] = {
        group: {} for group in expected(bench, measure.about, by, service)
    }
    width = 1 + len(by)
    for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        quarterly = found.setdefault(row[1:width], {})
        for place, show in enumerate(measure.shows):
            quarterly[row[0], show.name] = Sums(*row[width + 3 * place : width + 3 * place + 3])
    return dict(sorted(found.items(), key=lambda item: [(part is None, part or "") for part in item[0]]))


def asked(show: Show) -> tuple[str, ...]:
    """The columns of the cohort that a show adds up."""
    match show:
        case Share(of=column) | Tally(of=column):
            return (column,)
        case Mean(of=column, where=where):
            return (column, where) if where else (column,)
        case _:
            return ()


def summed(show: Show) -> tuple[str, str, str]:
    match show:
        case Count() | Rate():
            return "count(*)", "count(*)", "count(*)"
        case Share(of=column) | Tally(of=column):
            return "count(*)", f"count(*) FILTER (WHERE {column})", "0"
        case Mean(of=column, where=where):
            rows = f"FILTER (WHERE {where or 'true'})"
            parts = ("count(*)", f"coalesce(sum({column}), 0)", f"coalesce(sum({column} * {column}), 0)")
            count, total, squares = parts
            return f"{count} {rows}", filtered(total, rows), filtered(squares, rows)


def filtered(aggregate: str, rows: str) -> str:
    return aggregate.replace("), 0)", f") {rows}, 0)::BIGINT")


def expected(bench: Workbench, about: About, by: Sequence[str], service: str | None) -> list[Group]:
    """The groups that must appear even if nobody of them was ever counted: the whole, services, localities."""
    if not by:
        return [()]
    if not set(by) <= {"service", "locality"}:
        return []
    held, values = ("WHERE service = ?", [service]) if service is not None else ("", [])
    rows = bench.query(f"SELECT DISTINCT {', '.join(by)} FROM {about.listed} {held}", values)  # noqa: S608
    return [tuple(row) for row in zip(*(column.to_pylist() for column in rows.columns), strict=True)]


def coverage(bench: Workbench, about: About, as_of: date) -> tuple[Quarter, Quarter] | None:
    """The quarters the tables speak of: from the earliest outcome (or meeting), of any kind and service, to the day."""
    table, day = about.happens
    if table not in bench.tables:
        raise CannotBeComputed(f"table {table} was not supplied")
    rows = bench.query(f"SELECT min({day}) FROM {table} WHERE {day} <= ?", [as_of])  # noqa: S608 (about's own names)
    earliest = rows.column(0)[0].as_py()
    return None if earliest is None else (Quarter.of(earliest), Quarter.of(as_of))


@dataclass(frozen=True)
class Spanned:
    """Which periods are asked for, and which of them the tables cover."""

    span: Span
    covered: tuple[Quarter, Quarter] | None
    first: Quarter | None
    last: Quarter | None
    as_of: date
    event: str

    def periods(self) -> Iterator[Period]:
        last = self.last or Quarter.of(self.as_of)
        for each in periods(self.span, self.first or self.covered[0], last):  # type: ignore[index]
            if self.first is not None or self.outside(each) is None:
                yield each

    def outside(self, period: Period) -> str | None:
        if self.covered is None:
            return f"the tables hold no {self.event} up to {self.as_of}"
        begin, end = self.covered
        if period.quarters[0] < begin:
            return f"the tables hold no {self.event} before {begin.label}, so they do not cover all of {period.label}"
        if period.quarters[0] > end:
            return f"{period.label} begins after {self.as_of}"
        return None


def still_open(measure: Measure, period: Period, as_of: date) -> str | None:
    if as_of < period.end:
        return f"the period ends on {period.end}; this speaks of {as_of}"
    complete = months_after(period.end + timedelta(days=1), measure.matures) - timedelta(days=1)
    if as_of < complete:
        return f"not final: complete {measure.matures} months after the period, on {complete}"
    return None


class Population:
    """Residents aged 10 to 17 of a service, or of all services together when none is meant."""

    def __init__(self, bench: Workbench, service: str | None) -> None:
        self.service = service
        self.years: dict[str, dict[int, int]] = {}
        self.supplied = "population" in bench.tables
        if self.supplied:
            for row in bench.tables["population"].to_pylist():
                self.years.setdefault(row["service"], {})[row["year"]] = row["aged_10_to_17"]
        sql = "SELECT DISTINCT service FROM child ORDER BY ALL"
        if "service" in bench.tables:
            sql = "SELECT service FROM child UNION SELECT service FROM service ORDER BY ALL"
        self.services: list[str] = bench.query(sql).column(0).to_pylist()

    def of(self, breakdown: Mapping[str, Any], period: Period) -> tuple[int, int]:
        """How many, and the estimate's year. Raises CannotBeComputed saying what is missing."""
        if not self.supplied:
            raise CannotBeComputed("table population was not supplied")
        narrower = [column for column in breakdown if column != "service"]
        if narrower:
            raise CannotBeComputed(f"residents are known by service, not by {' and '.join(narrower)}")
        own = breakdown.get("service", self.service)
        if "service" in breakdown and own is None:
            raise CannotBeComputed("these children belong to no service here")
        services = [own] if own is not None else self.services
        latest = period.end.year - (period.end < date(period.end.year, 6, 30))
        found = {each: [year for year in self.years.get(each, {}) if year <= latest] for each in services}
        without = [each for each, years in found.items() if not years]
        if without or not services:
            named = ", ".join(without[:3]) + (f" and {len(without) - 3} more" if len(without) > 3 else "")
            raise CannotBeComputed(f"no population of {named or 'any service'} for {latest} or before")
        # One year for all services of a sum, so that it is the population of one day.
        year = min(max(years) for years in found.values())
        if any(year not in self.years[each] for each in services):
            raise CannotBeComputed(f"not every service has a population for {year}")
        return sum(self.years[each][year] for each in services), year


def rated(
    show: Rate, sums: Sums, population: Population, breakdown: Mapping[str, str | None], period: Period
) -> dict[str, Any]:
    """What a figure holds of a rate: its value, residents and interval, or why it has no value."""
    try:
        residents, year = population.of(breakdown, period)
    except CannotBeComputed as reason:
        return {"numerator": sums.rows, "why_not": str(reason)}
    low, high = intervals.poisson(sums.rows)
    return {
        "value": sums.rows / residents * show.per,
        "numerator": sums.rows,
        "denominator": residents,
        "low": low / residents * show.per,
        "high": high / residents * show.per,
        "interval": intervals.POISSON,
        "population_year": year,
    }


def valued(
    show: Show,
    known: Mapping[str, Sums | None],
    population: Population | None,
    breakdown: Mapping[str, str | None],
    period: Period,
    about: About,
) -> dict[str, Any]:
    """What a figure holds of a show, from what is ``known`` of each quarter: its value and interval, or why it has
    none."""
    sums = added([each for each in known.values() if each])
    match show:
        case Count():
            low, high = intervals.poisson(sums.rows)
            value = float(sums.rows)
            return {"value": value, "numerator": sums.rows, "low": low, "high": high, "interval": intervals.POISSON}
        case Rate():
            assert population is not None
            return rated(show, sums, population, breakdown, period)
        case Tally():
            held: dict[str, Any] = {"numerator": sums.total, "denominator": sums.rows}
            # What is not there is not 0, and the sum of fewer quarters is not the year's.
            if without := [label for label, sums_of_it in known.items() if sums_of_it is None]:
                return held | {"why_not": f"cannot be computed: {about.nothing} in {' and '.join(without)}"}
            return held | {"value": float(sums.total)}
        case Share():
            held = {"numerator": sums.total, "denominator": sums.rows}
            if not sums.rows:
                return held | {"why_not": f"cannot be computed: {about.nothing}"}
            low, high = intervals.wilson(sums.total, sums.rows)
            value = 100 * sums.total / sums.rows
            return held | {"value": value, "low": 100 * low, "high": 100 * high, "interval": intervals.WILSON}
        case Mean(where=where):
            held = {"numerator": sums.total, "denominator": sums.rows}
            if not sums.rows:
                nobody = f"nobody of the cohort {where}" if where else about.nothing
                return held | {"why_not": f"cannot be computed: {nobody}"}
            held["value"] = sums.total / sums.rows
            limits = intervals.mean_interval(sums.rows, sums.total, sums.squares)
            if limits is not None:
                held |= {"low": limits[0], "high": limits[1], "interval": intervals.STUDENT}
            return held


def as_table(found: Sequence[Figure]) -> pa.Table:
    """Figures as a flat Arrow table, one row a figure, for files and notebooks."""
    by = list(found[0].breakdown) if found else []
    rows = [
        {
            "measure": each.measure,
            "show": each.show,
            "period": each.period.label,
            "start": each.period.start,
            "end": each.period.end,
            **each.breakdown,
            "value": each.value,
            "numerator": each.numerator,
            "denominator": each.denominator,
            "low": each.low,
            "high": each.high,
            "complete": each.complete,
            "note": each.why_not or each.provisional,
        }
        for each in found
    ]
    text, number, whole, day = pa.string(), pa.float64(), pa.int64(), pa.date32()
    types = [("measure", text), ("show", text), ("period", text), ("start", day), ("end", day)]
    types += [(column, text) for column in by]
    types += [("value", number), ("numerator", whole), ("denominator", whole), ("low", number), ("high", number)]
    return pa.Table.from_pylist(rows, schema=pa.schema([*types, ("complete", pa.bool_()), ("note", text)]))
