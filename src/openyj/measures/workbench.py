"""Where definitions meet data: one workbench for one set of case-level tables.

A cohort is worked out from the expression itself (``evaluation``), each half of the persons on its own processor,
because a definition never looks from one person at another; one that reads no person's rows on one processor. DuckDB
adds it up, and works out the whole of a definition that holds something ``evaluation`` does not understand.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from openyj.measures.evaluation import Evaluation, NotUnderstood, in_parts
from openyj.measures.evaluation.keys import Places
from openyj.measures.facts import Declared, outcomes
from openyj.measures.measure import Measure
from openyj.tables import BY_NAME, CaseTables, linked, shipped
from openyj.tables.linking import LINKED_BY

T = TypeVar("T")
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
    The Arrow tables are read where they are. One thread at a time; making another costs nothing.
    """

    def __init__(self, tables: CaseTables, threads: int | None = None) -> None:
        self.tables = linked(tables) if "child" in tables else tables
        self.threads = threads or os.cpu_count() or 1
        self.connection = database(threads, os.getpid()).cursor()
        self._seen: set[str] = set()
        self._prepared: set[str] = set()
        self._cohorts: dict[tuple[str, date, frozenset[str] | None], str] = {}

    @classmethod
    def of(cls, tables: CaseTables | Workbench) -> Workbench:
        return tables if isinstance(tables, Workbench) else cls(tables)

    def cohort(self, measure: Measure, as_of: date, columns: Iterable[str] | None = None) -> str:
        """The name of the table that holds the measure's cohort, computed once.

        With ``columns`` it may hold these columns alone: who adds up by service has no use for the age of each child.
        Its rows are the same ones. Raises CannotBeComputed naming a table that is needed and was never supplied.
        """
        whole = (measure.name, as_of, None)
        key = whole if columns is None or whole in self._cohorts else (measure.name, as_of, frozenset(columns))
        if key not in self._cohorts:
            defined = definition(measure, as_of)
            for table in defined.supplied:
                if table not in self.tables:
                    raise CannotBeComputed(f"table {table} was not supplied")
            name = f"cohort_{len(self._cohorts)}"
            try:
                self.connection.register(name, self.evaluated(defined.expression, key[2]))
            except NotUnderstood:
                for needed in needs(defined.expression):
                    self.have(needed)
                self.execute(f"CREATE TEMP TABLE {name} AS {defined.sql}")
            self._cohorts[key] = name
        return self._cohorts[key]

    def evaluated(self, expression: ir.Table, columns: Container[str] | None = None) -> pa.Table:
        """An expression's rows, or these columns of them, without DuckDB. Raises NotUnderstood naming what is left to
        DuckDB."""
        if "decided" in needs(expression) and self._doubled is not None:
            raise CannotBeComputed(said_twice(self._doubled))
        parts = self._parts if reads_persons(expression) else self._parts[:1]
        return pa.concat_tables(of_parts(parts, lambda part: part.table(expression, columns)))

    @cached_property
    def _doubled(self) -> int | None:
        return first_double(np.concatenate(of_parts(self._parts, lambda part: part.numbers("decided", "outcome_id"))))

    @cached_property
    def _parts(self) -> list[Evaluation]:
        return [Evaluation(tables, PREPARED) for tables in in_parts(self.tables, self.threads)]

    def have(self, name: str) -> None:
        """Prepare in DuckDB a table that is made of others; see that one of the declared was supplied."""
        if name not in PREPARED:
            if name not in self.tables:
                raise CannotBeComputed(f"table {name} was not supplied")
        elif name not in self._prepared:
            for part in needs(PREPARED[name]):
                self.have(part)
            self.execute(f"CREATE TEMP TABLE {name} AS {sql_of(PREPARED[name])}")
            self.refuse_doubles(name)
            self._prepared.add(name)

    def refuse_doubles(self, name: str) -> None:
        """An outcome that meets two children, offences or meanings would be counted twice without a word."""
        found = self.query(f"SELECT outcome_id FROM {name} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1")  # noqa: S608
        if len(found):
            raise CannotBeComputed(said_twice(found.column(0)[0].as_py()))

    def query(self, sql: str, values: list[Any] | None = None) -> pa.Table:
        self.show(sql)
        return self.connection.sql(sql, params=values or []).to_arrow_table()

    def execute(self, sql: str) -> None:
        self.show(sql)
        self.connection.execute(sql)

    def show(self, sql: str) -> None:
        """Let DuckDB see the supplied tables that the words name; naming one takes longer than a small query."""
        for name in (self.tables.keys() & set(re.findall(r"\w+", sql))) - self._seen:
            self.connection.register(name, self.tables[name])
            self._seen.add(name)


