"""A set of case-level tables in memory: Arrow, in the declared shape, a missing table kept apart from an
empty one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from openyj.tables.contents import BY_NAME
from openyj.tables.declare import Table
from openyj.tables.faults import Fault, TableNotSupplied, Unfit

FIRST_DAY, LAST_DAY = ((day - date(1970, 1, 1)).days for day in (date.min, date.max))


class CaseTables(Mapping[str, pa.Table]):
    """Case-level tables by name, each with exactly the declared columns, types and required values.

    ``tables["offence"]`` raises TableNotSupplied when nobody supplied offences; an empty table says that
    there were none. Raises Unfit, naming every fault, when a table cannot be given the declared shape.

    ``only`` gives the columns of a table that are there, when whoever asked for it reads no others (``read_folder``).
    Such a table keeps text as numbers of different texts where it comes so.
    """

    def __init__(self, tables: Mapping[str, pa.Table], only: Mapping[str, Collection[str]] | None = None) -> None:
        self.only = dict(only or {})
        faults: list[Fault] = []
        fitted: dict[str, pa.Table] = {}
        for name, table in tables.items():
            if name not in BY_NAME:
                known = ", ".join(BY_NAME)
                faults.append(Fault("SHAPE-1", name, None, None, f"No such table is declared. Known: {known}"))
                continue
            fitted[name], wrong = fit(BY_NAME[name], table, self.only.get(name))
            faults += wrong
        if faults:
            raise Unfit(faults)
        self._tables = {name: fitted[name] for name in BY_NAME if name in fitted}

    @classmethod
    def from_rows(cls, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> CaseTables:
        """Tables from plain rows. A column left out of a row is null; a column not declared is refused."""
        tables: dict[str, pa.Table] = {}
        for name, given in rows.items():
            listed = list(given)
            schema = BY_NAME[name].schema() if name in BY_NAME else None
            undeclared = {key: None for row in listed for key in row if schema and key not in schema.names}
            if undeclared:
                raise Unfit([undeclared_column(BY_NAME[name], column) for column in undeclared])
            tables[name] = pa.Table.from_pylist(listed, schema=schema)
        return cls(tables)

    def __getitem__(self, name: str) -> pa.Table:
        try:
            return self._tables[name]
        except KeyError:
            raise TableNotSupplied(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return "CaseTables(" + ", ".join(f"{name}: {len(self[name])}" for name in self) + ")"

    def replacing(self, tables: Mapping[str, pa.Table]) -> CaseTables:
        """The same set with these tables put in, or put in place of those of the same name."""
        found = CaseTables(tables, self.only)
        both = self._tables | found._tables
        found._tables = {name: both[name] for name in BY_NAME if name in both}
        return found

    def persons(self) -> list[int]:
        """Every person a child record names, in order."""
        return sorted(pc.unique(self["child"]["person"]).to_pylist())

    def of_persons(self, persons: Iterable[int]) -> CaseTables:
        """Only these persons' rows; the reference tables whole."""
        wanted = pa.array(sorted(set(persons)), pa.int64())
        return CaseTables(
            {
                name: table.filter(pc.is_in(table[column], wanted)) if (column := BY_NAME[name].person) else table
                for name, table in self._tables.items()
            },
            self.only,
        )


def fit(declared: type[Table], table: pa.Table, only: Collection[str] | None = None) -> tuple[pa.Table, list[Fault]]:
    """The table with the declared columns, or with ``only`` these of them, in the declared order and types, and what
    stood in the way."""
    if faults := repeated_columns(declared, table):
        return table, faults
    faults = [undeclared_column(declared, name) for name in table.column_names if name not in declared.schema().names]
    arrays = []
    wanted = [column for column in declared.columns if only is None or column.name in only]
    for column in wanted:
        if column.name not in table.column_names:
            faults.append(
                Fault(
                    "SHAPE-3",
                    declared.name,
                    None,
                    column.name,
                    "The column is missing. Add it, even if empty",
                )
            )
            continue
        try:
            values = table[column.name]
            numbered = only is not None and pa.types.is_dictionary(values.type)
            values = cast(values, values.type if numbered else column.arrow.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as reason:
            message = f"Cannot be read as {column.arrow.type}: {reason}"
            faults.append(Fault("SHAPE-4", declared.name, None, column.name, message))
            continue
        if values.null_count and not column.nullable:
            message = f"{values.null_count} row(s) have no value; every row needs one"
            faults.append(Fault("SHAPE-5", declared.name, None, column.name, message))
            continue
        arrays.append(values)
    if faults:
        return table, faults
    if only is None:
        return pa.Table.from_arrays(arrays, schema=declared.schema()), []
    return pa.table({column.name: values for column, values in zip(wanted, arrays, strict=True)}), []


def cast(values: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """The values in another type, or ArrowInvalid. A time is no date: what day it was depends on the zone; and Arrow
    counts days that no calendar has."""
    found = values.cast(wanted)
    if pa.types.is_date32(wanted) and len(found):
        ends = pc.min_max(found.cast(pa.int32()))
        first, last = ends["min"].as_py(), ends["max"].as_py()
        if first is not None and (first < FIRST_DAY or last > LAST_DAY):
            raise pa.ArrowInvalid("some dates lie outside the years 1 to 9999. Leave an open date empty")
    if pa.types.is_timestamp(values.type) and (values.type.tz or found.cast(values.type) != values):
        raise pa.ArrowInvalid("some values have a time of day or a time zone. Give dates alone")
    return found


def repeated_columns(declared: type[Table], table: pa.Table) -> list[Fault]:
    """Columns that stand more than once: which of them holds would be a guess."""
    names = table.column_names
    return [
        Fault("SHAPE-8", declared.name, None, name, f"{names.count(name)} columns have this name. Keep one")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def undeclared_column(declared: type[Table], name: str) -> Fault:
    known = ", ".join(declared.schema().names)
    return Fault("SHAPE-2", declared.name, None, name, f"No such column is declared. Known: {known}")
