"""The invented tables: the same every time, valid, believable within ranges, full of the traps promised."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.invented.places import MAIN, Place
from openyj.invented.report import summary
from openyj.invented.service import KNOWN_FAULTS, UNTIL, YEARS, lives, service
from openyj.tables import linked, validate, write_folder
from openyj.tables.codes import LISTS


@pytest.fixture(scope="module")
def tables():
    return service()


def rows(tables, name):
    return tables[name].to_pylist()


def by_key(tables, name, key):
    return {row[key]: row for row in rows(tables, name)}


def test_service_called_twice_writes_the_same_bytes(tables, tmp_path):
    first = write_folder(tables, tmp_path / "first")
    again = write_folder(service(), tmp_path / "again")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_service_of_another_seed_is_another_service(tables):
    assert not service(seed=1)["child"].equals(tables["child"])


def test_service_has_the_known_faults_and_no_others(tables):
    found = validate(tables, UNTIL)
    assert {fault.rule for fault in found} == set(KNOWN_FAULTS)
    assert [str(fault) for fault in found if fault.severity == "error"] == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), children=st.integers(1, 60), years=st.integers(1, 8))
def test_any_service_has_no_faults_but_the_known(seed, children, years):
    until = date(2024, 2, 29)
    found = validate(service(seed, children, years, until), until)
    assert [str(fault) for fault in found if fault.rule not in KNOWN_FAULTS] == []


@pytest.mark.parametrize("seed", [2026, 1, 2, 3])
def test_service_is_believable_within_ranges(seed):
    main = summary(service(seed), MAIN.service, UNTIL, YEARS)
    assert 380 <= main.children <= 480
    assert all(45 <= count <= 95 for count in main.entrants)
    assert sum(main.entrants[:2]) > sum(main.entrants[-2:])
    assert main.diverted[-1] > main.diverted[0]
    assert 4 <= main.custodial <= 13
    assert 0.24 <= main.reoffended / main.followed <= 0.38
    assert 0.80 <= main.boys <= 0.90
    assert 0.28 <= main.offences_of_busiest_tenth <= 0.55
    assert max(main.ages, key=main.ages.get) in (15, 16, 17)
    assert min(main.ages) >= 9
    assert max(main.ages) <= 18


def test_demonstration_has_entrants_and_custody_as_described(tables):
    main = summary(tables, MAIN.service, UNTIL, YEARS)
    assert main.entrants[0] >= 60
    assert main.entrants[-1] < main.entrants[0]
    assert 5 <= main.custodial <= 12
    assert "first time entrants by year" in str(main)


def test_fewer_events_fall_in_the_holidays():
    many = service(children=6000)["offence"]
    month = np.bincount(pc.month(many["offence_date"]).to_numpy(), minlength=13)[1:]
    assert month[7] < 0.9 * np.mean([month[6], month[8]])  # August beside July and September
    assert month[11] < 0.9 * np.mean([month[10], month[0]])  # December beside November and January


def test_primary_addresses_never_overlap(tables):
    episodes = sorted(
        (row["child_id"], row["start_date"], row["end_date"] or date.max)
        for row in rows(tables, "residence")
        if row["primary_residence"]
    )
    pairs = pairwise(episodes)
    assert [(a, b) for a, b in pairs if a[0] == b[0] and b[1] <= a[2]] == []


def test_every_child_has_somewhere_to_live(tables):
    assert set(tables["child"]["child_id"].to_pylist()) == set(tables["residence"]["child_id"].to_pylist())


def test_custody_is_two_programmes_one_after_the_other(tables):
    starts = {(p["child_id"], p["start_date"]) for p in rows(tables, "intervention_programme")}
    custody = [p for p in rows(tables, "intervention_programme") if p["disposal_type"] == "DTO_CUSTODY"]
    over = [p for p in custody if p["end_date"] and p["successfully_completed"] is not None and p["end_date"] < UNTIL]
    followed = [p for p in over if (p["child_id"], date.fromordinal(p["end_date"].toordinal() + 1)) in starts]
    assert custody
    assert followed


def test_breaches_name_an_earlier_programme_of_the_same_record():
    tables = service(children=3000)  # enough for children who moved between the order and its breach
    programmes = by_key(tables, "intervention_programme", "programme_id")
    breaches = [o for o in rows(tables, "offence") if o["programme_breach_id"]]
    assert len(breaches) >= 100
    for breach in breaches:
        programme = programmes[breach["programme_breach_id"]]
        assert breach["child_id"] == programme["child_id"]
        assert breach["offence_date"] > programme["start_date"]
        assert breach["yjb_offence_category"] == "BREACH_OF_STATUTORY_ORDER"


def test_rows_of_one_offence_stay_on_one_record(tables):
    """The record refuses a link between two services' children."""
    child = {o["offence_id"]: o["child_id"] for o in rows(tables, "offence")}
    assert all(child[o["offence_id"]] == o["child_id"] for o in rows(tables, "offence_legal_outcome"))
    for link, other, key in (
        ("link_hearing_offence", "hearing", "hearing_id"),
        ("link_offence_intervention_programme", "intervention_programme", "programme_id"),
    ):
        owner = by_key(tables, other, key)
        assert all(owner[row[key]]["child_id"] == child[row["offence_id"]] for row in rows(tables, link))


