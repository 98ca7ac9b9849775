"""Which typed numbers are asked about, and which are no measurement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.documents.numbers import PASSED, NotThere, quote_at, replace_at, typed_numbers
from openyj.documents.reading import read
from openyj.documents.tree import Quoted, walk


def said(text: str) -> list[str]:
    return [number.said for number in typed_numbers(text)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We worked with 51 children in 2024/25, of whom 47.7% (4:10) reoffended.", ["51", "47.7%", "4:10"]),
        ("£822k was won; the budget is £1,234,757.50", ["£822k", "£1,234,757.50"]),
        ("a rate of 215 per 100,000", ["215"]),
        ("four in ten children, one in five, 2 in 5", ["four in ten", "one in five", "2 in 5"]),
        (
            "two thirds of our children and a quarter of all offences",
            ["two thirds of our children", "quarter of all offences"],
        ),
        ("forty children; twenty-five community orders; two hundred cases", ["forty", "twenty-five", "two hundred"]),
        ("sixty per cent of them", ["sixty per cent"]),
        ("fell by 3.5 percentage points from 62%", ["3.5 percentage points", "62%"]),
        ("numbers doubled", ["doubled"]),
        ("2,019 children; 2019 children", ["2,019", "2019"]),
        ("rose from 51 to 62 FTE", ["51", "62"]),
        ("This year 51 were referred, 12 in May", ["51", "12"]),
        ("in May 12 children; over two years 12 children", ["12", "12"]),
        ("the service's 39 offences; took part 51 times", ["39", "51"]),
        ("Section 4.2 shows 51 and table 3 shows 40%", ["51", "40%"]),
        ("average age 15.6, over 18 children", ["15.6", "18"]),
        ("waited 47 days, over 12 months", ["47", "12"]),
        ("1. First\n2. Second of 2 children", ["2"]),
        ("-5% or £-300", ["-5%", "£-300"]),
    ],
)
def test_measurement_is_asked_about(text, asked):
    assert said(text) == asked


# For each kind of number that is passed over: sentences in which nothing is asked.
NOT_ASKED = {
    "financial year": ["in 2024/25 and 2025-26", "the 2019/2020 plan", "2025 – 26"],
    "date": ["on 4 June 2026, 5th August", "on 5 and 6 May 2019", "June 3rd, 2026", "by 30/06/2024", "2026-06-30"],
    "year": ["In 2019 and the 2020s", "the Crime and Disorder Act 1998", "from 2019 to 2021"],
    "time of day": ["open at 14:02, 9am and 5.30pm", "between 9:00 and 17:30", "cover 24/7"],
    "part of a document or a law": [
        "section 39, s37 and Appendix 1",
        "KPI 8, Standard 2 and 3",
        "paragraph 4.2.1",
        "Year 11 pupils",
        "quarter 3",
    ],
    "number of a heading or item": ["# 2.1 Our aims", "1. First\n2. Second"],
    "age": ["aged 10 to 17", "ages 10-17", "under 18s", "under 18.", "16-year-olds", "aged ten to seventeen"],
    "length of time agreed on": ["within 10 working days", "every 3 months", "a 12-month order", "the next two years"],
    "base of a rate": ["per 100,000 children", "for each thousand children"],
    "telephone number": ["ring 0161 496 0000"],
    "address or name with digits": ["COVID-19, T2A", "the 21st century", "see www.a.uk/p/12", "a1@b.uk"],
}


def test_every_kind_that_is_passed_over_has_its_case():
    assert set(NOT_ASKED) == set(PASSED)


@pytest.mark.parametrize("text", [text for texts in NOT_ASKED.values() for text in texts])
def test_what_is_no_measurement_is_not_asked_about(text):
    assert said(text) == []


@pytest.mark.parametrize("name", PASSED)
def test_each_rule_bites(name, monkeypatch):
    """Without its rule, a number of its kind would be asked about."""
    import re

    monkeypatch.setitem(PASSED, name, re.compile(r"(?!)"))
    assert any(said(text) for text in NOT_ASKED[name])


@pytest.mark.parametrize("text", ["", "Two boards merged.", "One child at a time.", "We will do more."])
def test_story_without_a_measurement_is_left_alone(text):
    assert said(text) == []


def test_number_in_a_token_is_not_asked_about():
    assert said('{{ figure 734911 }} and {{ quoted "47" source="12 schools" }} but 51') == ["51"]


counts = st.integers(0, 10**7)
forms = st.sampled_from(["{:d} children", "{:,d} offences", "a rise to {:d}%", "£{:,d} a head", "{:d}.5% of boys"])
fillers = st.sampled_from(["", "In 2024/25 ", "Section 3. ", "On 4 June 2026 we met. ", "{{ figure 7K3MQR }} and "])


@given(counts, forms, fillers, fillers)
def test_count_is_found_wherever_it_stands(number, form, before, after):
    sentence = form.format(number)
    text = f"{before}There were {sentence}. {after}"
    found = typed_numbers(text)
    assert len(found) == 1
    assert text[found[0].start : found[0].end] == found[0].said
    assert f"{number:,d}" in found[0].said or str(number) in found[0].said


@given(st.text(st.sampled_from('0123456789 ,.%£:-/{}"ain ten children\n')))
def test_what_is_found_is_what_stands_there_and_never_overlaps(text):
    end = 0
    for number in typed_numbers(text):
        assert text[number.start : number.end] == number.said
        assert number.start >= end
        end = number.end


@given(st.text(), st.text(min_size=1))
def test_quoting_a_number_leaves_the_rest_and_is_not_asked_again(before, source):
    text = "Pupils said so: 47% of them."
    marked = quote_at(text, typed_numbers(text)[0], source)
    assert said(marked) == []
    if source.strip(' \t\n{}"'):
        assert [node.said for node in walk(read(marked)) if isinstance(node, Quoted)] in (["47%"], [])


def test_choosing_a_figure_puts_its_token_in_the_number_s_place():
    text = "There were 51 children."
    assert replace_at(text, typed_numbers(text)[0], "{{ figure 7K3MQR }}") == "There were {{ figure 7K3MQR }} children."


def test_text_that_changed_meanwhile_is_left_alone():
    number = typed_numbers("There were 51 children.")[0]
    with pytest.raises(NotThere):
        quote_at("Now there were 51 children.", number, "a survey")


def test_words_around_a_number_are_whole_and_hide_tokens():
    (number,) = typed_numbers("x " * 40 + "we saw {{ figure 7K3MQR }} children and 51 boys who " + "y " * 40)
    assert number.before.endswith("children and ") and "…" in number.before and "{" not in number.before
    assert number.after.startswith(" boys who")
