"""What cannot be true of a child's facts. Each rule raises ValidationError beside a field and says what to do."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Address, Allocation, Child, Conflict


def not_before_birth(child: Child, **dates: date | None) -> None:
    """Refuse dates before the child was born. The keyword is the field's name."""
    born = child.date_of_birth
    wrong = {
        name: f"This is before the child was born ({say_date(born)}). Check the date, or correct the date of birth."
        for name, day in dates.items()
        if day and born and day < born
    }
    if wrong:
        raise ValidationError(wrong)


def in_order(first: date | None, last: date | None, field: str, message: str) -> None:
    """Refuse a last day before the first; `message` may use {first} and {last}."""
    if first and last and last < first:
        raise ValidationError({field: message.format(first=say_date(first), last=say_date(last))})


def check_address(*, child: Child, start_date: date | None, end_date: date | None, **_: object) -> None:
    """An address: from birth on, and left after it was moved into."""
    not_before_birth(child, start_date=start_date, end_date=end_date)
    in_order(
        start_date, end_date, "end_date", "They cannot have left before they moved in on {first}. Check both dates."
    )


def check_name(*, child: Child, use: str, start_date: date | None, end_date: date | None, **_: object) -> None:
    """A name: from birth on, and ended after it began. What is not yet so is not recorded."""
    check_since(child=child, start_date=start_date, end_date=end_date)
    if use == "former" and end_date is None and start_date is not None:
        raise ValidationError({"end_date": "Enter the day it stopped being their name, or leave both days empty"})


def check_since(*, child: Child, start_date: date | None, end_date: date | None, **_: object) -> None:
    """Something since a day, where it is known, until a day: from birth on, and ended after it began."""
    not_before_birth(child, start_date=start_date, end_date=end_date)
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")


def check_identifier(*, child: Child, scheme: str, value: str, **dates: Any) -> None:
    """A number: its days, and what can be told from the number itself.

    An NHS number has ten figures, the last a check digit: the first nine times 10 down to 2, added up; what is left
    of 11 after division by 11, where 11 counts as 0 and 10 makes no number (NHS Data Model and Dictionary, data
    element NHS NUMBER). The formats of other numbers were not found in a source this project keeps, so they are asked
    for letters and figures only.
    """
    check_since(child=child, **{name: dates.get(name) for name in ("start_date", "end_date")})
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 /.\-]*", value):
        raise ValidationError({"value": "Enter letters and figures only; blanks, /, . and - may stand between them"})
    if scheme == "nhs" and not is_nhs_number(value):
        message = "This is not an NHS number: it has ten figures, and the last one does not fit. Check it again"
        raise ValidationError({"value": message})


def is_nhs_number(value: str) -> bool:
    """Whether the check digit of ten figures, however they are spaced, fits."""
    figures = re.sub(r"[ -]", "", value)
    if not re.fullmatch(r"[0-9]{10}", figures):
        return False
    total = sum(int(figure) * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(figures[9])


def check_worker(*, child: Child, worker: User) -> None:
    """A worker: of this service, working there, and without a conflict of interest with the child."""
    if worker.service_id != child.service_id or not worker.may_sign_in:
        raise ValidationError({"worker": "Select somebody who works at this service"})
    if Conflict.objects.standing().filter(child=child, user=worker).exists():
        raise ValidationError({"worker": f"{worker} may not work with this child. Select somebody else"})


def check_allocation(
    *, child: Child, start_date: date | None, end_date: date | None = None, row: Allocation | None = None, **_: object
) -> None:
    """An allocation: from birth on, begun by today, and not while somebody else's went on."""
    not_before_birth(child, start_date=start_date)
    if start_date is None:
        return
    if start_date > clock.today():
        raise ValidationError({"start_date": "An allocation begins today or began before. Enter that day."})
    in_order(start_date, end_date, "start_date", "It ended before that day. Enter an earlier day, after {first}.")
    others = Allocation.objects.standing().filter(child=child).exclude(pk=row and row.pk).select_related("worker")
    until = end_date or date.max
    for other in others:
        if other.start_date < until and start_date < (other.end_date or date.max):
            ended = f"to {say_date(other.end_date)}" if other.end_date else "until now"
            raise ValidationError(
                {
                    "start_date": f"{other.worker} was the worker from {say_date(other.start_date)} {ended}. "
                    "Enter a day outside that time, or correct that allocation first."
                }
            )


def check_birth(*, child: Child, date_of_birth: date | None) -> None:
    """A date of birth that is not after what is already recorded. Upper rooms add their facts to `EARLIEST`."""
    if date_of_birth is None:
        return
    for earliest in EARLIEST:
        found = earliest(child)
        if found and found[0] < date_of_birth:
            raise ValidationError(
                {
                    "date_of_birth": f"{found[1]} is recorded on {say_date(found[0])}, before this date of birth. "
                    "Check the date; if it is right, correct the other fact first."
                }
            )


def earliest_address(child: Child) -> tuple[date, str] | None:
    """The first day of an address on the record."""
    first = Address.objects.standing().filter(child=child).order_by("start_date").first()
    return (first.start_date, "An address") if first else None


def earliest_allocation(child: Child) -> tuple[date, str] | None:
    """The first day somebody worked with the child."""
    first = Allocation.objects.standing().filter(child=child).order_by("start_date").first()
    return (first.start_date, "An allocation") if first else None


# Each gives the earliest dated fact of a child and what it is, or None.
EARLIEST = [earliest_address, earliest_allocation]
