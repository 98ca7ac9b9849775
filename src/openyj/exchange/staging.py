"""Many rows into a table of the record at once: COPY into a temporary table, then one INSERT ... SELECT.

COPY straight into a table is refused where row-level security holds. A temporary table has none, and the INSERT is an
ordinary one: policies, constraints, references and history hold as for any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import Model
from pyarrow import csv

from openyj.core import clock
from openyj.people.models import Person


class Stage:
    """A temporary table in the shape of `columns` of a model's table, and the way from it into that table.

    `common` are values that every row of one load has; a column of the record that neither names takes its default:
    version 1, and nothing said of an error."""

    def __init__(self, model: type[Model], columns: Sequence[str], common: dict[str, Any]) -> None:
        self.table, self.name = model._meta.db_table, f"load_{model._meta.db_table}"
        self.columns = list(columns)
        own = {field.column for field in model._meta.concrete_fields}
        said = {"version": 1, "in_error_reason": "", **common}
        self.common = {name: value for name, value in said.items() if name in own and name not in columns}
        listed = ", ".join(f'"{name}"' for name in columns)
        also = "".join(f', "{name}"' for name in self.common)
        values = ", %s" * len(self.common)
        # Names of tables and columns are the models' own; no input is in the text.
        self.statement = f'INSERT INTO "{self.table}" ({listed}{also}) SELECT {listed}{values} FROM "{self.name}"'  # noqa: S608
        self.copy = f'COPY "{self.name}" ({listed}) FROM STDIN (FORMAT csv)'
        with connection.cursor() as cursor:
            cursor.execute(
                f'CREATE TEMPORARY TABLE "{self.name}" ON COMMIT DROP AS '  # noqa: S608
                f'SELECT {listed} FROM "{self.table}" WITH NO DATA'
            )

    def insert(self, rows: pa.Table) -> None:
        """Write the rows, whose columns are this stage's."""
        data = BytesIO()
        csv.write_csv(rows.select(self.columns), data, csv.WriteOptions(include_header=False))
        with connection.cursor() as cursor:
            with cursor.copy(self.copy) as copy:
                copy.write(data.getbuffer())
            cursor.execute(self.statement, list(self.common.values()))
            cursor.execute(f'TRUNCATE "{self.name}"')


@contextmanager
def checked_at_once() -> Iterator[None]:
    """Let references be checked at the end of each statement and not of the transaction, where millions of checks would
    wait in memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def next_numbers(model: type[Model], count: int) -> np.ndarray:
    """`count` fresh primary keys, rising."""
    sequence = f"pg_get_serial_sequence('\"{model._meta.db_table}\"', 'id')"
    numbers = f"SELECT string_agg(nextval({sequence})::text, ' ') FROM generate_series(1, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(numbers, [count])
        return np.sort(np.array((cursor.fetchone()[0] or "").split(), np.int64))


def insert_persons(numbers: np.ndarray) -> None:
    stage = Stage(Person, ["id"], {"made_at": clock.now()})
    stage.insert(pa.table({"id": numbers}))


def refresh_statistics(models: Sequence[type[Model]]) -> None:
    """Let the database count again what it plans by: pages that come before it does so by itself would be planned for
    empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT openyj_refresh_statistics(%s)", [[model._meta.db_table for model in models]])
