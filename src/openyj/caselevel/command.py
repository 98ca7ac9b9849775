"""``openyj snapshot``: freeze the record's case-level tables into a folder, for whoever works without the database."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="an empty or new folder")
    parser.add_argument("--service", metavar="CODE", help="only this service's persons; without it, every service's")


def run(args: argparse.Namespace) -> int:
    """Read the record named by DATABASE_URL and freeze it. The folder holds children's facts without names."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openyj.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as reason:
        args.refuse(f"the record cannot be opened: {reason} In a checkout: ./run openyj snapshot --out FOLDER")
    import openyj
    from openyj.accounts.models import Service
    from openyj.caselevel.live import tables_of
    from openyj.core import clock
    from openyj.tables.snapshot import MANIFEST, freeze

    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        args.refuse(f"{args.out} is not an empty folder. Name a new one")
    service = None
    if args.service:
        service = Service.objects.with_children().filter(code=args.service).first()
        if service is None:
            known = ", ".join(Service.objects.with_children().values_list("code", flat=True))
            args.refuse(f"There is no service {args.service}. There are: {known or 'none yet'}")
    source = f"the live record of {service.name if service else 'every service on this site'}"
    manifest = freeze(
        tables_of(service),
        args.out,
        taken_at=clock.now(),
        as_of=clock.today(),
        source=source,
        code_version=openyj.__version__,
    )
    for name, frozen in manifest.tables.items():
        print(f"{name:<40} {frozen.rows:>9,} rows")
    print(f"Frozen in {args.out}; {MANIFEST} says what it is.")
    return 0
