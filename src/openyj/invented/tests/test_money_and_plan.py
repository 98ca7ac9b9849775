"""Contributions add up and differ from year to year; the Plan's text holds markers and no typed numbers."""

from __future__ import annotations

import re

from openyj.invented.money import PARTNERS, contributions, total
from openyj.invented.plan_text import MARKER, SECTIONS, markers


def test_contributions_have_a_row_for_every_partner_and_year():
    found = [(row.year, row.partner) for row in contributions()]
    assert found == [(year, partner) for year in (2024, 2025, 2026) for partner in PARTNERS]
    assert all(row.invented for row in contributions())


def test_totals_are_those_added_by_hand():
    assert [total(year) for year in (2024, 2025, 2026)] == [1_814_820, 1_859_000, 1_872_400]


def test_every_brace_in_the_text_is_a_marker_that_can_be_read():
    text = "\n".join(paragraph for section in SECTIONS for paragraph in section.paragraphs)
    assert text.count("{") == text.count("}") == len(markers()) == 11
    assert MARKER.sub("", text).count("{") == 0


def test_no_number_is_typed_into_the_text():
    text = "\n".join(MARKER.sub("", paragraph) for section in SECTIONS for paragraph in section.paragraphs)
    assert re.findall(r"\d+", text) == []


def test_each_heading_comes_once_and_says_something():
    assert len({section.slug for section in SECTIONS}) == len(SECTIONS)
    assert all(section.paragraphs for section in SECTIONS)


def test_every_measure_has_a_marker():
    named = {found.group("measure") for found in map(MARKER.fullmatch, markers()) if found.group("measure")}
    assert named == {"first-time-entrants", "custody", "reoffending", "board-attendance"}
