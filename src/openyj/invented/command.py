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

MOST_YEARS, MOST_CHILDREN = 30, 100_000
EARLIEST_YEAR = 2000  # the year in which the first youth offending teams began


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed is another service (now {SEED})")
    parser.add_argument(
        "--children", type=int, default=CHILDREN, help=f"children first known in those years (now {CHILDREN})"
    )
    parser.add_argument("--years", type=int, default=YEARS, help=f"years of events (now {YEARS})")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help=f"the last day (now {UNTIL})")


def run(args: argparse.Namespace) -> int:
    """Write the tables, and the invented details in ``details`` beside them. Refuses a folder in use."""
    for name, least, most in (("seed", 0, 2**63), ("children", 1, MOST_CHILDREN), ("years", 1, MOST_YEARS)):
        if not least <= getattr(args, name) <= most:
            args.refuse(f"argument --{name}: give a whole number from {least} to {most}")
    if args.until.year < EARLIEST_YEAR:
        args.refuse(f"argument --until: give a day from {EARLIEST_YEAR}-01-01 on")
    tables = service(args.seed, args.children, args.years, args.until)
    try:
        write_folder(tables, args.out)
    except OSError as reason:
        args.refuse(str(reason))
    beside = args.out / "details"
    beside.mkdir(exist_ok=True)
    more = details(tables, args.seed, args.until)
    for name in ("children", "addresses", "offences", "staff"):
        parquet.write_table(getattr(more, name), beside / f"{name}.parquet", compression="zstd", store_schema=False)
    for place in PLACES.value:
        sys.stdout.write(f"{summary(tables, place.service, args.until, args.years)}\n")
    sys.stdout.write(f"Written to {args.out}. Every child, name and number in it is invented.\n")
    return 0
