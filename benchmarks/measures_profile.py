"""Where the time of the measures goes: each step on one set of tables, beside DuckDB's SQL of the same definitions.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.measures_profile FOLDER [--times 5] [--profile]

FOLDER holds case-level tables, such as ``openyj demo-data`` writes. Every run is from the tables in memory to the
sums by service and quarter, on a workbench of its own. The best and the median of the runs are printed, because
other work on the machine only ever adds. ``--profile`` adds what Python's profiler says of one more run.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from openyj.measures import OF_CHILDREN, Workbench
from openyj.measures.workbench import definition, needs
from openyj.tables import CaseTables, read_folder

AS_OF = date(2026, 9, 30)
SUMS = "SELECT service, quarter, count(*) FROM {} GROUP BY service, quarter"


class Steps:
    """Seconds of each step of each run."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.taken.setdefault(name, []).append(time.perf_counter() - start)

    def __str__(self) -> str:
        rows = {**self.taken, "in all": [sum(run) for run in zip(*self.taken.values(), strict=True)]}
        return "\n".join(
            f"{name:<40}{min(taken) * 1000:>9.1f}{statistics.median(taken) * 1000:>9.1f}"
            for name, taken in rows.items()
        )


def evaluated(tables: CaseTables, threads: int, steps: Steps) -> None:
    with steps.step("who is who (FTE-5), a connection"):
        bench = Workbench(tables, threads)
    for name, measure in OF_CHILDREN.items():
        with steps.step(f"{name}: cohort"):
            cohort = bench.cohort(measure, AS_OF)
        with steps.step(f"{name}: sums"):
            bench.query(SUMS.format(cohort))


def in_sql(tables: CaseTables, threads: int, steps: Steps) -> None:
    with steps.step("who is who (FTE-5), a connection"):
        bench = Workbench(tables, threads)
    with steps.step("decided"):
        bench.have("decided")
    for name, measure in OF_CHILDREN.items():
        with steps.step(f"{name}: planning"):
            defined = definition(measure, AS_OF)
            for needed in needs(defined.expression):
                bench.have(needed)
            bench.query(f"EXPLAIN {defined.sql}")
        with steps.step(f"{name}: planning again and cohort"):
            bench.execute(f"CREATE TEMP TABLE {name.replace('-', '_')} AS {defined.sql}")
        with steps.step(f"{name}: sums"):
            bench.query(SUMS.format(name.replace("-", "_")))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--profile", action="store_true")
    args = options.parse_args()
    tables = read_folder(args.folder)
    print(tables)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for title, run in (("column by column", evaluated), ("the same as DuckDB's SQL", in_sql)):
        steps = Steps()
        for _ in range(args.times):
            run(tables, args.threads, steps)
        print(f"\n{title}, milliseconds (best, median)\n{steps}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"memory beyond the tables, at the highest so far: {(peak - held) // 1024} MB")
    if args.profile:
        with cProfile.Profile() as profile:
            evaluated(tables, args.threads, Steps())
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
