"""``openyj tables check`` and ``openyj tables describe``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from openyj.tables.description import described
from openyj.tables.faults import ERROR, Fault, Unfit
from openyj.tables.folder import read_folder
from openyj.tables.mappings import with_shipped
from openyj.tables.validity import validate


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="say what is wrong with a folder of tables, row by row")
    check.add_argument("--data", required=True, type=Path, metavar="FOLDER", help="the folder with the tables")
    check.add_argument("--as-of", type=day, metavar="DATE", help="the day the tables speak of, like 2024-03-31")
    actions.add_parser("describe", help="describe the tables in Markdown")


def run(args: argparse.Namespace) -> int:
    if args.action == "describe":
        sys.stdout.write(described())
        return 0
    return check(args)


def check(args: argparse.Namespace) -> int:
    try:
        tables = read_folder(args.data)
        if not tables:
            args.refuse(f"{args.data} holds no case-level table. `openyj tables describe` lists their names")
        sys.stderr.write(f"{len(tables)} tables, {sum(len(table) for table in tables.values())} rows\n")
        faults = validate(with_shipped(tables), args.as_of)
    except FileNotFoundError as reason:
        args.refuse(str(reason))
    except Unfit as unfit:
        faults = unfit.faults
    return told(faults)


def told(faults: list[Fault]) -> int:
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    for (rule, severity), number in sorted(Counter((fault.rule, fault.severity) for fault in faults).items()):
        sys.stderr.write(f"{rule}: {number} {severity}{'s' if number > 1 else ''}\n")
    if not faults:
        sys.stderr.write("Nothing wrong was found\n")
    return 1 if any(fault.severity == ERROR for fault in faults) else 0


def day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not a date. Write one like 2024-03-31") from None
