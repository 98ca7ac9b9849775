"""The quorum as a rule: by hand, and whatever the board."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.meetings.quorum import STATUTORY, Role, Rule, Sat, Sector, joined, judge

THREE = Rule(3, frozenset({Role.CHIEF_EXECUTIVE}))
CHIEF = Sat("other", frozenset({Role.CHIEF_EXECUTIVE}))
rules = st.builds(Rule, st.integers(0, 5), st.frozensets(st.sampled_from([str(r.value) for r in Role])))
people = st.builds(
    Sat,
    st.sampled_from([str(s.value) for s in Sector]),
    st.frozensets(st.sampled_from([str(r.value) for r in Role]), max_size=2),
)
boards = st.lists(people, max_size=10)


@pytest.mark.parametrize(
    ("sat", "missing"),
    [
        ([Sat("police"), Sat("health"), Sat("education"), CHIEF], ()),
        ([Sat("police"), Sat("police"), Sat("health"), CHIEF], ("1 more statutory partner",)),
        ([Sat("police"), Sat("other"), Sat("health"), CHIEF], ("1 more statutory partner",)),
        ([Sat("police"), Sat("health"), Sat("education")], ("the chief executive’s representative",)),
        ([Sat("police")], ("2 more statutory partners", "the chief executive’s representative")),
        ([], ("3 more statutory partners", "the chief executive’s representative")),
    ],
)
def test_three_partners_and_the_chief_executive(sat, missing):
    verdict = judge(THREE, sat)
    assert verdict.missing == missing and verdict.quorate is (missing == ())


def test_a_statutory_partner_may_be_the_representative_too():
    both = Sat("social_care", frozenset({Role.CHIEF_EXECUTIVE}))
    assert judge(THREE, [both, Sat("police"), Sat("health")]).quorate


def test_the_words_say_what_was_there_and_what_was_missing():
    said = judge(THREE, [Sat("police"), Sat("health")]).words
    assert said == (
        "Not quorate: 1 more statutory partner and the chief executive’s representative were missing. The quorum is "
        "3 statutory partners and the chief executive’s representative. There: Police and Health."
    )
    assert judge(THREE, [Sat("police"), Sat("health"), CHIEF]).words.startswith(
        "Not quorate: 1 more statutory partner was missing."
    )
    assert judge(THREE, []).words.endswith("No statutory partner was there.")
    assert judge(Rule(0), []).words.startswith("Quorate. The quorum is nobody in particular.")


@given(rules, boards, people)
def test_another_person_never_breaks_a_quorum(rule, sat, another):
    before, after = judge(rule, sat), judge(rule, [*sat, another])
    assert after.quorate or not before.quorate
    assert before.there <= after.there and len(after.missing) <= len(before.missing)


@given(rules, boards)
def test_order_and_repetition_change_nothing(rule, sat):
    assert judge(rule, sat) == judge(rule, [*reversed(sat), *sat])


@given(rules, boards)
def test_it_is_quorate_exactly_when_the_rule_says_so(rule, sat):
    sectors = {each.sector for each in sat} - {"other"}
    roles = set().union(*(each.roles for each in sat))
    assert judge(rule, sat).quorate == (len(sectors) >= rule.sectors and rule.roles <= roles)


def test_the_five_sectors_are_those_of_kpi_8():
    assert [s.value for s in STATUTORY] == ["social_care", "education", "police", "probation", "health"]


def test_joined():
    assert [joined(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
