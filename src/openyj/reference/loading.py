"""The commands that load a list from a CSV file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.reference.code_lists import FileRefused


class LoadCommand(BaseCommand):
    """Loads one file with `load`, which says in words what it did. Refuses a file that is missing or wrong with the
    reason, and then nothing is loaded."""

    load: Callable[[Path], object]

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            self.stdout.write(f"{file.name}: {self.load(file)}.")
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
