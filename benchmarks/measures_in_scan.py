"""No measure, only the floor under all of them: DuckDB reading once every column that the measures need.

What is needed is read off the definitions' SQL. Every value of those columns is hashed and the hashes are
combined, so that neither statistics nor row counts in a file's footer can stand in for reading it. From memory
it reads the same Arrow tables that a workbench begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from benchmarks.measures_in_duckdb import grouped
from benchmarks.measures_worker import AS_OF, MEASURES, Library, Sums
from openyj.measures import ALL
from openyj.measures.statement import statement
from openyj.tables import BY_NAME, read_folder


class Scan(Library):
    def begin(self) -> None:
        needed_columns()
        for name in MEASURES:
            needed_columns((name,))

    def open(self, folder: Path) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        for table in needed_columns():
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{folder / table}.parquet')")
        return connection

    def load(self, folder: Path) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        tables = read_folder(folder)
        for table in needed_columns():
            connection.register(table, tables[table])
        return connection

    def measures(self, state: duckdb.DuckDBPyConnection, as_of: date, names: Sequence[str]) -> Sums:
        for table, columns in needed_columns(tuple(names)).items():
            hashes = ", ".join(f"bit_xor(hash({column}))" for column in columns)
            state.execute(f"SELECT {hashes} FROM {table}").fetchall()
        return {}


@cache
def needed_columns(names: tuple[str, ...] = MEASURES) -> dict[str, list[str]]:
    """By table, the columns without which the sums of these measures cannot be computed."""
    schema = {name: {column.name: "unknown" for column in table.columns} for name, table in BY_NAME.items()}
    found: dict[str, set[str]] = {}
    for name in names:
        sql = grouped(name, f"({statement(ALL[name], AS_OF, 'duckdb')}) AS cohort")
        tree = pushdown_projections(qualify(sqlglot.parse_one(sql, dialect="duckdb"), schema=schema, dialect="duckdb"))
        for scope in traverse_scope(tree):
            for alias, source in scope.sources.items():
                if isinstance(source, exp.Table):
                    own = {column.name for column in scope.columns if column.table == alias}
                    found.setdefault(source.name, set()).update(own)
    return {table: sorted(columns) for table, columns in sorted(found.items())}


ENGINE = Scan()
