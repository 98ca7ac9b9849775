"""Two people at once: an update made from an older reading is refused, with both versions to compare."""

from __future__ import annotations

from typing import TypeVar

from openyj.accounts.models import Versioned

V = TypeVar("V", bound=Versioned)


class ChangedUnderneath(Exception):
    """Someone else saved this row since it was read. `current` is the row as it is now."""

    def __init__(self, current: Versioned):
        super().__init__("Someone else has changed this since you opened it.")
        self.current = current


def save_version(row: V, *, version: int, changes: dict[str, object]) -> V:
    """Write `changes` to `row` if it is still at `version`; return it as saved. Else raise ChangedUnderneath.

    One UPDATE with the version in its WHERE, so that two people in the same instant cannot both succeed.
    """
    rows = type(row)._base_manager.filter(pk=row.pk, version=version)
    if not rows.update(**changes, version=version + 1):
        row.refresh_from_db()
        raise ChangedUnderneath(row)
    row.refresh_from_db()
    return row
