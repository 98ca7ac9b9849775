"""What is wrong with a question set is said by line, in words that say what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from openyj.questionnaires.checking import NotASet, checked
from openyj.questionnaires.definition import Question
from openyj.questionnaires.loading import shipped_texts
from openyj.questionnaires.models import QuestionSet
from openyj.questionnaires.tests.sets import SMALL, large, written
from openyj.questionnaires.uses import Target, Use, register
from openyj.questionnaires.yaml_lines import Unreadable, read


def wrongs(text: str) -> list[str]:
    with pytest.raises(NotASet) as refusal:
        checked(text)
    return [str(wrong) for wrong in refusal.value.wrongs]


def test_the_small_set_is_right():
    definition, data = checked(SMALL)
    assert [section.key for section in definition.sections] == ["one", "two", "three"]
    assert definition.by_key["pets"].labels == {"yes": "Yes", "no": "No"}
    assert data["question set"] == "small"


def test_every_shipped_set_is_right_and_local():
    found = [checked(text)[0] for _, text in shipped_texts()]
    assert [each.key for each in found] == ["prevention-and-diversion"]
    assert all(each.local for each in found)


def test_five_hundred_questions_are_right():
    assert len(list(checked(large())[0].questions())) == 500


@pytest.mark.parametrize(
    "old,new,said",
    [
        ("version: 1", "version: 0", "line 3: “version” must be at least 1; it is 0"),
        ("version: 1\n", "", "line 2: “version:” is missing here"),
        ("local: true", "local: yes", "line 6: “local” must be true or false"),
        ("title: Section one", "titel: Section one", "line 13: “titel” is not known here"),
        ("type: long text", "type: essay", "line 32: “type” must be one of: text, long text"),
        ('is: "yes"}}\n', 'equals: "yes"}}\n', "line 17: A condition is “question:” with"),
        ("lowest: 1", "lowest: one", "line 31: “lowest” must be a whole number"),
        ("type: text, longest: 20", "type: text, options: {a: A, b: B}", "line 18: “options” is not known here"),
        ("question: which, ask", "question: pets, ask", "line 17: There is an earlier question “pets”"),
        ("section: two", "section: one", "line 27: There is an earlier section “one”"),
        ('{question: pets, is: "yes"}}', '{question: wish, is: "yes"}}', "There is no earlier question “wish”"),
        ('{question: pets, is: "yes"}}', "{question: pets, is: maybe}}", "has no option “maybe”. It has: yes, no"),
        ("includes: dog", "is: dog", "“is” does not fit “which”, which is of type choices"),
        ("at least: 4", "at least: 9", "“happy” goes from 1 to 5; it is never 9"),
        ("use: assessment", "use: gardening", "line 5: There is no use “gardening”. There are: assessment"),
        ("known: [name]", "known: [shoe-size]", "line 14: “shoe-size” is not known here"),
        ("[practitioner, manager, data_officer]", "[practitioner, wizard]", "There is no role “wizard”"),
        ("answered by: [practitioner, manager]", "answered by: [inspector]", "inspector must be in “seen by” too"),
        ("    seen by: [practitioner, manager]", "    seen by: [practitioner]", "manager must see this section too"),
        ("required: true, shown when", "feeds: moon.phase, shown when", "There is nothing called moon to feed"),
        ("type: date, when: past", "type: group, one: X, questions: []", "must have at least 1; it has 0"),
        (
            "ask: Born, type",
            "feeds: judgement.review_on, ask: Born, type",
            "A question of a group may not have “feeds”",
        ),
        ("question: dog-name", "question: version", "“version” is a name of ours"),
        ("question: born, ask", "question: name, ask", "There is an earlier question “name” in this group"),
        ("type: date, when: past", 'type: text, shown when: {question: pets, is: "yes"}', "may not have “shown when”"),
        (
            "type: date, when: past",
            "type: group, one: X, questions: [{question: a, ask: A, type: text}]",
            "A group may not hold another group",
        ),
        ("type: group\n", "type: group\n        feeds: judgement.review_on\n", "A group feeds nothing"),
        (
            "    seen by: [practitioner, manager]",
            "    seen by: [practitioner, manager, inspector]",
            "not see the set at all",
        ),
        ('when: {question: pets, is: "no"}', 'when: {question: wish, is: "no"}', "There is no earlier question “wish”"),
        ("lowest: 1, highest: 5", "lowest: 1, highest: 1", "“highest” must be at least 2; it is 1"),
    ],
)
def test_a_fault_is_named_by_its_line(old, new, said):
    assert old in SMALL
    assert said in "\n".join(wrongs(SMALL.replace(old, new, 1)))


@pytest.mark.parametrize(
    "feeds,said",
    [
        ("judgement.safety_wellbeing", "holds one of several codes, so the question must be a choice"),
        ("judgement.review_on", "a question of type text does not fit review_on"),
        ("judgement.child", "it has no field child"),
    ],
)
def test_a_feed_must_fit_its_field(feeds, said):
    assert said in wrongs(SMALL.replace("type: text, longest: 20", f"type: text, longest: 20, feeds: {feeds}"))[0]


def test_a_field_is_fed_by_one_question():
    asked = [
        {"question": key, "ask": key, "type": "date", "feeds": "judgement.review_on"} for key in ("first", "again")
    ]
    said = wrongs(written(sections=[{"section": "one", "title": "One", "questions": asked}]))
    assert said == ["line 1: “first” feeds judgement.review_on already"]


def test_a_text_must_not_be_longer_than_its_field():
    """No field of today's uses holds text, so this asks the rule itself."""
    target = Target(QuestionSet, ("use", "number"), write=print)
    fits = Question("a", "A?", "text", longest=60)
    assert target.refuses(fits, "use") == ""
    assert target.refuses(replace(fits, longest=61), "use") == "use holds 60 characters; say “longest: 60” or less"
    assert target.refuses(Question("a", "A?", "scale"), "number") == ""


