"""``openyj demo-data``: write the invented service to a folder and say what is in it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from pyarrow import parquet

from openyj.invented.details import details
from openyj.invented.places import PLACES
from openyj.invented.report import summary
from openyj.invented.service import CHILDREN, SEED, UNTIL, YEARS, service
from openyj.tables import write_folder

NAME = "demo-data"
HELP = "write an invented youth justice service as case-level tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument("--seed", type=number(0), default=SEED, help=f"another seed is another service ({SEED})")
    parser.add_argument("--children", type=number(1), default=CHILDREN, help=f"first known in the years ({CHILDREN})")
    parser.add_argument("--years", type=number(1), default=YEARS, help=f"years of events ({YEARS})")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help=f"the last day ({UNTIL})")


def number(least: int):  # type: ignore[no-untyped-def]  # argparse wants a callable that is named in its message
    def whole_number(text: str) -> int:
        value = int(text)
        if value < least:
            raise ValueError
        return value

    return whole_number


def run(options: argparse.Namespace) -> int:
    """Write the tables, and the invented details in ``details`` beside them. 2 when the folder is in use."""
    tables = service(options.seed, options.children, options.years, options.until)
    try:
        write_folder(tables, options.out)
    except FileExistsError as reason:
        print(reason, file=sys.stderr)
        return 2
    beside = options.out / "details"
    beside.mkdir(exist_ok=True)
    more = details(tables, options.seed, options.until)
    for name in ("children", "addresses", "offences", "staff"):
        parquet.write_table(getattr(more, name), beside / f"{name}.parquet", compression="zstd", store_schema=False)
    for place in PLACES.value:
        print(summary(tables, place.service, options.until, options.years))
    print(f"Written to {options.out}. Every child, name and number in it is invented.")
    return 0


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog=f"openyj {NAME}", description=HELP)
    add_arguments(parser)
    return run(parser.parse_args(words))
