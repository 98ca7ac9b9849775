"""The invented country written down: a file a table, sorted by person, and beside them what was planted.

``planted/records.parquet`` says which child records are the same person and what shows it, ``planted/returns.parquet``
which services' returns are late. No case-level table says either: they are there for whoever checks a count.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openyj.invented.boards import board_attendance
from openyj.invented.country import Country, late_returns, places_of, portions
from openyj.invented.nation import DUPLICATE
from openyj.invented.records import ARRIVED, HOME, HOST
from openyj.invented.service import Drawn, years_before
from openyj.invented.whole import whole
from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import BY_NAME
from openyj.tables.folder import in_order

RECORDS, RETURNS = "planted/records", "planted/returns"
KINDS = {HOME: "first", ARRIVED: "moved", HOST: "other court", DUPLICATE: "recorded twice"}
FIRST, SAME_PERSON, BY_ID, NOT_FOUND = "first", "same person", "by id", "not found"


@dataclass(frozen=True)
class Written:
    """What was written: rows and bytes by file; child records by why they are there and what shows whose they are;
    the services whose returns are late."""

    rows: dict[str, int]
    bytes: dict[str, int]
    records: Counter[tuple[str, str]]
    late: list[dict[str, object]]


def write_country(country: Country, folder: Path) -> Written:
    """Write the country into a new or empty folder, all of it or nothing.

    Raises FileExistsError for a folder that holds anything."""
    with whole(folder) as aside:
        files = Files(aside)
        try:
            records, left_out = write_portions(country, files)
            start = years_before(country.until, country.years)
            boards = board_attendance(country.seed, places_of(country), start, country.until)
            files.add("board_attendance", in_order(BY_NAME["board_attendance"], boards))
            late = told_late(country, left_out)
            files.add(RETURNS, pa.Table.from_pylist(late))
        finally:
            files.close()
        return Written(dict(files.rows), files.bytes(), records, late)


class Files:
    """Parquet files that grow: every table added under a name goes behind those before it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: Counter[str] = Counter()
        self._writers: dict[str, parquet.ParquetWriter] = {}

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def add(self, name: str, table: pa.Table) -> None:
        if name not in self._writers:
            self.path(name).parent.mkdir(exist_ok=True)
            self._writers[name] = parquet.ParquetWriter(
                self.path(name), table.schema, compression="zstd", store_schema=False
            )
        self._writers[name].write_table(table)
        self.rows[name] += len(table)

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()

    def bytes(self) -> dict[str, int]:
        return {name: self.path(name).stat().st_size for name in self.rows}


def write_portions(country: Country, files: Files) -> tuple[Counter[tuple[str, str]], np.ndarray]:
    """Write portion after portion; the child records counted, and the decisions each place has not returned."""
    used: Counter[str] = Counter()
    records: Counter[tuple[str, str]] = Counter()
    left_out = np.zeros(country.services, dtype=np.int64)
    for nth, portion in enumerate(portions(country)):
        for name, table in renumbered(portion.tables, used).items():
            declared = BY_NAME[name]
            if nth == 0 or declared.person:  # what belongs to no child is the same in every portion
                files.add(name, in_order(declared, table))
        planted = same_people(portion, used)
        files.add(RECORDS, planted)
        records += Counter(zip(planted["kind"].to_pylist(), planted["found"].to_pylist(), strict=True))
        left_out += portion.left_out
        used += numbers_used(portion)
    return records, left_out


def told_late(country: Country, left_out: np.ndarray) -> list[dict[str, object]]:
    last, how = late_returns(country)
    return [
        {
            "service": place.service,
            "late": how[n],
            "returned_until": date(1970, 1, 1) + timedelta(days=int(last[n])),
            "decisions_not_returned": int(left_out[n]),
        }
        for n, place in enumerate(places_of(country))
        if how[n] is not None
    ]


def renumbered(tables: CaseTables, used: Counter[str]) -> dict[str, pa.Table]:
    """The tables with every key, reference and person moved up by what earlier portions have used."""
    moved = {}
    for name, table in tables.items():
        declared = BY_NAME[name]
        numbers = {column.name: column.refers_to for column in declared.columns if column.refers_to}
        if declared.person:
            numbers[declared.person] = "person"
            if declared.key[0] not in numbers:
                numbers[declared.key[0]] = name
        if "sentencing_occasion_id" in table.column_names:
            numbers["sentencing_occasion_id"] = "sentencing_occasion"
        for column, counted in numbers.items():
            position = table.column_names.index(column)
            table = table.set_column(position, table.schema.field(position), pc.add(table[column], used[counted]))
        moved[name] = table
    return moved


def numbers_used(portion: Drawn) -> Counter[str]:
    """The highest number of each kind in a portion, those of records not yet returned included."""
    tables = portion.tables
    highest: Counter[str] = Counter()
    for name, table in tables.items():
        declared = BY_NAME[name]
        if declared.person and len(declared.key) == 1:
            highest[name] = pc.max(table[declared.key[0]]).as_py() or 0
    occasions = tables["offence_legal_outcome"]["sentencing_occasion_id"]
    highest["sentencing_occasion"] = pc.max(occasions).as_py() or 0
    highest["child"] = len(portion.record["person"])
    highest["person"] = int(portion.record["number"].max())
    return highest


def same_people(portion: Drawn, used: Counter[str]) -> pa.Table:
    """One row a child record: which person it truly is, why the record is there, and what shows it.

    ``found``: a person's first record; the same person number; only the originating id and the date of birth (rule
    FTE-5); or nothing, so that every count takes the child for two."""
    record = portion.record
    known = record["known"]
    deleted = np.zeros(len(known), dtype=bool)
    deleted[known] = portion.tables["child"]["deleted"].to_numpy()
    first = record["person"]  # the first record of each person stands at the person's own place
    usable = (record["told"] == "kept") & ~deleted & known
    # The first record carries the id as soon as any later one was told it: ``records.originating_ids``.
    by_id = usable & ~deleted[first] & known[first]
    found = np.full(len(known), NOT_FOUND, dtype=object)
    found[by_id] = BY_ID
    found[record["number"] == record["number"][first]] = SAME_PERSON
    found[first == np.arange(len(first))] = FIRST
    kind = np.array([KINDS[each] for each in record["kind"]], dtype=object)
    return pa.table({
        "child_id": pa.array(np.flatnonzero(known) + 1 + used["child"], pa.int64()),
        "person": pa.array(record["number"][known] + used["person"], pa.int64()),
        "true_person": pa.array(record["number"][first][known] + used["person"], pa.int64()),
        "kind": pa.array(kind[known], pa.string()),
        "found": pa.array(found[known], pa.string()),
    })  # fmt: skip
