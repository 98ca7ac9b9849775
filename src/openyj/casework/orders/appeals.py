"""Writing appeals, and what they do to their outcomes: an outcome that was changed, or ended by a successful appeal, no
longer counts from the moment the result is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.casework.models import Appeal, Outcome
from openyj.casework.orders import appeal_rules
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.people.services import record_in_error


def add_appeals(*, child: Child, by: User, outcomes: Iterable[Outcome], **fields: Any) -> list[Appeal]:
    """An appeal against one or several outcomes: one for each, with the new outcome on the same offence."""
    outcomes = list(outcomes)
    appeal_rules.check_appeal(child=child, outcomes=outcomes, **fields)
    made = []
    with acting(by=by):
        for outcome in outcomes:
            new = fields["new_outcome"] and appeal_rules.on_same_offence(outcome, fields["new_outcome"], child)
            made.append(
                Appeal.objects.create(child=child, recorded_by=by, outcome=outcome, **fields | {"new_outcome": new})
            )
            settle(outcome, was=None)
    return made


def change_appeal(*, row: Appeal, version: int, by: User, **fields: Any) -> Appeal:
    """Change an appeal, or record its result. Raises ChangedUnderneath."""
    appeal_rules.check_appeal(child=row.child, outcomes=[row.outcome], row=row, **fields)
    was = row.result
    if fields["new_outcome"]:
        fields["new_outcome"] = appeal_rules.on_same_offence(row.outcome, fields["new_outcome"], row.child)
    with acting(by=by):
        save_version(row, version=version, changes=fields)
        settle(row.outcome, was=was)
        return row


def appeal_in_error(
    *, row: Appeal, version: int, by: User, reason: str, goes_with_it: Iterable[AboutChild] = ()
) -> Appeal:
    """Mark an appeal as recorded in error; its outcome counts again unless another appeal says otherwise."""
    with acting(by=by):
        record_in_error(row=row, version=version, by=by, reason=reason, goes_with_it=goes_with_it)
        settle(row.outcome, was=row.result)
        return row


def settle(outcome: Outcome, *, was: str | None) -> None:
    """The outcome's appeal status is the latest result. `was` is a result that an appeal gave it and may no longer: a
    status that came without an appeal, from a folder or by hand, stays."""
    decided = outcome.appeals.standing().exclude(result=None).order_by(F("result_on").desc(), "-pk").first()
    status = decided.result if decided else (None if was == outcome.appeal_status else outcome.appeal_status)
    if status != outcome.appeal_status:
        save_version(outcome, version=outcome.version, changes={"appeal_status": status})
