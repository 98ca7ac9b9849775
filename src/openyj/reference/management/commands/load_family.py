"""`load_family FILE`: the services a service is compared with.

A CSV file with the columns service, area, valid_from, source.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.reference.code_lists import FileRefused, load_family


class Command(BaseCommand):
    help = "Load the services a service is compared with from a CSV file. Columns: service, area, valid_from, source."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            self.stdout.write(f"{file.name}: {load_family(file)}.")
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