def test_every_appeal_status_occurs(tables):
    found = set(tables["offence_legal_outcome"]["outcome_appeal_status"].to_pylist())
    assert found == {None, *LISTS["outcome_appeal_status"].codes}


def test_a_changed_decision_has_a_later_one(tables):
    outcomes = rows(tables, "offence_legal_outcome")
    changed = [o for o in outcomes if o["outcome_appeal_status"] == "Changed on appeal"]
    later = {(o["offence_id"], o["outcome_date"]) for o in outcomes if o["outcome_appeal_status"] is None}
    assert changed
    for one in changed:
        assert any(offence == one["offence_id"] and day > one["outcome_date"] for offence, day in later)


def test_the_same_decision_is_other_at_the_host_and_local_at_home(tables):
    child = by_key(tables, "child", "child_id")
    local = {
        (o["person"], o["outcome_date"], o["legal_outcome"])
        for o in rows(tables, "offence_legal_outcome")
        if o["residence_on_legal_outcome_date"] == "LOCAL" and child[o["child_id"]]["service"] == MAIN.service
    }
    other = {
        (o["person"], o["outcome_date"], o["legal_outcome"])
        for o in rows(tables, "offence_legal_outcome")
        if o["residence_on_legal_outcome_date"] == "OTHER" and child[o["child_id"]]["service"] != MAIN.service
    }
    assert local & other


def test_some_first_outcomes_are_elsewhere_and_later_ones_local(tables):
    lives_of: dict[int, list] = {}
    for o in sorted(rows(tables, "offence_legal_outcome"), key=lambda o: o["outcome_date"]):
        lives_of.setdefault(o["child_id"], []).append(o["residence_on_legal_outcome_date"])
    assert any(life[0] == "OTHER" and "LOCAL" in life for life in lives_of.values())


def test_moved_children_are_joined_by_their_originating_id(tables):
    ids = set(tables["child"]["originating_yot_person_id"].to_pylist())
    assert {"N/A", "not known", None} < ids
    assert len(linked(tables).persons()) < len(tables.persons())


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("child", "sex"),
        ("child", "ethnicity"),
        ("child", "locality"),
        ("offence", "arrest_date"),
        ("offence", "cjs_code"),
        ("residence", "suitability"),
        ("intervention_programme", "end_date"),
        ("intervention_programme", "successfully_completed"),
        ("offence_legal_outcome", "residence_on_legal_outcome_date"),
    ],
)
def test_some_facts_are_missing_but_most_are_not(tables, name, column):
    values = tables[name][column]
    assert 0 < values.null_count < len(values)


def test_some_court_decisions_have_no_hearing_and_some_offences_no_decision(tables):
    heard = set(tables["link_hearing_offence"]["offence_id"].to_pylist())
    decided = {o["offence_id"]: o["legal_outcome"] for o in rows(tables, "offence_legal_outcome")}
    assert any(outcome == "REFERRAL_ORDER" and offence not in heard for offence, outcome in decided.items())
    assert set(tables["offence"]["offence_id"].to_pylist()) - set(decided)


def test_some_children_are_nine_at_the_offence_and_some_eighteen_at_arrest_and_in_court(tables):
    born = {c["child_id"]: c["date_of_birth"] for c in rows(tables, "child")}

    def age(row, column):
        day, birth = row[column], born[row["child_id"]]
        return day and day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    offences = rows(tables, "offence")
    assert any(age(offence, "offence_date") == 9 for offence in offences)
    assert any(age(offence, "arrest_date") == 18 for offence in offences)
    assert any(age(hearing, "hearing_date") >= 18 for hearing in rows(tables, "hearing"))


def test_no_seriousness_score_is_invented(tables):
    assert tables["offence"]["yjb_seriousness_score"].null_count == len(tables["offence"])


def test_every_service_and_population_is_marked_invented(tables):
    assert set(tables["service"]["invented"].to_pylist()) == {True}
    assert set(tables["population"]["invented"].to_pylist()) == {True}


@pytest.mark.parametrize(("children", "years"), [([0], 5), ([5], 0), ([5, 5], 5)])
def test_lives_refuses_nobody_no_time_and_a_number_too_many(children, years):
    with pytest.raises(ValueError, match="at least one"):
        lives(np.random.default_rng(1), [MAIN], children, years, UNTIL)


@pytest.mark.slow
def test_a_million_outcomes_take_less_than_a_minute():
    places = [Place(f"S{i}", f"Invented {i}", "S", (("Here", 1.0),), 1.0, 10_000, 0) for i in range(157)]
    began = time.perf_counter()
    country = lives(np.random.default_rng(1), places, [2_300] * 157, 10, UNTIL)
    taken = time.perf_counter() - began
    assert len(country["offence_legal_outcome"]) >= 1_000_000
    assert taken < 60
