"""What day it is, and how dates and ages are said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openyj.core import clock
from openyj.core.dates import age_on, say_date, say_datetime, say_month, say_time

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_clock_can_be_told_the_time_and_goes_on_afterwards():
    with clock.fixed(date(2026, 6, 4)):
        assert clock.today() == date(2026, 6, 4)
        with clock.fixed(datetime(2030, 1, 1, 9)):
            assert clock.now().isoformat() == "2030-01-01T09:00:00+00:00"
        assert clock.today() == date(2026, 6, 4)
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)


def test_today_is_londons_day_and_not_the_servers():
    with clock.fixed(datetime(2026, 6, 4, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 5)  # summer time: half past midnight
    with clock.fixed(datetime(2026, 12, 4, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 4)


def test_the_clock_is_given_back_after_an_error():
    with pytest.raises(KeyError), clock.fixed(date(1999, 6, 4)):
        raise KeyError
    assert clock.today().year != 1999


def test_dates_are_said_in_full_and_without_an_invented_hour():
    assert say_date(date(2026, 6, 4)) == "4 June 2026"
    assert say_date(None) == say_time(None) == ""
    assert say_datetime(date(2026, 6, 4)) == "4 June 2026"
    assert say_datetime(datetime(2026, 6, 4, 13, 2, tzinfo=UTC)) == "4 June 2026, 14:02"
    assert say_date(datetime(2026, 6, 4, 23, 30, tzinfo=UTC)) == "5 June 2026"
    assert say_month(date(2026, 6, 4)) == "June 2026"


def test_dates_are_said_in_welsh_to_a_welsh_reader():
    with translation.override("cy"):
        assert say_date(date(2026, 6, 4)) == "4 Mehefin 2026"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 6, 4), date(2026, 6, 3), 15),
        (date(2010, 6, 4), date(2026, 6, 4), 16),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2026, 6, 4), date(2026, 6, 4), 0),
    ],
)
def test_an_age_is_completed_years(born, day, age):
    assert age_on(born, day) == age


@given(DAYS, st.integers(0, 40_000))
def test_an_age_grows_by_one_exactly_once_a_year(born, days):
    day = born + timedelta(days=days)
    tomorrow = age_on(born, day + timedelta(days=1))
    assert tomorrow - age_on(born, day) in {0, 1}
    assert abs(age_on(born, day) - days / 365.2425) < 1.01


def test_an_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="before the date of birth"):
        age_on(date(2026, 6, 4), date(2026, 6, 3))
