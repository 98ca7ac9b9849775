"""`load_question_set FILE ...`: question sets into the record. All of them, or nothing."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from openyj.questionnaires.checking import NotASet
from openyj.questionnaires.loading import load
from openyj.questionnaires.management.commands.check_question_set import read


class Command(BaseCommand):
    help = "Load question sets. A version that answers use is refused when it differs; raise its version."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    @transaction.atomic
    def handle(self, *args, files: list[Path], **options) -> None:
        for file in files:
            try:
                loaded, written = load(read(file))
            except NotASet as refusal:
                for wrong in refusal.wrongs:
                    self.stdout.write(f"{file}, {wrong}")
                raise CommandError(f"{file} is no right question set. Nothing was loaded") from refusal
            except ValidationError as refusal:
                raise CommandError(f"{file}: {' '.join(refusal.messages)} Nothing was loaded") from refusal
            self.stdout.write(f"{file}: {loaded} {'loaded' if written else 'is loaded already'}")
