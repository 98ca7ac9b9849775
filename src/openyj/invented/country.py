"""The invented country: every service of England and Wales, for ten years, as files.

The same lives as of one service (``service.drawn``), some tens of thousands of children at a time, so that memory
does not grow with the country. Each portion has its own seed and its own numbers, and is written behind the last:
files come out sorted by person.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openyj.invented import country_parameters as c
from openyj.invented import parameters as p
from openyj.invented.country_places import country_places
from openyj.invented.draws import YEAR, between, day_number
from openyj.invented.lives import Course
from openyj.invented.nation import DUPLICATE, Nation
from openyj.invented.places import Place
from openyj.invented.records import ARRIVED, HOME, HOST
from openyj.invented.service import SEED, UNTIL, Drawn, drawn, years_before
from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import ALL, BY_NAME
from openyj.tables.folder import in_order

SERVICES, COUNTRY_YEARS = 157, 10
PORTION = 40_000  # children drawn at once: about half a gigabyte of memory
PLANTED = "planted"
KINDS = {HOME: "first", ARRIVED: "moved", HOST: "other court", DUPLICATE: "recorded twice"}


@dataclass(frozen=True)
class Country:
    """What makes a country: the same four numbers and day give the same files, byte for byte."""

    seed: int = SEED
    services: int = SERVICES
    years: int = COUNTRY_YEARS
    scale: float = 1.0
    until: date = UNTIL


@dataclass(frozen=True)
class Written:
    """What was written: rows and bytes by table, and what was planted, in numbers."""

    rows: dict[str, int]
    bytes: dict[str, int]
    records: Counter[tuple[str, str]]
    late: list[dict[str, object]]


def places_of(country: Country) -> list[Place]:
    span = range(country.until.year - country.years - 1, country.until.year + 1)
    return country_places(country.seed, country.services, country.scale, span)


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
    return Course(level, before / entering, back), entering * country.scale


def late_returns(country: Country) -> tuple[np.ndarray, np.ndarray]:
    """For each service the last day of which it has told, and in words how late it is (None: not)."""
    rng = np.random.default_rng([country.seed, 1])
    until, n = country.until, country.services
    last = np.full(n, day_number(until))
    how = np.full(n, None, dtype=object)
    quarter = date(until.year, (until.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    earlier = date(quarter.year, (quarter.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    days = (day_number(earlier), day_number(quarter), day_number(until) - c.LAST_WEEKS.value)
    free = rng.permutation(n)
    for (word, share), day in zip(c.LATE_RETURNS.value, days, strict=True):
        chosen, free = np.split(free, [max(round(share * n), 1)])
        last[chosen], how[chosen] = day, word
    return last, how


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


def write_country(country: Country, folder: Path) -> Written:
    """Write the country into a folder that is empty or not there yet; a folder appears whole or not at all.

    Raises FileExistsError for a folder that holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty. Name an empty or new folder")
    aside = folder.with_name(f".{folder.name}.writing")
    if aside.exists():
        raise FileExistsError(f"{aside} is there: another country is being written, or was cut off. Remove it first")
    (aside / PLANTED).mkdir(parents=True)
    try:
        written = write_portions(country, aside)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return written


