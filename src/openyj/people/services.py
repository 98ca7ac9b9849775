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
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people import rules
from openyj.people.kept import keep_file
from openyj.people.models import Address, Allocation, Child, ChildFile, ChildName, Conflict, Opening, Person
from openyj.people.record import AboutChild, Recorded


def add_child(*, by: User, **fields: Any) -> Child:
    """A new record at the service of `by`, with a number of its own where none is given."""
    with acting(by=by):
        worker = fields.pop("worker", None)
        person = Person.objects.create()
        number = fields.pop("number", "") or f"{by.service.code}-{person.pk:06d}"
        child = Child.objects.create(service=by.service, person=person, number=number, recorded_by=by, **fields)
        if child.known_as:
            ChildName.objects.create(child=child, use=CALLED, name=child.known_as, recorded_by=by)
        if worker:
            hand_over(child=child, worker=worker, on=clock.today(), by=by)
        return child


def change_child(*, row: Child, version: int, by: User, **changes: Any) -> Child:
    """Change who a child is. Refuses a date of birth after a recorded fact; raises ChangedUnderneath. Another worker
    is an allocation from today, another name in use what they are called from today."""
    with acting(by=by):
        if "date_of_birth" in changes:
            rules.check_birth(child=row, date_of_birth=changes["date_of_birth"])
        worker, called = changes.pop("worker", row.worker), changes.pop("known_as", row.known_as)
        save_version(row, version=version, changes=changes)
        if called != row.known_as:
            call(child=row, name=called, since=clock.today(), by=by)
        if worker != row.worker:
            hand_over(child=row, worker=worker, on=clock.today(), by=by)
        return row


def hand_over(
    *, child: Child, worker: User | None, on: date, by: User, why: str = "", version: int | None = None, **also: Any
) -> Allocation | None:
    """From a day on `worker` works with the child and whoever did before no longer does; nobody does for None.
    `also` is changed on the child with it, such as the team.

    Refuses a worker with a conflict of interest, one who works with the child already, and a day before the present
    allocation began. Raises ChangedUnderneath where the record is not at `version`, if one is given.
    """
    with acting(by=by):
        Child.objects.select_for_update().get(pk=child.pk)
        child.refresh_from_db()
        if version is not None and version != child.version:
            raise ChangedUnderneath(child)
        now = Allocation.objects.standing().filter(child=child, end_date=None).select_related("worker").first()
        if worker:
            rules.check_worker(child=child, worker=worker)
            if now and worker.pk == now.worker_id:
                raise ValidationError({"worker": f"{worker} works with {child.name} already"})
        if now:
            if on < now.start_date:
                raise ValidationError(
                    {"start_date": f"{now.worker} began on {say_date(now.start_date)}. Enter that day or a later one."}
                )
            save_version(now, version=now.version, changes={"end_date": on})
        made = None
        if worker:
            rules.check_allocation(child=child, start_date=on)
            made = Allocation.objects.create(child=child, worker=worker, start_date=on, why=why, recorded_by=by)
        save_version(child, version=child.version, changes={"worker": worker, **also})
        return made


def change_allocation(*, row: Allocation, version: int, by: User, start_date: date, why: str) -> Allocation:
    """Say better when an allocation began and why. Raises ChangedUnderneath. Another worker is another allocation."""
    with acting(by=by):
        rules.check_allocation(child=row.child, start_date=start_date, end_date=row.end_date, row=row)
        return save_version(row, version=version, changes={"start_date": start_date, "why": why})


def allocation_in_error(
    *, row: Allocation, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Recorded:
    """Mark an allocation as recorded in error. One that went on leaves the child without a worker, until somebody
    allocates the right one. Raises ChangedUnderneath."""
    with acting(by=by):
        record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
        child = Child.objects.select_for_update().get(pk=row.child_id)
        if row.end_date is None and child.worker_id == row.worker_id:
            save_version(child, version=child.version, changes={"worker": None})
        return row


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


CALLED = ChildName.Use.CALLED


def add_name(*, child: Child, by: User, use: str, name: str, **fields: Any) -> ChildName:
    """A name of the child. What they want to be called now ends what they were called before, on the day it began, or
    today where that is not known. Refuses what `rules.check_name` refuses."""
    rules.check_name(child=child, use=use, **fields)
    if use == CALLED and fields.get("end_date") is None:
        since = fields.pop("start_date", None)
        return call(child=child, name=name, since=since, by=by, **fields)
    with acting(by=by):
        return ChildName.objects.create(child=child, use=use, name=name, recorded_by=by, **fields)


def call(*, child: Child, name: str, since: date | None, by: User, **fields: Any) -> ChildName | None:
    """From a day on the child wants to be called `name`; for "", by their first name. Refuses a day before they
    began to be called what they are now."""
    with acting(by=by):
        lock(child)
        stop_calling(child, on=since or clock.today(), by=by)
        fields = {"end_date": None} | fields
        made = name and ChildName.objects.create(
            child=child, use=CALLED, name=name, start_date=since, recorded_by=by, **fields
        )
        keep_called(child)
        return made or None


def lock(child: Child) -> None:
    """Nobody else writes of this child until the transaction ends; the child as it is now."""
    Child.objects.select_for_update().get(pk=child.pk)
    child.refresh_from_db()


def called_now(child: Child) -> ChildName | None:
    return ChildName.objects.standing().filter(child=child, use=CALLED, end_date=None).first()


def stop_calling(child: Child, *, on: date, by: User) -> None:
    """What the child is called now ends. A name that was loaded becomes a dated one, so that it is still found."""
    now = called_now(child)
    if now is None:
        if child.known_as:
            ChildName.objects.create(child=child, use=CALLED, name=child.known_as, end_date=on, recorded_by=by)
        return
    if now.start_date and on < now.start_date:
        message = f"{now} has been the name in use since {say_date(now.start_date)}. Enter that day or a later one."
        raise ValidationError({"start_date": message})
    save_version(now, version=now.version, changes={"end_date": on})


def keep_called(child: Child) -> None:
    """Make `Child.known_as` the name that goes on."""
    now = called_now(child)
    known_as = now.name if now else ""
    if child.known_as != known_as:
        save_version(child, version=child.version, changes={"known_as": known_as})


def change_name(*, row: ChildName, version: int, by: User, **fields: Any) -> ChildName:
    """Change a name. Refuses what `add_name` refuses, and a second name to be called by; raises ChangedUnderneath."""
    rules.check_name(child=row.child, **fields)
    with acting(by=by):
        was, child = row.use, row.child
        lock(child)
        now = called_now(child)
        if fields["use"] == CALLED and fields["end_date"] is None and now and now.pk != row.pk:
            message = f"{now} is what the child wants to be called now. Change that name first, or enter an end."
            raise ValidationError({"use": message})
        save_version(row, version=version, changes=fields)
        if CALLED in (was, row.use):
            keep_called(child)
        return row


def name_in_error(
    *, row: ChildName, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Recorded:
    """Mark a name as recorded in error. If it was the name in use, the child is called by their first name until the
    right one is recorded. Raises ChangedUnderneath."""
    with acting(by=by):
        lock(row.child)
        record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
        if row.use == CALLED and row.end_date is None:
            keep_called(row.child)
        return row


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
