"""Whose the days up to each stage are: what is shipped, and what an administrator makes of it. A row is never
overwritten: a change closes it the day before and begins another, a mistake is kept, marked as recorded in error.

A refusal is a ValidationError whose code names the field it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.casework.slots import stages
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.delays.models import Turn

ALWAYS = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)


def load_usual() -> None:
    """Say whose the days usually are, for every stage nothing has been said of yet. Overwrites nothing."""
    said = set(Turn.objects.values_list("route", "stage"))
    Turn.objects.bulk_create(
        Turn(route=route, stage=name, whose=step.whose, valid_from=ALWAYS, source=step.source)
        for name, stage in stages.items()
        for route, step in stage.on.items()
        if (route, name) not in said
    )


def read_turns() -> Callable[[str], Callable[[str, date], str]]:
    """`read_turns()(route)(stage, day)` says whose the days up to a stage were; "" where nothing says so. One query."""
    rows: dict[tuple[str, str], list[Turn]] = {}
    for turn in Turn.objects.standing():
        rows.setdefault((turn.route, turn.stage), []).append(turn)

    def on(route: str) -> Callable[[str, date], str]:
        def whose(stage: str, day: date) -> str:
            holding = (
                t for t in rows.get((route, stage), ())
                if t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)
            )  # fmt: skip
            return next((turn.whose for turn in holding), "")

        return whose

    return on


def change_turn(*, turn: Turn, version: int, by: User, valid_from: date, whose: str, source: str) -> Turn:
    """Another has it in hand from a day on; what was said ends the day before. Raises ChangedUnderneath."""
    with acting(by=by):
        stands(turn)
        if valid_from <= turn.valid_from:
            message = f"This holds from {say_date(turn.valid_from)}. Enter a later day, or correct it instead."
            raise ValidationError(message, code="valid_from")
        if turn.valid_to and valid_from > turn.valid_to:
            message = f"This ended on {say_date(turn.valid_to)}. Change the one that holds now."
            raise ValidationError(message, code="valid_from")
        last = turn.valid_to
        save_version(turn, version=version, changes={"valid_to": valid_from - ONE_DAY})
        return again(turn, by, whose, source, valid_from, last)


def correct_turn(*, turn: Turn, version: int, by: User, whose: str, source: str, reason: str) -> Turn:
    """It was wrong from the start: the right one stands for the same days, the wrong one is kept. Raises
    ChangedUnderneath."""
    with acting(by=by):
        stands(turn)
        mark = {"in_error_at": clock.now(), "in_error_by": by, "in_error_reason": reason}
        save_version(turn, version=version, changes=mark)
        return again(turn, by, whose, source, turn.valid_from, turn.valid_to)


def again(turn: Turn, by: User, whose: str, source: str, first: date, last: date | None) -> Turn:
    return Turn.objects.create(
        route=turn.route, stage=turn.stage, whose=whose, source=source, valid_from=first, valid_to=last, recorded_by=by
    )


def stands(turn: Turn) -> None:
    if not turn.stands:
        raise ChangedUnderneath(turn)
