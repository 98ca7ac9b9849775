"""What cannot be true of a contract, of a change of an order, of custody. Each rule raises ValidationError beside a
field and says what to do.

OC-1  a contract is of a referral order, signed on its day or later, and one
OC-2  an extension has its months and nothing else has; an order ends early once, on its day or later
OC-3  custody and licence are of a detention and training order, recorded once
OC-4  a written date has the letter it stands in; release is on the day of the sentence or later, the end of the licence
      not before the release
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from openyj.casework.models import CaseWord, Contract, Custody, OrderChange, Outcome
from openyj.casework.orders.dates import DTO, REFERRAL_ORDER
from openyj.casework.orders.rules import not_before_outcome
from openyj.casework.orders.selectors import together_with
from openyj.people.models import Child
from openyj.people.rules import in_order, not_before_birth


def of_kind(outcome: Outcome, code: str, what: str) -> None:
    if outcome.legal_outcome.code != code:
        raise ValidationError({"outcome": f"{outcome} has no {what}. Select another order."})


def check_contract(
    *, child: Child, outcome: Outcome, signed_on: date | None, row: Contract | None = None, **_: object
) -> None:
    """OC-1."""
    not_before_birth(child, signed_on=signed_on)
    of_kind(outcome, REFERRAL_ORDER, "contract: only a referral order has")
    not_before_outcome(outcome, signed_on=signed_on)
    other = Contract.objects.standing().filter(outcome__in=together_with(outcome)).exclude(pk=row and row.pk).first()
    if other:
        raise ValidationError({"outcome": f"{other} already. If that is wrong, change that one."})


def check_change(
    *, child: Child, outcome: Outcome, how: str, decided_on: date | None, months: float | None,
    row: OrderChange | None = None, **_: object,
) -> None:  # fmt: skip
    """OC-2."""
    not_before_birth(child, decided_on=decided_on)
    not_before_outcome(outcome, decided_on=decided_on)
    if how == "EXTENDED":
        if not months:
            raise ValidationError({"months": "Enter how many months were added"})
        return
    if months:
        raise ValidationError({"months": "Only an order that was made longer has months. Leave it empty"})
    ended = OrderChange.objects.standing().filter(outcome__in=together_with(outcome)).exclude(how="EXTENDED")
    if other := ended.exclude(pk=row and row.pk).first():
        raise ValidationError({"outcome": f"It has ended already: {other}. If that is wrong, change that."})


def check_custody(
    *, child: Child, outcome: Outcome, establishment: CaseWord | None, letter_on: date | None, release_on: date | None,
    expiry_on: date | None, row: Custody | None = None, **_: object,
) -> None:  # fmt: skip
    """OC-3 and OC-4."""
    not_before_birth(child, release_on=release_on)
    of_kind(outcome, DTO, "two parts: only a detention and training order has")
    if (release_on or expiry_on) and not letter_on:
        message = "Enter the date of the establishment’s letter. Without one these dates stay estimates"
        raise ValidationError({"letter_on": message})
    not_before_outcome(outcome, release_on=release_on, expiry_on=expiry_on, letter_on=letter_on)
    in_order(release_on, expiry_on, "expiry_on", "It cannot end before the release ({first}). Check both dates.")
    other = Custody.objects.standing().filter(outcome__in=together_with(outcome)).exclude(pk=row and row.pk).first()
    if other:
        raise ValidationError({"outcome": "Its custody and licence are recorded already. Change those."})
