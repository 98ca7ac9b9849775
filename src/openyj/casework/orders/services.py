"""Writing what follows from an outcome. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework.models import CaseWord, Requirement, RequirementHours
from openyj.casework.orders import rules
from openyj.core.dates import say_date
from openyj.people.models import Child


def add_requirement(*, child: Child, by: User, **fields: Any) -> Requirement:
    """A requirement or condition of an outcome. Refuses what `rules.check_requirement` refuses."""
    rules.check_requirement(child=child, **fields)
    with acting(by=by):
        return Requirement.objects.create(child=child, recorded_by=by, **fields)


def change_requirement(*, row: Requirement, version: int, by: User, **fields: Any) -> Requirement:
    """Change a requirement, or say that it ended early. Raises ChangedUnderneath."""
    rules.check_requirement(child=row.child, row=row, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_hours(*, child: Child, by: User, **fields: Any) -> RequirementHours:
    """Hours done on one day under a requirement."""
    rules.check_hours(child=child, **fields)
    with acting(by=by):
        return RequirementHours.objects.create(child=child, recorded_by=by, **fields)


def change_hours(*, row: RequirementHours, version: int, by: User, **fields: Any) -> RequirementHours:
    """Change hours done. Raises ChangedUnderneath."""
    rules.check_hours(child=row.child, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_word(*, by: User, listed: str, label: str, source: str, valid_from: date) -> CaseWord:
    """A word of a list, from a day on. Refuses one that is there, whatever its capitals."""
    code = slugify(label).replace("-", "_").upper()[:60]
    with acting(by=by):
        rows = CaseWord.objects.filter(listed=listed)
        if not code or rows.filter(code=code).exists() or rows.filter(label__iexact=label).exists():
            raise ValidationError("The list has that word already, or one very like it. Enter another.", "label")
        return CaseWord.objects.create(listed=listed, code=code, label=label, source=source, valid_from=valid_from)


def end_word(*, word: CaseWord, version: int, by: User, valid_to: date | None) -> CaseWord:
    """The last day a word can be chosen; None lets it go on. Raises ChangedUnderneath."""
    if valid_to and valid_to < word.valid_from:
        raise ValidationError(f"It began on {say_date(word.valid_from)} and cannot end before.", "valid_to")
    with acting(by=by):
        return save_version(word, version=version, changes={"valid_to": valid_to})
