"""The workload number as a pure function: each rule by its id, for hand-drawn and for generated work."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.workload.number import Item, Line, Load, allocated, load_of, loads

WEIGHTS = {"child": Decimal(1), "order": Decimal("2.5"), "court": Decimal("0.75")}
NIA, MARK = 1, 2
items = st.lists(
    st.builds(Item, part=st.sampled_from(list(WEIGHTS)), child=st.integers(1, 6), worker=st.sampled_from([NIA, MARK])),
    max_size=30,
)
weights = st.fixed_dictionaries(dict.fromkeys(WEIGHTS, st.decimals(0, 99, places=2)))
some_share = st.integers(1, 100).map(lambda percent: Decimal(percent) / 100)


def of(parts: str, child: int = 1, worker: int = NIA) -> list[Item]:
    return [Item(part, child, worker) for part in parts.split()]


def test_points_are_each_thing_at_its_weight():
    """WL-1, drawn by hand: 2 children at 1, an order at 2.5, 3 days in court at 0.75."""
    load = load_of(of("child order court court court child"), WEIGHTS)
    assert load.lines == (
        Line("child", 2, Decimal(1)), Line("order", 1, Decimal("2.5")), Line("court", 3, Decimal("0.75")),
    )  # fmt: skip
    assert load.points == Decimal("6.75")


def test_a_half_timers_points_weigh_double():
    """WL-2."""
    assert load_of(of("child child child"), WEIGHTS, Decimal("0.5")).number == 6


@pytest.mark.parametrize(
    "points,share,shown",
    [("6.75", "1", "6.8"), ("6.74", "1", "6.7"), ("6.25", "1", "6.3"), ("6.35", "1", "6.4"), ("10", "0.6", "16.7")],
)
def test_a_page_shows_one_decimal_halves_up(points, share, shown):
    """WL-5."""
    assert Load((Line("any", 1, Decimal(points)),), Decimal(share)).shown == Decimal(shown)


def test_parts_are_added_before_rounding():
    """WL-5: 0.05 twice is 0.1 and not 0.2."""
    assert load_of(of("a b"), {"a": Decimal("0.05"), "b": Decimal("0.05")}).shown == Decimal("0.1")


def test_a_part_without_a_weight_is_refused():
    """WL-3."""
    with pytest.raises(KeyError, match="unheard"):
        load_of(of("child unheard"), WEIGHTS)


@pytest.mark.parametrize("share", ["0", "-0.5", "1.01"])
def test_a_share_that_nobody_can_work_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        load_of([], WEIGHTS, Decimal(share))


def test_a_child_who_is_allocated_brings_everything_of_theirs():
    """WL-4, drawn by hand: child 7 goes from Mark to Nia with an order; a referral comes with it."""
    before = of("child order", 7, MARK) + of("child", 3, MARK) + of("child", 4, NIA)
    after = allocated(before, child=7, worker=NIA, others=of("court", 7, 0) + of("court", 8, 0), new=["order"])
    found = loads(after, WEIGHTS, {}, [NIA, MARK])
    assert found[NIA].points == 1 + 1 + Decimal("2.5") + Decimal("0.75") + Decimal("2.5")
    assert found[MARK].points == 1


@given(items, weights, some_share, st.randoms(use_true_random=False))
def test_the_order_of_things_does_not_matter(work, weigh, share, random: Random):
    shuffled = random.sample(work, len(work))
    assert load_of(shuffled, weigh, share) == load_of(work, weigh, share)


@given(items, items, weights)
def test_the_points_of_two_piles_are_the_sum_of_both(one, other, weigh):
    assert load_of(one + other, weigh).points == load_of(one, weigh).points + load_of(other, weigh).points


@given(items, items, weights, some_share)
def test_more_work_is_never_a_smaller_number(work, more, weigh, share):
    assert load_of(work + more, weigh, share).number >= load_of(work, weigh, share).number


@given(items, weights, some_share, some_share)
def test_fewer_hours_are_never_a_smaller_number(work, weigh, one, other):
    small, large = sorted([one, other])
    assert load_of(work, weigh, small).number >= load_of(work, weigh, large).number


@given(items, weights, st.sampled_from(list(WEIGHTS)), st.decimals(0, 50, places=2))
def test_a_heavier_weight_is_never_a_smaller_number(work, weigh, part, more):
    heavier = weigh | {part: weigh[part] + more}
    assert load_of(work, heavier).points >= load_of(work, weigh).points


@given(items, weights)
def test_everybodys_points_are_all_the_points_there_are(work, weigh):
    found = loads(work, weigh, {}, [NIA, MARK])
    assert sum(load.points for load in found.values()) == load_of(work, weigh).points


@given(items, weights, st.integers(1, 6), st.sampled_from([NIA, MARK]))
def test_allocating_moves_points_and_makes_none(work, weigh, child, worker):
    moved = allocated(work, child=child, worker=worker)
    assert load_of(moved, weigh).points == load_of(work, weigh).points
    assert all(item.worker == worker for item in moved if item.child == child)
    kept = [item for item in work if item.child != child]
    assert [item for item in moved if item.child != child] == kept


@given(items, weights, st.integers(1, 6), st.sampled_from([NIA, MARK]))
def test_allocating_twice_is_allocating_once(work, weigh, child, worker):
    once = allocated(work, child=child, worker=worker)
    assert allocated(once, child=child, worker=worker) == once
