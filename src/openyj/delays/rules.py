"""Where the days went between an offence and the first contact: pure, without database or clock.

DC-1  a course ends in what was decided about a child on one day; an offence belongs to the first decision on it
DC-2  what was decided while the child lived elsewhere (OTHER) is another service's course
DC-3  of several milestones of one stage the first counts
DC-4  what is not recorded is unknown: the days over it are one stretch, and somebody's only if every step in it is
DC-5  a stage before the one it should follow is out of order: shown as it is, left out of medians and shares
DC-6  the stretches of a course add up to the whole from its first recorded stage to its last
DC-7  a day that is still ahead is no milestone yet
DC-8  a course takes the route and the group of the gravest of its decisions
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from openyj.measures.intervals import median_interval


@dataclass(frozen=True)
class Stretch:
    """The days between two stages that are recorded; `over` are the stages between them that are not."""

    start: str
    end: str
    first: date
    last: date
    over: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Calendar days; negative where the two are out of order (DC-5)."""
        return (self.last - self.first).days

    @property
    def out_of_order(self) -> bool:
        return self.days < 0

    @property
    def steps(self) -> tuple[str, ...]:
        """The stages that these days led up to."""
        return (*self.over, self.end)


def stretches(route: Sequence[str], reached: Mapping[str, date]) -> list[Stretch]:
    """A course's stretches along its route (DC-4, DC-6)."""
    known = [(place, stage) for place, stage in enumerate(route) if stage in reached]
    return [
        Stretch(start, end, reached[start], reached[end], tuple(route[here + 1 : there]))
        for (here, start), (there, end) in pairwise(known)
    ]


def first_days(milestones: Iterable[tuple[str, date, date | None]], *, decided: date, today: date) -> dict[str, date]:
    """When a course decided on a day reached each stage. `milestones` are (stage, day, the decision it follows).
    DC-3, DC-7."""
    reached: dict[str, date] = {}
    for stage, day, follows in milestones:
        if day <= today and follows in (None, decided):
            reached[stage] = min(day, reached.get(stage, day))
    return reached


def whose_days(stretch: Stretch, turn: Callable[[str, date], str]) -> str:
    """Whose the days of a stretch were: "" where nobody says, or where they are of more than one (DC-4).
    `turn(stage, day)` says whose the days up to a stage are for a stage reached on a day."""
    owners = {turn(stage, stretch.last) for stage in stretch.steps}
    return owners.pop() if len(owners) == 1 else ""


def shares(whose: Iterable[tuple[Stretch, str]]) -> dict[str, int]:
    """How many days were whose, stretches out of order left out (DC-5)."""
    found: dict[str, int] = {}
    for stretch, owner in whose:
        if not stretch.out_of_order:
            found[owner] = found.get(owner, 0) + stretch.days
    return found


@dataclass(frozen=True)
class Days:
    """Some lengths in days. Those out of order are counted and not part of the rest (DC-5)."""

    lengths: tuple[int, ...]
    out_of_order: int = 0

    @classmethod
    def of(cls, lengths: Iterable[int]) -> Days:
        given = list(lengths)
        kept = sorted(length for length in given if length >= 0)
        return cls(tuple(kept), len(given) - len(kept))

    @property
    def count(self) -> int:
        return len(self.lengths)

    @property
    def median(self) -> float | None:
        return median(self.lengths) if self.lengths else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """Between which lengths the median lies with 95% confidence; None where there are too few to say."""
        return median_interval(self.lengths)

    @property
    def shortest(self) -> int | None:
        return self.lengths[0] if self.lengths else None

    @property
    def longest(self) -> int | None:
        return self.lengths[-1] if self.lengths else None
