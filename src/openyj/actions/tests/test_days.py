"""Counting days, against the slowest and plainest counting there is; and the bank holidays themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openyj.actions.bank_holidays import by_rule, easter_sunday, published, shipped
from openyj.actions.days import Calendar
from openyj.actions.models import BankHoliday

DAY = timedelta(days=1)
days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
holidays = st.sets(days, max_size=40)
numbers = st.integers(1, 60)


def calendar(of: set[date]) -> Calendar:
    return Calendar(dict.fromkeys(of, "A holiday"))


def counted_one_by_one(start: date, end: date, off: set[date]) -> int:
    count, day = 0, start
    while day < end:
        day += DAY
        if day.strftime("%A") not in ("Saturday", "Sunday") and day not in off:
            count += 1
    return count


@given(days, days, holidays)
def test_days_passed_are_the_days_counted_one_by_one(start, end, off):
    assume(start <= end)
    assert calendar(off).passed(start, end) == counted_one_by_one(start, end, off)


@given(days, numbers, holidays)
def test_the_due_day_is_a_working_day_after_so_many(start, number, off):
    due = calendar(off).after(start, number)
    assert calendar(off).is_working(due) and due > start
    assert counted_one_by_one(start, due, off) == number
    assert counted_one_by_one(start, due - DAY, off) == number - 1, "and no earlier day is"


@given(days, days, numbers, holidays)
def test_a_later_event_and_a_longer_limit_are_never_due_earlier(one, other, number, off):
    made = calendar(off)
    first, second = sorted((one, other))
    assert made.after(first, number) <= made.after(second, number)
    assert made.after(first, number) < made.after(first, number + 1)


@given(days, numbers, holidays, days)
def test_another_holiday_never_brings_a_day_forward(start, number, off, another):
    assert calendar(off).after(start, number) <= calendar(off | {another}).after(start, number)


@given(days, numbers, holidays)
def test_a_weekend_or_holiday_after_the_due_day_adds_nothing(start, number, off):
    made = calendar(off)
    due = made.after(start, number)
    day = due + DAY
    while not made.is_working(day):
        assert made.passed(start, day) == number
        day += DAY
    assert made.passed(start, day) == number + 1


def test_an_end_before_the_start_is_a_mistake():
    with pytest.raises(ValueError, match="before the start"):
        calendar(set()).passed(date(2026, 6, 4), date(2026, 6, 3))


# (start, days, due), worked out by hand: the rule in the name is what makes the answer
@pytest.mark.parametrize(
    ("start", "number", "due", "bank_holidays_count"),
    [
        (date(2026, 3, 3), 5, date(2026, 3, 10), date(2026, 3, 10)),  # a Tuesday, one weekend between
        (date(2026, 3, 6), 1, date(2026, 3, 9), date(2026, 3, 9)),  # Friday to Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9), date(2026, 3, 9)),  # day 0 may be a Saturday
        (date(2026, 4, 1), 5, date(2026, 4, 10), date(2026, 4, 8)),  # Good Friday and Easter Monday between
        (date(2026, 12, 23), 2, date(2026, 12, 29), date(2026, 12, 25)),  # Christmas Day, Boxing Day's substitute
        (date(2022, 9, 14), 5, date(2022, 9, 22), date(2022, 9, 21)),  # the State Funeral
        (date(2020, 5, 1), 5, date(2020, 5, 11), date(2020, 5, 8)),  # the early May holiday that moved to the Friday
    ],
)
def test_by_hand(start, number, due, bank_holidays_count):
    assert Calendar(dict(published())).after(start, number) == due
    assert Calendar({}).after(start, number) == bank_holidays_count, "without holidays"


# The holidays

# What proclamations moved or added: it follows from no rule.
MOVED = {date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)}
IN_THEIR_PLACE = {date(2012, 6, 4), date(2020, 5, 8), date(2022, 6, 2)}
ADDED = {date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


def test_the_rule_gives_the_published_list_of_sixteen_years():
    listed = {day for day, _name in published()}
    ruled = {day for year in range(2012, 2028) for day, _name in by_rule(year)}
    assert ruled - listed == MOVED and listed - ruled == IN_THEIR_PLACE | ADDED
    assert len(listed) == 16 * 8 + len(ADDED)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1818, date(1818, 3, 22)), (1943, date(1943, 4, 25)), (2000, date(2000, 4, 23)), (2019, date(2019, 4, 21)),
     (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter(year, day):
    """The earliest and latest there are, and some between, from the tables."""
    assert easter_sunday(year) == day


@given(st.integers(1975, 2150))
def test_eight_different_weekdays_a_year(year):
    found = [day for day, _name in by_rule(year)]
    assert len(set(found)) == 8 and all(day.weekday() < 5 and day.year == year for day in found)


def test_years_nobody_has_published_say_that_they_are_worked_out():
    rows = list(shipped())
    assert {row.day.year for row in rows} == set(range(2012, 2038))
    assert {row.source.startswith("GOV.UK") for row in rows if row.day.year <= 2027} == {True}
    assert {row.source.startswith("Worked out") for row in rows if row.day.year > 2027} == {True}


@pytest.mark.django_db
def test_they_are_shipped_and_an_administrator_s_word_stays(sign_in):
    from openyj.actions.bank_holidays import load_bank_holidays

    assert BankHoliday.objects.filter(day__year=2026).count() == 8
    day = BankHoliday.objects.get(day=date(2026, 12, 28))
    BankHoliday.objects.filter(pk=day.pk).update(
        name="Boxing Day, here", in_error_reason="Test", in_error_at="2026-06-01T00:00Z"
    )
    before = BankHoliday.objects.count()
    load_bank_holidays()
    assert BankHoliday.objects.count() == before
