"""Writing what was proposed, offered and ordered. Each in one transaction, as `by` and within their service."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.court import rules
from openyj.court.models import Remand
from openyj.people.models import Child
from openyj.people.record import AboutChild

Check = Callable[..., None]


def add(model: type[AboutChild], check: Check, *, child: Child, by: User, **fields: Any) -> AboutChild:
    """A new fact of `model`. Refuses what `check` refuses, which may look at the child's other facts: two people adding
    at once are asked one after the other."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=child.pk)
        check(child=child, **fields)
        return model.objects.create(child=child, recorded_by=by, **fields)


def change(check: Check, *, row: AboutChild, version: int, by: User, **fields: Any) -> AboutChild:
    """Change a fact. Refuses what `add` refuses; raises ChangedUnderneath."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=row.child_id)
        check(child=row.child, row=row, **fields)
        return save_version(row, version=version, changes=fields)


def add_remand(*, child: Child, by: User, cost: Decimal | None, **fields: Any) -> Remand:
    """A remand; `cost` of a day is in pounds, and kept in pence."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=child.pk)
        rules.check_remand(child=child, cost=cost, **fields)
        return Remand.objects.create(child=child, recorded_by=by, cost_a_day_pence=in_pence(cost), **fields)


def change_remand(*, row: Remand, version: int, by: User, cost: Decimal | None, **fields: Any) -> Remand:
    """Change a remand. Refuses what `add_remand` refuses; raises ChangedUnderneath."""
    with acting(by=by):
        Child.objects.select_for_update().get(pk=row.child_id)
        rules.check_remand(child=row.child, row=row, cost=cost, **fields)
        return save_version(row, version=version, changes=fields | {"cost_a_day_pence": in_pence(cost)})


def in_pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * 100)
