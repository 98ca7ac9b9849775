"""What cannot be true of police bail. Each rule raises ValidationError beside a field and says what to do.

PB-1  it is after birth, and does not end before it began
PB-2  it does not begin before the offences it is for
PB-3  on one offence there is one at a time; one may begin on the day the other ends
PB-4  somebody released under investigation is on no bail, so has no conditions
PB-5  bail after charge does not begin before the charge, and what comes before a charge does not begin after it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from openyj.casework.models import Offence, PoliceBail
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.tables.offence_codes import AFTER_CHARGE, UNDER_INVESTIGATION


def check_police_bail(
    *,
    child: Child,
    offences: Iterable[Offence],
    status: str | None,
    start_date: date | None,
    end_date: date | None = None,
    conditions: str = "",
    row: PoliceBail | None = None,
    **_: object,
) -> None:
    """PB-1 to PB-5."""
    offences = list(offences)
    not_before_birth(child, start_date=start_date, end_date=end_date)
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")
    if status == UNDER_INVESTIGATION and conditions:
        message = "Somebody released under investigation is on no bail. Select bail, or leave the conditions empty"
        raise ValidationError({"conditions": message})
    if start_date is None or status is None:
        return
    for offence in offences:
        before_offence(start_date, offence)
        against_charge(status, start_date, offence, offence.charge_date, "start_date")
    one_at_a_time(child, offences, start_date, end_date, row)


def before_offence(start: date, offence: Offence) -> None:
    """PB-2."""
    if offence.offence_date and start < offence.offence_date:
        message = (
            f"It cannot begin before the offence “{offence}” of {say_date(offence.offence_date)}. Check the date, or "
            "take the offence out."
        )
        raise ValidationError({"start_date": message})


def against_charge(status: str, start: date, offence: Offence, charged: date | None, field: str) -> None:
    """PB-5."""
    if charged is None:
        return
    if status == AFTER_CHARGE and start < charged:
        raise ValidationError(
            {field: f"“{offence}” was charged on {say_date(charged)}, and bail after charge began on "
                    f"{say_date(start)}. Check both dates."}
        )  # fmt: skip
    if status != AFTER_CHARGE and start > charged:
        raise ValidationError(
            {field: f"“{offence}” was charged on {say_date(charged)}: what began on {say_date(start)} came after the "
                    "charge. Check both dates, and the status of the bail."}
        )  # fmt: skip


def one_at_a_time(child: Child, offences: list[Offence], start: date, end: date | None, row: PoliceBail | None) -> None:
    """PB-3. Which of two on one day came first is not known, so they may touch; the same first day is one too many."""
    others = PoliceBail.objects.standing().filter(child=child, links__offence__in=offences, links__in_error_at=None)
    for other in others.exclude(pk=row and row.pk).distinct():
        meets = start < (other.end_date or date.max) and other.start_date < (end or date.max)
        if meets or start == other.start_date:
            until = f"until {say_date(other.end_date)}" if other.end_date else "with no end"
            message = (
                f"One of these offences has “{other}” from {say_date(other.start_date)} {until}. There is one at a "
                "time: enter the day that one ended first, or take the offence out."
            )
            raise ValidationError({"start_date": message})


def check_offence_on_bail(*, row: Offence, offence_date: date | None, charge_date: date | None) -> None:
    """PB-2 and PB-5 again, when the dates of an offence that has police bail are changed."""
    for bail in PoliceBail.objects.standing().filter(links__offence=row, links__in_error_at=None):
        if offence_date and bail.start_date < offence_date:
            message = (
                f"This is after the police bail of {say_date(bail.start_date)}. Check the date; if it is right, "
                "correct that first."
            )
            raise ValidationError({"offence_date": message})
        against_charge(bail.status, bail.start_date, row, charge_date, "charge_date")
