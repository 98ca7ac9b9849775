"""The rules of the clock, on hand-drawn courses and on any course at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.delays.rules import Days, Stretch, first_days, shares, stretches, whose_days

ROUTE = ["offence", "arrest", "hearing", "outcome", "first-contact"]
DAY = date(2026, 3, 1)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def reached(**days: int) -> dict[str, date]:
    return {stage.replace("_", "-"): day(number) for stage, number in days.items()}


ANY_COURSE = st.dictionaries(st.sampled_from(ROUTE), st.integers(-400, 400).map(day))


def test_each_stretch_is_from_a_stage_to_the_next():
    found = stretches(ROUTE, reached(offence=0, arrest=2, hearing=30, outcome=44, first_contact=47))
    assert [(s.start, s.end, s.days) for s in found] == [
        ("offence", "arrest", 2), ("arrest", "hearing", 28), ("hearing", "outcome", 14),
        ("outcome", "first-contact", 3),
    ]  # fmt: skip


def test_dc_4_what_is_not_recorded_is_one_stretch_and_never_0():
    (before, over) = stretches(ROUTE, reached(offence=0, arrest=2, first_contact=47))
    assert (before.over, before.days) == ((), 2)
    assert (over.start, over.over, over.end, over.days) == ("arrest", ("hearing", "outcome"), "first-contact", 45)


def test_dc_4_the_days_over_it_are_somebody_s_only_if_every_step_is_theirs():
    (stretch,) = stretches(ROUTE, reached(arrest=2, outcome=47))
    assert whose_days(stretch, lambda stage, day: "court") == "court"
    assert whose_days(stretch, lambda stage, day: {"hearing": "police", "outcome": "court"}[stage]) == ""
    assert whose_days(stretch, lambda stage, day: {"hearing": "", "outcome": "court"}[stage]) == ""


def test_whose_the_days_are_is_said_for_the_day_the_stage_was_reached():
    (stretch,) = stretches(ROUTE, reached(offence=0, arrest=2))
    asked = []
    whose_days(stretch, lambda stage, on: asked.append((stage, on)) or "police")
    assert asked == [("arrest", day(2))]


def test_dc_5_out_of_order_is_shown_as_it_is_and_left_out_of_medians_and_shares():
    found = stretches(ROUTE, reached(offence=0, hearing=30, outcome=20, first_contact=25))
    assert [(s.days, s.out_of_order) for s in found] == [(30, False), (-10, True), (5, False)]
    assert shares((s, "court") for s in found) == {"court": 35}
    assert Days.of(s.days for s in found) == Days((5, 30), out_of_order=1)


@given(ANY_COURSE)
def test_dc_6_the_stretches_add_up_to_the_whole(course):
    found = stretches(ROUTE, course)
    known = [course[stage] for stage in ROUTE if stage in course]
    assert len(found) == max(len(known) - 1, 0)
    if known:
        assert sum(s.days for s in found) == (known[-1] - known[0]).days


@given(ANY_COURSE)
def test_every_step_of_the_way_is_in_one_stretch(course):
    found = stretches(ROUTE, course)
    steps = [stage for stretch in found for stage in stretch.steps]
    known = [place for place, stage in enumerate(ROUTE) if stage in course]
    assert steps == (ROUTE[known[0] + 1 : known[-1] + 1] if known else [])


@given(ANY_COURSE, st.integers(0, len(ROUTE) - 1))
def test_a_stage_that_is_not_recorded_moves_no_day_of_the_whole(course, place):
    known = [stage for stage in ROUTE if stage in course]
    inner = {stage: at for stage, at in course.items() if stage != ROUTE[place] or stage in (known[0], known[-1])}
    assert sum(s.days for s in stretches(ROUTE, inner)) == sum(s.days for s in stretches(ROUTE, course))


MILESTONES = st.lists(st.tuples(st.sampled_from(ROUTE), st.integers(-400, 400).map(day), st.none()))


def test_dc_3_and_7_the_first_day_counts_and_a_day_ahead_does_not():
    given_days = [("hearing", day(9), None), ("hearing", day(4), None), ("arrest", day(12), None)]
    assert first_days(given_days, decided=day(10), today=day(10)) == {"hearing": day(4)}


def test_what_follows_another_decision_is_not_of_this_course():
    given_days = [("first-contact", day(12), day(9)), ("first-contact", day(14), day(10))]
    assert first_days(given_days, decided=day(10), today=day(20)) == {"first-contact": day(14)}


@given(MILESTONES)
def test_the_order_in_which_milestones_come_changes_nothing(found):
    forwards = first_days(found, decided=day(0), today=day(100))
    assert forwards == first_days(reversed(found), decided=day(0), today=day(100))
    assert all(forwards[stage] == min(on for s, on, _ in found if s == stage) for stage in forwards)


@pytest.mark.parametrize(("lengths", "median"), [([], None), ([4], 4), ([1, 2], 1.5), ([9, 1, 5], 5)])
def test_the_median_of_few(lengths, median):
    days = Days.of(lengths)
    assert (days.median, days.interval) == (median, None)
    assert (days.shortest, days.longest) == ((min(lengths), max(lengths)) if lengths else (None, None))


@given(st.lists(st.integers(0, 900), min_size=6))
def test_the_median_lies_within_its_interval_and_range(lengths):
    days = Days.of(lengths)
    low, high = days.interval
    assert days.shortest <= low <= days.median <= high <= days.longest


def test_a_day_is_no_days_and_not_unknown():
    (stretch,) = stretches(ROUTE, reached(offence=0, arrest=0))
    assert stretch == Stretch("offence", "arrest", DAY, DAY) and stretch.days == 0 and not stretch.out_of_order
