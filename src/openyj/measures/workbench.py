"""Where definitions meet data: case-level tables in an in-memory DuckDB, one workbench for one set of tables."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from openyj.measures.facts import Declared
from openyj.measures.measure import Measure
from openyj.tables import CaseTables, linked

DECLARED = Declared()
# The tables are all it may see: no files, no network, no extensions.
CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class CannotBeComputed(Exception):
    """A figure cannot be computed from these tables. The message says why; the answer is never 0."""

    def __init__(self, why: str) -> None:
        super().__init__(f"cannot be computed: {why}")


class Workbench:
    """Case-level tables ready to be measured, as many times as wanted.

    Records of one child are joined first (rule FTE-5), so figures of one workbench agree on who is who.
    The Arrow tables are read where they are. One thread at a time; making another costs milliseconds.
    """

    def __init__(self, tables: CaseTables, threads: int | None = None) -> None:
        self.tables = linked(tables) if "child" in tables else tables
        self.connection = duckdb.connect(":memory:", config=CLOSED | ({"threads": threads} if threads else {}))
        for name, table in self.tables.items():
            self.connection.register(name, table)
        self._cohorts: dict[tuple[str, date], str] = {}

    @classmethod
    def of(cls, tables: CaseTables | Workbench) -> Workbench:
        return tables if isinstance(tables, Workbench) else cls(tables)

    def cohort(self, measure: Measure, as_of: date) -> str:
        """The name of the table that holds the measure's cohort, computed once.

        Raises CannotBeComputed naming a table that is needed and was never supplied.
        """
        key = (measure.name, as_of)
        if key not in self._cohorts:
            sql, needed = definition(measure, as_of)
            for name in needed:
                if name not in self.tables:
                    raise CannotBeComputed(f"table {name} was not supplied")
            name = f"cohort_{len(self._cohorts)}"
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
            self._cohorts[key] = name
        return self._cohorts[key]

    def query(self, sql: str, values: list[Any] | None = None) -> pa.Table:
        return self.connection.sql(sql, params=values or []).to_arrow_table()


@lru_cache(maxsize=256)
def definition(measure: Measure, as_of: date) -> tuple[str, tuple[str, ...]]:
    """A measure's definition as DuckDB's SQL, and the tables it needs."""
    expression = measure.cohort(DECLARED, as_of)
    return sql_of(expression), needs(expression)


def sql_of(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def needs(expression: ir.Table) -> tuple[str, ...]:
    return tuple(sorted(node.name for node in expression.op().find(ops.UnboundTable)))
