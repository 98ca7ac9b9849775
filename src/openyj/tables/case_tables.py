"""A set of case-level tables in memory: Arrow, in the declared shape, a missing table kept apart from an
empty one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from openyj.tables.contents import BY_NAME
from openyj.tables.declare import Table
from openyj.tables.faults import Fault, TableNotSupplied, Unfit


class CaseTables(Mapping[str, pa.Table]):
    """Case-level tables by name, each with exactly the declared columns, types and required values.

    ``tables["offence"]`` raises TableNotSupplied when nobody supplied offences; an empty table says that
    there were none. Raises Unfit, naming every fault, when a table cannot be given the declared shape.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        faults: list[Fault] = []
        fitted: dict[str, pa.Table] = {}
        for name, table in tables.items():
            if name not in BY_NAME:
                known = ", ".join(BY_NAME)
                faults.append(Fault("SHAPE-1", name, None, None, f"No such table is declared. Known: {known}"))
                continue
            fitted[name], wrong = fit(BY_NAME[name], table)
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
        return CaseTables({**self._tables, **tables})

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
            }
        )


def fit(declared: type[Table], table: pa.Table) -> tuple[pa.Table, list[Fault]]:
    """The table with the declared columns in the declared order and types, and what stood in the way."""
    faults = [undeclared_column(declared, name) for name in table.column_names if name not in declared.schema().names]
    arrays = []
    for column in declared.columns:
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
            values = cast(table[column.name], column.arrow.type)
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
    return pa.Table.from_arrays(arrays, schema=declared.schema()), []


def cast(values: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """The values in another type, or ArrowInvalid. A time is no date: what day it was depends on the zone."""
    found = values.cast(wanted)
    if pa.types.is_timestamp(values.type) and (values.type.tz or found.cast(values.type) != values):
        raise pa.ArrowInvalid("some values have a time of day or a time zone. Give dates alone")
    return found


def undeclared_column(declared: type[Table], name: str) -> Fault:
    known = ", ".join(declared.schema().names)
    return Fault("SHAPE-2", declared.name, None, name, f"No such column is declared. Known: {known}")