def of_parts(parts: list[Evaluation], work: Callable[[Evaluation], T]) -> list[T]:
    """What each part gives, each on a processor of its own."""
    if len(parts) == 1:
        return [work(parts[0])]
    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(work, parts))


@lru_cache(maxsize=8)
def database(threads: int | None, process: int) -> duckdb.DuckDBPyConnection:
    """An empty DuckDB in memory, closed to all else. Starting one takes longer than a page may, so a process has one
    and each workbench a connection; what is registered or temporary is seen by its own connection alone."""
    return duckdb.connect(":memory:", config=CLOSED | ({"threads": threads} if threads else {}))


@dataclass(frozen=True)
class Definition:
    """A measure's definition for a day."""

    expression: ir.Table

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """The case-level tables without which it cannot be computed."""
        read = needs(self.expression)
        return tuple(sorted({p for name in read for p in (needs(PREPARED[name]) if name in PREPARED else (name,))}))

    @cached_property
    def sql(self) -> str:
        """As DuckDB's SQL; it reads prepared tables too."""
        return sql_of(self.expression)


@lru_cache(maxsize=256)
def definition(measure: Measure, as_of: date) -> Definition:
    return Definition(measure.cohort(DECLARED, as_of))


@lru_cache(maxsize=256)
def needs(expression: ir.Table) -> tuple[str, ...]:
    """The tables it reads, prepared ones among them."""
    return tuple(sorted(node.name for node in expression.op().find(ops.UnboundTable)))


@lru_cache(maxsize=256)
def reads_persons(expression: ir.Table) -> bool:
    """Whether any person's rows are read. Tables of no person stand whole in every part of the persons, so what reads
    nothing else is worked out in one."""
    return any(name in PREPARED or BY_NAME[name].person for name in needs(expression))


def sql_of(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def first_double(keys: np.ndarray) -> int | None:
    """The least of the keys that are used more than once."""
    if Places(keys).unique:
        return None
    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return int(again[0])


def said_twice(outcome: int) -> str:
    return (
        f"outcome {outcome} appears more than once, because a key is used twice or two meanings of "
        "its legal outcome overlap. `openyj tables check` says where"
    )


def supplied_for(measure: Measure, as_of: date) -> list[str]:
    """The case-level tables without which the measure cannot be computed."""
    return list(definition(measure, as_of).supplied)


def read_by(measures: Iterable[Measure]) -> dict[str, set[str]]:
    """The columns of case-level tables that figures of these measures read, by table: those of their definitions, of
    who is one person (FTE-5), of which services there are and of when the tables begin, and populations for rates."""
    read = {name: set(BY_NAME[name].schema().names) for name in ("service", "population", *shipped())}
    read["child"] = {"service", "person", "deleted", *LINKED_BY}
    for measure in measures:
        name, day = measure.about.happens
        read.setdefault(name, set()).add(day)
        read.setdefault(measure.about.listed, set()).update(("service", "locality"))
        expression = definition(measure, measure.review).expression
        for each in (expression, *(PREPARED[name] for name in needs(expression) if name in PREPARED)):
            for table, columns in columns_of(each).items():
                read.setdefault(table, set()).update(columns)
    return {
        name: columns & set(BY_NAME[name].schema().names) | ({person} if (person := BY_NAME[name].person) else set())
        for name, columns in read.items()
        if name in BY_NAME
    }


@lru_cache(maxsize=256)
def columns_of(expression: ir.Table) -> dict[str, set[str]]:
    """The columns of each table that an expression names, itself or by rows chosen from it. One that a step between
    makes anew under an old name is among them too: it costs a column read, and none is missing."""
    found: dict[str, set[str]] = {}
    for field in expression.op().find(ops.Field):
        for table in beneath(field.rel):
            found.setdefault(table.name, set()).add(field.name)
    return found


@lru_cache(maxsize=4096)
def beneath(relation: ops.Relation) -> tuple[ops.UnboundTable, ...]:
    """The declared tables whose rows these may be."""
    if isinstance(relation, ops.UnboundTable):
        return (relation,)
    above = [part for part in relation.args if isinstance(part, ops.Relation)]
    return tuple(table for part in above for table in beneath(part))
