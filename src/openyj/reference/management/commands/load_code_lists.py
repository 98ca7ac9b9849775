"""`load_code_lists FOLDER`: the open lists of offence codes and published rates. Safe to run again."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.reference.code_lists import LISTS, FileRefused, load_lists


class Command(BaseCommand):
    help = f"Load the open lists found in a folder ({', '.join(LISTS)}). All of them, or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder: Path, **options) -> None:
        if not any((folder / name).is_file() for name in LISTS):
            raise CommandError(f"{folder} holds none of {', '.join(LISTS)}. Name the folder that does.")
        try:
            done = load_lists(folder)
        except FileRefused as refused:
            raise CommandError(f"{refused}\nNo list was loaded.") from refused
        for name, counts in done.items():
            self.stdout.write(f"{name}: {'not in the folder' if counts is None else counts}.")
            for remark in counts.remarks if counts else ():
                self.stdout.write(f"  {remark}")
