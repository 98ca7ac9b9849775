"""Sets of case-level tables from several places put together: numbers of one never meet those of another."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from openyj.tables import BY_NAME, CaseTables
from openyj.tables.declare import Table

# What outcomes count as is one thing for the nation: the first set's.
OF_THE_FIRST = {"legal_outcome", "disposal_type"}
NOT_NUMBERS_OF_ROWS = {"sentencing_occasion_id"}


def together(sets: Sequence[CaseTables]) -> CaseTables:
    """One set of all of them, with new numbers of rows and persons from the second set on. Raises ValueError for a
    service that is in two sets: its children would be counted twice."""
    if len(sets) == 1:
        return sets[0]
    seen: set[str] = set()
    for each in sets:
        codes = set(each["service"]["service"].to_pylist())
        if both := sorted(seen & codes):
            raise ValueError(f"These services are in more than one source: {', '.join(both)}")
        seen |= codes
    parts: dict[str, list[pa.Table]] = {}
    offset = 0
    for number, each in enumerate(sets):
        for name, table in each.items():
            if number == 0 or name not in OF_THE_FIRST:
                parts.setdefault(name, []).append(moved(BY_NAME[name], table, offset))
        offset += highest(each)
    return CaseTables({name: pa.concat_tables(tables) for name, tables in parts.items()})


def numbered(table: type[Table]) -> list[str]:
    """The columns of a table that hold numbers of rows or persons."""
    if table.person is None:
        return []
    return [
        column.name
        for column in table.columns
        if column.name in table.key or column.name == table.person or column.refers_to
    ]


def moved(declared: type[Table], table: pa.Table, offset: int) -> pa.Table:
    for column in numbered(declared) if offset else ():
        position = table.column_names.index(column)
        table = table.set_column(position, declared.schema().field(column), pc.add(table[column], offset))
    return table


def highest(tables: CaseTables) -> int:
    """The highest number of a row or person in these tables."""
    found = [pc.max(table[column]).as_py() or 0 for name, table in tables.items() for column in numbered(BY_NAME[name])]
    return max(found, default=0)
