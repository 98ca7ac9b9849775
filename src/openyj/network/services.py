"""Writing about the people around a child. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core.dates import say_date
from openyj.network import rules
from openyj.network.models import Connection, Professional, Relationship
from openyj.people.models import Child, Person


def add_connection(
    *, child: Child, by: User, same_as: Connection | None = None, record: Child | None = None, **fields: Any
) -> Connection:
    """Somebody around the child. `same_as` is the same person in another child's network; `record` the record of a
    brother or sister, whose name is not written down here. Who may read either is settled before.

    Refuses what `rules` refuses.
    """
    rules.check_connection(child=child, **fields)
    with acting(by=by):
        # Two people adding the same person at once make one: the second waits here and is refused.
        Child.objects.select_for_update().get(pk=child.pk)
        known = same_as or record
        if known:
            rules.check_person(
                child=child, person=known.person, relationship=fields["relationship"], is_child=record is not None
            )
        if record:
            fields["name"] = ""
        person = known.person if known else Person.objects.create()
        return Connection.objects.create(child=child, person=person, recorded_by=by, **fields)


def change_connection(*, row: Connection, version: int, by: User, **fields: Any) -> Connection:
    """Say better what somebody is to the child. Refuses what `add_connection` refuses; raises ChangedUnderneath."""
    rules.check_connection(child=row.child, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_professional(*, child: Child, by: User, **fields: Any) -> Professional:
    """Somebody of another agency who works with the child. Refuses a second lead professional."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=child.pk)
        rules.check_professional(child=child, **fields)
        return Professional.objects.create(child=child, recorded_by=by, **fields)


def change_professional(*, row: Professional, version: int, by: User, **fields: Any) -> Professional:
    """Say better who a professional is. Refuses what `add_professional` refuses; raises ChangedUnderneath."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=row.child_id)
        rules.check_professional(child=row.child, row=row, **fields)
        return save_version(row, version=version, changes=fields)


def end(*, row: Connection | Professional, version: int, by: User, end_date: date) -> Connection | Professional:
    """The last day somebody was around the child. Raises ChangedUnderneath."""
    rules.check_days(child=row.child, start_date=row.start_date, end_date=end_date)
    with acting(by=by):
        return save_version(row, version=version, changes={"end_date": end_date})


def add_relationship(*, by: User, label: str, valid_from: date) -> Relationship:
    """A word for what somebody is to a child, from a day on. Refuses one that is there, whatever its capitals."""
    code = slugify(label)[:40]
    with acting(by=by):
        rows = Relationship.objects.all()
        if not code or rows.filter(code=code).exists() or rows.filter(label__iexact=label).exists():
            raise ValidationError("The list has that word already, or one very like it. Enter another.", "label")
        return Relationship.objects.create(code=code, label=label, valid_from=valid_from)


def end_relationship(*, relationship: Relationship, version: int, by: User, valid_to: date | None) -> Relationship:
    """The last day a word can be chosen; None lets it go on. Raises ChangedUnderneath."""
    if valid_to and valid_to < relationship.valid_from:
        raise ValidationError(f"It began on {say_date(relationship.valid_from)} and cannot end before.", "valid_to")
    with acting(by=by):
        return save_version(relationship, version=version, changes={"valid_to": valid_to})
