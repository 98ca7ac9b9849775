"""Values, periods and states in words."""

from __future__ import annotations

from datetime import date

import pytest

from openyj import measures
from openyj.measures import Period, Quarter, Rate
from openyj.performance.spec import Result, Spec, period_of
from openyj.performance.words import say, say_interval, say_period, say_spec, say_state


def result(measure="first-time-entrants", show="rate", span="rolling_year", period="2025Q2", **fields) -> Result:
    spec = Spec(measure, show, span, period)
    figure = measures.Figure(measure, show, spec.when, date(2026, 11, 22), {}, **fields)
    return Result(spec, figure)


@pytest.mark.parametrize(
    ("measure", "show", "value", "words"),
    [
        ("first-time-entrants", "count", 1051.0, "1,051"),
        ("first-time-entrants", "rate", 214.7, "215 per 100,000"),
        ("custody", "rate", 0.0421, "0.04 per 1,000"),
        ("reoffending", "binary", 31.24, "31.2%"),
        ("reoffending", "per_reoffender", 4.061, "4.06 per child who reoffended"),
        ("reoffending", "per_child", 1.2, "1.20 per child in the cohort"),
    ],
)
def test_a_value_is_said_with_its_unit(measure, show, value, words):
    assert say(result(measure, show, value=value)) == words


def test_sefton_s_published_rates_come_out_as_printed():
    """indicators.md section 0: 51 and 62 entrants printed as 215 and 261; one sentence as 0.04 per 1,000."""
    residents = 23_750
    assert say(result(value=51 / residents * 100_000)) == "215 per 100,000"
    assert say(result(value=62 / residents * 100_000)) == "261 per 100,000"
    assert say(result("custody", value=1 / residents * 1_000)) == "0.04 per 1,000"


def test_what_cannot_be_computed_says_why_and_never_0():
    assert say(result(why_not="cannot be computed: table population was not supplied")) == (
        "cannot be computed: table population was not supplied"
    )
    assert say(result(why_not="the tables hold no outcome before 2021Q3")) == (
        "cannot be computed: the tables hold no outcome before 2021Q3"
    )


def test_an_interval_has_the_decimals_of_its_value():
    assert say_interval(result(value=215, low=159.96, high=282.4)) == "160 to 282"
    assert say_interval(result(value=215)) == ""


@pytest.mark.parametrize(
    ("span", "label", "words"),
    [
        ("quarter", "2025Q2", "July to September 2025"),
        ("quarter", "2025Q4", "January to March 2026"),
        ("rolling_year", "2025Q2", "October 2024 to September 2025"),
        ("rolling_year", "2025Q3", "January to December 2025"),
        ("year", "2025/26", "the financial year 2025/26"),
    ],
)
def test_a_period_is_said_in_months(span, label, words):
    assert say_period(period_of(span, label)) == words


@pytest.mark.parametrize(
    ("span", "label"), [("quarter", "2025/26"), ("year", "2025Q1"), ("year", "2025/27"), ("month", "x")]
)
def test_a_label_that_is_no_period_is_refused(span, label):
    with pytest.raises(ValueError, match="is not a"):
        period_of(span, label)


def test_a_figure_still_filling_says_until_when():
    filling = result("reoffending", "binary", "quarter", "2025Q2", value=20.0, provisional="not final")
    # A cohort of July to September 2025 is complete 18 months after its last day.
    assert say_state(filling) == "still filling until 31 March 2027"
    assert filling.is_filling
    assert not filling.is_final


def test_a_complete_figure_says_so():
    assert say_state(result(value=215)) == "complete"


def test_a_spec_is_said_in_one_line():
    spec = Spec("first-time-entrants", "count", "quarter", "2025Q2", {"locality": None, "sex": "Female"})
    assert say_spec(spec) == ("First time entrants, July to September 2025, locality: Not recorded, sex: Female")


def test_every_show_of_every_measure_has_words():
    for measure in measures.ALL.values():
        for show in measure.shows:
            words = say(result(measure.name, show.name, value=3.0, numerator=3, denominator=5))
            assert words.startswith("3")
            assert (" per " in words) == (isinstance(show, Rate) or "per_" in show.name)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"measure": "nothing"}, "There is no measure"),
        ({"show": "binary"}, "shows count, rate"),
        ({"where": {"event": "release"}}, "cannot be broken down by event"),
        ({"where": {"service": "T1"}}, "cannot be broken down by service"),
    ],
)
def test_a_spec_of_something_that_is_not_there_is_refused(fields, why):
    given = {"measure": "first-time-entrants", "show": "rate", "span": "quarter", "period": "2025Q2"} | fields
    with pytest.raises(ValueError, match=why):
        Spec(**given)


def test_a_year_before_shares_no_quarter():
    for span, label in [("quarter", "2025Q2"), ("rolling_year", "2025Q2"), ("year", "2025/26")]:
        spec = Spec("custody", "count", span, label)
        assert not set(spec.when.quarters) & set(spec.year_before().when.quarters)
    assert Spec("custody", "count", "year", "2025/26").year_before().period == "2024/25"
    assert Period("quarter", Quarter(2025, 2)).label == "2025Q2"
