"""Financial quarters, in plain Python and in the definitions."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.measures.facts import age_on, quarter
from openyj.measures.quarters import Period, Quarter, months_after, periods
from openyj.measures.references.life import age, financial_quarter, some_months_later
from openyj.measures.workbench import sql_of

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2023Q1", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023Q2", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023Q3", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023Q4", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_quarter_is_labelled_by_the_year_its_financial_year_starts(label: str, start: date, end: date) -> None:
    found = Quarter.labelled(label)
    assert (found.start, found.end, found.label) == (start, end, label)
    assert Quarter.of(start) == Quarter.of(end) == found


@pytest.mark.parametrize("label", ["2023", "2023Q5", "23Q1", "2023q1", "Q1", ""])
def test_bad_label_is_refused_with_an_example(label: str) -> None:
    with pytest.raises(ValueError, match="Write one like 2023Q4"):
        Quarter.labelled(label)


@given(DAYS)
def test_quarters_follow_one_another(day: date) -> None:
    found = Quarter.of(day)
    assert found.start <= day <= found.end
    assert found.plus(1).start == found.end + timedelta(days=1)
    assert found.plus(5).plus(-5) == found
    assert found.label == financial_quarter(day)


def test_rolling_year_is_four_quarters_labelled_by_the_last() -> None:
    year = Period("rolling_year", Quarter(2023, 1))
    assert [each.label for each in year.quarters] == ["2022Q2", "2022Q3", "2022Q4", "2023Q1"]
    assert (year.label, year.start, year.end) == ("2023Q1", date(2022, 7, 1), date(2023, 6, 30))


def test_financial_years_end_with_their_fourth_quarter() -> None:
    found = list(periods("year", Quarter(2021, 3), Quarter(2023, 3)))
    assert [(each.label, each.start, each.end) for each in found] == [
        ("2021/22", date(2021, 4, 1), date(2022, 3, 31)),
        ("2022/23", date(2022, 4, 1), date(2023, 3, 31)),
    ]
    assert Period("year", Quarter(1999, 4)).label == "1999/00"


@given(DAYS, st.integers(0, 30))
def test_months_after_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    assert months_after(day, months) == some_months_later(day, months)


def test_definitions_label_quarters_and_count_ages_and_months_as_plain_python_does() -> None:
    """Every day of nine years, against births at every turn of the calendar."""
    days = [date(2015, 12, 25) + timedelta(days=n) for n in range(9 * 366)]
    births = [date(2004, 2, 28), date(2004, 2, 29), date(2004, 3, 1), date(2003, 2, 28), date(2001, 12, 31)]
    t = ibis.table({"day": "date", "born": "date"}, name="pairs")
    year_on = t.day + ibis.interval(months=12)
    asked = t.select("day", "born", q=quarter(t.day), a=age_on(t.day, t.born), later=year_on.cast("date"))
    pairs = [{"day": day, "born": born} for born in births for day in days]
    con = duckdb.connect(":memory:")
    con.execute("CREATE TABLE pairs (day DATE, born DATE)")
    values = ", ".join(f"('{pair['day']}', '{pair['born']}')" for pair in pairs)
    con.execute(f"INSERT INTO pairs VALUES {values}")
    rows = con.sql(sql_of(asked)).fetchall()
    assert len(rows) == len(pairs)
    for day, born, label, years, later in rows:
        assert (label, years) == (financial_quarter(day), age(born, day))
        assert later.date() == some_months_later(day, 12)


def test_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert age(date(2004, 2, 29), date(2014, 2, 28)) == 9
    assert age(date(2004, 2, 29), date(2014, 3, 1)) == 10
    assert age(date(2004, 2, 29), date(2020, 2, 29)) == 16
