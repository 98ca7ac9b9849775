"""Bringing question sets into the record: as often as wanted, and a version that was used never changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from openyj.questionnaires.checking import checked
from openyj.questionnaires.models import QuestionSet

SHIPPED: list[str] = []  # packages with a folder question_sets


def ship(package: str) -> None:
    """Register a room whose folder `question_sets` is loaded after every migration. Called from AppConfig.ready."""
    if package not in SHIPPED:
        SHIPPED.append(package)


def shipped_texts() -> Iterable[tuple[str, str]]:
    """(name, text) of every question set that comes with the code."""
    for package in SHIPPED:
        for file in sorted(files(package).joinpath("question_sets").iterdir(), key=lambda each: each.name):
            if file.name.endswith(".yaml"):
                yield file.name, file.read_text(encoding="utf-8")


def load_shipped() -> None:
    """Load what comes with the code. A shipped version that was used and differs is refused, as anybody's would be."""
    for _, text in shipped_texts():
        load(text)


def load(text: str) -> tuple[QuestionSet, bool]:
    """The question set of a YAML text, and whether anything was written. Raises NotASet when it is not right and
    ValidationError when it would change a version that answers use."""
    definition, data = checked(text)
    body = json.dumps(data, ensure_ascii=False)
    values = {"title": definition.title, "use": definition.use, "body": body}
    with transaction.atomic():
        found = QuestionSet.objects.filter(key=definition.key, number=definition.version).first()
        if found is None:
            return QuestionSet.objects.create(key=definition.key, number=definition.version, **values), True
        if found.body == body:
            return found, False
        try:
            with transaction.atomic():
                for name, value in values.items():
                    setattr(found, name, value)
                found.save()
        except DatabaseError as refusal:
            if "question_set_in_use: version" not in str(refusal):
                raise
            raise ValidationError(
                f"Version {definition.version} of “{definition.title}” has been used, so it cannot change. "
                f"Write “version: {definition.version + 1}” and load it again; what was answered keeps its version."
            ) from refusal
        return found, True
