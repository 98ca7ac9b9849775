"""What people type into fields, and what they are told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from openyj.core import clock
from openyj.core.fields import MONTHS
from openyj.core.forms import DateField, Form, MoneyField, WholeNumberField, YesNoField

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def refused(field: forms.Field, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.messages[0]


def offence(**more) -> DateField:
    return DateField(label="Date of the offence", **more)


@given(DAYS)
def test_a_date_is_read_in_every_way_people_write_it(day):
    english, welsh = MONTHS[day.month - 1]
    for month in (str(day.month), f"{day.month:02}", english, english[:3].title(), english.upper(), welsh):
        assert offence().clean([str(day.day), f" {month} ", str(day.year)]) == day
    for whole in (f"{day.day}/{day.month}/{day.year}", f"{day.day} {english} {day.year}", day.isoformat()):
        assert offence().clean([whole, "", ""]) == day


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999))
def test_three_numbers_are_a_date_exactly_when_the_calendar_has_it(day, month, year):
    typed = [str(day), str(month), f"{year:04}"]
    try:
        expected = date(year, month, day)
    except ValueError:
        assert refused(offence(), typed) == "Date of the offence must be a real date, like 4 6 2026"
        return
    if date(1900, 1, 1) <= expected <= date(2199, 12, 31):
        assert offence().clean(typed) == expected
    else:
        assert refused(offence(), typed).startswith("Date of the offence must be on or ")


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_any_typing_gives_a_date_or_a_message_and_never_an_error(typed):
    try:
        found = offence(required=False).clean(typed)
    except ValidationError as problem:
        assert all(message.startswith("Date of the offence must ") for message in problem.messages)
    else:
        assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["31", "2", "2026"], "Date of the offence must be a real date, like 4 6 2026"),
        (["4", "juniper", "2026"], "Date of the offence must be a real date, like 4 6 2026"),
        (["4", "ma", "2026"], "Date of the offence must be a real date, like 4 6 2026"),
        (["4", "6", "26"], "Date of the offence must have a year with 4 numbers, like 2026"),
        (["4", "", "2026"], "Date of the offence must include a month"),
        (["", "", "2026"], "Date of the offence must include a day and month"),
        (["4", "6", "1899"], "Date of the offence must be on or after 1 January 1900"),
        (["4", "6", "2200"], "Date of the offence must be on or before 31 December 2199"),
    ],
)
def test_an_impossible_date_is_refused_with_what_to_do(typed, message):
    assert refused(offence(), typed) == message


def test_three_letters_tell_every_month_from_the_others():
    beginnings = [name[:3] for names in MONTHS for name in names]
    shared = {three for three in beginnings if beginnings.count(three) > 1}
    assert all(
        len({n for n, names in enumerate(MONTHS) for name in names if name[:3] == three}) == 1 for three in shared
    )
    for number, names in enumerate(MONTHS, 1):
        assert all(offence().clean(["4", name[:3], "2026"]).month == number for name in names)


@pytest.mark.parametrize(
    ("when", "allowed", "message"),
    [
        ("past", {-1}, "must be in the past"),
        ("today or past", {-1, 0}, "must be today or in the past"),
        ("future", {1}, "must be in the future"),
        ("today or future", {0, 1}, "must be today or in the future"),
        (None, {-1, 0, 1}, ""),
    ],
)
def test_when_a_date_may_be_is_counted_from_the_clock(when, allowed, message):
    with clock.fixed(date(2026, 6, 4)):
        for away in (-1, 0, 1):
            day = date(2026, 6, 4) + timedelta(days=away)
            typed = [str(day.day), str(day.month), str(day.year)]
            if away in allowed:
                assert offence(when=when).clean(typed) == day
            else:
                assert refused(offence(when=when), typed) == f"Date of the offence {message}"


def test_an_unknown_when_is_refused_at_start_up():
    with pytest.raises(ValueError, match="when must be one of"):
        DateField(when="yesterday")


def test_a_question_names_its_date_by_the_noun():
    class Hearing(Form):
        held = DateField(label="When was the hearing?", noun="Date of the hearing")

    assert Hearing({}).errors["held"] == ["Enter the date of the hearing"]
    assert Hearing({"held_day": "4"}).errors["held"] == ["Date of the hearing must include a month and year"]


def test_a_date_has_changed_only_when_it_is_another_day():
    field = offence(required=False)
    assert not field.has_changed(date(2026, 6, 4), ["4", "June", "2026"])
    assert not field.has_changed(None, ["", "", ""])
    assert field.has_changed(date(2026, 6, 4), ["5", "6", "2026"])
    assert field.has_changed(date(2026, 6, 4), ["5", "6", ""])
    assert field.has_changed(None, ["5", "6", "2026"])


@given(st.decimals(0, 9_999_999_999, places=2, allow_nan=False))
def test_money_is_read_with_and_without_its_commas_and_pound(amount):
    for typed in (f"{amount}", f"{amount:,}", f"£{amount:,}", f" £ {amount:,} "):
        assert MoneyField().clean(typed) == amount


@pytest.mark.parametrize("typed", ["1,23", "12,34.50", "1.234", "1,2345", "ten", "£", "1e5", "NaN", "1.2.3", "٣"])
def test_an_unclear_amount_is_refused_and_not_guessed(typed):
    field = MoneyField(label="Cash")
    assert refused(field, typed) in {"Cash must be an amount in pounds, like 1,234.50", "This field is required."}


def test_money_below_nothing_is_refused_unless_asked_for():
    assert "0" in refused(MoneyField(label="Cash"), "-1")
    assert MoneyField(min_value=None).clean("-1.50") == Decimal("-1.50")


def test_money_from_the_record_is_shown_with_pence_and_thousands():
    assert MoneyField().prepare_value(Decimal("1234.5")) == "1,234.50"
    assert MoneyField().prepare_value("12,3") == "12,3"


@given(st.integers(0, 10**11))
def test_a_whole_number_is_read_with_and_without_commas(number):
    assert WholeNumberField().clean(str(number)) == number == WholeNumberField().clean(f"{number:,}")


@pytest.mark.parametrize("typed", ["1.5", "1,2", "x", "1 2", "²", "1" + ",000" * 2000, "9" * 5000])
def test_what_is_no_whole_number_is_refused(typed):
    refused(WholeNumberField(), typed)


def test_yes_and_no_are_true_and_false_and_nothing_is_neither():
    field = YesNoField(required=False)
    assert (field.clean("yes"), field.clean("no"), field.clean("")) == (True, False, None)
    assert (field.prepare_value(True), field.prepare_value(False), field.prepare_value(None)) == ("yes", "no", None)
    refused(field, "perhaps")
