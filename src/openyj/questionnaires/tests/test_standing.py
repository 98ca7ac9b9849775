"""What is shown, what counts, what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.questionnaires.comparing import changes
from openyj.questionnaires.conditions import holds, in_words, may_hold
from openyj.questionnaires.definition import DATE, Question, Section
from openyj.questionnaires.standing import stand
from openyj.questionnaires.tests.sets import small

SET = small()
DOG = {"one": {"pets": "yes", "which": ["dog"], "dog-name": "Rex"}, "two": {"happy": 5}}


def shown(answers) -> list[str]:
    standing = stand(SET, answers)
    return [line.question.key for section in standing.sections for line in section.asked]


@pytest.mark.parametrize(
    "answers,expected",
    [
        ({}, ["pets", "people", "happy"]),
        ({"one": {"pets": "no"}}, ["pets", "people", "happy", "wish"]),
        ({"one": {"pets": "yes"}}, ["pets", "which", "people", "happy"]),
        (DOG, ["pets", "which", "dog-name", "people", "happy", "why"]),
        ({"one": {"pets": "yes", "which": ["cat"]}}, ["pets", "which", "people", "happy", "why"]),
        # The dog is named, but no pets are: what hangs on a hidden answer is hidden too.
        (
            DOG | {"one": {"pets": "no", "which": ["dog"], "dog-name": "Rex"}},
            ["pets", "people", "happy", "why", "wish"],
        ),
        ({"two": {"happy": 3}}, ["pets", "people", "happy"]),
    ],
)
def test_a_question_is_shown_when_its_condition_holds_over_what_counts(answers, expected):
    assert shown(answers) == expected


def test_a_hidden_answer_is_kept_and_does_not_count():
    standing = stand(SET, {"one": {"pets": "no", "which": ["dog"], "dog-name": "Rex"}, "two": {"happy": 1}})
    assert [line.question.key for _, line in standing.hidden] == ["which", "dog-name"]
    assert standing.counted == {"pets": "no", "happy": 1}
    assert [line.missing for _, line in standing.missing] == ["Which pet would you like?"]


def test_what_is_missing_is_what_is_shown_and_needed():
    standing = stand(SET, {"one": {"pets": "yes", "which": ["dog"], "people": [{"born": "2010-06-04"}]}})
    assert [line.missing for _, line in standing.missing] == [
        "What is the dog called?", "Person 1: Name", "How happy are you?",
    ]  # fmt: skip


def test_answers_in_words():
    people = [{"name": "Ada", "born": "2010-06-04"}, {"name": "Bo"}]
    one, two, _ = stand(SET, {"one": {"which": ["dog", "cat"], "people": people}, "two": {"happy": 5}}).sections
    said = {line.question.key: line.words for line in [*one.lines, *two.lines]}
    assert said["which"] == "A dog; A cat"
    assert said["people"] == "Ada, 4 June 2010; Bo"
    assert said["happy"] == "5 on a scale from 1 to 5: very"
    assert said["pets"] == ""
    assert one.lines[-1].rows[0] == ("Person 1", [("Name", "Ada"), ("Born", "4 June 2010")])


def test_a_condition_in_words():
    why = SET.by_key["why"].shown_when
    assert in_words(why, SET.by_key) == (
        "“How happy are you?” is 4 or more or “Have you pets?” is “Yes” and “Which?” includes “A cat”"
    )


def test_what_changed_between_two_versions():
    before = stand(SET, DOG)
    after = stand(
        SET, {"one": {"pets": "yes", "which": ["dog", "cat"], "people": [{"name": "Ada"}]}, "two": DOG["two"]}
    )
    assert [(c.ask, c.before, c.after, c.did) for c in changes(before, after)] == [
        ("Which?", "A dog", "A dog; A cat", "Changed"),
        ("What is the dog called?", "Rex", "", "Taken out"),
        ("Who lives with you?", "", "Ada", "Added"),
    ]
    assert list(changes(before, before)) == []


def test_an_answer_that_became_hidden_reads_as_taken_out():
    after = stand(SET, {"one": DOG["one"] | {"pets": "no"}, "two": DOG["two"]})
    assert [c.did for c in changes(stand(SET, DOG), after)] == ["Changed", "Taken out", "Taken out"]
    assert [(c.before, c.did) for c in changes(after, stand(SET, DOG))][1:] == [("", "Added"), ("", "Added")]


def test_what_a_later_set_no_longer_asks_reads_as_taken_out():
    one = SET.section("one")
    fewer = replace(one, questions=tuple(each for each in one.questions if each.key != "people"))
    later = replace(SET, sections=(fewer, *SET.sections[1:]))
    answers = {"one": DOG["one"] | {"people": [{"name": "Ada"}]}, "two": DOG["two"]}
    assert [(c.ask, c.before, c.after, c.did) for c in changes(stand(SET, answers), stand(later, answers))] == [
        ("Who lives with you?", "Ada", "", "Taken out")
    ]
    hidden = {"one": answers["one"], "three": {"wish": "A parrot"}}
    without = replace(SET, sections=SET.sections[:2])
    assert list(changes(stand(SET, hidden), stand(without, hidden))) == [], "what never counted was not taken out"


leaf = st.one_of(
    st.builds(lambda v: {"question": "c", "is": v}, st.sampled_from("xy")),
    st.builds(lambda v: {"question": "m", "includes": v}, st.sampled_from("xy")),
    st.builds(lambda v: {"question": "s", "at least": v}, st.integers(1, 5)),
)
conditions = st.recursive(
    leaf, lambda part: st.builds(lambda w, ps: {w: ps}, st.sampled_from(["any", "all"]), st.lists(part, min_size=2))
)
answers = st.fixed_dictionaries(
    {}, optional={"c": st.sampled_from("xy"), "m": st.lists(st.sampled_from("xy")), "s": st.integers(1, 5)}
)


@given(conditions, answers, st.sets(st.sampled_from("cms")))
def test_a_question_that_will_be_shown_is_on_the_page(condition, given_answers, open_questions):
    """Whatever is answered on the page, a condition that then holds was already known to be possible."""
    elsewhere = {key: value for key, value in given_answers.items() if key not in open_questions}
    if holds(condition, given_answers):
        assert may_hold(condition, elsewhere, open_questions)
    if not open_questions:
        assert may_hold(condition, elsewhere, open_questions) == holds(condition, elsewhere)


@given(conditions)
def test_nothing_holds_over_no_answers(condition):
    assert not holds(condition, {})


def test_feeds_are_typed():
    asked = Question("day", "When?", DATE, feeds="judgement.review_on")
    definition = replace(SET, sections=(Section("s", "S", (asked,)),))
    assert list(stand(definition, {"s": {"day": "2026-07-01"}}).feeds()) == [
        ("judgement", "review_on", date(2026, 7, 1))
    ]
