"""`check_question_set FILE ...`: is this a question set, and if not, what is wrong in which line?"""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from openyj.questionnaires.checking import NotASet, checked


def read(file: Path) -> str:
    """The text of a file, or a CommandError that says why there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise CommandError(f"{file} cannot be read: {reason}") from reason


class Command(BaseCommand):
    help = "Check question sets without loading them. Every fault is printed with its file and line."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args, files: list[Path], **options) -> None:
        faults = 0
        for file in files:
            try:
                definition, _ = checked(read(file))
            except NotASet as refusal:
                faults += len(refusal.wrongs)
                for wrong in refusal.wrongs:
                    self.stdout.write(f"{file}, {wrong}")
                continue
            count = len(list(definition.questions()))
            self.stdout.write(
                f"{file}: right. {definition.title}, version {definition.version}: "
                f"{len(definition.sections)} sections, {count} questions"
            )
        if faults:
            raise CommandError(f"{faults} {'fault' if faults == 1 else 'faults'}, each on a line of its own above")
