"""Writing about a child. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.core.dates import say_date
from openyj.people import rules
from openyj.people.kept import keep_file
from openyj.people.models import Address, Child, ChildFile, Conflict, Opening, Person
from openyj.people.record import AboutChild, Recorded


def add_child(*, by: User, **fields: Any) -> Child:
    """A new record at the service of `by`, with a number of its own where none is given."""
    with acting(by=by):
        person = Person.objects.create()
        number = fields.pop("number", "") or f"{by.service.code}-{person.pk:06d}"
        return Child.objects.create(service=by.service, person=person, number=number, recorded_by=by, **fields)


def change_child(*, row: Child, version: int, by: User, **changes: Any) -> Child:
    """Change who a child is. Refuses a date of birth after a recorded fact; raises ChangedUnderneath."""
    with acting(by=by):
        if "date_of_birth" in changes:
            rules.check_birth(child=row, date_of_birth=changes["date_of_birth"])
        return save_version(row, version=version, changes=changes)


def add_address(*, child: Child, by: User, **fields: Any) -> Address:
    """Where the child lives from a day on. Refuses a second main address at a time, naming the first."""
    rules.check_address(child=child, **fields)
    return with_one_main_address(
        child, fields, by, lambda: Address.objects.create(child=child, recorded_by=by, **fields), row=None
    )


def change_address(*, row: Address, version: int, by: User, **fields: Any) -> Address:
    """Change an address. Refuses what `add_address` refuses; raises ChangedUnderneath."""
    rules.check_address(child=row.child, **fields)
    return with_one_main_address(
        row.child, fields, by, lambda: save_version(row, version=version, changes=fields), row=row
    )


def with_one_main_address(
    child: Child, fields: dict[str, Any], by: User, save: Callable[[], Address], *, row: Address | None
) -> Address:
    """Save, and turn the database's refusal of two main addresses at once into words."""
    with acting(by=by):
        try:
            with transaction.atomic():
                return save()
        except IntegrityError as refusal:
            if "one_primary_address_at_a_time" not in str(refusal):
                raise
            others = Address.objects.standing().filter(child=child, primary=True).exclude(pk=row and row.pk)
            start, end = fields["start_date"], fields["end_date"]
            other = next(
                a for a in others if (end is None or a.start_date < end) and (a.end_date is None or a.end_date > start)
            )
            until = f"until {say_date(other.end_date)}" if other.end_date else "with no end date"
            message = (
                f"{other} is the main address from {say_date(other.start_date)} {until}. A child has one main address "
                "at a time. Change that address and enter the day they left it, or say that this is not the main one."
            )
            raise ValidationError({"primary": message}) from refusal


def add_file(*, child: Child, by: User, **fields: Any) -> ChildFile:
    """Keep a file on the child's record. Refuses a file that may not be kept, saying what to do."""
    return keep_file(ChildFile, child=child, service=child.service, by=by, **fields)


def change_file(*, row: ChildFile, version: int, by: User, title: str, dated: date | None) -> ChildFile:
    """Say better what a file is. The file itself stays. Raises ChangedUnderneath."""
    with acting(by=by):
        return save_version(row, version=version, changes={"title": title, "dated": dated})


def record_in_error(
    *, row: Recorded, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Recorded:
    """Mark a fact, and what goes with it, as recorded in error. Nothing is deleted; measures and rules look past it.

    Raises ChangedUnderneath. Whether something standing hangs on it is the kind's to say, before this is called.
    """
    with acting(by=by):
        if not row.stands:
            raise ChangedUnderneath(row)
        mark = {"in_error_at": timezone.now(), "in_error_by": by, "in_error_reason": reason}
        save_version(row, version=version, changes=mark)
        for other in goes_with_it:
            save_version(other, version=other.version, changes=mark)
        return row


def open_with_reason(*, child: Child, by: User, reason: str) -> Opening:
    """Open a need-to-know record to `by` for today."""
    with acting(by=by):
        return Opening.objects.create(child=child, user=by, recorded_by=by, reason=reason)


def review_opening(*, opening: Opening, version: int, by: User) -> Opening:
    """A manager has read why a record was opened. Refuses one's own opening."""
    if opening.user_id == by.pk:
        raise ValidationError("You opened this record yourself. Ask another manager to review it.")
    with acting(by=by):
        return save_version(opening, version=version, changes={"reviewed_by": by, "reviewed_at": timezone.now()})


def note_conflict(*, child: Child, by: User, user: User, reason: str) -> Conflict:
    """From now on `user` neither finds nor opens this child's record."""
    if user.service_id != child.service_id:
        raise ValidationError({"user": "Select somebody of this service"})
    with acting(by=by):
        return Conflict.objects.create(child=child, user=user, reason=reason, recorded_by=by)


def refusal(message: str) -> ValidationError:
    """A refusal about the whole form."""
    return ValidationError(message)
