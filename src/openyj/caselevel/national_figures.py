"""The figures of a national snapshot: every measure, for the nation, each region and each service, over every period.

They are worked out once, when the snapshot is built, and kept as one Parquet file a measure, so that a page reads them
in milliseconds. A region is measured as if it were one service: the definitions know a service only by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openyj import measures
from openyj.measures import CannotBeComputed, Figure, Measure, Quarter, Workbench
from openyj.measures.about import CHILDREN
from openyj.measures.quarters import SPANS
from openyj.tables import BY_NAME, CaseTables

Kind = Literal["nation", "region", "service", "none"]
# Children who lived outside every service's area on the day are counted in the nation and in no service.
NATION, NOWHERE = "", ""
NO_REGION = "Region not recorded"
FIVE_YEARS = 20  # quarters, as on a service's own pages

SCHEMA = pa.schema(
    [
        ("kind", pa.dictionary(pa.int32(), pa.string())),
        ("area", pa.dictionary(pa.int32(), pa.string())),
        ("show", pa.dictionary(pa.int32(), pa.string())),
        ("span", pa.dictionary(pa.int32(), pa.string())),
        ("period", pa.dictionary(pa.int32(), pa.string())),
        ("value", pa.float64()),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("interval", pa.dictionary(pa.int32(), pa.string())),
        ("population_year", pa.int32()),
        ("provisional", pa.dictionary(pa.int32(), pa.string())),
        ("why_not", pa.dictionary(pa.int32(), pa.string())),
    ]
)


class Benches:
    """The tables of the nation ready to be measured: as they are, and with each service's region in its place."""

    def __init__(self, tables: CaseTables) -> None:
        self.services = Workbench(tables)
        self.regions = Workbench(by_region(self.services.tables))


def by_region(tables: CaseTables) -> CaseTables:
    """The same tables with regions for services. A region has a population only of a year for which each of its
    services has one, because a sum with one missing would be too small."""
    region = region_of(tables)
    old, new = pa.array(list(region), pa.string()), pa.array(list(region.values()), pa.string())

    def named(codes: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.take(new, pc.index_in(codes, old))

    child = tables["child"]
    changed = {
        "child": child.set_column(
            child.column_names.index("service"), BY_NAME["child"].schema().field("service"), named(child["service"])
        ),
        "service": pa.Table.from_pylist(
            [
                {"service": name, "name": name, "region": name, "country": None, "invented": False}
                for name in sorted(set(region.values()))
            ],
            schema=BY_NAME["service"].schema(),
        ),
    }
    if "population" in tables:
        changed["population"] = pa.Table.from_pylist(summed(tables, region), schema=BY_NAME["population"].schema())
    return tables.replacing(changed)


def region_of(tables: CaseTables) -> dict[str, str]:
    """Each service's region."""
    return {row["service"]: row["region"] or NO_REGION for row in tables["service"].to_pylist()}


def summed(tables: CaseTables, region: dict[str, str]) -> Iterator[dict]:
    """A row for each region and year of which the population of all its services is known."""
    known: dict[tuple[str, int], dict[str, dict]] = {}
    for row in tables["population"].to_pylist():
        known.setdefault((region[row["service"]], row["year"]), {})[row["service"]] = row
    size = {name: list(region.values()).count(name) for name in region.values()}
    return [
        {
            "service": name,
            "year": year,
            "aged_10_to_17": sum(row["aged_10_to_17"] for row in rows.values()),
            "source": "; ".join(sorted({row["source"] for row in rows.values()})),
            "invented": any(row["invented"] for row in rows.values()),
        }
        for (name, year), rows in sorted(known.items())
        if len(rows) == size[name]
    ]


def figures_of(measure: Measure, benches: Benches, as_of: date) -> pa.Table:
    """Every figure of a measure over the last five years, the running period included; none when a table it needs was
    never supplied. Periods that lie wholly or partly before the tables begin are left out."""
    columns: dict[str, list] = {name: [] for name in SCHEMA.names}
    running = Quarter.of(as_of)
    try:
        for span in SPANS:
            last = Quarter(running.year, 4) if span == "year" else running
            asked = {"period": span, "first": last.plus(-FIVE_YEARS), "last": last}
            services = measures.figures(measure, benches.services, as_of, by=("service",), **asked)
            found: dict[Kind, list[Figure]] = {
                "nation": measures.figures(measure, benches.services, as_of, **asked),
                "region": measures.figures(measure, benches.regions, as_of, by=("service",), **asked)
                if measure.about is CHILDREN
                else added_up(services, region_of(benches.services.tables)),
                "service": services,
            }
            for kind, several in found.items():
                for figure in several:
                    if figure.numerator is not None:
                        put(columns, kind, figure)
    except CannotBeComputed:
        return SCHEMA.empty_table()
    return pa.table(columns, schema=SCHEMA)


def added_up(services: Sequence[Figure], region: Mapping[str, str]) -> list[Figure]:
    """The tallies of regions as the sums of their services'. As if it were one service, a region's boards would make
    one board, and one partner at one of them would speak for all."""
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in services:
        area = region.get(figure.breakdown["service"] or "", NO_REGION)
        found.setdefault((figure.period.label, area, figure.show), []).append(figure)
    return [region_s(area, several) for (_, area, _), several in sorted(found.items())]


def region_s(area: str, several: Sequence[Figure]) -> Figure:
    """One region's tally; without a value when none of its services has one. As in the nation's, the quarters that a
    service has are in it, also where it lacks another of the year."""
    known = [each for each in several if each.value is not None]
    whole = replace((known or several)[0], breakdown={"service": area})
    if whole.numerator is None:  # a period that the tables do not cover
        return whole
    numerator, denominator = (sum(getattr(each, part) for each in several) for part in ("numerator", "denominator"))
    return replace(whole, value=float(numerator) if known else None, numerator=numerator, denominator=denominator)


def put(columns: dict[str, list], kind: Kind, figure: Figure) -> None:
    area = figure.breakdown.get("service", NATION)
    if area is None:
        if kind == "region":
            return  # the same children as in the services' own row of nobody
        kind, area = "none", NOWHERE
    columns["kind"].append(kind)
    columns["area"].append(area)
    columns["show"].append(figure.show)
    columns["span"].append(figure.period.span)
    columns["period"].append(figure.period.label)
    for name in SCHEMA.names[5:]:
        columns[name].append(getattr(figure, name))


def as_bytes(figures: pa.Table) -> bytes:
    out = BytesIO()
    parquet.write_table(figures, out, compression="zstd", store_schema=True)
    return out.getvalue()


def from_bytes(content: bytes) -> pa.Table:
    return parquet.read_table(pa.BufferReader(content)).cast(SCHEMA)
