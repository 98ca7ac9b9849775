"""The page of a section as a form."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from openyj.questionnaires.checking import checked
from openyj.questionnaires.forms import SectionForm
from openyj.questionnaires.tests.sets import small, written

SET = small()
ONE = SET.section("one")


def form(sent=None, *, saved=None, counted=None, section=ONE, **more) -> SectionForm:
    data = None if sent is None else QueryDict(sent)
    return SectionForm(data, definition=SET, section=section, saved=saved or {}, counted=counted or {}, **more)


def test_what_was_typed_becomes_the_answers():
    sent = form("pets=yes&which=dog&which=cat&dog-name=Rex&people_rows=1&people_0_name=Ada&people_0_born_day=4"
                "&people_0_born_month=6&people_0_born_year=2010")  # fmt: skip
    assert sent.is_valid()
    assert sent.answers() == {
        "pets": "yes", "which": ["dog", "cat"], "dog-name": "Rex", "people": [{"name": "Ada", "born": "2010-06-04"}],
    }  # fmt: skip


def test_nothing_answered_is_no_fault_and_no_answer():
    sent = form("people_rows=2")
    assert sent.is_valid()
    assert sent.answers() == {}


def test_what_cannot_be_is_refused():
    sent = form(
        "pets=perhaps&dog-name=" + "x" * 21 + "&people_0_born_day=31&people_0_born_month=2&people_0_born_year=2010"
    )
    assert not sent.is_valid()
    assert set(sent.errors) == {"pets", "dog-name", "people_0_born"}
    assert sent.errors["dog-name"] == ["What is the dog called? must be 20 characters or fewer"]


def test_an_answer_that_is_hidden_on_the_page_is_kept():
    sent = form("pets=no&which=dog&dog-name=Rex")
    assert sent.is_valid()
    assert sent.answers() == {"pets": "no", "which": ["dog"], "dog-name": "Rex"}


def test_a_question_other_sections_hide_is_not_asked_and_its_answer_stays():
    two = SET.section("two")
    closed = form("happy=1", section=two, saved={"why": "Because"}, counted={"pets": "no"})
    assert list(closed.fields) == ["happy", "why"]  # `happy` on this page may bring it up
    assert closed.elsewhere == {"pets": "no"}
    three = form("", section=SET.section("three"), saved={"wish": "A parrot"}, counted={})
    assert list(three.fields) == ["wish"]


def test_what_only_other_sections_decide_is_left_out_and_its_answer_kept():
    gate = {"question": "gate", "ask": "Gate?", "type": "choice", "options": {"open": "Open", "shut": "Shut"}}
    behind = {"question": "behind", "ask": "Behind?", "type": "text", "shown when": {"question": "gate", "is": "open"}}
    always = {"question": "always", "ask": "Always?", "type": "text"}
    two = {"section": "two", "title": "Two", "questions": [behind, always]}
    made, _ = checked(written(sections=[{"section": "one", "title": "One", "questions": [gate]}, two]))
    given = dict(definition=made, section=made.section("two"), saved={"behind": "A garden"})
    assert list(SectionForm(None, counted={"gate": "open"}, **given).fields) == ["behind", "always"]
    shut = SectionForm(QueryDict("always=Here&behind=Typed past the page"), counted={"gate": "shut"}, **given)
    assert list(shut.fields) == ["always"] and shut.is_valid()
    assert shut.answers() == {"behind": "A garden", "always": "Here"}


def test_rows_are_added_up_to_the_most_there_may_be():
    assert [row.title for row in group(form())] == ["Person 1"]
    assert [row.title for row in group(form("people_rows=1&people_0_name=Ada", more="people"))] == [
        "Person 1",
        "Person 2",
    ]
    full = form("people_rows=3", more="people")
    assert len(group(full)) == 3 and not next(a for a in full.asked() if a.rows).may_add
    assert len(group(form("people_rows=999"))) == 3
    assert len(group(form("people_rows=-1"))) == 1
    assert len(group(form("people_rows=" + "9" * 5000))) == 1, "longer than Python reads as a number"


def group(made: SectionForm) -> list:
    return next(asked.rows for asked in made.asked() if asked.question.key == "people")


def test_a_row_taken_out_moves_the_others_up():
    sent = form("people_rows=3&people_0_name=Ada&people_1_name=Bo&people_1_born_year=2010&people_2_name=Cy",
                less=("people", 0))  # fmt: skip
    assert [row.fields[0].value() for row in group(sent)] == ["Bo", "Cy"]
    assert group(sent)[0].fields[1].value() == [None, None, "2010"]
    assert len(group(form("people_rows=1&people_0_name=Ada", less=("people", 0)))) == 1
    assert group(form("people_rows=1&people_0_name=Ada", less=("people", 0)))[0].fields[0].value() in (None, "")


def test_saved_answers_fill_the_form():
    made = form(saved={"pets": "yes", "people": [{"name": "Ada", "born": "2010-06-04"}, {"name": "Bo"}]})
    assert made["pets"].value() == "yes"
    rows = group(made)
    assert len(rows) == 2 and rows[0].fields[1].value() == date(2010, 6, 4)


def test_only_what_may_be_left_out_is_called_optional():
    made = form()
    assert made.fields["pets"].label == "Have you pets?"
    assert made.fields["which"].label == "Which? (optional)"
    assert [made.fields[f"people_0_{part}"].label for part in ("name", "born")] == ["Name", "Born (optional)"]
