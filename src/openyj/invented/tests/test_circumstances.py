"""Invented circumstances: believable, with what is unknown and what was never recorded among them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from openyj.invented import circumstance_parameters
from openyj.invented.circumstances import september_after
from openyj.invented.draws import day_number
from openyj.invented.parameters import Given
from openyj.invented.service import UNTIL, service
from openyj.tables import validate
from openyj.tables.codes import LISTS


@pytest.fixture(scope="module")
def tables():
    return service(children=300, years=5)


def rows(tables, name):
    return tables[name].to_pylist()


def test_every_parameter_has_a_source_and_every_word_is_a_code():
    given = {n: v for n, v in vars(circumstance_parameters).items() if n.isupper() and n not in {"CODES", "INVENTED"}}
    assert all(isinstance(v, Given) and ("invented" in v.source or "case-data.md" in v.source) for v in given.values())
    for name, code_list in (
        ("ETE_AT_SCHOOL_AGE", "provision_type"),
        ("ETE_ABOVE_SCHOOL_AGE", "provision_type"),
        ("ETE_SUITABILITY", "suitability"),
        ("CARE", "care_status"),
        ("CARE_IN_PLACEMENT", "care_status"),
        ("SEND_IDENTIFIED", "identified_sendaln"),
        ("NEED_FOUND", "need_identified"),
        ("PARTNER", "partner_kind"),
        ("DECLINED_BECAUSE", "decline_reason"),
        ("PARENTING", "parenting_intervention_type"),
        ("ENGAGEMENT", "engagement_level"),
    ):
        drawn = given[name].value
        assert [word for word, _ in drawn if word is not None and word not in LISTS[code_list]] == [], name
    assert set(given["HOURS_OFFERED"].value) <= LISTS["provision_type"].codes


@pytest.mark.parametrize("name", ["ete_status", "care_status", "sendaln"])
def test_episodes_of_a_child_follow_each_other_and_end_by_the_last_day(tables, name):
    start, end = ("send_start_date", "send_end_date") if name == "sendaln" else ("start_date", "end_date")
    of = defaultdict(list)
    for row in rows(tables, name):
        of[row["child_id"]].append(row)
    assert len(of) > 150
    for spells in of.values():
        spells.sort(key=lambda row: row[start])
        for before, after in pairwise(spells):
            assert (after[start] - before[end]).days == 1
        assert spells[-1][end] is None and spells[-1][start] <= UNTIL


def test_hours_are_offered_attended_unrecorded_and_seldom_more_than_offered(tables):
    found = rows(tables, "ete_status")
    part = [r for r in found if r["hours_offered"] == 25 and r["hours"] == 15]
    assert part and any(r["provision_type"] == "PUPIL_REFERRAL_UNIT" for r in part)
    assert any(r["hours_offered"] is None for r in found) and any(r["hours"] is None for r in found)
    odd = [fault for fault in validate(tables, UNTIL) if fault.rule == "ETE-3"]
    assert 0 < len(odd) < len(found) / 50
    assert {r["hours_offered"] for r in found if r["provision_type"] == "NONE"} == {0.0}


def test_unknown_and_not_recorded_both_occur(tables):
    kinds = {r["provision_type"] for r in rows(tables, "ete_status")}
    assert {"NOT_KNOWN", None, "NONE", "COLLEGE"} <= kinds


def test_nobody_is_at_school_after_the_september_of_leaving(tables):
    born = {r["child_id"]: r["date_of_birth"] for r in rows(tables, "child")}
    for r in rows(tables, "ete_status"):
        if r["provision_type"] == "MAINSTREAM_SCHOOL":
            age = (r["start_date"] - born[r["child_id"]]).days / 365.25
            assert age < 17, r


def test_september_after_is_the_first_on_or_after():
    days = [date(2020, 8, 31), date(2020, 9, 1), date(2020, 9, 2), date(2021, 1, 1)]
    found = september_after(np.array([day_number(d) for d in days]))
    assert found.tolist() == [day_number(date(y, 9, 1)) for y in (2020, 2020, 2021, 2021)]


def test_a_child_in_a_placement_is_looked_after_and_others_seldom(tables):
    placed = {
        r["child_id"] for r in rows(tables, "residence")
        if r["accommodation_type"] in circumstance_parameters.PLACEMENTS.value
    }  # fmt: skip
    groups = LISTS["care_status"].groups()
    found = {r["child_id"]: groups.get(r["status"]) for r in rows(tables, "care_status")}
    assert {found[child] for child in placed & set(found)} == {"Looked after or care experienced"}
    others = [group for child, group in found.items() if child not in placed]
    assert others.count("Looked after or care experienced") < len(others) / 10
    assert {"Child in need", "Child protection plan", "Early Help referral", None} < set(others)


@pytest.mark.parametrize("name", ["mental_health", "substance_misuse"])
def test_needs_stand_at_every_step_and_some_were_never_there(tables, name):
    steps = ("date_screened", "date_referred", "date_offered", "date_attended_start", "date_attended_end")
    found = rows(tables, name)
    reached = [max(n for n, step in enumerate(steps) if r[step]) for r in found]
    assert set(reached) == {0, 1, 2, 3, 4}
    assert {r["need_identified"] for r in found} == {"YES", "NO", "NOT_KNOWN", None}
    assert any(r["date_screened"] is None for r in found)
    assert all(r["intervention_type"] is None for r in found if r["date_offered"] is None)
    assert any(r["intervention_type"] == "NO_INTERVENTION" for r in found)


def test_referrals_are_waiting_declined_unanswered_and_seen(tables):
    found = rows(tables, "partner_referral")
    assert any(r["date_accepted"] and not r["date_first_seen"] for r in found)
    assert any(not r["date_accepted"] and not r["date_declined"] for r in found)
    assert any(r["date_ended"] for r in found)
    declined = [r for r in found if r["date_declined"]]
    assert len(declined) > 5 and all(r["decline_reason"] and not r["date_accepted"] for r in declined)


def test_parents_are_supported_in_part_and_under_orders_as_part_of_a_programme(tables):
    found = rows(tables, "parenting_intervention")
    assert any(r["intervention_start_date"] is None for r in found)
    assert any(r["sessions_attended"] == 0 for r in found) and any(r["sessions_attended"] is None for r in found)
    child_of = {r["programme_id"]: r["child_id"] for r in rows(tables, "intervention_programme")}
    linked = [r for r in found if r["programme_id"]]
    assert linked and all(child_of[r["programme_id"]] == r["child_id"] for r in linked)


def test_only_what_is_meant_to_be_odd_is_odd(tables):
    """Hours attended beyond those offered, and help offered without saying of what kind."""
    ours = {"ETE", "CAR", "SEN", "MH", "SM", "PTR", "PAR"}
    faults = {fault.rule for fault in validate(tables, UNTIL) if fault.rule.split("-")[0] in ours}
    assert faults == {"ETE-3", "MH-6", "SM-6"}
