"""Invented days in court: what was proposed beside what was decided, and remands that could be true."""

from __future__ import annotations

from collections import Counter

import pytest

from openyj.invented import court_parameters
from openyj.invented.parameters import Given
from openyj.invented.service import service
from openyj.tables.codes import LISTS
from openyj.tables.court_codes import RESTS_ON


@pytest.fixture(scope="module")
def tables():
    return service(children=400, years=5)


def by_key(tables, name, key):
    return {row[key]: row for row in tables[name].to_pylist()}


def test_every_parameter_has_a_source_and_every_word_is_a_code():
    given = {n: v for n, v in vars(court_parameters).items() if isinstance(v, Given)}
    assert all(
        "invented" in v.source or "practice.md" in v.source or "case-data.md" in v.source for v in given.values()
    )
    for name, code_list in (
        ("DECIDED", "remand_type"), ("DECIDED_GRAVE", "remand_type"), ("PROPOSED_INSTEAD", "remand_type"),
        ("ASKED_FOR", "post_charge_kind"), ("NOT_MOVED", "kept_overnight"),
    ):  # fmt: skip
        assert [word for word, _ in given[name].value if word is not None and word not in LISTS[code_list]] == [], name
    assert set(given["PLACE"].value) == LISTS["remand_kind"].codes


def test_a_remand_is_what_its_hearing_decided_and_a_child_has_one(tables):
    hearings = by_key(tables, "hearing", "hearing_id")
    children = by_key(tables, "child", "child_id")
    remands = tables["remand_episode"].to_pylist()
    assert len(remands) > 8 and {row["remand_kind"] for row in remands} == {"RLAA", "YDA"}
    assert max(Counter(row["child_id"] for row in remands).values()) == 1
    for row in remands:
        hearing, born = hearings[row["hearing_id"]], children[row["child_id"]]["date_of_birth"]
        assert hearing["child_id"] == row["child_id"] and hearing["hearing_date"] == row["start_date"]
        assert hearing["remand_decision"] in RESTS_ON[row["remand_kind"]]
        assert row["remand_kind"] == "RLAA" or born is None or born.replace(year=born.year + 12) <= row["start_date"]


def test_some_proposals_were_followed_and_some_were_not(tables):
    pairs = [(row["remand_proposal"], row["remand_decision"]) for row in tables["hearing"].to_pylist()]
    answered = [proposed == decided for proposed, decided in pairs if proposed and decided]
    assert 0.4 < sum(answered) / len(answered) < 0.9 and len(answered) > 40
    places = Counter(row["sort_order"] for row in tables["sentence_proposal"].to_pylist())
    assert 0 < places[2] < places[1]


def test_a_hearing_that_was_adjourned_has_another_day(tables):
    days = {(row["child_id"], row["hearing_date"]) for row in tables["hearing"].to_pylist()}
    adjourned = [row for row in tables["hearing"].to_pylist() if row["adjourned_to"]]
    assert len(adjourned) > 100
    assert all((row["child_id"], row["adjourned_to"]) in days for row in adjourned)
