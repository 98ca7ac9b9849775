"""All measures by service and quarter: openyj (Ibis on DuckDB) beside pandas, Polars and PostgreSQL.

    python -m benchmarks.measures --services 157 --children 800 --years 10

Every engine starts with the tables in its own memory (PostgreSQL: in temporary tables, analysed), so only the
computing is timed. The results are compared first; no time is printed of an engine that disagrees. PostgreSQL
takes part when DATABASE_URL names one.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable
from datetime import date

import ibis
import numpy as np

from benchmarks import measures_in_pandas, measures_in_polars
from openyj.invented.places import Place
from openyj.invented.service import lives
from openyj.measures import ALL, Workbench, figures
from openyj.measures.facts import outcomes
from openyj.measures.workbench import DECLARED
from openyj.tables import BY_NAME, CaseTables, linked

AS_OF = date(2026, 9, 30)
SUMS = {
    "first-time-entrants": "count(*)",
    "custody": "count(*)",
    "reoffending": "count(*), sum(CASE WHEN reoffended THEN 1 ELSE 0 END), sum(reoffences)",
}
Results = dict[str, list[tuple]]


def country(services: int, children: int, years: int) -> CaseTables:
    halves = (("Upper", 0.5), ("Lower", 0.5))
    places = [Place(f"S{n:03}", f"Service {n}", f"S{n}", halves, 1.0, 20_000, 0) for n in range(services)]
    return linked(lives(np.random.default_rng(1), places, [children] * services, years, AS_OF))


def in_openyj(tables: CaseTables) -> Results:
    bench = Workbench(tables, threads=2)
    return {
        name: rows(bench.connection.execute(grouped(name, bench.cohort(measure, AS_OF))).fetchall())
        for name, measure in ALL.items()
    }


def grouped(name: str, cohort: str) -> str:
    return f"SELECT service, quarter, {SUMS[name]} FROM {cohort} GROUP BY service, quarter"


def rows(found: list[tuple]) -> list[tuple]:
    return sorted(((service, quarter, *map(int, sums)) for service, quarter, *sums in found), key=str)


def in_postgresql(tables: CaseTables, address: str) -> Callable[[], Results]:
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    types = {int: "bigint", float: "double precision", str: "text", bool: "boolean", date: "date"}
    for name, table in tables.items():
        columns = ", ".join(f"{column.name} {types[column.type]}" for column in BY_NAME[name].columns)
        connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)
    connection.execute("ANALYZE")
    written = {name: str(ibis.to_sql(m.cohort(DECLARED, AS_OF), dialect="postgres")) for name, m in ALL.items()}
    prepared = str(ibis.to_sql(outcomes(DECLARED), dialect="postgres"))

    def run() -> Results:
        connection.execute(f"DROP TABLE IF EXISTS decided; CREATE TEMP TABLE decided AS {prepared}; ANALYZE decided")
        return {
            name: rows(connection.execute(grouped(name, f"({sql}) AS cohort")).fetchall())
            for name, sql in written.items()
        }

    return run


def timed(run: Callable[[], Results], times: int) -> tuple[Results, float, float]:
    """The results, and the best of several runs: seconds on the clock, and of this process's processors."""
    clock, processor, found = float("inf"), float("inf"), run()
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        run()
        clock = min(clock, time.perf_counter() - start)
        processor = min(processor, time.process_time() - used)
    return found, clock, processor


def scan(tables: CaseTables) -> float:
    """Seconds to read once every column of every table, as a floor."""
    bench = Workbench(tables, threads=2)
    sqls = [
        f"SELECT {', '.join(f'max({column}), count({column})' for column in table.column_names)} FROM {name}"
        for name, table in tables.items()
    ]
    start = time.perf_counter()
    for sql in sqls:
        bench.connection.execute(sql).fetchall()
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--services", type=int, default=157)
    options.add_argument("--children", type=int, default=800, help="children a service")
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--times", type=int, default=3, help="runs of which the best is printed")
    args = options.parse_args()
    tables = country(args.services, args.children, args.years)
    print(f"{args.services} services, {args.years} years:", ", ".join(f"{len(tables[n])} {n}" for n in PRINTED))

    pandas_tables, polars_tables = measures_in_pandas.load(tables), measures_in_polars.load(tables)
    engines: dict[str, Callable[[], Results]] = {
        "openyj (Ibis on DuckDB)": lambda: in_openyj(tables),
        "Polars": lambda: measures_in_polars.measures(polars_tables, AS_OF),
        "pandas": lambda: measures_in_pandas.measures(pandas_tables, AS_OF),
    }
    if address := os.environ.get("DATABASE_URL"):
        engines["PostgreSQL"] = in_postgresql(tables, address)
    found = {name: timed(run, args.times) for name, run in engines.items()}
    expected = found["openyj (Ibis on DuckDB)"][0]
    for name, (results, *_) in found.items():
        if results != expected:
            differing = [measure for measure in expected if results[measure] != expected[measure]]
            raise SystemExit(f"{name} does not agree on {', '.join(differing)}: no times are printed")
    totals = {measure: sum(row[2] for row in each) for measure, each in expected.items()}
    print("all agree:", ", ".join(f"{total} {measure}" for measure, total in totals.items()))
    print(f"\n| all three measures, best of {args.times} | seconds | processor seconds |\n| --- | --- | --- |")
    for name, (_, clock, processor) in found.items():
        elsewhere = "in its server" if name == "PostgreSQL" else f"{processor:.2f}"
        print(f"| {name} | {clock:.2f} | {elsewhere} |")
    print(f"| reading every column once (DuckDB) | {scan(tables):.2f} | |")
    bench = Workbench(tables, threads=2)
    start = time.perf_counter()
    made = sum(len(figures(measure, bench, AS_OF, by=["service"], period="rolling_year")) for measure in ALL.values())
    print(f"| openyj, and every figure with its interval ({made}) | {time.perf_counter() - start:.2f} | |")
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


PRINTED = ("child", "offence", "offence_legal_outcome", "intervention_programme")

if __name__ == "__main__":
    main()
