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

from openyj.measures.facts import Declared, outcomes
from openyj.measures.measure import Measure
from openyj.tables import CaseTables, linked

DECLARED = Declared()
PREPARED = {"decided": outcomes(DECLARED)}
# The tables are all it may see: no files, no network, no extensions.
CLOSED: dict[str, str | bool | int | float | list[str]] = {
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
        self._prepared: set[str] = set()
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
                self.have(name)
            name = f"cohort_{len(self._cohorts)}"
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
            self._cohorts[key] = name
        return self._cohorts[key]

    def have(self, name: str) -> None:
        """Prepare a table that is made of others; see that one of the declared was supplied."""
        if name not in PREPARED:
            if name not in self.tables:
                raise CannotBeComputed(f"table {name} was not supplied")
        elif name not in self._prepared:
            for part in needs(PREPARED[name]):
                self.have(part)
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql_of(PREPARED[name])}")
            self.refuse_doubles(name)
            self._prepared.add(name)

    def refuse_doubles(self, name: str) -> None:
        """An outcome that meets two children, offences or meanings would be counted twice without a word."""
        found = self.query(f"SELECT outcome_id FROM {name} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1")  # noqa: S608
        if len(found):
            raise CannotBeComputed(
                f"outcome {found.column(0)[0]} appears more than once, because a key is used twice or two meanings of "
                "its legal outcome overlap. `openyj tables check` says where"
            )

    def query(self, sql: str, values: list[Any] | None = None) -> pa.Table:
        return self.connection.sql(sql, params=values or []).to_arrow_table()


@lru_cache(maxsize=256)
def definition(measure: Measure, as_of: date) -> tuple[str, tuple[str, ...]]:
    """A measure's definition as DuckDB's SQL, and the tables it reads, prepared ones among them."""
    expression = measure.cohort(DECLARED, as_of)
    return sql_of(expression), needs(expression)


def sql_of(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def needs(expression: ir.Table) -> tuple[str, ...]:
    return tuple(sorted(node.name for node in expression.op().find(ops.UnboundTable)))


def supplied_for(measure: Measure, as_of: date) -> list[str]:
    """The case-level tables without which the measure cannot be computed."""
    read = definition(measure, as_of)[1]
    return sorted({part for name in read for part in (needs(PREPARED[name]) if name in PREPARED else (name,))})
