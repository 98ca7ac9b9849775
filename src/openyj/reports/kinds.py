"""The kinds of report: as the project ships them, and what an administrator does to them. A kind is never taken away:
it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

import yaml
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core.dates import say_date
from openyj.reports.models import ReportKind

# Before any report that is likely to be recorded; the kinds are dated so that an administrator can end one.
FROM = date(2000, 1, 1)


def load_kinds() -> None:
    """Put the shipped kinds where they are not yet. Safe to run again."""
    have = set(ReportKind.objects.values_list("code", flat=True))
    shipped = yaml.safe_load(files("openyj.reports").joinpath("data/kinds.yaml").read_text(encoding="utf-8"))
    ReportKind.objects.bulk_create(
        ReportKind(**row, valid_from=FROM, shipped=True) for row in shipped if row["code"] not in have
    )


def add_kind(*, by: User, label: str, headings: Sequence[str], valid_from: date) -> ReportKind:
    """A kind from a day on. Refuses one that is there, whatever its capitals."""
    code = slugify(label)[:40]
    with acting(by=by):
        rows = ReportKind.objects.all()
        if not code or rows.filter(code=code).exists() or rows.filter(label__iexact=label).exists():
            raise ValidationError("There is a kind of that name already, or one very like it. Enter another.", "label")
        return ReportKind.objects.create(code=code, label=label, headings=list(headings), valid_from=valid_from)


def change_kind(
    *, kind: ReportKind, version: int, by: User, headings: Sequence[str], valid_to: date | None
) -> ReportKind:
    """Its headings, and the last day it can be chosen; None lets it go on. Raises ChangedUnderneath."""
    if valid_to and valid_to < kind.valid_from:
        raise ValidationError(f"It began on {say_date(kind.valid_from)} and cannot end before.", "valid_to")
    with acting(by=by):
        return save_version(kind, version=version, changes={"headings": list(headings), "valid_to": valid_to})
