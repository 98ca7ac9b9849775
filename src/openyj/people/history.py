"""The history of a record in plain words: who changed what, when, from what to what. Read from the database's own
history, which nobody can change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from openyj.accounts.models import History, User
from openyj.accounts.roles import Permission
from openyj.core.dates import say_date, say_datetime
from openyj.people.kinds import KINDS, kind_of, kinds_for
from openyj.people.models import Child, Conflict, Opening
from openyj.people.record import AboutChild, Recorded

# Columns that say whose a row is and how often it was saved, not what it says.
NOT_TOLD = {"id", "service_id", "child_id", "person_id", "version", "recorded_at", "recorded_by_id", "occasion",
            "together"}  # fmt: skip
MARKS = {"in_error_at", "in_error_by_id", "in_error_reason"}
NOTHING = "nothing"


@dataclass(frozen=True)
class Line:
    """One field of a change."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one fact. `about` is the kind of fact; `did` is Added, Changed or Recorded in error."""

    at: datetime
    who: str
    did: str
    about: str
    row: int
    kind: str
    lines: Sequence[Line]
    reason: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether it may be printed: what a fact of a kind that is guarded once said may not."""
        return self.kind not in KINDS or KINDS[self.kind].guarded is None


def of_child(child: Child, user: User) -> QuerySet[History]:
    """The history of everything about a child that `user` may be told, newest first. Who has a conflict of interest
    and who gave which reason is for those who review access."""
    tables = [Child._meta.db_table, *(table for kind in kinds_for(user) for table in tables_of(kind))]
    if user.may(Permission.REVIEW_ACCESS):
        tables += [Conflict._meta.db_table, Opening._meta.db_table]
    return History.objects.filter(child=child.pk, table__in=tables).order_by("-at", "-id")


def of_fact(row: AboutChild) -> QuerySet[History]:
    """The history of one fact and of the rows that join it to others, newest first."""
    kind = kind_of(row)
    mine = Q(table=row._meta.db_table, row=row.pk)
    for part in kind.parts if kind else ():
        column = next(f.column for f in part._meta.fields if f.related_model is type(row))
        ids = part._base_manager.filter(**{column: row.pk}).values_list("pk", flat=True)
        mine |= Q(table=part._meta.db_table, row__in=list(ids))
    return History.objects.filter(mine, child=row.child_id).order_by("-at", "-id")


def tables_of(kind) -> list[str]:
    return [kind.model._meta.db_table, *(part._meta.db_table for part in kind.parts)]


def tell(rows: Iterable[History]) -> list[Entry]:
    """The rows in words. Asks the database once for each kind of thing that is named, however many rows there are."""
    rows = list(rows)
    named = names_of(rows)
    people = User.objects.in_bulk({row.user for row in rows if row.user})
    return [entry_of(row, named, people) for row in rows]


def entry_of(row: History, named: dict, people: dict[int, User]) -> Entry:
    model = model_of(row.table)
    before, after = row.before or {}, row.after or {}
    marked = after.get("in_error_at") if row.action == "update" else None
    lines = []
    for column in after:
        field = field_of(model, column)
        if field is None or column in NOT_TOLD or column in MARKS:
            continue
        was, became = (say(field, values.get(column), named) for values in (before, after))
        if row.action == "insert" and became == NOTHING:
            continue
        lines.append(Line(field.verbose_name[:1].upper() + field.verbose_name[1:], was, became))
    about, kind = label_of(model)
    did = "Recorded in error" if marked else {"insert": "Added", "update": "Changed"}.get(row.action, row.action)
    who = people[row.user].name if row.user in people else "The system"
    return Entry(row.at, who, did, about, row.row, kind, lines, after.get("in_error_reason") or "" if marked else "")


def label_of(model: type[models.Model]) -> tuple[str, str]:
    """What a row of `model` is called, and the kind whose page shows it ("" where none does)."""
    if model is Child:
        return "Details of the child", ""
    for kind in KINDS.values():
        if kind.model is model:
            return kind.label[:1].upper() + kind.label[1:], kind.name
        if model in kind.parts:
            label = kind.parts[model]
            return label[:1].upper() + label[1:], ""
    name = {Conflict: "Conflict of interest", Opening: "Opened with a reason"}.get(model, model._meta.verbose_name)
    return str(name), ""


@cache
def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


@cache
def field_of(model: type[models.Model], column: str) -> models.Field | None:
    return next((field for field in model._meta.fields if field.column == column), None)


def names_of(rows: list[History]) -> dict[type[models.Model], dict[int, object]]:
    """Everything that the rows refer to by number, by model."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for row in rows:
        model = model_of(row.table)
        for values in (row.before or {}, row.after or {}):
            for column, value in values.items():
                field = field_of(model, column)
                if value is not None and field is not None and field.related_model and column not in NOT_TOLD:
                    wanted[field.related_model].add(value)
    reads = {kind.model: kind.read for kind in KINDS.values()}
    # With what is joined to a row, which its name may need, and without the lists that hang on it.
    every = {
        model: reads.get(model, lambda rows: rows)(model._base_manager.all()).prefetch_related(None) for model in wanted
    }
    return {model: every[model].in_bulk(numbers) for model, numbers in wanted.items()}


def say(field: models.Field, value: object, named: dict) -> str:
    """A column's value as a page says it."""
    if value in (None, ""):
        return NOTHING
    if field.related_model:
        found = named.get(field.related_model, {}).get(value)
        return str(found) if found is not None else f"number {value}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.DateTimeField):
        return say_datetime(datetime.fromisoformat(str(value)))
    if isinstance(field, models.DateField):
        return say_date(date.fromisoformat(str(value)))
    return str(value)


def last_change(row: Recorded) -> Entry | None:
    """Who saved this row last, for the page that shows two versions."""
    found = History.objects.filter(table=row._meta.db_table, row=row.pk).order_by("-id")[:1]
    return next(iter(tell(found)), None)
