"""``openyj measure``: list the measures, describe one, or compute one from a folder of case-level tables."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from openyj.measures import ALL, CannotBeComputed, Measure, Quarter, as_table, counted, figures
from openyj.measures.description import described
from openyj.measures.quarters import SPANS
from openyj.tables import CaseTables, Unfit, read_folder, with_shipped
from openyj.tables.command import day
from openyj.tables.snapshot import MANIFEST, Tampered, open_snapshot


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="MEASURE")
    actions.add_parser("list", help="list the measures")
    describe = actions.add_parser("describe", help="describe a measure in Markdown")
    describe.add_argument("measure", choices=list(ALL))
    for measure in ALL.values():
        own = actions.add_parser(measure.name, help=measure.words.title)
        own.add_argument("--data", required=True, type=Path, metavar="FOLDER", help="the folder with the tables")
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


def run(args: argparse.Namespace) -> int:
    if args.action == "list":
        for measure in ALL.values():
            sys.stdout.write(f"{measure.name:22}{measure.words.title}\n")
        return 0
    if args.action == "describe":
        sys.stdout.write(described(ALL[args.measure]))
        return 0
    try:
        found = compute(ALL[args.action], args)
    except (Unfit, Tampered, CannotBeComputed, FileNotFoundError, ValueError) as reason:
        args.refuse(str(reason))
    PRINTED[args.format](found)
    return 0


def compute(measure: Measure, args: argparse.Namespace) -> pa.Table:
    tables, as_of = opened(args)
    if args.service is not None and args.service not in (known := services(tables)):
        raise ValueError(f"There is no service {args.service!r} in the tables. Known: {', '.join(known)}")
    words = [word.strip() for word in args.by.split(",") if word.strip()]
    spans = [span for span in SPANS if span in words]
    if len(spans) > 1:
        raise ValueError(f"Choose one of {', '.join(SPANS)}, not {' and '.join(spans)}")
    if args.rows:
        return counted(measure, tables, as_of, service=args.service)
    return as_table(
        figures(
            measure,
            tables,
            as_of,
            by=[word for word in words if word not in SPANS],
            period=spans[0] if spans else "quarter",
            service=args.service,
            first=args.first,
            last=args.last,
        )
    )


def opened(args: argparse.Namespace) -> tuple[CaseTables, date]:
    """The tables of the folder and the day to speak of: the one asked for, else the snapshot's own, else the
    latest outcome's. What was chosen is said on the error stream."""
    if (args.data / MANIFEST).exists():
        snapshot = open_snapshot(args.data)
        tables, as_of, why = snapshot.tables, snapshot.manifest.as_of, "the snapshot's day"
    else:
        tables, why = read_folder(args.data), "the latest outcome in the tables; --as-of says otherwise"
        if "offence_legal_outcome" not in tables:
            raise CannotBeComputed(f"table offence_legal_outcome was not supplied. Put it into {args.data}")
        as_of = pc.max(tables["offence_legal_outcome"]["outcome_date"]).as_py()
    missing = [name for name in ("legal_outcome", "disposal_type") if name not in tables]
    if missing:
        sys.stderr.write(f"{' and '.join(missing)} not supplied: the project's own mapping is used\n")
    if args.as_of is None:
        if as_of is None:
            raise ValueError("The tables hold no outcome. Give the day to speak of with --as-of")
        sys.stderr.write(f"As of {as_of}, {why}\n")
    return with_shipped(tables), args.as_of or as_of


def services(tables: CaseTables) -> list[str]:
    return sorted(pc.unique(tables["child"]["service"]).to_pylist()) if "child" in tables else []


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
