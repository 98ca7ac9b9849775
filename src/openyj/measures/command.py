"""``openyj measure``: list the measures, describe one, compute one from a folder of case-level tables, or write it as
SQL for another engine."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from openyj.measures import ALL, CannotBeComputed, Measure, Quarter, Workbench, as_table, counted, figures
from openyj.measures.description import described
from openyj.measures.on_spark import NoSpark, SparkWorkbench, session
from openyj.measures.quarters import SPANS
from openyj.measures.statement import DIALECTS, statement
from openyj.measures.workbench import read_by
from openyj.tables import Unfit, read_folder, shipped, with_shipped
from openyj.tables.command import day
from openyj.tables.snapshot import MANIFEST, Tampered, open_snapshot


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="MEASURE")
    actions.add_parser("list", help="list the measures")
    describe = actions.add_parser("describe", help="describe a measure in Markdown")
    describe.add_argument("measure", choices=list(ALL))
    sql = actions.add_parser("sql", help="write a measure's counted units as SQL for another engine")
    sql.add_argument("measure", choices=list(ALL))
    sql.add_argument("--dialect", required=True, choices=DIALECTS, help="trino is Athena's too")
    sql.add_argument("--as-of", required=True, type=day, metavar="DATE", help="the day it speaks of, like 2024-03-31")
    for measure in ALL.values():
        own = actions.add_parser(measure.name, help=measure.words.title)
        own.add_argument("--data", required=True, metavar="FOLDER", help="the folder with the tables")
        own.add_argument(
            "--by",
            default="quarter",
            metavar="WORDS",
            help=f"the period ({', '.join(SPANS)}) and what to break down by ({', '.join(measure.by)}), with commas",
        )
        own.add_argument("--service", help="only this service")
        own.add_argument("--as-of", type=day, metavar="DATE", help="the day it speaks of, like 2024-03-31")
        own.add_argument("--first", type=quarter, metavar="QUARTER", help="the first period's last quarter: 2023Q4")
        own.add_argument("--last", type=quarter, metavar="QUARTER", help="the last period's last quarter")
        own.add_argument("--rows", action="store_true", help="give the counted units, not the figures")
        own.add_argument("--format", choices=("table", "csv", "json"), default="table")
        own.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="what computes (now duckdb)")
        own.add_argument("--master", metavar="ADDRESS", help="with Spark: the cluster, or local[2] for this machine")


def run(args: argparse.Namespace) -> int:
    if args.action == "list":
        for measure in ALL.values():
            sys.stdout.write(f"{measure.name:22}{measure.words.title}\n")
        return 0
    if args.action == "describe":
        sys.stdout.write(described(ALL[args.measure]))
        return 0
    if args.action == "sql":
        sys.stdout.write(statement(ALL[args.measure], args.as_of, args.dialect) + "\n")
        return 0
    try:
        with opened(args) as (bench, as_of):
            found = compute(ALL[args.action], bench, as_of, args)
    except (Unfit, Tampered, CannotBeComputed, NoSpark, FileNotFoundError, ValueError) as reason:
        args.refuse(str(reason))
    PRINTED[args.format](found)
    return 0


def compute(measure: Measure, bench: Workbench, as_of: date, args: argparse.Namespace) -> pa.Table:
    if args.service is not None and args.service not in (known := services(bench, measure.about.listed)):
        raise ValueError(f"There is no service {args.service!r} in the tables. Known: {', '.join(known)}")
    words = [word.strip() for word in args.by.split(",") if word.strip()]
    spans = [span for span in SPANS if span in words]
    if len(spans) > 1:
        raise ValueError(f"Choose one of {', '.join(SPANS)}, not {' and '.join(spans)}")
    if args.rows:
        return counted(measure, bench, as_of, service=args.service)
    return as_table(
        figures(
            measure,
            bench,
            as_of,
            by=[word for word in words if word not in SPANS],
            period=spans[0] if spans else "quarter",
            service=args.service,
            first=args.first,
            last=args.last,
        )
    )


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[tuple[Workbench, date]]:
    """The tables of the folder on a workbench, and the day to speak of: the one asked for, else the snapshot's own,
    else the latest outcome's. What was chosen is said on the error stream."""
    if args.engine == "spark":
        with session(args.master) as spark:
            there = SparkWorkbench(spark, args.data)
            yield there, spoken_of(there, there.as_of, there.shipped, args)
    elif args.master is not None:
        raise ValueError("--master is for --engine spark")
    else:
        folder, frozen_on, only = Path(args.data), None, read_by([ALL[args.action]])
        if (folder / MANIFEST).exists():
            snapshot = open_snapshot(folder, only=only)
            tables, frozen_on = snapshot.tables, snapshot.manifest.as_of
        else:
            tables = read_folder(folder, only)
        bench = Workbench(with_shipped(tables))
        yield bench, spoken_of(bench, frozen_on, [name for name in shipped() if name not in tables], args)


def spoken_of(bench: Workbench, frozen_on: date | None, missing: Sequence[str], args: argparse.Namespace) -> date:
    as_of, why = frozen_on, "the snapshot's day"
    about = ALL[args.action].about
    table, day = about.happens
    if as_of is None:
        if table not in bench.tables:
            raise CannotBeComputed(f"table {table} was not supplied. Put it into {args.data}")
        as_of = bench.query(f"SELECT max({day}) FROM {table}").column(0)[0].as_py()  # noqa: S608 (about's own names)
        why = f"the latest {about.event} in the tables; --as-of says otherwise"
    if missing:
        sys.stderr.write(f"{' and '.join(missing)} not supplied: the project's own mapping is used\n")
    if args.as_of is None:
        if as_of is None:
            raise ValueError(f"The tables hold no {about.event}. Give the day to speak of with --as-of")
        sys.stderr.write(f"As of {as_of}, {why}\n")
    return args.as_of or as_of


def services(bench: Workbench, listed: str) -> list[str]:
    """The services that a table lists."""
    sql = f"SELECT DISTINCT service FROM {listed} ORDER BY ALL"  # noqa: S608 (a declared table's name)
    return bench.query(sql).column(0).to_pylist() if listed in bench.tables else []


def print_csv(found: pa.Table) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.column_names)
    writer.writerows(list(row.values()) for row in found.to_pylist())


def print_json(found: pa.Table) -> None:
    json.dump(found.to_pylist(), sys.stdout, default=str, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def print_table(found: pa.Table) -> None:
    rows = [[shown(value) for value in row.values()] for row in found.to_pylist()]
    widths = [max(map(len, column)) for column in zip(found.column_names, *rows, strict=True)]
    for row in (found.column_names, ["-" * width for width in widths], *rows):
        sys.stdout.write(line(row, widths))


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() + "\n"


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


PRINTED = {"table": print_table, "csv": print_csv, "json": print_json}


def quarter(word: str) -> Quarter:
    try:
        return Quarter.labelled(word)
    except ValueError as reason:
        raise argparse.ArgumentTypeError(str(reason)) from None
