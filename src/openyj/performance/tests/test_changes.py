"""Change in words: never more than the numbers bear."""

from __future__ import annotations

from datetime import date
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj import measures
from openyj.measures import intervals
from openyj.performance.changes import change_between, is_clear
from openyj.performance.spec import Result, Spec


def count(number: int, period: str = "2025Q2", **fields) -> Result:
    spec = Spec("first-time-entrants", "count", "quarter", period)
    low, high = intervals.poisson(number)
    values = {"value": float(number), "numerator": number, "low": low, "high": high} | fields
    return Result(spec, measures.Figure(spec.measure, spec.show, spec.when, date(2026, 11, 22), {}, **values))


def share(having: int, of: int, period: str = "2025Q2") -> Result:
    spec = Spec("reoffending", "binary", "quarter", period)
    low, high = (100 * limit for limit in intervals.wilson(having, of))
    values = {"value": 100 * having / of, "numerator": having, "denominator": of, "low": low, "high": high}
    return Result(spec, measures.Figure(spec.measure, spec.show, spec.when, date(2026, 11, 22), {}, **values))


def before(number: int) -> Result:
    return count(number, "2024Q2")


def exact_chance(a: int, b: int) -> float:
    """How likely two draws of one Poisson variable, given their sum, lie at least as far apart as these."""
    n, least = a + b, min(a, b)
    return min(1.0, 2 * sum(comb(n, i) for i in range(least + 1)) / 2**n)


@pytest.mark.parametrize(
    ("was", "is_now", "words"),
    [
        (51, 92, "rose from 51 to 92"),
        (92, 51, "fell from 92 to 51"),
        (51, 62, "no clear change (51, then 62; the difference could be chance)"),
        (4, 6, "no clear change (4, then 6; the difference could be chance)"),
        (0, 3, "no clear change (0, then 3; the difference could be chance)"),
        (51, 51, "unchanged at 51"),
        (0, 0, "unchanged at 0"),
        (0, 12, "rose from 0 to 12"),
    ],
)
def test_a_change_of_counts_in_words(was, is_now, words):
    assert change_between(before(was), count(is_now)) == words


def test_a_share_keeps_its_unit():
    assert change_between(share(40, 60, "2024Q2"), share(10, 60)) == "fell from 66.7% to 16.7%"
    assert change_between(share(4, 12, "2024Q2"), share(6, 12)) == (
        "no clear change (33.3%, then 50.0%; the difference could be chance)"
    )


def test_newcombe_s_own_example_of_two_shares():
    """56/70 against 48/80: Newcombe (1998), table II, method 10: the difference lies from 0.0524 to 0.3339."""
    from openyj.performance.changes import interval_of_difference

    low, high = interval_of_difference(share(48, 80, "2024Q2"), share(56, 70))
    assert (round(low / 100, 4), round(high / 100, 4)) == (0.0524, 0.3339)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_change_called_clear_is_rarely_chance(was, is_now):
    if is_clear(before(was), count(is_now)):
        assert exact_chance(was, is_now) < 0.07


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_change_that_chance_cannot_explain_is_called_one(was, is_now):
    if exact_chance(was, is_now) < 0.01:
        assert is_clear(before(was), count(is_now))


@given(st.integers(0, 400), st.integers(0, 400))
def test_direction_and_back_again(was, is_now):
    there, back = change_between(before(was), count(is_now)), change_between(before(is_now), count(was))
    assert there.startswith("rose") == back.startswith("fell")
    assert there.startswith("no clear") == back.startswith("no clear")
    if there.startswith("rose"):
        assert is_now > was
    assert there.startswith("unchanged") == (was == is_now)


@given(st.integers(0, 9), st.integers(0, 9))
def test_among_the_smallest_numbers_two_more_is_never_a_rise(was, is_now):
    if abs(was - is_now) <= 3:
        assert not is_clear(before(was), count(is_now))


def test_a_figure_still_filling_is_not_compared():
    filling = count(10, provisional="the period ends on 2025-09-30")
    assert change_between(before(51), filling) == "not compared: July to September 2025 is not final"


def test_a_figure_that_cannot_be_computed_is_not_compared():
    missing = count(0, "2024Q2", value=None, why_not="table population was not supplied")
    assert change_between(missing, count(3)) == (
        "not compared: July to September 2024 cannot be computed: table population was not supplied"
    )


def test_years_that_share_months_are_not_compared():
    def year(number, period):
        spec = Spec("first-time-entrants", "count", "rolling_year", period)
        low, high = intervals.poisson(number)
        figure = measures.Figure(
            spec.measure, spec.show, spec.when, date(2026, 11, 22), {}, value=float(number), low=low, high=high
        )
        return Result(spec, figure)

    assert change_between(year(20, "2025Q1"), year(90, "2025Q2")) == "not compared: the two periods share months"
    assert change_between(year(20, "2024Q2"), year(90, "2025Q2")) == "rose from 20 to 90"


def test_figures_of_different_kinds_are_refused():
    with pytest.raises(ValueError, match="one measure"):
        change_between(share(4, 12, "2024Q2"), count(6))
    with pytest.raises(ValueError, match="earlier"):
        change_between(count(6), before(4))


def test_means_of_numbers_all_the_same_are_not_taken_for_sure():
    """Nobody of 25 reoffended: without a spread the measures give no interval, so nothing is said to have changed."""

    def mean(value, low, high, period):
        spec = Spec("reoffending", "per_child", "quarter", period)
        figure = measures.Figure(
            spec.measure, spec.show, spec.when, date(2026, 11, 22), {}, value=value, denominator=25, low=low, high=high
        )
        return Result(spec, figure)

    none, some = mean(0.0, None, None, "2024Q2"), mean(0.1, 0.01, 0.19, "2025Q2")
    assert none.interval is None
    assert change_between(none, some) == "no clear change (0.00, then 0.10 per child in the cohort; too few to tell)"
