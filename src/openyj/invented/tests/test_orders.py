"""What follows from invented outcomes: believable, and by the rules of the record."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.resources import files

import pytest

from openyj.invented import order_parameters
from openyj.invented.parameters import Given
from openyj.invented.service import UNTIL, service


@pytest.fixture(scope="module")
def tables():
    return {name: table.to_pylist() for name, table in service(children=300, years=5).items()}


@pytest.fixture(scope="module")
def outcomes(tables):
    return {row["outcome_id"]: row for row in tables["offence_legal_outcome"]}


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def shipped_words(listed: str) -> set[str]:
    text = files("openyj.casework").joinpath("data/words.csv").read_text(encoding="utf-8")
    return {row["code"] for row in csv.DictReader(text.splitlines()) if row["listed"] == listed}


def test_every_parameter_has_a_source_and_every_requirement_is_a_shipped_word():
    given = {name: value for name, value in vars(order_parameters).items() if name.isupper()}
    assert all(isinstance(v, Given) and ("invented" in v.source or "practice.md" in v.source) for v in given.values())
    drawn = {kind for kinds in order_parameters.REQUIREMENTS.value.values() for kind, _ in kinds}
    assert drawn <= shipped_words("requirement")


def test_requirements_are_of_their_order_and_of_its_child(tables, outcomes):
    found = tables["outcome_requirement"]
    of = {row["outcome_id"] for row in found}
    orders = [o for o in outcomes.values() if o["legal_outcome"] == "YOUTH_REHABILITATION_ORDER"]
    main = [o for o in orders if o["main_or_other"] == "MAIN"]
    assert len([o for o in main if o["outcome_id"] in of]) > len(main) * 0.9
    for row in found:
        outcome = outcomes[row["outcome_id"]]
        assert (
            outcome["child_id"] == row["child_id"] and outcome["outcome_date"] == row["start_date"] <= row["end_date"]
        )


def test_unpaid_work_is_for_16_and_17_and_within_its_usual_hours(tables, outcomes):
    born = {row["child_id"]: row["date_of_birth"] for row in tables["child"]}
    work = [row for row in tables["outcome_requirement"] if row["requirement"] == "UNPAID_WORK"]
    assert work and all(age_on(born[r["child_id"]], outcomes[r["outcome_id"]]["outcome_date"]) >= 16 for r in work)
    hours = {row["hours_ordered"] for row in work} - {None}
    assert min(hours) >= 40 and max(hours) <= 240 and len(hours) > 3


def test_hours_are_done_week_by_week_and_never_beyond_what_was_ordered(tables):
    asked = {row["requirement_id"]: row for row in tables["outcome_requirement"]}
    done = defaultdict(float)
    for row in tables["requirement_hours"]:
        of = asked[row["requirement_id"]]
        assert of["start_date"] < row["day"] <= min(of["end_date"], UNTIL) and of["child_id"] == row["child_id"]
        done[row["requirement_id"]] += row["hours"]
    ordered = {number: row["hours_ordered"] for number, row in asked.items() if row["hours_ordered"]}
    assert set(done) <= set(ordered) and all(done[number] <= ordered[number] for number in done)
    assert any(done[n] == ordered[n] for n in done) and any(done[n] < ordered[n] for n in done)
    assert any(n not in done for n in ordered), "some have not begun"


def test_every_appeal_has_its_result_and_a_changed_outcome_its_new_one(tables, outcomes):
    appeals = tables["appeal"]
    with_status = {number for number, row in outcomes.items() if row["outcome_appeal_status"]}
    assert {row["outcome_id"] for row in appeals} == with_status and len(with_status) == len(appeals) > 4
    for row in appeals:
        appealed = outcomes[row["outcome_id"]]
        assert row["result"] == appealed["outcome_appeal_status"]
        assert appealed["outcome_date"] <= row["appealed_on"] <= row["result_on"] <= UNTIL
        if row["result"] == "Changed on appeal":
            new = outcomes[row["new_outcome_id"]]
            assert new["offence_id"] == appealed["offence_id"] and new["outcome_date"] == row["result_on"]
            assert new["outcome_appeal_status"] is None
        else:
            assert row["new_outcome_id"] is None


def test_a_contract_is_signed_on_the_day_its_programme_began(tables, outcomes):
    programmes = defaultdict(set)
    for row in tables["intervention_programme"]:
        if row["disposal_type"] == "REFERRAL_ORDER":
            programmes[row["child_id"]].add(row["start_date"])
    contracts = tables["referral_order_contract"]
    assert len(contracts) > 20 and len({row["outcome_id"] for row in contracts}) == len(contracts)
    for row in contracts:
        outcome = outcomes[row["outcome_id"]]
        assert outcome["legal_outcome"] == "REFERRAL_ORDER" and outcome["child_id"] == row["child_id"]
        assert outcome["outcome_date"] <= row["signed_on"] and row["signed_on"] in programmes[row["child_id"]]


def test_orders_that_ended_early_ended_within_their_time(tables, outcomes):
    changes = tables["order_change"]
    assert changes and len({row["outcome_id"] for row in changes}) == len(changes)
    for row in changes:
        outcome = outcomes[row["outcome_id"]]
        assert outcome["outcome_date"] <= row["decided_on"] < outcome["outcome_end_date"]
        assert row["how"] != "EXTENDED" and row["months"] is None


def test_custody_and_licence_are_two_programmes_of_one_order(tables, outcomes):
    programmes = {row["programme_id"]: row for row in tables["intervention_programme"]}
    held = tables["custody_and_licence"]
    assert held and len({row["outcome_id"] for row in held}) == len(held)
    for row in held:
        custody, outcome = programmes[row["custody_programme_id"]], outcomes[row["outcome_id"]]
        assert custody["disposal_type"] == "DTO_CUSTODY" and custody["start_date"] == outcome["outcome_date"]
        if row["licence_programme_id"]:
            assert programmes[row["licence_programme_id"]]["disposal_type"] == "DTO_LICENCE"
        if row["release_on"]:
            assert row["letter_on"] <= row["release_on"] == custody["end_date"] <= row["expiry_on"]
        else:
            assert row["letter_on"] is row["expiry_on"] is None


def test_orders_that_ran_when_a_child_moved_were_transferred_or_refused(tables, outcomes):
    moves = {row["transfer_id"]: row for row in tables["transfer"]}
    asked, services = tables["order_transfer"], {row["service"] for row in tables["service"]}
    assert {row["answer"] for row in asked} == {"ACCEPTED", "REFUSED"}
    for row in asked:
        outcome = outcomes[row["outcome_id"]]
        assert outcome["outcome_date"] <= row["asked_on"] <= row["answered_on"] and row["other_service"] in services
        if row["answer"] == "ACCEPTED":
            move = moves[row["transfer_id"]]
            assert move["transfer_date"] == row["starts_on"] < outcome["outcome_end_date"]
            assert move["child_id"] == row["child_id"]
        else:
            assert row["starts_on"] is row["transfer_id"] is None and row["reason"]
