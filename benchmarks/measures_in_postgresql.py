"""The three measures in PostgreSQL 18, in SQL written by hand (``measures_in_postgresql.sql``).

A database of its own on the project's server, dropped afterwards. Tables are loaded by COPY, then indexed and
vacuumed; what the measures share is made once a run, in unlogged tables that are analysed.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import psycopg
from pyarrow import csv, parquet

from benchmarks.measures_worker import Sums, status
from openyj.tables import BY_NAME, codes
from ops import postgres

TABLES = (
    "child", "offence", "offence_legal_outcome", "legal_outcome", "hearing", "link_hearing_offence",
    "intervention_programme", "disposal_type", "link_offence_intervention_programme",
)  # fmt: skip
TYPES = {int: "bigint", float: "double precision", str: "text", bool: "boolean", date: "date"}
SHARED = {
    "first-time-entrants": ("decided", "heard"),
    "custody": ("decided", "heard"),
    "reoffending": ("decided", "proven", "index_events"),
}


def sections() -> dict[str, str]:
    text = Path(__file__).with_suffix(".sql").read_text()
    for name, words in (
        ("breaches", codes.BREACH_CATEGORIES),
        ("overturned", codes.APPEAL_STATUS.in_group(codes.OVERTURNED)),
    ):
        text = text.replace(f":{name}", ", ".join(f"'{word}'" for word in words))
    return dict(part.split("\n", 1) for part in text.split("-- name: ")[1:])


class PostgreSQL:
    def begin(self) -> None:
        postgres.start()
        self.database = f"openyj_bench_{os.getpid()}"
        postgres.create(self.database)
        self.sql = sections()
        self.memory = Memory(self.database)
        self.memory.start()

    def load(self, folder: Path) -> psycopg.Connection:
        connection = psycopg.connect(postgres.url(self.database, "owner"), autocommit=True)
        connection.execute(self.sql["tuned"])
        for name in TABLES:
            columns = ", ".join(f"{column.name} {TYPES[column.type]}" for column in BY_NAME[name].columns)
            connection.execute(f"DROP TABLE IF EXISTS {name}; CREATE UNLOGGED TABLE {name} ({columns})")
            self.fill(connection, name, folder)
        connection.execute(self.sql["indexes"])
        connection.execute("VACUUM (ANALYZE)")
        return connection

    open = load

    def fill(self, connection: psycopg.Connection, name: str, folder: Path) -> None:
        columns = [column.name for column in BY_NAME[name].columns]
        table = parquet.read_table(folder / f"{name}.parquet", columns=columns)
        text = io.BytesIO()
        csv.write_csv(table, text, csv.WriteOptions(include_header=False))
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            copy.write(text.getbuffer())

    def measures(self, state: psycopg.Connection, as_of: date, names: Sequence[str]) -> Sums:
        for part in dict.fromkeys(part for name in names for part in SHARED[name]):
            state.execute(self.of_day(part, as_of))
        found = {name: state.execute(self.of_day(name, as_of)).fetchall() for name in names}
        return {name: [(s, q, *map(int, n)) for s, q, *n in rows] for name, rows in found.items()}

    def of_day(self, name: str, as_of: date) -> str:
        return self.sql[name].replace(":as_of", f"DATE '{as_of}'")

    def close(self, state: psycopg.Connection) -> None:
        state.close()

    def peak(self) -> int:
        return self.memory.highest

    def end(self) -> None:
        self.memory.done.set()
        postgres.drop(self.database)


class Memory(threading.Thread):
    """Watches the server's processes that work for one database: their own memory, and the buffers they share."""

    def __init__(self, database: str) -> None:
        super().__init__(daemon=True)
        self.database, self.highest, self.done = database, 0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.05):
            own = self.processes()
            shared = max((status(process, "RssShmem") for process in own), default=0)
            self.highest = max(self.highest, shared + sum(status(process, "RssAnon") for process in own))

    def processes(self) -> list[str]:
        """Those that say they serve the database, and the workers that say they help one of them."""
        titles = {}
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                titles[path.parent.name] = path.read_text().replace("\0", " ")
            except (OSError, UnicodeDecodeError):
                continue
        serve = {process for process, title in titles.items() if f" {self.database} " in title and "postgres:" in title}
        helped = {f"parallel worker for PID {process} " for process in serve}
        return [*serve, *(process for process, title in titles.items() if any(each in title for each in helped))]


ENGINE = PostgreSQL()
