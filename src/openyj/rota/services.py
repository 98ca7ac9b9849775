"""Planning the rota. A verb each, in one transaction, as `by`, within their service.

DR-1  nobody is on duty twice in one part of a day
DR-2  who is on duty works at the service on that day: no leaver, nobody whose access has ended by then
DR-3  a day that has gone by is changed only with a reason
DR-4  a swap says why, and leaves what was planned to be read
DR-5  a week that is copied puts nobody where they are already, nor anybody who has left; it says whom it left out
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.services import record_in_error
from openyj.rota.models import Cover, Duty, Part, monday_of

A_WEEK = timedelta(days=7)
MOST = 366  # days planned in one form


def plan(
    *, by: User, person: User, first: date, last: date, weekdays: Collection[int], parts: Iterable[str],
    place: str = "", phone: str = "", reason: str = "",
) -> list[Duty]:  # fmt: skip
    """Put somebody on duty in these parts of each of these weekdays (0 is Monday) from `first` to `last`."""
    if last < first:
        raise ValidationError({"last": f"It begins on {say_date(first)}. Enter that day or a later one."})
    if (last - first).days >= MOST:
        raise ValidationError({"last": "Plan at most a year at once"})
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [(day, part) for day in days if day.weekday() in weekdays for part in parts]
    if not wanted:
        raise ValidationError({"weekdays": "None of these weekdays is between the two days. Select others"})
    check_day(wanted[0][0], reason)
    check_person(person, by, wanted[-1][0])
    with acting(by=by):
        for day, part in wanted:
            check_free(person, day, part)
        return [add(by, person, day, part, place, phone, reason) for day, part in wanted]


def add(by: User, person: User, day: date, part: str, place: str, phone: str, reason: str) -> Duty:
    return Duty.objects.create(
        service=by.service, day=day, part=part, person=person, place=place, phone=phone, reason=reason, recorded_by=by
    )


def check_day(day: date, reason: str) -> None:
    """DR-3."""
    if day < clock.today() and not reason:
        raise ValidationError({"reason": f"{say_date(day)} has gone by. Say why the rota is changed now."})


def check_person(person: User, by: User, day: date, field: str = "person") -> None:
    """DR-2."""
    if person.service_id != by.service_id or not works_on(person, day):
        raise ValidationError(
            {field: f"{person} does not work at this service on {say_date(day)}. Select somebody else."}
        )


def works_on(person: User, day: date) -> bool:
    return person.is_active and (person.expires_on is None or day <= person.expires_on)


def check_free(person: User, day: date, part: str, field: str = "person") -> None:
    """DR-1."""
    if Duty.objects.standing().filter(person=person, day=day, part=part).exists():
        said = f"{Part(part).label.lower()}, {say_date(day)}"
        raise ValidationError({field: f"{person} is on duty already: {said}. Take that off first."})


@dataclass(frozen=True)
class Copied:
    """What a copied week became: the new duties, and in words whom it left out."""

    duties: list[Duty]
    left_out: list[str]


def copy_week(*, by: User, week: date, into: date, weeks: int = 1) -> Copied:
    """Plan the week of `week` again in `weeks` weeks from that of `into` on. Nothing there is taken away."""
    begins, target = monday_of(week), monday_of(into)
    if target <= begins:
        raise ValidationError({"into": f"The week copied begins on {say_date(begins)}. Enter a day of a later week."})
    if target < monday_of(clock.today()):
        raise ValidationError({"into": "That week has gone by. Enter a day of this week or a later one."})
    with acting(by=by):
        rows = Duty.objects.standing().between(begins, begins + A_WEEK - timedelta(days=1))
        duties = list(rows.filter(service=by.service).select_related("person"))
        if not duties:
            raise ValidationError({"week": "Nobody is on duty in that week. Enter a day of a week that is planned."})
        made, left_out = [], []
        for number in range(weeks):
            ahead = target - begins + number * A_WEEK
            for duty in duties:
                day = duty.day + ahead
                there = Duty.objects.standing().filter(person=duty.person, day=day, part=duty.part)
                if there.exists() or day < clock.today():
                    continue
                if not works_on(duty.person, day):
                    left_out.append(f"{duty.person} no longer works here on {say_date(day)}")
                    continue
                made.append(add(by, duty.person, day, duty.part, duty.place, duty.phone, ""))
        if not made:
            raise ValidationError({"into": "Everybody is on duty there already, or has left. Nothing was copied."})
        return Copied(made, left_out)


def swap(*, duty: Duty, version: int, by: User, person: User, reason: str, phone: str = "") -> Duty:
    """Give a duty to somebody else. Raises ChangedUnderneath."""
    if not reason:
        raise ValidationError({"reason": "Say why it is swapped"})
    if version != duty.version or not duty.stands:
        raise ChangedUnderneath(duty)
    check_person(person, by, duty.day)
    with acting(by=by):
        check_free(person, duty.day, duty.part)
        record_in_error(row=duty, version=version, by=by, reason=f"Swapped with {person}: {reason}"[:300])
        return add(by, person, duty.day, duty.part, duty.place, phone, reason)


def take_off(*, duty: Duty, version: int, by: User, reason: str) -> Duty:
    """Take a duty off the rota. Raises ChangedUnderneath."""
    return record_in_error(row=duty, version=version, by=by, reason=reason)


def set_cover(*, by: User, seen: int | None, needed: list[str]) -> Cover:
    """Which parts of which days have to be covered. `seen` is the version that was read, None where there was none.
    Raises ChangedUnderneath."""
    with acting(by=by):
        row = Cover.objects.filter(service=by.service).first()
        if row is None:
            return Cover.objects.create(service=by.service, needed=needed)
        return save_version(row, version=seen or 0, changes={"needed": needed})
