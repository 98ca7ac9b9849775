"""The limits of a funnel: against exact sums made another way, and against their own meaning."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb, exp, factorial, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.performance.funnel import (
    INNER,
    OUTER,
    Position,
    chance_limit,
    dispersion_of,
    funnel,
    is_more_than_chance,
)


def binomial_at_most(r: int, n: int, share: Fraction) -> Fraction:
    return sum((comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(r + 1)), Fraction(0))


@pytest.mark.parametrize("n,share", [(10, Fraction(1, 10)), (40, Fraction(3, 10)), (75, Fraction(1, 2))])
@pytest.mark.parametrize("p", [*INNER, *OUTER])
def test_a_binomial_limit_is_the_interpolated_quantile(n, share, p):
    """Worked with fractions, by the formula: (r - a) / n, a = (P(R <= r) - p) / P(R = r)."""
    r = next(r for r in range(n + 1) if binomial_at_most(r, n, share) >= p)
    here = binomial_at_most(r, n, share)
    before = binomial_at_most(r - 1, n, share) if r else Fraction(0)
    expected = (r - (here - Fraction(p)) / (here - before)) / n
    assert chance_limit("share", float(share), n, p) == pytest.approx(float(expected), abs=1e-9)


@pytest.mark.parametrize("mean", [0.9, 3.0, 22.5])
@pytest.mark.parametrize("p", [*INNER, *OUTER])
def test_a_poisson_limit_is_the_interpolated_quantile(mean, p):
    below, r = 0.0, 0
    while below + exp(-mean) * mean**r / factorial(r) < p:
        below += exp(-mean) * mean**r / factorial(r)
        r += 1
    mass = exp(-mean) * mean**r / factorial(r)
    expected = (r - (below + mass - p) / mass) / 1000
    assert chance_limit("rate", mean / 1000, 1000, p) == pytest.approx(expected, abs=1e-12)


def test_nobody_where_hardly_anybody_is_expected_is_not_above_a_limit():
    made = funnel("rate", [(300, 100_000)] * 20 + [(0, 3)])
    assert made.position(0, 3) is Position.WITHIN and made.position(1, 3) is Position.ABOVE


def test_published_limits_of_a_poisson_mean():
    """Large means: the limits near those of the normal distribution, 1.96 and 3.09 standard deviations away."""
    high = chance_limit("rate", 0.4, 1000, 0.975) * 1000
    far = chance_limit("rate", 0.4, 1000, 0.999) * 1000
    assert high == pytest.approx(400 + 1.96 * 20, abs=1) and far == pytest.approx(400 + 3.09 * 20, abs=2)


@given(st.floats(0.0005, 0.6), st.integers(5, 600), st.sampled_from(["rate", "share"]))
@settings(max_examples=80, deadline=None)
def test_limits_stand_in_order_about_the_target(target, size, kind):
    low, inner_low, inner_high, high = (chance_limit(kind, target, size, p) for p in (0.001, 0.025, 0.975, 0.999))
    assert low <= inner_low <= target <= inner_high <= high


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_chance_alone_puts_as_many_outside_as_is_said(seed):
    """Services that differ by nothing but chance: the number outside is about the number that is announced."""
    draw = random.Random(seed)
    sizes = [draw.randint(20, 400) for _ in range(60)]
    counts = [(sum(draw.random() < 0.3 for _ in range(n)), n) for n in sizes]
    made = funnel("share", counts, by_chance_alone=True)
    outside = sum(made.position(c, n) is not Position.WITHIN for c, n in counts)
    expected = made.expected_outside(INNER)
    assert 1.5 < expected < 5
    assert outside <= expected + 4 * sqrt(expected) + 1


def test_expected_outside_is_the_sum_of_the_probabilities_of_the_counts_outside():
    """One size, worked by hand: 20 children, 1 in 4 reoffends."""
    counts = [(5, 20)] * 12
    made = funnel("share", counts)
    assert made.target == 0.25 and not made.widened
    outside = [c for c in range(21) if made.position(c, 20) is not Position.WITHIN]
    assert made.expected_outside(INNER) == pytest.approx(
        12 * sum(comb(20, c) * 0.25**c * 0.75 ** (20 - c) for c in outside)
    )


def tail(count: int, n: int, share: Fraction) -> tuple[Fraction, Fraction]:
    """The probabilities of so many or more, and of so few or fewer."""
    return 1 - (binomial_at_most(count - 1, n, share) if count else Fraction(0)), binomial_at_most(count, n, share)


@pytest.mark.parametrize("n,having", [(20, 5), (50, 5), (8, 2)])
def test_a_service_is_outside_only_when_its_own_probability_says_so(n, having):
    """Not when it seems beyond a line: P(as many or more) is 2.5% or less, or 0.1% or less for the outer limits."""
    made = funnel("share", [(having, n)] * 12)
    for count in range(n + 1):
        more, fewer = tail(count, n, Fraction(having, n))
        expected = Position.WITHIN
        if more <= 0.025:
            expected = Position.FAR_ABOVE if more <= 0.001 else Position.ABOVE
        if fewer <= 0.025:
            expected = Position.FAR_BELOW if fewer <= 0.001 else Position.BELOW
        assert made.position(count, n) is expected, count


@given(st.integers(1, 60), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_who_is_outside_lies_beyond_the_line_that_is_drawn(counted, others):
    made = funnel("rate", [(others, 10_000)] * 12)
    position, value = made.position(counted, 10_000), counted / 10_000
    if position in (Position.ABOVE, Position.FAR_ABOVE):
        assert value > made.line(0.975, 10_000)
    if position in (Position.BELOW, Position.FAR_BELOW):
        assert value < made.line(0.025, 10_000)


def test_places_that_differ_widen_the_limits_and_chance_does_not():
    alike = [(30 + d, 10_000) for d in (-8, -5, -3, -1, 0, 0, 1, 3, 5, 8)]
    assert not funnel("rate", alike).widened
    different = [(30 + d, 10_000) for d in (-25, -20, -15, -10, 0, 0, 10, 15, 20, 25)]
    wide, narrow = funnel("rate", different), funnel("rate", different, by_chance_alone=True)
    assert wide.widened and not narrow.widened and wide.dispersion == narrow.dispersion > 3
    for p in (*INNER, *OUTER):
        stretched = wide.target + (narrow.line(p, 10_000) - narrow.target) * sqrt(wide.dispersion)
        assert wide.line(p, 10_000) == pytest.approx(max(stretched, 0))
    assert wide.expected_outside(INNER) == pytest.approx(10 * 0.05)


def test_one_service_far_out_does_not_widen_the_limits_for_itself():
    """Winsorised: the outlier that a funnel is to show cannot hide itself."""
    counts = [(30 + d, 10_000) for d in (-8, -5, -5, -3, -3, -1, 0, 0, 1, 1, 3, 3, 5, 5, 8)]
    with_one = [*counts, (200, 10_000)]
    made = funnel("rate", with_one)
    assert made.position(200, 10_000) is Position.FAR_ABOVE
    assert dispersion_of("rate", with_one, 0.003) == pytest.approx(
        dispersion_of("rate", [*counts, (38, 10_000)], 0.003)
    )


@pytest.mark.parametrize("kind,variance", [("rate", 30), ("share", 30 * 0.7)])
def test_the_dispersion_worked_by_hand(kind, variance):
    """Ten services of 100, three in ten expected: a tenth of them, one at each end, is drawn in to its neighbour."""
    away = [-12, -6, -4, -2, 0, 0, 2, 4, 6, 12]
    drawn_in = [-6, -6, -4, -2, 0, 0, 2, 4, 6, 6]
    expected = sum(each**2 for each in drawn_in) / variance / 10
    assert dispersion_of(kind, [(30 + each, 100) for each in away], 0.3) == pytest.approx(expected)


def test_the_border_of_more_than_chance():
    assert not is_more_than_chance(1 + 2 * sqrt(2 / 50), 50) and is_more_than_chance(1.401, 50)


@pytest.mark.parametrize(
    "kind,counts",
    [
        ("rate", [(3, 100)] * 9),
        ("rate", [(0, 100)] * 20),
        ("share", [(100, 100)] * 20),
        ("share", [(0, 9)] * 20),
        ("rate", []),
    ],
)
def test_no_funnel_where_nothing_says_how_far_chance_reaches(kind, counts):
    assert funnel(kind, counts) is None


def test_a_limit_of_a_share_stays_between_0_and_1():
    made = funnel("share", [(1, 3), (0, 3), (3, 3), (0, 3), (3, 3)] * 4)
    assert 0 <= made.line(0.001, 3) <= made.line(0.999, 3) <= 1
