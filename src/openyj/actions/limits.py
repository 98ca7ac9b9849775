"""What an administrator does to the time limits of their service and to the bank holidays. A limit is never
overwritten: a change closes it the day before and begins another, a mistake is kept, marked as recorded in error.

A refusal is a ValidationError whose code names the field it is about.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.actions.deadlines import Usual, events
from openyj.actions.models import BankHoliday, TimeLimit
from openyj.core import clock
from openyj.core.dates import say_date

ONE_DAY = timedelta(days=1)


def refused(message: str, field: str) -> ValidationError:
    return ValidationError(message, code=field)


def usual_limits(service: Service | int) -> dict[str, tuple[str, Usual]]:
    """The usual limits of everything the service has no limit for yet, as (event, limit) by a word for each."""
    have = set(TimeLimit.objects.standing().filter(service=service).values_list("event", "applies_to"))
    return {
        f"{name}|{usual.applies_to}": (name, usual)
        for name, event in events.items()
        for usual in event.usual
        if (name, usual.applies_to) not in have
    }


def begin_usual(*, service: Service, by: User, valid_from: date, which: Collection[str]) -> list[TimeLimit]:
    """Those of `usual_limits` whose words are in `which`, from a day on."""
    with acting(by=by):
        return [
            TimeLimit.objects.create(
                service=service, event=name, applies_to=usual.applies_to, days=usual.days, unit=usual.unit,
                valid_from=valid_from, source=usual.source, recorded_by=by,
            )
            for word, (name, usual) in usual_limits(service).items()
            if word in which
        ]  # fmt: skip


def add_limit(
    *, by: User, event: str, applies_to: str, days: int, unit: str, valid_from: date, source: str
) -> TimeLimit:
    """A limit for something that has none on that day or later."""
    with acting(by=by):
        others = TimeLimit.objects.visible_to(by).standing().filter(event=event, applies_to=applies_to)
        if other := others.exclude(valid_to__lt=valid_from).first():
            until = f" to {say_date(other.valid_to)}" if other.valid_to else ""
            raise refused(
                f"For this a limit of {other.within} holds from {say_date(other.valid_from)}{until}. Change that one.",
                "what",
            )
        return TimeLimit.objects.create(
            service=by.service, event=event, applies_to=applies_to, days=days, unit=unit, valid_from=valid_from,
            source=source, recorded_by=by,
        )  # fmt: skip


def change_limit(
    *, limit: TimeLimit, version: int, by: User, valid_from: date, days: int, unit: str, source: str
) -> TimeLimit:
    """Another limit from a day on; the one before ends the day before. Raises ChangedUnderneath."""
    with acting(by=by):
        stands(limit)
        if valid_from <= limit.valid_from:
            raise refused(
                f"The day must be after {say_date(limit.valid_from)}, when this limit began. If it was wrong from the "
                "start, correct it instead.",
                "valid_from",
            )
        if limit.valid_to and valid_from > limit.valid_to:
            raise refused(f"This limit ended on {say_date(limit.valid_to)}. Add a new one.", "valid_from")
        if (days, unit) == (limit.days, limit.unit):
            raise refused("This is the limit already. Enter another one.", "days")
        last = limit.valid_to
        save_version(limit, version=version, changes={"valid_to": valid_from - ONE_DAY})
        return TimeLimit.objects.create(
            service_id=limit.service_id, event=limit.event, applies_to=limit.applies_to, days=days, unit=unit,
            valid_from=valid_from, valid_to=last, source=source, recorded_by=by,
        )  # fmt: skip


def correct_limit(
    *, limit: TimeLimit, version: int, by: User, days: int, unit: str, source: str, reason: str
) -> TimeLimit:
    """It was entered wrongly: the right limit stands for the same days, the wrong one is kept. Raises
    ChangedUnderneath."""
    with acting(by=by):
        stands(limit)
        mark(limit, by, reason, version)
        return TimeLimit.objects.create(
            service_id=limit.service_id, event=limit.event, applies_to=limit.applies_to, days=days, unit=unit,
            valid_from=limit.valid_from, valid_to=limit.valid_to, source=source, recorded_by=by,
        )  # fmt: skip


def end_limit(*, limit: TimeLimit, version: int, by: User, valid_to: date | None) -> TimeLimit:
    """The last day on which the limit holds for new events; None lets it go on. Raises ChangedUnderneath."""
    with acting(by=by):
        stands(limit)
        if valid_to and valid_to < limit.valid_from:
            raise refused(f"It began on {say_date(limit.valid_from)} and cannot end before.", "valid_to")
        later = TimeLimit.objects.visible_to(by).standing().filter(event=limit.event, applies_to=limit.applies_to)
        following = later.filter(valid_from__gt=limit.valid_from).order_by("valid_from").first()
        if following and (valid_to is None or valid_to >= following.valid_from):
            begins = say_date(following.valid_from)
            raise refused(f"Another limit follows on {begins}. The last day must be before.", "valid_to")
        return save_version(limit, version=version, changes={"valid_to": valid_to})


def add_bank_holiday(*, by: User, day: date, name: str, source: str) -> BankHoliday:
    """A day on which nobody is expected to work, for every service on this site. Deadlines change with it at once."""
    with acting(by=by):
        if other := BankHoliday.objects.standing().filter(day=day).first():
            raise refused(f"{say_date(day)} is {other.name} already.", "day")
        return BankHoliday.objects.create(day=day, name=name, source=source, recorded_by=by)


def bank_holiday_in_error(*, holiday: BankHoliday, version: int, by: User, reason: str) -> BankHoliday:
    """It was no bank holiday. It is kept, marked. Raises ChangedUnderneath."""
    with acting(by=by):
        stands(holiday)
        return mark(holiday, by, reason, version)


def stands(row: TimeLimit | BankHoliday) -> None:
    if not row.stands:
        raise ChangedUnderneath(row)


def mark(row: TimeLimit | BankHoliday, by: User, reason: str, version: int) -> TimeLimit | BankHoliday:
    changes = {"in_error_at": clock.now(), "in_error_by": by, "in_error_reason": reason}
    return save_version(row, version=version, changes=changes)
