"""Which services are said not to have told everything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.caselevel.returned import Told, one

ROW = {"service": "A", "name": "Aldermere", "region": "Wales", "country": "Wales", "invented": True}
UNTIL = date(2026, 9, 30)


def every(days: int, first: date, last: date) -> dict[date, int]:
    return {first + timedelta(n): 1 for n in range(0, (last - first).days + 1, days)}


def test_a_service_that_tells_all_is_not_late():
    found = one(ROW, every(5, date(2022, 1, 1), UNTIL), UNTIL)
    assert found == Told("A", "Aldermere", "Wales", "Wales", True, date(2026, 9, 27), (), False)


def test_a_service_whose_last_quarter_has_not_come_in_is_late_and_the_quarter_is_named():
    found = one(ROW, every(5, date(2022, 1, 1), date(2026, 6, 28)), UNTIL)
    assert found.late and found.silent == ("2026Q2",)


def test_the_last_weeks_missing_is_late_without_a_silent_quarter():
    found = one(ROW, every(5, date(2022, 1, 1), date(2026, 8, 15)), UNTIL)
    assert found.late and found.silent == ()


def test_a_quarter_missing_in_between_is_named_and_the_service_is_not_late():
    days = {
        d: n for d, n in every(5, date(2022, 1, 1), UNTIL).items() if not date(2025, 10, 1) <= d <= date(2025, 12, 31)
    }
    found = one(ROW, days, UNTIL)
    assert not found.late and found.silent == ("2025Q3",)


def test_where_few_outcomes_are_usual_silence_says_nothing():
    found = one(ROW, every(60, date(2022, 1, 1), date(2026, 6, 20)), UNTIL)
    assert not found.late and found.silent == ()


def test_a_few_days_without_are_no_sign_however_many_are_usual():
    found = one(ROW, {day: 9 for day in every(2, date(2022, 1, 1), date(2026, 9, 8))}, UNTIL)
    assert not found.late


def test_a_service_that_never_recorded_anything_says_so_and_is_not_called_late():
    found = one(ROW, {}, UNTIL)
    assert found.last_outcome is None and not found.late and found.silent == ()


def test_before_a_service_began_nothing_is_missing():
    found = one(ROW, every(3, date(2026, 4, 1), UNTIL), UNTIL)
    assert found.silent == ()


@given(st.lists(st.integers(0, 1800), min_size=1, max_size=60), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_it_is_never_silent_in_a_quarter_with_an_outcome_and_survives_being_kept(days, after):
    held = {date(2020, 1, 1) + timedelta(n): 1 for n in days}
    found = one(ROW, held, max(held) + timedelta(after))
    assert not [
        label
        for label in found.silent
        for day in held
        if label == f"{day.year - (day.month < 4)}Q{(day.month + 8) % 12 // 3 + 1}"
    ]
    assert Told.from_json(found.as_json()) == found


@pytest.mark.parametrize("leap", [date(2024, 2, 29)])
def test_the_last_outcome_may_fall_on_a_day_other_years_lack(leap):
    assert one(ROW, every(5, date(2020, 1, 1), leap), leap).last_outcome is not None
