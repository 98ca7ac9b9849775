"""The children behind a figure, as far as today's permission reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from openyj import measures
from openyj.accounts.models import User
from openyj.core.dates import say_date
from openyj.measures import Mean, Share
from openyj.people.models import Child
from openyj.performance.reading import Reading
from openyj.performance.spec import Show, Spec
from openyj.performance.words import NOT_RECORDED
from openyj.tables import codes

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class Counted:
    """One unit that a figure counts: whose it is and why. The reason is empty where the record is need-to-know."""

    child: Child
    date: date | None
    why: str
    offence: str
    locality: str
    age: int | None
    reoffences: int | None


@dataclass(frozen=True)
class Behind:
    """What is behind a figure: the units this person may see, and how many children there are that they may not."""

    units: list[Counted]
    total: int
    others: int

    @property
    def children(self) -> int:
        return len({unit.child.pk for unit in self.units})


def counted_behind(spec: Spec, reading: Reading, user: User, side: str = NUMERATOR) -> Behind:
    """The units of a figure's numerator or denominator. Whose record may be opened is asked of the record as it is
    today, also for a snapshot. Raises CannotBeComputed when a table was never supplied."""
    table = measures.counted(
        spec.definition,
        reading.bench,
        reading.as_of,
        service=reading.service.code,
        period=spec.when,
        where=spec.where,
    )
    rows = [row for row in table.to_pylist() if side == DENOMINATOR or in_numerator(row, spec.shows)]
    ids = {row["child_id"] for row in rows}
    visible = Child.objects.visible_to(user).with_masks(user).in_bulk(ids)
    offences = offences_of(reading, {row["offence_id"] for row in rows})
    units = [unit(row, visible[row["child_id"]], offences, reading, spec) for row in rows if row["child_id"] in visible]
    return Behind(units, len(rows), len(ids - visible.keys()))


def has_sides(show: Show) -> bool:
    """Whether numerator and denominator are different children. Residents are nobody's record, and the mean of those
    who reoffended is made of them alone."""
    return isinstance(show, Share) or (isinstance(show, Mean) and show.where is None)


def in_numerator(row: dict[str, Any], show: Show) -> bool:
    match show:
        case Share(of=column):
            return bool(row[column])
        case Mean(of=column, where=where):
            return bool(row[where] if where else row[column])
        case _:
            return True


def offences_of(reading: Reading, ids: set[int]) -> dict[int, dict[str, Any]]:
    wanted = reading.bench.tables["offence"].select(["offence_id", "yjb_offence_category", "offence_date"])
    return {row["offence_id"]: row for row in wanted.to_pylist() if row["offence_id"] in ids}


def unit(
    row: dict[str, Any], child: Child, offences: dict[int, dict[str, Any]], reading: Reading, spec: Spec
) -> Counted:
    if child.masked:
        return Counted(child, None, "", "", "", None, None)
    offence = offences.get(row["offence_id"], {})
    outcome = reading.outcome_labels.get(row["legal_outcome"], row["legal_outcome"])
    return Counted(
        child,
        row["date"],
        f"Release from custody: {outcome}" if row.get("event") == "release" else outcome,
        said_offence(offence),
        row["locality"] or NOT_RECORDED,
        row["age"],
        row.get("reoffences"),
    )


def said_offence(offence: dict[str, Any]) -> str:
    """Its kind and day, from the same tables as the figure."""
    kind = codes.OFFENCE_CATEGORY.labels().get(offence.get("yjb_offence_category"), NOT_RECORDED)
    day = offence.get("offence_date")
    return f"{kind}, {say_date(day)}" if day else kind
