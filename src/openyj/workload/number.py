"""The workload number: what a worker has, weighed, against their hours. A pure function; nothing here is stored.

WL-1  each thing a worker has counts with the weight of its part; points are the sum
WL-2  the number is the points divided by the share of full-time hours, so a half-timer's 10 points are 20
WL-3  a part without a weight is a mistake in the configuration and is refused, not counted as nothing
WL-4  to allocate a child moves everything of theirs to the worker; what is new with it is added
WL-5  on a page the number has one decimal, halves rounded up; sums are made before rounding
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

FULL_TIME = Decimal(1)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Item:
    """One thing a worker has: of which part, about which child, with whom."""

    part: str
    child: int
    worker: int


@dataclass(frozen=True)
class Line:
    """One part of a load: how many, at what weight."""

    part: str
    count: int
    weight: Decimal

    @property
    def points(self) -> Decimal:
        return self.count * self.weight


@dataclass(frozen=True)
class Load:
    """What one worker has. `share` is their part of full-time hours, above 0 and at most 1."""

    lines: tuple[Line, ...]
    share: Decimal = FULL_TIME

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal("0.00"))

    @property
    def number(self) -> Decimal:
        """The workload number, exact as far as a decimal is (WL-2)."""
        return self.points / self.share

    @property
    def shown(self) -> Decimal:
        """The workload number as every page shows it (WL-5)."""
        return self.number.quantize(TENTH, ROUND_HALF_UP)

    def count(self, part: str) -> int:
        return next((line.count for line in self.lines if line.part == part), 0)


def load_of(items: Iterable[Item], weights: Mapping[str, Decimal], share: Decimal = FULL_TIME) -> Load:
    """The load these things make, its parts in the order of `weights`. Raises KeyError for a part without a weight
    (WL-3) and ValueError for a share that is not above 0 and at most 1."""
    if not 0 < share <= FULL_TIME:
        raise ValueError(f"A share of full-time hours is above 0 and at most 1, not {share}")
    counts = Counter(item.part for item in items)
    if unknown := set(counts) - set(weights):
        raise KeyError(f"No weight for {sorted(unknown)}")
    return Load(tuple(Line(part, counts[part], weight) for part, weight in weights.items() if counts[part]), share)


def loads(
    items: Iterable[Item], weights: Mapping[str, Decimal], shares: Mapping[int, Decimal], workers: Iterable[int]
) -> dict[int, Load]:
    """The load of each of `workers`, also of one who has nothing. Whoever has no recorded share is full-time."""
    theirs: dict[int, list[Item]] = {worker: [] for worker in workers}
    for item in items:
        if item.worker in theirs:
            theirs[item.worker].append(item)
    return {worker: load_of(mine, weights, shares.get(worker, FULL_TIME)) for worker, mine in theirs.items()}


def allocated(
    items: Iterable[Item], *, child: int, worker: int, others: Iterable[Item] = (), new: Iterable[str] = ()
) -> list[Item]:
    """The things as they would be if `child` were allocated to `worker` (WL-4): `items` are all that are with somebody,
    `others` what is of a child without a worker, `new` the parts that come with it."""
    kept = [replace(item, worker=worker) if item.child == child else item for item in items]
    of_child = [replace(item, worker=worker) for item in others if item.child == child]
    return kept + of_child + [Item(part, child, worker) for part in new]
