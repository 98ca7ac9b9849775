"""The headings as data: each complete, dated, and honest about its source."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.text import slugify

from openyj.invented.plan_text import SECTIONS
from openyj.plans.structures import structure_on, structures


@pytest.mark.parametrize("key", ["2019", "2024"])
def test_every_section_has_its_own_key_a_heading_and_a_source(key):
    sections = structures()[key].sections
    assert len({section.key for section in sections}) == len(sections)
    for section in sections:
        assert section.key == slugify(section.key) and section.heading and section.about
        assert section.source in {"GK", "seed"}


@pytest.mark.parametrize(
    ("day", "key"), [(date(2015, 1, 1), "2019"), (date(2024, 3, 18), "2019"), (date(2024, 3, 19), "2024")]
)
def test_structure_is_the_one_asked_for_on_the_day(day, key):
    assert structure_on(day).key == key


def test_invented_draft_has_a_place_for_each_of_its_sections():
    keys = {section.key for section in structures()["2024"].sections}
    assert {section.slug for section in SECTIONS} <= keys