def test_a_use_is_registered_once():
    with pytest.raises(ValueError, match="already a use of question sets called 'assessment'"):
        register(Use("assessment"))


def test_a_feed_takes_only_the_codes_of_its_field():
    asked = 'question: pets, ask: "Have you pets?", type: choice'
    fed = SMALL.replace(asked, f"{asked}, feeds: judgement.harm_to_others")
    assert "harm_to_others does not know yes, no. It knows: low, medium, high, very_high" in wrongs(fed)[0]


@pytest.mark.parametrize(
    "text,said",
    [
        ("", "line 1: The file is empty"),
        ("a: 1\na: 2", "line 2: “a” stands here twice"),
        ("? [a]\n: 1", "A name is missing before the colon"),
        ("a: &x [1]\nb: *x", "A word may not begin with & here"),
        ("a: !!python/object:os.system x", "A word may not begin with ! here"),
        ("a: [1", "This is not YAML"),
        ("a: \x00", "This is not YAML"),
        ("[" * 3000, "nested too deep"),
        ("- 1\n- 2", "The file must be a block of names and values"),
    ],
)
def test_what_is_not_yaml_is_refused_in_words(text, said):
    assert said in wrongs(text)[0]


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise(text):
    try:
        checked(text)
    except NotASet as refusal:
        assert refusal.wrongs


def test_yes_is_a_word_and_dates_are_text():
    assert read("a: yes\nb: 2026-01-01\nc: 1.5\nd: 007")[0] == {"a": "yes", "b": "2026-01-01", "c": "1.5", "d": "007"}
    assert read("a: \"1\"\nb: 'true'\nc: 1\nd: true\ne:")[0] == {"a": "1", "b": "true", "c": 1, "d": True, "e": None}


def test_a_large_file_is_refused():
    with pytest.raises(Unreadable):
        read("a" * 2_000_001)


def test_the_command_prints_every_fault_with_file_and_line(tmp_path, capsys):
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    right.write_text(SMALL)
    wrong.write_text(SMALL.replace("local: true", "local: perhaps").replace("version: 1", "version: two"))
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_question_set", str(right), str(wrong))
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{right}: right. A small set, version 1: 3 sections, 7 questions"
    assert said[1] == f"{wrong}, line 3: “version” must be a whole number"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_question_set", str(tmp_path / "missing.yaml"))


@pytest.mark.parametrize(
    "section, question, said",
    [
        ({"known": ["name"]}, {}, "shows no facts of the record"),
        ({}, {"required": True}, "none may be required here"),
        ({}, {"feeds": "judgement.harm_to_others"}, "may not have “feeds”"),
        ({}, {"shown when": {"question": "pets", "is": "yes"}}, "may not have “shown when”"),
        (
            {},
            {"type": "group", "one": "One", "questions": [{"question": "a", "ask": "A", "type": "text"}]},
            "no groups",
        ),
        ({"answered by": "worker"}, {}, "must be one of: child; it is “worker”"),
    ],
)
def test_a_section_that_the_child_answers_shows_and_asks_nothing_else(section, question, said):
    """Nothing of the record, nothing of others' answers, nothing that must be answered, nothing that counts."""
    pets = {"question": "pets", "ask": "Pets?", "type": "choice", "options": {"yes": "Yes", "no": "No"}}
    own = {"section": "own", "title": "Own", "answered by": "child"} | section
    own["questions"] = [{"question": "mine", "ask": "Mine?", "type": "text"} | question]
    text = written(sections=[{"section": "one", "title": "One", "questions": [pets]}, own])
    with pytest.raises(NotASet) as refusal:
        checked(text)
    assert said in str(refusal.value)


def test_a_section_that_the_child_answers_is_right_without_them():
    own = {"section": "own", "title": "Own", "answered by": "child"}
    own["questions"] = [{"question": "mine", "ask": "Mine?", "type": "text"}]
    definition, _ = checked(written(sections=[own]))
    assert definition.section("own").childs
