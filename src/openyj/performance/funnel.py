"""Funnel plots: how far a service's rate or share may lie from the nation's by chance alone, at its size.

Limits are those of the Poisson distribution for a rate, of the binomial for a share, at 95% and 99.8%. The lines are
drawn between whole children as in D. J. Spiegelhalter, "Funnel plots for comparing institutional performance",
Statistics in Medicine 24 (2005), 1185-1202, appendix A.1. Whether a service lies outside is decided by whole children:
only when so many or more (so few or fewer) have a probability of 2.5%, or 0.1%, or less. So at most 1 service in 20,
and 1 in 500, lies outside when nothing but chance makes services differ; near a line fewer are named than seem beyond.

Over-dispersion: services differ by more than chance, because places do. It is measured by the mean square of the
winsorised z-scores (the lowest and highest tenth drawn in to the nearest kept), and where it is more than chance would
make it (above 1 + 2 x square root of 2/n) the limits stand its square root times as far from the nation's value:
the multiplicative way of D. J. Spiegelhalter, "Handling over-dispersion of performance indicators", Quality and Safety
in Health Care 14 (2005), 347-351. Whoever reads can have the limits of chance alone instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import exp, floor, lgamma, log, sqrt
from typing import Literal

Kind = Literal["rate", "share"]
INNER, OUTER = (0.025, 0.975), (0.001, 0.999)
WINSORISED = 0.1
FEWEST = 10  # services, below which no plot is drawn: the nation's value would be a few services' own


class Position(Enum):
    """Where a service lies, in words."""

    FAR_ABOVE = "above the 99.8% limit"
    ABOVE = "above the 95% limit"
    WITHIN = "within the limits"
    BELOW = "below the 95% limit"
    FAR_BELOW = "below the 99.8% limit"


@dataclass(frozen=True)
class Funnel:
    """A target, what chance allows about it, and how much more services differ. Values are proportions: children
    per resident, or reoffenders per child."""

    kind: Kind
    target: float
    sizes: tuple[int, ...]
    dispersion: float
    widened: bool

    @property
    def factor(self) -> float:
        """How many times as far as chance alone the limits stand from the target."""
        return sqrt(self.dispersion) if self.widened else 1.0

    def line(self, p: float, size: int) -> float:
        """Where the line is drawn at this size: p of the services lie below it when only chance (and, widened, the
        usual difference between places) makes them differ."""
        stretched = self._stretched(chance_limit(self.kind, self.target, size, p))
        return min(max(stretched, 0.0), 1.0 if self.kind == "share" else float("inf"))

    def _stretched(self, value: float) -> float:
        # A value that is exactly a limit must stay one: no arithmetic where there is nothing to stretch.
        return self.target + (value - self.target) * self.factor if self.widened else value

    def _border(self, p: float, size: int) -> float:
        """The highest, or for a low p the lowest, value in whole children that is not outside."""
        return self._stretched(whole_limit(self.kind, self.target, size, p) / size)

    def position(self, counted: int, size: int) -> Position:
        value = counted / size
        if value > self._border(OUTER[1], size):
            return Position.FAR_ABOVE
        if value < self._border(OUTER[0], size):
            return Position.FAR_BELOW
        if value > self._border(INNER[1], size):
            return Position.ABOVE
        if value < self._border(INNER[0], size):
            return Position.BELOW
        return Position.WITHIN

    def expected_outside(self, limits: tuple[float, float]) -> float:
        """How many of the services chance alone would put outside these limits. Exact for limits of chance; whole
        children make it differ from 5 or 0.2 in a hundred. For widened limits, that share of the services."""
        if self.widened:
            return len(self.sizes) * (limits[0] + 1 - limits[1])
        return sum(self._outside(size, limits) for size in self.sizes)

    def _outside(self, size: int, limits: tuple[float, float]) -> float:
        low, high = (whole_limit(self.kind, self.target, size, p) for p in limits)
        inside = sum(mass for count, mass in counted_up(self.kind, self.target, size, until=high) if count >= low)
        return max(0.0, 1.0 - inside)


def funnel(kind: Kind, counts: Sequence[tuple[int, int]], *, by_chance_alone: bool = False) -> Funnel | None:
    """The funnel of these services' (counted, size). None for fewer than ten, or when nobody or everybody is counted:
    nothing then says how far chance reaches."""
    counted, size = sum(c for c, _ in counts), sum(n for _, n in counts)
    if len(counts) < FEWEST or counted == 0 or (kind == "share" and counted == size):
        return None
    target = counted / size
    dispersion = dispersion_of(kind, counts, target)
    return Funnel(
        kind,
        target,
        tuple(n for _, n in counts),
        dispersion,
        widened=not by_chance_alone and is_more_than_chance(dispersion, len(counts)),
    )


def dispersion_of(kind: Kind, counts: Sequence[tuple[int, int]], target: float) -> float:
    """The mean square of the winsorised z-scores: about 1 when only chance makes services differ."""
    z = sorted((c / n - target) / standard_error(kind, target, n) for c, n in counts)
    cut = floor(len(z) * WINSORISED)
    low, high = z[cut], z[-cut - 1]
    return sum(min(max(one, low), high) ** 2 for one in z) / len(z)


def is_more_than_chance(dispersion: float, services: int) -> bool:
    """Two standard deviations of the mean of so many squares of normal variables above its mean of 1."""
    return dispersion > 1 + 2 * sqrt(2 / services)


def standard_error(kind: Kind, target: float, size: int) -> float:
    return sqrt(target / size) if kind == "rate" else sqrt(target * (1 - target) / size)


@lru_cache(maxsize=16384)
def chance_limit(kind: Kind, target: float, size: int, p: float) -> float:
    """(r - a) / size: r the smallest count whose probability of not being exceeded is p or more, a the part of that
    count's own probability that lies beyond p (Spiegelhalter 2005, A.1). Where hardly anybody is expected that would
    fall on the wrong side of the target; the limit is then the target."""
    found = quantile(kind, target, size, p)
    return max(found, target) if p > 0.5 else min(found, target)


def quantile(kind: Kind, target: float, size: int, p: float) -> float:
    below = 0.0
    for count, mass in counted_up(kind, target, size):
        if below + mass >= p:
            return (count - (below + mass - p) / mass) / size
        below += mass
    return 1.0  # rounding left the sum short of p: every count is below it


@lru_cache(maxsize=16384)
def whole_limit(kind: Kind, target: float, size: int, p: float) -> int:
    """For a high p the highest count that more than 1 - p of services reach or exceed; for a low p the lowest that more
    than p of them reach or stay under."""
    below = 0.0
    for count, mass in counted_up(kind, target, size):
        below += mass
        if (below >= p) if p > 0.5 else (below > p):
            return count
    return count


def counted_up(kind: Kind, target: float, size: int, until: int | None = None) -> Iterator[tuple[int, float]]:
    """Each count from 0 with its probability, in a service of this size."""
    mass = masses(kind, target, size)
    last = size if kind == "share" else max(10, floor(size * target + 20 * sqrt(size * target) + 20))
    for count in range((last if until is None else min(until, last)) + 1):
        yield count, mass(count)


def masses(kind: Kind, target: float, size: int) -> Callable[[int], float]:
    """The probability of a count: Poisson of mean size x target, or binomial of size draws."""
    if kind == "rate":
        mean = size * target
        return lambda count: exp(count * log(mean) - mean - lgamma(count + 1))
    all_of, yes, no = lgamma(size + 1), log(target), log(1 - target)
    return lambda count: exp(all_of - lgamma(count + 1) - lgamma(size - count + 1) + count * yes + (size - count) * no)
