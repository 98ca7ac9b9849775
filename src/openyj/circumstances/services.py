"""Writing a child's circumstances. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.circumstances import rules
from openyj.people.models import Address, Child
from openyj.people.record import AboutChild
from openyj.people.services import add_address

Check = Callable[..., None]


def add(model: type[AboutChild], check: Check, *, child: Child, by: User, **fields: Any) -> AboutChild:
    """A new fact of `model`. Refuses what `check` refuses."""
    check(child=child, **fields)
    with acting(by=by):
        return model.objects.create(child=child, recorded_by=by, **fields)


def change(check: Check, *, row: AboutChild, version: int, by: User, **fields: Any) -> AboutChild:
    """Change a fact. Refuses what `check` refuses; raises ChangedUnderneath."""
    check(child=row.child, **fields)
    with acting(by=by):
        return save_version(row, version=version, changes=fields)


def follow(
    save: Callable[..., AboutChild], *, row: AboutChild, version: int, by: User, start_date: date, **fields: Any
) -> AboutChild:
    """What holds now in place of `row`: the old ends the day before `start_date` and the new begins, both or neither.
    `save` adds the new one. Raises ChangedUnderneath when somebody changed the old one meanwhile."""
    last_day = start_date - timedelta(days=1)
    rules.check_next(row=row, last_day=last_day)
    with acting(by=by):
        save_version(row, version=version, changes={"end_date": last_day})
        return save(child=row.child, by=by, start_date=start_date, end_date=None, **fields)


def move(*, row: Address, version: int, by: User, start_date: date, **fields: Any) -> Address:
    """The child has moved: they left `row` on the day they came to the new address, which is main if the old one was.
    Raises ChangedUnderneath when somebody changed the old one meanwhile."""
    rules.check_next(row=row, last_day=start_date)
    with acting(by=by):
        save_version(row, version=version, changes={"end_date": start_date})
        about = {"start_date": start_date, "end_date": None, "primary": row.primary}
        return add_address(child=row.child, by=by, **about, **fields)
