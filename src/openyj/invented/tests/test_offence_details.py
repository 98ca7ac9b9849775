"""Charge, plea, place and police score of invented offences: believable, with gaps, and drawn without disturbing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from openyj.invented import offence_parameters
from openyj.invented.draws import stream_of
from openyj.invented.parameters import Given
from openyj.invented.service import service
from openyj.tables.codes import LISTS
from openyj.tables.offence_codes import GRAVITY_RANGES


@pytest.fixture(scope="module")
def offences():
    return service(children=200, years=4)["offence"].to_pylist()


def test_every_parameter_has_a_source_and_every_word_is_a_code():
    given = {name: value for name, value in vars(offence_parameters).items() if name.isupper()}
    assert all(isinstance(v, Given) and ("invented" in v.source or "case-data.md" in v.source) for v in given.values())
    assert {word for word, _ in offence_parameters.PLEA.value} <= LISTS["plea"].codes


@pytest.mark.parametrize("column", ["charge_date", "plea", "offence_location_postcode", "gravity_score"])
def test_some_are_missing_and_most_kinds_are_there(offences, column):
    found = [row[column] for row in offences]
    assert 0 < found.count(None) < len(found)


def test_a_charge_lies_after_the_arrest_and_a_score_in_its_edition(offences):
    for row in offences:
        days = [row[name] for name in ("offence_date", "arrest_date", "charge_date") if row[name]]
        assert days == sorted(days)
        assert (row["gravity_matrix"] is None) == (row["gravity_score"] is None)
        if row["gravity_matrix"]:
            least, most = GRAVITY_RANGES[row["gravity_matrix"]]
            assert least <= row["gravity_score"] <= most
        if row["arrest_date"] and row["arrest_date"] < date(2023, 9, 1):
            assert row["gravity_matrix"] in (None, "ACPO_2013")
    assert {row["gravity_matrix"] for row in offences} >= set(GRAVITY_RANGES)


def test_a_code_is_not_known_only_where_none_is_given(offences):
    unknown = [row["cjs_code"] for row in offences if row["cjs_code_unknown"]]
    assert unknown and set(unknown) == {None}


def test_a_stream_is_its_names_own_whatever_was_drawn_before():
    rng = np.random.default_rng(7)
    first = stream_of(rng, "a").random(3).tolist()
    rng.random(100)
    assert stream_of(rng, "a").random(3).tolist() == first != stream_of(rng, "b").random(3).tolist()
    assert stream_of(np.random.default_rng(8), "a").random(3).tolist() != first