def write_portions(country: Country, folder: Path) -> Written:
    last, how = late_returns(country)
    files: dict[str, parquet.ParquetWriter] = {}
    paths = {each.name: folder / f"{each.name}.parquet" for each in ALL} | {
        "records": folder / PLANTED / "records.parquet"
    }
    rows: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    left_out = np.zeros(country.services, dtype=np.int64)
    offset: dict[str, int] = Counter()
    try:
        for nth, portion in enumerate(portions(country)):
            moved = renumbered(portion.tables, offset)
            planted = same_people(portion, offset)
            for name, table in {**moved, "records": planted}.items():
                if name != "records" and BY_NAME[name].person is None:
                    if nth:
                        continue
                    table = in_order(BY_NAME[name], table)
                elif name != "records":
                    table = in_order(BY_NAME[name], table)
                if name not in files:
                    files[name] = parquet.ParquetWriter(
                        paths[name], table.schema, compression="zstd", store_schema=False
                    )
                files[name].write_table(table)
                rows[name] += len(table)
            for kind, found in zip(planted["kind"].to_pylist(), planted["found"].to_pylist(), strict=True):
                kinds[kind, found] += 1
            left_out += portion.left_out
            for name, highest in numbers_used(portion).items():
                offset[name] += highest
    finally:
        for file in files.values():
            file.close()
    places = places_of(country)
    late = [
        {
            "service": places[n].service,
            "late": how[n],
            "returned_until": date(1970, 1, 1) + timedelta(days=int(last[n])),
            "decisions_not_returned": int(left_out[n]),
        }
        for n in np.flatnonzero(how != None)  # noqa: E711
    ]
    path = folder / PLANTED / "returns.parquet"
    parquet.write_table(pa.Table.from_pylist(late), path, compression="zstd", store_schema=False)
    sizes = {name: paths[name].stat().st_size for name in rows}
    return Written(dict(rows), sizes, kinds, late)


def renumbered(tables: CaseTables, offset: dict[str, int]) -> dict[str, pa.Table]:
    """The tables with every key, reference and person moved up by what earlier portions have used."""
    out = {}
    for name, table in tables.items():
        declared = BY_NAME[name]
        for position, column in enumerate(declared.columns):
            by = (
                offset["person"] if column.name == declared.person
                else offset["sitting"] if column.name == "sentencing_occasion_id"
                else offset[column.refers_to] if column.refers_to
                else offset[name] if declared.person and declared.key == (column.name,)
                else 0
            )  # fmt: skip
            if by:
                table = table.set_column(position, table.schema.field(position), pc.add(table[column.name], by))
        out[name] = table
    return out


def numbers_used(portion: Drawn) -> dict[str, int]:
    """The highest number of each kind a portion has used, those of records left out included."""
    tables = portion.tables
    used = {
        name: pc.max(tables[name][BY_NAME[name].key[0]]).as_py() or 0
        for name in tables
        if BY_NAME[name].person and len(BY_NAME[name].key) == 1
    }
    sittings = pc.max(tables["offence_legal_outcome"]["sentencing_occasion_id"]).as_py() or 0
    return used | {
        "child": len(portion.record["person"]),
        "person": int(portion.record["number"].max()),
        "sitting": sittings,
    }


def same_people(portion: Drawn, offset: dict[str, int]) -> pa.Table:
    """One row a child record: which person it truly is, why the record is there, and how it can be found out.

    ``found`` is "first" for a first record, "same person" where both have one person number, "by id" where only the
    originating id and the date of birth say so (rule FTE-5), and "not found" where nothing does."""
    record = portion.record
    known = np.flatnonzero(record["known"])
    child = portion.tables["child"]
    deleted = np.zeros(len(record["person"]), dtype=bool)
    deleted[known] = child["deleted"].to_numpy(zero_copy_only=False)
    first = record["person"]  # the first record of each person stands at the person's own place
    linkable = (record["told"] == "kept") & ~deleted & ~deleted[first] & record["known"][first]
    found = np.where(
        np.arange(len(first)) == first,
        "first",
        np.where(record["number"] == record["number"][first], "same person", np.where(linkable, "by id", "not found")),
    )
    kind = np.array([KINDS[each] for each in record["kind"]], dtype=object)
    return pa.table({
        "child_id": pa.array(known + 1 + offset["child"], pa.int64()),
        "person": pa.array(record["number"][known] + offset["person"], pa.int64()),
        "true_person": pa.array(record["number"][first][known] + offset["person"], pa.int64()),
        "kind": pa.array(kind[known], pa.string()),
        "found": pa.array(found[known], pa.string()),
    })  # fmt: skip
