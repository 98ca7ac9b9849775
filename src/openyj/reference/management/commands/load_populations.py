"""`load_populations FILE`: residents aged 10 to 17 of services' areas.

A CSV file with the columns service, year, aged_10_to_17, source.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.reference.code_lists import FileRefused, load_populations


class Command(BaseCommand):
    help = "Load residents aged 10 to 17 from a CSV file. Columns: service, year, aged_10_to_17, source."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            self.stdout.write(f"{file.name}: {load_populations(file)}.")
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
