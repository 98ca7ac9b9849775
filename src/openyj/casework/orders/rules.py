"""What cannot be true of what follows from an outcome. Each rule raises ValidationError beside a field and says what to
do. What is only unusual is said, not refused.

OR-1  a requirement begins on the day of its outcome or later, ends after it began, and is of a kind in use on that day
OR-2  what ended early has its day, how, and by whom and why, or none of them
OR-3  hours are of one day, not before the requirement began, not after it ended
OR-4  (said) unpaid work is usually for 16 and 17 and of 40 to 240 hours: general knowledge, to be confirmed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError

from openyj.casework.models import CaseWord, Outcome, Requirement
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth

UNPAID_WORK = "UNPAID_WORK"
USUAL_AGE, USUAL_HOURS = 16, (40, 240)  # OR-4


def not_before_outcome(outcome: Outcome | None, **days: date | None) -> None:
    """Refuse days before the outcome. The keyword is the field's name."""
    if outcome is None:
        return
    wrong = {
        name: f"This is before {outcome} was given ({say_date(outcome.outcome_date)}). Check both dates."
        for name, day in days.items()
        if day and day < outcome.outcome_date
    }
    if wrong:
        raise ValidationError(wrong)


def check_requirement(
    *,
    child: Child,
    outcome: Outcome | None,
    kind: CaseWord | None,
    start_date: date | None,
    end_date: date | None,
    ended_early_on: date | None,
    ended_early_how: str | None,
    ended_early_why: str,
    row: Requirement | None = None,
    **_: object,
) -> None:
    """OR-1 and OR-2."""
    not_before_birth(child, start_date=start_date)
    not_before_outcome(outcome, start_date=start_date, end_date=end_date, ended_early_on=ended_early_on)
    in_order(start_date, end_date, "end_date", "It cannot end before it began ({first}). Check both dates.")
    in_order(
        start_date,
        ended_early_on,
        "ended_early_on",
        "It cannot have ended before it began ({first}). Check both dates.",
    )
    kept = row is not None and kind is not None and row.kind_id == kind.pk
    if outcome and kind and not kept and not CaseWord.objects.usable_on(outcome.outcome_date).filter(pk=kind.pk):
        message = f"“{kind}” was not in use on {say_date(outcome.outcome_date)}. Select another, or check the outcome."
        raise ValidationError({"kind": message})
    whole_or_none(
        ended_early_on=(ended_early_on, "Enter the day it ended early, or leave how and why empty"),
        ended_early_how=(ended_early_how, "Select how it ended early"),
        ended_early_why=(ended_early_why, "Enter by whom and why it ended early"),
    )
    if row is not None and start_date:
        first = row.hours.standing().order_by("day").first()
        if first and first.day < start_date:
            message = f"{first} were done before this. Check the date; if it is right, correct those hours first."
            raise ValidationError({"start_date": message})


def whole_or_none(**fields: tuple[object, str]) -> None:
    """Refuse some of several answers that belong together; each with what to do where it is the one missing."""
    if any(value for value, _ in fields.values()):
        missing = {name: message for name, (value, message) in fields.items() if not value}
        if missing:
            raise ValidationError(missing)


def check_hours(*, child: Child, requirement: Requirement | None, day: date | None, **_: object) -> None:
    """OR-3."""
    not_before_birth(child, day=day)
    if requirement is None or day is None:
        return
    began = requirement.start_date or requirement.outcome.outcome_date
    if day < began:
        raise ValidationError({"day": f"The requirement began on {say_date(began)}. Check both dates."})
    if requirement.ended_early_on and day > requirement.ended_early_on:
        message = f"The requirement ended early on {say_date(requirement.ended_early_on)}. Check both dates."
        raise ValidationError({"day": message})


def unusual_requirement(row: Requirement, child: Child) -> Iterator[str]:
    """OR-4, and more hours done than were ordered: saved, and said where it is shown."""
    if row.kind.code == UNPAID_WORK:
        if child.date_of_birth and child.age_on(row.outcome.outcome_date) < USUAL_AGE:
            yield f"Unpaid work is usually for 16 and 17 (general knowledge, to confirm): {child.name} was younger."
        least, most = USUAL_HOURS
        if row.hours_ordered is not None and not least <= row.hours_ordered <= most:
            yield (
                f"Unpaid work is usually of {least} to {most} hours (general knowledge, to confirm): "
                f"{row.hours_ordered:g} are recorded."
            )
    if row.hours_ordered is not None and sum(each.hours for each in row.done) > row.hours_ordered:
        yield "More hours are recorded as done than were ordered. Check both."
