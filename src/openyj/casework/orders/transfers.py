"""Transfers of orders between services: what cannot be true of them, writing them, and who is responsible today.

OT-1  it is asked on the day of the outcome or later, and answered on that day or later; an answer has its day
OT-2  what is accepted starts on a day, what is refused has its reason, and one request at a time waits
OT-3  where the child lived on the day of the sentence makes a service responsible (LOCAL this one, OTHER another),
      until a transfer in full that was accepted has started; who only looks after an order is not responsible for it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework.models import OrderTransfer, Outcome, Transfer
from openyj.casework.orders.rules import not_before_outcome, whole_or_none
from openyj.casework.orders.selectors import together_with
from openyj.core.dates import say_date
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.people.rules import in_order, not_before_birth
from openyj.people.services import record_in_error
from openyj.tables.codes import OTHER

ACCEPTED, REFUSED = "ACCEPTED", "REFUSED"
TO, FROM, BY, FOR = "FULL_TO", "FULL_FROM", "CARETAKING_BY", "CARETAKING_FOR"


def check_transfer(
    *, child: Child, outcome: Outcome, other_service: Service | None, asked_on: date | None, answer: str | None,
    answered_on: date | None, starts_on: date | None, reason: str, row: OrderTransfer | None = None, **_: object,
) -> None:  # fmt: skip
    """OT-1 and OT-2."""
    not_before_birth(child, asked_on=asked_on)
    not_before_outcome(outcome, asked_on=asked_on)
    in_order(asked_on, answered_on, "answered_on", "It cannot be answered before it was asked ({first}). Check both.")
    whole_or_none(
        answer=(answer, "Select the answer, or leave its date empty"),
        answered_on=(answered_on, "Enter the date of the answer"),
    )
    if answer == ACCEPTED and not starts_on:
        raise ValidationError({"starts_on": "Enter from which day the other service has the order, or this one has"})
    if answer != ACCEPTED and starts_on:
        raise ValidationError({"starts_on": "Only what was accepted starts on a day. Leave it empty"})
    if answer == REFUSED and not reason:
        raise ValidationError({"reason": "Enter why it was refused"})
    not_before_outcome(outcome, starts_on=starts_on)
    waiting = OrderTransfer.objects.standing().filter(outcome__in=together_with(outcome), answer=None)
    if not answer and (other := waiting.exclude(pk=row and row.pk).select_related("other_service").first()):
        raise ValidationError({"outcome": f"This waits for its answer: {other}. Record the answer there."})


def add_transfer(*, child: Child, by: User, **fields: Any) -> OrderTransfer:
    """A request to move an order, or to have it looked after."""
    check_transfer(child=child, **fields)
    with acting(by=by):
        row = OrderTransfer.objects.create(child=child, recorded_by=by, **fields)
        follow_answer(row, by)
        return row


def change_transfer(*, row: OrderTransfer, version: int, by: User, **fields: Any) -> OrderTransfer:
    """Change a request, or record its answer. Raises ChangedUnderneath."""
    check_transfer(child=row.child, row=row, **fields)
    with acting(by=by):
        save_version(row, version=version, changes=fields)
        follow_answer(row, by)
        return row


def transfer_in_error(
    *, row: OrderTransfer, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> OrderTransfer:
    """Mark a request as recorded in error, and the move of the child that was recorded with it."""
    with acting(by=by):
        moved = [row.transfer] if row.transfer and row.transfer.stands else []
        record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=[*goes_with_it, *moved])
        return row


def follow_answer(row: OrderTransfer, by: User) -> None:
    """What was accepted is a transfer of the child in the return (its item `transfer`): recorded with it, and kept to
    its day."""
    if row.answer != ACCEPTED:
        return
    said = {"transfer_date": row.starts_on, "description": f"{row.get_how_display()}: {row.other_service.name}"[:300]}
    if row.transfer is None:
        made = Transfer.objects.create(child=row.child, recorded_by=by, **said)
        save_version(row, version=row.version, changes={"transfer": made})
    elif any(getattr(row.transfer, name) != value for name, value in said.items()):
        save_version(row.transfer, version=row.transfer.version, changes=said)


def responsible(head: Outcome, transfers: Iterable[OrderTransfer], today: date) -> str:
    """Who is responsible for an order today (OT-3), and who looks after it."""
    begun = [t for t in transfers if t.stands and t.answer == ACCEPTED and t.starts_on and t.starts_on <= today]
    begun.sort(key=lambda each: (each.starts_on, each.pk))
    who = "Another service: the child lived elsewhere on the day" if head.residence == OTHER else "This service"
    looked_after = ""
    for each in begun:
        name, since = each.other_service.name, say_date(each.starts_on)
        if each.how == TO:
            who, looked_after = f"{name}, since {since}", ""
        elif each.how == FROM:
            who, looked_after = f"This service, since {since}, taken over from {name}", ""
        elif each.how == BY:
            looked_after = f"; {name} looks after it since {since}"
        else:
            who, looked_after = name, f"; this service looks after it since {since}"
    return f"{who}{looked_after}"


def missing_number(transfers: Iterable[OrderTransfer], child: Child) -> list[str]:
    """What to record where an order came from elsewhere without the child's number there."""
    came = [t.other_service.name for t in transfers if t.stands and t.answer == ACCEPTED and t.how in (FROM, FOR)]
    if not came or child.originating_number:
        return []
    return [f"The child’s number at {came[0]} is not recorded. Without it the child may be counted twice nationally."]


def say_transfer(row: OrderTransfer) -> str:
    """ "Quillmoor, asked 4 June 2026: accepted on 9 June 2026, from 1 July 2026"."""
    said = f"{row.other_service.name}, asked {say_date(row.asked_on)}: "
    if row.answer is None:
        return f"{said}not answered yet"
    said += f"{row.get_answer_display().lower()} on {say_date(row.answered_on)}"
    said += f", from {say_date(row.starts_on)}" if row.starts_on else ""
    return f"{said}: {row.reason}" if row.reason else said
