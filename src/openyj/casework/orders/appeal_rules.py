"""What cannot be true of an appeal. Each rule raises ValidationError beside a field and says what to do.

AP-1  an appeal is made on the day of its outcome or later; its result has a day, on that of the appeal or later
AP-2  a new outcome is on the same offence, another than the one appealed, not before it, and only where the result says
      that it was changed
AP-3  one appeal at a time waits for its result on an outcome
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from openyj.casework.models import Appeal, Outcome
from openyj.casework.orders.rules import not_before_outcome, whole_or_none
from openyj.casework.orders.selectors import standing_outcomes
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth
from openyj.tables.codes import CHANGED_ON_APPEAL


def check_appeal(
    *,
    child: Child,
    outcomes: Iterable[Outcome],
    appealed_on: date | None,
    result: str | None,
    result_on: date | None,
    new_outcome: Outcome | None,
    row: Appeal | None = None,
    **_: object,
) -> None:
    """AP-1, AP-2, AP-3."""
    not_before_birth(child, appealed_on=appealed_on)
    whole_or_none(
        result=(result, "Select the result, or leave its date empty"),
        result_on=(result_on, "Enter the date of the result"),
    )
    in_order(appealed_on, result_on, "result_on", "The result cannot be before the appeal ({first}). Check both dates.")
    if new_outcome and result != CHANGED_ON_APPEAL:
        message = f"A new outcome follows only where the result is “{CHANGED_ON_APPEAL}”. Check both."
        raise ValidationError({"new_outcome": message})
    for outcome in outcomes:
        not_before_outcome(outcome, appealed_on=appealed_on)
        waiting = outcome.appeals.standing().filter(result=None).exclude(pk=row and row.pk).first()
        if waiting and not result:
            message = f"The appeal of {say_date(waiting.appealed_on)} waits for its result. Record the result there."
            raise ValidationError({"appealed_on": message})
        if new_outcome:
            on_same_offence(outcome, new_outcome, child)


def on_same_offence(outcome: Outcome, new_outcome: Outcome, child: Child) -> Outcome:
    """The outcome of the new decision on the offence of the one appealed. Refuses what AP-2 refuses."""
    together = standing_outcomes(child).filter(
        offence=outcome.offence_id, legal_outcome=new_outcome.legal_outcome_id, outcome_date=new_outcome.outcome_date
    )
    found = together.exclude(pk=outcome.pk).first()
    if found is None:
        message = f"{new_outcome} is not on the offence “{outcome.offence}”. Add it on that offence first."
        raise ValidationError({"new_outcome": message})
    if found.outcome_date < outcome.outcome_date:
        message = (
            f"It was given before the outcome that was appealed ({say_date(outcome.outcome_date)}). Select another."
        )
        raise ValidationError({"new_outcome": message})
    return found
