"""95% confidence intervals for counts, shares and means. Each names its method; each is tested against
published or independently known values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import atan, comb, cos, exp, lgamma, log, pi, sin, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z = NormalDist().inv_cdf(1 - TAIL)

POISSON = "Poisson: exact (Garwood 1936) below 100, Byar's approximation from 100"
WILSON = "Wilson (1927) score interval"
MEDIAN = "Order statistics: exact for any distribution (W. R. Thompson 1936)"
STUDENT = "Student's t from the spread of the counted units, not below zero"
EXACT_BELOW = 100
NORMAL_FROM = 1000


@lru_cache(maxsize=65536)
def poisson(count: int) -> tuple[float, float]:
    """The interval of a count taken as one draw of a Poisson variable.

    Exact (F. Garwood, Biometrika 28, 1936) while small counts make it matter; from 100 Byar's approximation
    (N. Breslow and N. Day, Statistical Methods in Cancer Research II, 1987), which then agrees to three figures.
    """
    if count >= EXACT_BELOW:
        return byar(count)
    low = 0.0 if count == 0 else mean_where(count - 1, 1 - TAIL)
    return low, mean_where(count, TAIL)


def byar(count: int) -> tuple[float, float]:
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    return low, more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3


def mean_where(count: int, probability: float) -> float:
    """The Poisson mean at which ``count`` or fewer has this probability."""
    return bisected(lambda mean: at_most(count, mean) - probability, 0.0, count + 10 * sqrt(count + 1) + 10)


def at_most(count: int, mean: float) -> float:
    if mean == 0:
        return 1.0
    return sum(exp(i * log(mean) - mean - lgamma(i + 1)) for i in range(count + 1))


def wilson(having: int, of: int) -> tuple[float, float]:
    """The interval of a share, between 0 and 1 (E. B. Wilson, JASA 22, 1927). ``of`` is at least 1."""
    share = having / of
    centre = share + Z**2 / (2 * of)
    spread = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    width = 1 + Z**2 / of
    low = (centre - spread) / width if having else 0.0
    return low, (centre + spread) / width if having < of else 1.0


def mean_interval(n: int, total: float, squares: float) -> tuple[float, float] | None:
    """The interval of the mean of ``n`` numbers, none negative, from their sum and sum of squares.

    None for fewer than two, and where all are alike: neither says anything of the spread, and an interval without
    width would claim a certainty that nobody has.
    """
    if n < 2 or n * squares == total**2:
        return None
    mean = total / n
    variance = max(0.0, squares - n * mean**2) / (n - 1)
    half = student(n - 1) * sqrt(variance / n)
    return max(0.0, mean - half), mean + half


def median_interval(values: Sequence[int]) -> tuple[int, int] | None:
    """Between which of these values, given in ascending order, the median they were drawn from lies (W. R. Thompson,
    Annals of Mathematical Statistics 7, 1936): as many are left out on each side as keeps each tail within 2.5%.

    None for fewer than six: even from the least to the greatest would then be less than 95% sure.
    """
    out = left_out(len(values))
    return (values[out - 1], values[-out]) if out else None


@lru_cache(maxsize=4096)
def left_out(n: int) -> int:
    """The rank, from either end, at which the interval of the median of ``n`` values stops; 0 where there is none."""
    below, rank = 0, 0
    while (below := below + comb(n, rank)) <= TAIL * 2**n:
        rank += 1
    return rank


@lru_cache(maxsize=4096)
def student(freedom: int) -> float:
    """The 97.5% point of Student's t with so many degrees of freedom."""
    if freedom >= NORMAL_FROM:  # the first term of the Cornish-Fisher expansion, right to 1 in 10^6 here
        return Z + (Z**3 + Z) / (4 * freedom)
    return bisected(lambda t: 2 * TAIL - (1 - within(t, freedom)), 0.0, 13.0)


def within(t: float, freedom: int) -> float:
    """P(-t < T < t), by the finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3-4)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term, total = (cos(angle), cos(angle)) if odd else (1.0, 1.0)
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= (step - 1) / step * cos(angle) ** 2
        total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * total if freedom > 1 else 0))


def bisected(crossing: Callable[[float], float], low: float, high: float) -> float:
    """Where a monotonous function crosses zero between two points, to twelve figures."""
    above = crossing(low) > 0
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if (crossing(middle) > 0) == above else (low, middle)
    return (low + high) / 2
