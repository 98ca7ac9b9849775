"""One engine, one start, one process: so that peak memory is the engine's own and a slow one can be ended.

    python -m benchmarks.measures_worker polars parquet FOLDER --out FILE

``measures.py`` starts it and reads what it wrote. Two starts are timed:

- ``parquet``: from the snapshot's files on disk (read before, so in the file cache) to the results;
- ``memory``: from the tables in the engine's own memory, or its own tables, to the results.

Libraries are imported, and Spark's session and PostgreSQL's database are there, before the clock starts.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

AS_OF = date(2026, 9, 30)
MEASURES = ("first-time-entrants", "custody", "reoffending")
STARTS = ("parquet", "memory")
Sums = dict[str, list[tuple]]


class Engine(Protocol):
    """What every peer offers. ``State`` is its own: frames, a connection, a folder to scan."""

    def begin(self) -> None:
        """Whatever a process does once before it can work: a session, a database."""

    def open(self, folder: Path) -> Any:
        """The snapshot as a computation from files begins with it; lazy engines read nothing yet."""

    def load(self, folder: Path) -> Any:
        """The snapshot in the engine's own memory or tables."""

    def measures(self, state: Any, as_of: date, names: Sequence[str]) -> Sums:
        """These measures' sums by service and financial quarter, in any order, work that they share done once."""

    def close(self, state: Any) -> None:
        """Let go of what ``open`` or ``load`` made."""

    def end(self) -> None:
        """The opposite of ``begin``."""

    def peak(self) -> int:
        """Bytes of memory at the highest, of this process and of all that worked for it."""


class Library:
    """An engine inside this process: nothing to begin or to let go of."""

    def begin(self) -> None: ...

    def close(self, state: Any) -> None: ...

    def end(self) -> None: ...

    def peak(self) -> int:
        return highest_of(["self"])


def highest_of(processes: Sequence[str | int]) -> int:
    """The sum of the highest resident memory of each process, in bytes (Linux; elsewhere this process's)."""
    if not Path("/proc/self/status").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return sum(status(process, "VmHWM") for process in processes)


def status(process: str | int, name: str) -> int:
    """A number of bytes from a process's status, 0 when the process has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)


def best_of(run: Callable[[], Any], times: int, patience: float) -> tuple[Any, float]:
    """What it gave, and the shortest of several runs in seconds; no further run once ``patience`` is used up."""
    shortest, since, found = float("inf"), time.perf_counter(), None
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        shortest = min(shortest, time.perf_counter() - start)
        if time.perf_counter() - since > patience:
            break
    return found, shortest


def measured(engine: Engine, start: str, folder: Path, times: int, patience: float) -> dict[str, Any]:
    engine.begin()
    try:
        return timed(engine, start, folder, times, patience)
    finally:
        engine.end()


def timed(engine: Engine, start: str, folder: Path, times: int, patience: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if start == "parquet":

        def from_files() -> Sums:
            state = engine.open(folder)
            sums = engine.measures(state, AS_OF, MEASURES)
            engine.close(state)
            return sums

        results, found["seconds"] = best_of(from_files, times, patience)
        results = in_order(results)
    else:
        since = time.perf_counter()
        state = engine.load(folder)
        found["loading"] = time.perf_counter() - since
        results, found["seconds"] = best_of(lambda: engine.measures(state, AS_OF, MEASURES), times, patience)
        results = in_order(results)
        found["peak"] = engine.peak()  # of the whole set; the measures one by one come after it
        found["each"] = {}
        for name in MEASURES:
            alone, found["each"][name] = best_of(lambda: engine.measures(state, AS_OF, [name]), times, patience / 3)  # noqa: B023
            if alone and in_order(alone)[name] != results[name]:
                raise SystemExit(f"{name} alone is not what it is among the others")
        engine.close(state)
    found.setdefault("peak", engine.peak())
    return found | {"results": results}


def in_order(sums: Sums) -> Sums:
    """The rows in one order, to be compared. Not on the clock: it is no engine's work."""
    return {name: sorted(rows, key=str) for name, rows in sums.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("engine")
    options.add_argument("start", choices=STARTS)
    options.add_argument("folder", type=Path)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--patience", type=float, default=60, help="seconds after which a run is not repeated")
    args = options.parse_args()
    engine = importlib.import_module(f"benchmarks.measures_in_{args.engine}").ENGINE
    found = measured(engine, args.start, args.folder, args.times, args.patience)
    args.out.write_text(json.dumps(found))


if __name__ == "__main__":
    sys.exit(main())
