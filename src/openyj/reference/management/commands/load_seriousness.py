"""`load_seriousness FILE`: seriousness scores of offence codes.

A CSV file with the columns code, score, valid_from, source.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.reference.code_lists import FileRefused, load_seriousness


class Command(BaseCommand):
    help = "Load seriousness scores of offence codes from a CSV file. Columns: code, score, valid_from, source."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            self.stdout.write(f"{file.name}: {load_seriousness(file)}.")
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
