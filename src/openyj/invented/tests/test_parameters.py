"""Every parameter says where it comes from."""

from __future__ import annotations

import pytest

from openyj.invented import country_parameters, details, money, parameters, places, staff
from openyj.invented.parameters import Given
from openyj.tables.codes import LISTS
from openyj.tables.mappings import shipped

NOTES = {"COMPARATORS", "CASE_DATA", "INVENTED", "SEED"}
KNOWN_SOURCES = ("invented", "case-data.md", "practice.md", "indicators.md", ".csv", "Youth Justice Statistics")


def unsourced(given: dict[str, object]) -> list[str]:
    return [
        name
        for name, value in given.items()
        if not isinstance(value, Given) or not any(known in value.source for known in KNOWN_SOURCES)
    ]


def in_capitals(module) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.isupper() and name not in NOTES}


def test_every_parameter_has_a_source():
    assert unsourced(in_capitals(parameters)) == []


def test_a_parameter_without_a_source_is_found():
    assert unsourced({"A": Given(1, ""), "B": 2, "C": Given(3, "invented")}) == ["A", "B"]


@pytest.mark.parametrize("module", [places, staff, money, details, country_parameters])
def test_numbers_kept_elsewhere_have_a_source_too(module):
    assert unsourced({n: v for n, v in in_capitals(module).items() if isinstance(v, Given | int | float)}) == []


@pytest.mark.parametrize(
    ("weighted", "code_list"),
    [
        ("SEX", "sex"),
        ("ETHNICITY", "ethnicity"),
        ("OFFENCE_CATEGORY", "yjb_offence_category"),
        ("COURT", "court_type"),
        ("APPEAL_STATUS", "outcome_appeal_status"),
        ("HOME", "accommodation_type"),
        ("CUSTODY_HOME", "accommodation_type"),
        ("SUITABILITY", "suitability"),
    ],
)
def test_words_are_codes_and_weights_are_positive(weighted, code_list):
    drawn = getattr(parameters, weighted).value
    assert [word for word, _ in drawn if word is not None and word not in LISTS[code_list]] == []
    assert all(weight > 0 for _, weight in drawn)


@pytest.mark.parametrize("name", ["CATEGORY_PUSH", "KNIFE", "NOT_RECORDABLE", "CJS_CODE"])
def test_what_depends_on_a_category_names_a_category_that_is_drawn(name):
    drawn = {word for word, _ in parameters.OFFENCE_CATEGORY.value}
    assert set(getattr(parameters, name).value) <= drawn


def test_programmes_and_terms_are_of_outcomes_that_exist():
    outcomes = set(shipped()["legal_outcome"]["legal_outcome"].to_pylist())
    assert set(parameters.PROGRAMMES.value) <= outcomes
    assert set(parameters.TERM_MONTHS.value) <= outcomes
