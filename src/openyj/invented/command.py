"""``openyj demo-data``: write the invented service, or an invented country, to a folder and say what is in it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from pyarrow import parquet

from openyj.invented import country_parameters
from openyj.invented.country import Country
from openyj.invented.country_files import Written, write_country
from openyj.invented.country_places import MOST_SERVICES
from openyj.invented.details import details
from openyj.invented.places import PLACES
from openyj.invented.report import summary
from openyj.invented.service import CHILDREN, SEED, UNTIL, YEARS, service
from openyj.invented.whole import whole
from openyj.tables import write_folder

MOST_YEARS, MOST_CHILDREN, LEAST_SCALE, MOST_SCALE = 30, 100_000, 0.01, 100
EARLIEST_YEAR = 2000  # the year in which the first youth offending teams began


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed is another service (now {SEED})")
    parser.add_argument("--children", type=int, help=f"children first known in those years (now {CHILDREN})")
    parser.add_argument(
        "--years", type=int, help=f"years of events (now {YEARS}; of a country {country_parameters.YEARS.value})"
    )
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help=f"the last day (now {UNTIL})")
    parser.add_argument(
        "--services",
        type=int,
        metavar="NUMBER",
        help=f"write a country of so many services instead (England and Wales: {country_parameters.SERVICES.value})",
    )
    parser.add_argument(
        "--scale", type=float, metavar="TIMES", help="with --services: so many times the children and residents (now 1)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the tables; refuses a folder in use."""
    limits = (
        ("seed", 0, 2**63),
        ("children", 1, MOST_CHILDREN),
        ("years", 1, MOST_YEARS),
        ("services", 2, MOST_SERVICES),
    )
    for name, least, most in limits:
        given = getattr(args, name)
        if given is not None and not least <= given <= most:
            args.refuse(f"argument --{name}: give a whole number from {least} to {most}")
    if args.until.year < EARLIEST_YEAR:
        args.refuse(f"argument --until: give a day from {EARLIEST_YEAR}-01-01 on")
    if args.scale is not None and not LEAST_SCALE <= args.scale <= MOST_SCALE:
        args.refuse(f"argument --scale: give a number from {LEAST_SCALE} to {MOST_SCALE}")
    if args.services is None:
        if args.scale is not None:
            args.refuse("argument --scale: is of a country. Give --services as well, or --children instead")
        return one_service(args)
    if args.children is not None:
        args.refuse("argument --children: is of one service. A country's children follow from --services and --scale")
    return country(args)


def country(args: argparse.Namespace) -> int:
    asked = Country(
        args.seed, args.services, args.years or country_parameters.YEARS.value, args.scale or 1.0, args.until
    )
    try:
        written = write_country(asked, args.out)
    except OSError as reason:
        args.refuse(str(reason))
    sys.stdout.write(told(written))
    sys.stdout.write(f"Written to {args.out}. Every service, child, name and number in it is invented.\n")
    return 0


def told(written: Written) -> str:
    """Rows and bytes by table, and the faults that were planted."""
    lines = [f"{'table':36}{'rows':>12}{'bytes':>14}"]
    lines += [f"{name:36}{rows:>12,}{written.bytes[name]:>14,}" for name, rows in written.rows.items()]
    lines.append(f"{'together':36}{sum(written.rows.values()):>12,}{sum(written.bytes.values()):>14,}")
    lines.append("Records of children, why they are there and what shows whose they are:")
    lines += [f"  {kind}, {found}: {number:,}" for (kind, found), number in sorted(written.records.items())]
    lines.append("Returns that are late:")
    lines += [
        f"  {row['service']}: {row['late']}, told up to {row['returned_until']}; "
        f"{row['decisions_not_returned']} decisions are still to come"
        for row in written.late
    ]
    return "\n".join(lines) + "\n"


def one_service(args: argparse.Namespace) -> int:
    """The invented borough with its neighbours, and the invented details in ``details`` beside them."""
    years = args.years or YEARS
    try:
        with whole(args.out) as aside:
            tables = service(args.seed, args.children or CHILDREN, years, args.until)
            write_folder(tables, aside)
            more = details(tables, args.seed, args.until)
            (aside / "details").mkdir()
            for name in ("children", "addresses", "offences", "staff"):
                path = aside / "details" / f"{name}.parquet"
                parquet.write_table(getattr(more, name), path, compression="zstd", store_schema=False)
    except OSError as reason:
        args.refuse(str(reason))
    for place in PLACES.value:
        sys.stdout.write(f"{summary(tables, place.service, args.until, years)}\n")
    sys.stdout.write(f"Written to {args.out}. Every child, name and number in it is invented.\n")
    return 0
