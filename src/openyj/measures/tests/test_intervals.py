"""Intervals against values printed elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.measures.intervals import byar, mean_interval, median_interval, poisson, student, wilson

# Exact 95% limits of a Poisson count: the table of Garwood (1936), as reprinted by Ulm (1990) and others.
GARWOOD = {
    0: (0.000, 3.689),
    1: (0.025, 5.572),
    2: (0.242, 7.225),
    3: (0.619, 8.767),
    4: (1.090, 10.242),
    5: (1.623, 11.668),
    10: (4.795, 18.390),
    20: (12.217, 30.888),
    50: (37.111, 65.919),
}
# Two-sided 5% points of Student's t, as in every statistics textbook.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 60: 2.000, 120: 1.980}
# Ranks of the 95% interval of a median, as printed for sign tests (M. Campbell and M. Gardner, BMJ 296, 1988).
MEDIAN_RANKS = {6: (1, 6), 10: (2, 9), 20: (6, 15), 30: (10, 21), 50: (18, 33), 100: (40, 61)}


@pytest.mark.parametrize("count", GARWOOD)
def test_poisson_has_the_printed_limits(count: int) -> None:
    assert poisson(count) == pytest.approx(GARWOOD[count], abs=0.0006)


def test_poisson_goes_over_to_byar_without_a_step() -> None:
    assert poisson(99) == pytest.approx(byar(99), rel=1e-4)
    assert poisson(100) == byar(100)


def test_poisson_of_a_large_count_is_near_the_normal() -> None:
    low, high = poisson(10_000)
    assert low == pytest.approx(10_000 - 196, abs=3)
    assert high == pytest.approx(10_000 + 196, abs=3)


@given(st.integers(0, 400))
def test_poisson_holds_its_count_and_rises_with_it(count: int) -> None:
    low, high = poisson(count)
    assert low <= count < high
    assert poisson(count + 1)[0] > low
    assert poisson(count + 1)[1] > high


# R. Newcombe, Statistics in Medicine 17 (1998), table I: the score method.
@pytest.mark.parametrize(
    ("having", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_has_the_printed_limits(having: int, of: int, low: float, high: float) -> None:
    assert wilson(having, of) == pytest.approx((low, high), abs=0.00006)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_its_share_and_stays_between_0_and_1(pair: tuple[int, int]) -> None:
    having, of = pair
    low, high = wilson(having, of)
    assert 0 <= low <= having / of <= high <= 1


@pytest.mark.parametrize("freedom", STUDENT)
def test_student_has_the_printed_points(freedom: int) -> None:
    assert student(freedom) == pytest.approx(STUDENT[freedom], abs=0.0006)


def test_student_goes_over_to_the_expansion_without_a_step() -> None:
    assert student(999) == pytest.approx(student(1000), abs=1e-5)


def test_mean_interval_of_a_worked_sample() -> None:
    # 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squares 232, sample variance 32/7, t(7) = 2.3646.
    assert mean_interval(8, 40, 232) == pytest.approx((3.2125, 6.7875), abs=0.0005)


def test_mean_interval_is_not_below_zero_and_needs_two() -> None:
    assert mean_interval(2, 4, 16) == pytest.approx((0.0, 2 + 12.706 * 2), abs=0.01)
    assert mean_interval(1, 4, 16) is None


def test_mean_interval_of_numbers_all_alike_claims_no_certainty() -> None:
    assert mean_interval(3, 6, 12) is None
    assert mean_interval(5, 0, 0) is None


@pytest.mark.parametrize("n", MEDIAN_RANKS)
def test_the_median_s_interval_has_the_printed_ranks(n: int) -> None:
    assert median_interval(range(1, n + 1)) == MEDIAN_RANKS[n]


@pytest.mark.parametrize("n", range(6))
def test_fewer_than_six_are_too_few_for_an_interval_of_the_median(n: int) -> None:
    assert median_interval(range(n)) is None
