"""The whole invented country put into PostgreSQL through the ordinary bulk load, and staff who work with its children.

    ./run openyj demo-data --services 157 --years 10 --out FOLDER
    .venv/bin/python -m benchmarks.load FOLDER [--database openyj_country]

(with PYTHONPATH=src:. in a checkout). The database is made anew and kept. Prints rows and rows a second by table, peak
memory and sizes; then checks that some services' tables, read back from the record, are the folder's, and that their
figures are equal.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.country_details import write_details
from openyj.tables import BY_NAME, CaseTables, linked, read_folder
from ops import postgres

# Which table's numbers each column of the tables holds.
NUMBERED = {
    "person": "person",
    "child_id": "child",
    "offence_id": "offence",
    "outcome_id": "offence_legal_outcome",
    "programme_id": "intervention_programme",
    "programme_breach_id": "intervention_programme",
    "hearing_id": "hearing",
    "residence_id": "residence",
    "transfer_id": "transfer",
}
CHECKED = 5  # services whose tables and figures are compared: the largest, the smallest and some between


def make_database(name: str) -> None:
    postgres.start()
    postgres.drop(name)
    postgres.create(name)
    postgres.run_manage("prepare", database=name, role="owner")


def start_django(database: str) -> None:
    os.environ |= postgres.site_environment(database)
    import django

    django.setup()


def size_of(database: str) -> str:
    return postgres.query(f"SELECT pg_size_pretty(pg_database_size('{database}'))")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database", default="openyj_country")
    args = parser.parse_args()
    tables = read_folder(args.folder)
    write_details(tables, args.folder)
    make_database(args.database)
    start_django(args.database)
    done = load(args.folder, tables)
    check(tables, done)
    from benchmarks.country_staff import add_staff

    begun = time.perf_counter()
    print(f"staff: {add_staff()} in {time.perf_counter() - begun:.0f} s")
    postgres.query("VACUUM (ANALYZE)", database=args.database)
    print(f"database {args.database}: {size_of(args.database)}")


def load(folder: Path, tables: CaseTables):
    """Load with details, as `manage.py load_tables FOLDER --details` does, and say how fast."""
    from openyj.exchange.details import read_details
    from openyj.exchange.load import load_tables

    begun = time.perf_counter()
    beside = read_details(folder / "details", tables)

    def told(loaded: int, of: int) -> None:
        print(f"\r{loaded:,} of {of:,} children", end="", file=sys.stderr, flush=True)

    done = load_tables(tables=tables, by=None, beside=beside, told=told)
    taken, rows = time.perf_counter() - begun, sum(done.rows.values())
    writing = sum(done.seconds.values())
    print(f"\n{'table':<40} {'rows':>10} {'seconds':>8} {'rows a second':>14}")
    for name, count in done.rows.items():
        print(f"{name:<40} {count:>10,} {done.seconds[name]:>8.1f} {count / done.seconds[name]:>14,.0f}")
    print(f"{'all of them written':<40} {rows:>10,} {writing:>8.1f} {rows / writing:>14,.0f}")
    print(f"{'with checks, numbers and statistics':<40} {rows:>10,} {taken:>8.1f} {rows / taken:>14,.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the loading process: {peak:,.0f} MB")
    return done


def check(tables: CaseTables, done) -> None:
    """Compare what the site reads of some services with the folder: every row, and every figure. Raises on the first
    difference."""
    from openyj.accounts.models import Service
    from openyj.caselevel.live import tables_of
    from openyj.core import clock
    from openyj.measures import OF_CHILDREN, Workbench, figures

    counts = sorted(tables["child"]["service"].value_counts().to_pylist(), key=lambda each: each["counts"])
    chosen = [counts[round(n * (len(counts) - 1) / (CHECKED - 1))]["values"] for n in range(CHECKED)]
    as_of = clock.today()
    sent = linked(tables)
    of_service = {code: sent["child"].filter(pc.equal(sent["child"]["service"], code)) for code in chosen}
    compared = 0
    for code in chosen:
        mine = sent.of_persons(of_service[code]["person"].to_pylist())
        read = tables_of(Service.objects.get(code=code))
        # Whoever might be one of the service's persons is read too; only those who are one are compared.
        ours = read["child"].filter(pc.equal(read["child"]["service"], code))["person"]
        back = read.of_persons(ours.to_pylist())
        expected = linked(renumbered(mine, done))
        for name in BY_NAME:
            if BY_NAME[name].person:
                assert in_order(name, back) == in_order(name, expected), (code, name)
                compared += len(back[name])
        here, there = Workbench(read), Workbench(mine)
        for measure in OF_CHILDREN.values():
            found = [
                [(f.show, f.period, f.breakdown, f.numerator, f.denominator, f.value)
                 for f in figures(measure, bench, as_of, service=code)]
                for bench in (here, there)
            ]  # fmt: skip
            assert found[0] == found[1], (code, measure.name)
    print(f"read back as they were sent, with equal figures: {', '.join(chosen)} ({compared:,} rows)")


def in_order(name: str, tables: CaseTables) -> list[dict]:
    return tables[name].sort_by([(column, "ascending") for column in BY_NAME[name].key]).to_pylist()


def renumbered(tables: CaseTables, done) -> CaseTables:
    """The tables with the record's numbers in place of their own."""
    new = {}
    for name, table in tables.items():
        declared = BY_NAME[name]
        if declared.person:
            for column in table.column_names:
                if column in NUMBERED:
                    of = done.numbers[NUMBERED[column]]
                    values = [None if v is None else of[v] for v in table[column].to_pylist()]
                    index = table.column_names.index(column)
                    table = table.set_column(index, table.schema.field(column), pa.array(values, pa.int64()))
        new[name] = table
    return CaseTables(new)


if __name__ == "__main__":
    main()
