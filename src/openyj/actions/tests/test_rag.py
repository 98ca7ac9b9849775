"""Red, amber, green: the rule as the database works it out, against the rule written again in the plainest Python."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action
from openyj.actions.rag import Rag
from openyj.actions.tests.factories import make_action, make_note, read

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def plainly(set_on, due_on, heard, done_on, by_hand) -> tuple[str, str]:
    """(by dates, shown), read from the rule's words."""
    last = max([set_on, *heard])
    if done_on:
        return "B", "B"
    if due_on < TODAY:
        letter = "R"
    elif (due_on - TODAY).days <= 14 or (TODAY - last).days > 42:
        letter = "A"
    else:
        letter = "G"
    return letter, by_hand or letter


near = st.integers(-60, 60)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    agreed=st.integers(-120, 0), due=near, heard=st.lists(st.integers(-100, 0), max_size=3), done=st.booleans(),
    by_hand=st.sampled_from(["", "R", "A", "G"]),
)  # fmt: skip
def test_the_colour_is_the_plain_rule_s(service, agreed, due, heard, done, by_hand):
    set_on, due_on = day(agreed), max(day(due), day(agreed))
    reason = {"rag_by_hand": by_hand, "rag_reason": "The board asked"} if by_hand else {}
    finished = {"done_on": TODAY, "evidence": "Seen"} if done else {}
    made = make_action(service, set_on=set_on, due_on=due_on, **reason, **finished)
    for each in heard:
        make_note(made, day(each))
    found = read(made)
    expected = plainly(set_on, due_on, [day(each) for each in heard], finished.get("done_on"), by_hand)
    assert (found.rag_by_dates, found.rag) == expected


@pytest.mark.parametrize(
    ("fields", "letter", "words"),
    [
        ({"done_on": day(0), "evidence": "Seen", "due_on": day(-9)}, "B", "B Blue: done"),  # RAG-1
        ({"due_on": day(-1)}, "R", "R Red: 1 day overdue"),  # RAG-2
        ({"due_on": day(0)}, "A", "A Amber: due today"),
        ({"due_on": day(14)}, "A", "A Amber: due in 14 days"),  # RAG-3
        ({"due_on": day(15)}, "G", "G Green: on course"),  # RAG-5
        ({"set_on": day(-43), "due_on": day(90)}, "A", "A Amber: no progress noted for 43 days"),  # RAG-4
        ({"set_on": day(-42), "due_on": day(90)}, "G", "G Green: on course"),
    ],
)
def test_each_rule_says_its_letter_and_why(service, fields, letter, words):
    found = read(make_action(service, **fields))
    assert (found.rag, found.rag_words) == (letter, words)


def test_a_note_of_the_same_evening_counts_for_that_day(service):
    made = make_action(service, set_on=day(-90), due_on=day(90))
    make_note(made, day(-42))
    assert read(made).rag == "G"


def test_a_colour_by_hand_is_shown_with_the_dates_own_and_ends_when_it_is_done(service):
    made = make_action(service, due_on=day(-3), rag_by_hand="G", rag_reason="The room is promised")
    assert read(made).rag_words == ("G Green, set by hand: The room is promised (by its dates R Red: 3 days overdue)")
    with acting(by=None, services=EVERY_SERVICE):
        Action.objects.update(done_on=TODAY, evidence="Seen")
    assert read(made).rag_words == "B Blue: done"


def test_every_letter_has_a_word_and_a_colour(service):
    for letter in Rag:
        made = make_action(service, **({"rag_by_hand": letter, "rag_reason": "x"} if letter != Rag.DONE else
                                       {"done_on": TODAY, "evidence": "x"}))  # fmt: skip
        assert read(made).rag_tag.text == f"{letter.value} {letter.label}"
