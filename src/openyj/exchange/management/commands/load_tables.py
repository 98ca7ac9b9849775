"""`load_tables FOLDER`: case-level tables into the record. All of them, or nothing."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.exchange.details import read_details
from openyj.exchange.load import AT_ONCE, Refused, load_tables
from openyj.tables import Unfit, read_folder


class Command(BaseCommand):
    help = "Load a folder of case-level tables into the record. All of it, or nothing with every row that is wrong."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the tables, Parquet or CSV")
        parser.add_argument(
            "--details", action="store_true", help="take names, addresses and descriptions from FOLDER/details too"
        )

    def handle(self, *args, folder: Path, details: bool, **options) -> None:
        try:
            tables = read_folder(folder)
            if not tables:
                raise CommandError(
                    f"{folder} holds no case-level table. `openyj tables describe` says what they are called."
                )
            beside = read_details(folder / "details", tables) if details else None
            done = load_tables(tables=tables, by=None, beside=beside, told=self.tell)
        except FileNotFoundError as reason:
            raise CommandError(str(reason)) from reason
        except (Unfit, Refused) as refused:
            for fault in refused.faults:
                self.stdout.write(str(fault))
            count = len(refused.faults)
            raise CommandError(
                f"{count} {'error' if count == 1 else 'errors'}, each on a line of its own above. Nothing was loaded."
            ) from refused
        for name, count in done.rows.items():
            rate = f"{count / done.seconds[name]:>9,.0f} a second" if count else ""
            self.stdout.write(f"{name:<40} {count:>9,} rows {rate}".rstrip())
        self.stdout.write("Loaded.")

    def tell(self, loaded: int, of: int) -> None:
        """How far it is, where it takes long enough to wonder."""
        if of > AT_ONCE:
            self.stderr.write(f"{loaded:,} of {of:,} children written")
