"""The invented country in memory, with every measure's cohort, for the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from openyj.measures import OF_CHILDREN, Measure, Workbench
from openyj.measures.references.life import Life
from openyj.tables import BY_NAME, CaseTables, linked, read_folder, with_shipped


class Differs(Exception):
    """Two ways of counting that must agree do not. The message shows the first rows."""


@dataclass(frozen=True)
class Held:
    """The country with the records of one child linked, and what was planted in it.

    ``query`` runs plain SQL over the tables and over ``planted`` and ``returns``, with no measure in between."""

    tables: CaseTables
    planted: pa.Table
    returns: pa.Table
    as_of: date
    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        for name, table in {**self.tables, "planted": self.planted, "returns": self.returns}.items():
            self.connection.register(name, table)

    @classmethod
    def read(cls, folder: Path, as_of: date) -> Held:
        tables = linked(with_shipped(read_folder(folder)))
        records, returns = (
            parquet.read_table(folder / "planted" / f"{name}.parquet") for name in ("records", "returns")
        )
        return cls(tables, records, returns, as_of)

    def query(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, values or {}).fetchall()

    @cached_property
    def bench(self) -> Workbench:
        return Workbench(self.tables)

    @cached_property
    def cohorts(self) -> dict[str, pa.Table]:
        return {name: rows_of(measure, self.bench, self.as_of) for name, measure in OF_CHILDREN.items()}

    def of_persons(self, cohort: pa.Table, persons: Sequence[int]) -> pa.Table:
        return cohort.filter(pc.is_in(cohort["person"], pa.array(persons, pa.int64())))


def rows_of(measure: Measure, bench: Workbench, as_of: date) -> pa.Table:
    return in_order(bench.query(f"SELECT * FROM {bench.cohort(measure, as_of)}"))


def in_order(cohort: pa.Table) -> pa.Table:
    """In an order that depends on nothing but the rows: a person has an outcome once on a day."""
    keys = [(name, "ascending") for name in ("person", "date", "outcome_id")]
    return cohort.take(pc.sort_indices(cohort, sort_keys=keys)).combine_chunks()


def lives_of(held: Held, persons: Sequence[int]) -> dict[int, Life]:
    """Each person's rows as the plain-Python references read them."""
    tables = held.tables.of_persons(persons)
    common = {name: table.to_pylist() for name, table in tables.items() if not BY_NAME[name].person}
    own: dict[int, dict[str, list[Any]]] = {person: {} for person in persons}
    for name in set(tables) - set(common):
        for row in tables[name].to_pylist():
            own[row["person"]].setdefault(name, []).append(row)
    return {person: Life(common | rows) for person, rows in own.items()}
