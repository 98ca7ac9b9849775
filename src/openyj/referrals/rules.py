"""What cannot be true of a referral. Each rule raises ValidationError beside a field and says what to do.

RF-1  a referral is received today or before, and not before its child was born
RF-2  the answer about contact is asked for where somebody was harmed, with the day and who asked
RF-3  what must be done today is said where somebody must act today
RF-4  a decision is not before the referral was received, and not after today
RF-5  only what has a child's record is accepted: work is done with a child the service knows
RF-6  a step leads only where `MOVES` says
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.rules import not_before_birth
from openyj.referrals.models import MOVES, Referral, State


def check_referral(
    *,
    child: Child | None,
    received_on: date | None,
    urgent: bool | None,
    urgent_words: str,
    given_name: str = "",
    family_name: str = "",
    row: Referral | None = None,
    **answers: Any,
) -> None:
    """RF-1 to RF-3, and that somebody is named."""
    wrong: dict[str, str] = {}
    if child:
        not_before_birth(child, received_on=received_on)  # RF-1
    elif not (given_name or family_name):
        wrong["family_name"] = "Enter the name that the referral gives, or what there is of it"
    if received_on and received_on > clock.today():
        wrong["received_on"] = "The day it was received must be today or in the past"  # RF-1
    elif row and received_on and row.decided_on and received_on > row.decided_on:
        wrong["received_on"] = f"It was decided on {say_date(row.decided_on)}. Check the day it was received."  # RF-4
    if urgent and not urgent_words:  # RF-3
        wrong["urgent_words"] = "Say what must be done today"
    wrong |= missing_of_consent(**answers)
    if wrong:
        raise ValidationError(wrong)


def missing_of_consent(
    *, victims: str, consent: str, consent_on: date | None, consent_by: str, **_: object
) -> dict[str, str]:
    """RF-2: what has to be entered, by field."""
    if victims != Referral.Victims.YES:
        return {}
    if not consent:
        return {"consent": "Answer whether those who were harmed may be contacted, or that nobody has asked them yet"}
    if consent == Referral.Consent.NOT_ASKED:
        return {}
    wrong = {}
    if not consent_on:
        wrong["consent_on"] = "Enter the day they were asked"
    elif consent_on > clock.today():
        wrong["consent_on"] = "The day they were asked must be today or in the past"
    if not consent_by:
        wrong["consent_by"] = "Enter who asked them"
    return wrong


def check_step(*, referral: Referral, to: State, day: date | None, field: str = "day") -> None:
    """RF-4 to RF-6."""
    if to not in MOVES[State(referral.state)]:
        raise ValidationError(
            f"This referral is “{State(referral.state).label.lower()}”, so that cannot be done with it now. "
            "Read it again."
        )
    if to in (State.ACCEPTED, State.ALLOCATED) and referral.child_id is None:
        raise ValidationError("The child is not identified. Find or add the child first, then accept the referral.")
    if day and day < referral.received_on:
        message = f"It was received on {say_date(referral.received_on)}. Enter that day or a later one."
        raise ValidationError({field: message})
    if day and day > clock.today():
        raise ValidationError({field: "Enter today or an earlier day"})
