"""Writing what an order runs by. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework.models import Contract, Custody, Offence, OrderChange, Outcome, Programme, ProgrammeOffence
from openyj.casework.orders import order_rules
from openyj.casework.orders.dates import middle_and_expiry
from openyj.casework.orders.selectors import together_with
from openyj.casework.services import join
from openyj.people.models import Child
from openyj.reference.models import DisposalType

CUSTODY_PART, LICENCE_PART = "DTO_CUSTODY", "DTO_LICENCE"


def add_contract(*, child: Child, by: User, **fields: Any) -> Contract:
    """The contract of a referral order, which runs from that day."""
    order_rules.check_contract(child=child, **fields)
    with acting(by=by):
        return Contract.objects.create(child=child, recorded_by=by, **fields)


def change_contract(*, row: Contract, version: int, by: User, **fields: Any) -> Contract:
    """Change a contract. Raises ChangedUnderneath."""
    order_rules.check_contract(child=row.child, row=row, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_change(*, child: Child, by: User, **fields: Any) -> OrderChange:
    """An order was made longer, or ended before its time."""
    order_rules.check_change(child=child, **fields)
    with acting(by=by):
        return OrderChange.objects.create(child=child, recorded_by=by, **fields)


def change_change(*, row: OrderChange, version: int, by: User, **fields: Any) -> OrderChange:
    """Change what was recorded of an extension or early end. Raises ChangedUnderneath."""
    order_rules.check_change(child=row.child, row=row, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def add_custody(*, child: Child, by: User, **fields: Any) -> Custody:
    """Custody and licence of a detention and training order in one step: two programmes on the order's offences.

    Without the establishment's letter the licence starts on the mid-term date, an estimate, and neither programme has
    an end; where that date is not worked out, the licence is made when the letter has come."""
    order_rules.check_custody(child=child, **fields)
    with acting(by=by):
        outcome: Outcome = fields["outcome"]
        offences = [each.offence for each in together_with(outcome).select_related("offence")]
        held = programme(child, CUSTODY_PART, outcome.outcome_date, offences, by)
        row = Custody.objects.create(child=child, recorded_by=by, custody_programme=held, **fields)
        follow_letter(row, offences, by)
        return row


def change_custody(*, row: Custody, version: int, by: User, **fields: Any) -> Custody:
    """Change custody and licence, or record the dates that the establishment has written: they become the programmes'
    own. Raises ChangedUnderneath."""
    order_rules.check_custody(child=row.child, row=row, **fields)
    with acting(by=by):
        save_version(row, version=version, changes=fields)
        offences = [each.offence for each in together_with(row.outcome).select_related("offence")]
        follow_letter(row, offences, by)
        return row


def programme(child: Child, code: str, start: date, offences: list[Offence], by: User) -> Programme:
    """The programme of this kind and day if it is recorded already, else a new one."""
    kind = DisposalType.objects.get(code=code)
    here = Programme.objects.standing().filter(
        child=child, disposal_type=kind, start_date=start, links__in_error_at=None, links__offence__in=offences
    )
    found = here.first()
    if found is None:
        found = Programme.objects.create(child=child, disposal_type=kind, start_date=start, recorded_by=by)
        join(ProgrammeOffence, "programme", found, offences, by)
    return found


def follow_letter(row: Custody, offences: list[Offence], by: User) -> None:
    """Let the two programmes have the days that are written, or the estimated start of the licence and no end."""
    middle, _expiry = middle_and_expiry(row.outcome.outcome_date, row.outcome.term_months)
    starts = row.release_on or middle
    settle(row.custody_programme, end_date=row.release_on)
    if row.licence_programme:
        settle(row.licence_programme, end_date=row.expiry_on, **{"start_date": starts} if starts else {})
    elif starts:
        licence = programme(row.child, LICENCE_PART, starts, offences, by)
        settle(licence, end_date=row.expiry_on)
        save_version(row, version=row.version, changes={"licence_programme": licence})


def settle(row: Programme, **days: date | None) -> None:
    """Give a programme its days. An end that somebody recorded stays where the letter says nothing of it."""
    changes = {name: day for name, day in days.items() if day and getattr(row, name) != day}
    if changes:
        save_version(row, version=row.version, changes=changes)
