"""Appeals: what was appealed, what came of it, and which outcome then counts."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.casework.models import Appeal, Outcome
from openyj.casework.tests.factories import make_appeal, make_legal_outcome, make_offence, make_outcome
from openyj.casework.tests.sending import add, on, outcome, rows

pytestmark = pytest.mark.django_db
CHANGED = "Changed on appeal"


@pytest.fixture
def sentence(offence):
    return make_outcome(offence, legal_outcome=make_legal_outcome("FINE", label="Fine"), term_months=12.0)


@pytest.fixture
def lesser(offence):
    """What was put in the place of the sentence."""
    discharge = make_legal_outcome("ABSOLUTE_DISCHARGE", label="Absolute discharge")
    return make_outcome(offence, legal_outcome=discharge, outcome_date=date(2026, 5, 20))


def sent(*outcomes: Outcome, **change):
    return {"outcomes": [o.pk for o in outcomes]} | on("appealed_on", 15, 4, 2026) | change


def decided(result: str = CHANGED, **change):
    return {"result": result} | on("result_on", 20, 5, 2026) | change


def status(row: Outcome) -> str | None:
    return next(each.appeal_status for each in rows(Outcome) if each.pk == row.pk)


def page(client, child) -> str:
    return client.get(f"/children/{child.pk}/orders").content.decode()


def test_an_appeal_waits_and_then_its_result_takes_the_outcome_out_of_count(manager, child, sentence, lesser):
    assert add(manager, child, "appeals", sent(sentence, about="SENTENCE")).status_code == 302
    (appeal,) = rows(Appeal)
    assert "Against the sentence, 15 April 2026: not decided yet" in page(manager, child) and status(sentence) is None
    change = sent() | decided(new_outcome=lesser.pk, about="SENTENCE") | {"version": 1}
    assert manager.post(f"/children/{child.pk}/appeal/{appeal.pk}/change", change).status_code == 302
    assert status(sentence) == CHANGED and status(lesser) is None
    text = page(manager, child)
    assert "Does not count: Changed on appeal." in text
    assert "now Absolute discharge, 20 May 2026" in text and "Runs until" not in text
    assert "Fine, 1 April 2026, which was changed on appeal" in text
    offences = manager.get(f"/children/{child.pk}/offences").content.decode()
    assert "<s>" in offences and "Does not count: Changed on appeal." in offences
    assert "Appeal: Fine" in manager.get(f"/children/{child.pk}/timeline").content.decode()


@pytest.mark.parametrize(
    ("result", "counts"),
    [(CHANGED, False), ("Result of appeal successful", False), ("Result of appeal unchanged", True),
     ("Appeal recording ambiguous", True)],
)  # fmt: skip
def test_only_what_an_appeal_overturned_is_struck_out(manager, child, sentence, result, counts):
    add(manager, child, "appeals", sent(sentence) | decided(result))
    assert status(sentence) == result
    assert ("Does not count" not in page(manager, child)) is counts


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("appealed_on", 31, 3, 2026), "This is before Fine was given (1 April 2026)"),
        (decided() | on("result_on", 14, 4, 2026), "The result cannot be before the appeal (15 April 2026)"),
        ({"result": CHANGED}, "Enter the date of the result"),
        (on("result_on", 20, 5, 2026), "Select the result, or leave its date empty"),
        ({"outcomes": []}, "Select each outcome that was appealed"),
        (on("appealed_on", 5, 6, 2026), "must be today or in the past"),
    ],
)
def test_an_appeal_that_cannot_be_is_refused_with_what_to_do(manager, child, sentence, change, message):
    answer = add(manager, child, "appeals", sent(sentence) | change)
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Appeal) == [] and status(sentence) is None


def test_the_new_outcome_is_on_the_same_offence_later_and_only_of_a_changed_one(manager, child, sentence, lesser):
    elsewhere = make_outcome(make_offence(child, description="Going equipped"))
    before = make_outcome(sentence.offence, outcome_date=date(2026, 3, 20))
    for new, result, message in (
        (elsewhere, CHANGED, "is not on the offence “Theft from a shop”"),
        (before, CHANGED, "It was given before the outcome that was appealed (1 April 2026)"),
        (sentence, CHANGED, "is not on the offence"),
        (lesser, "Result of appeal unchanged", "A new outcome follows only where the result is “Changed on appeal”"),
    ):
        answer = add(manager, child, "appeals", sent(sentence) | decided(result, new_outcome=new.pk))
        assert message in answer.content.decode(), new
    assert rows(Appeal) == []


def test_an_appeal_against_two_outcomes_links_each_to_the_new_one_on_its_offence(manager, child, sentence, lesser):
    second = make_offence(child, description="Going equipped")
    other = make_outcome(second, legal_outcome=sentence.legal_outcome)
    new = make_outcome(second, legal_outcome=lesser.legal_outcome, outcome_date=lesser.outcome_date)
    add(manager, child, "appeals", sent(sentence, other) | decided(new_outcome=lesser.pk))
    assert {(a.outcome_id, a.new_outcome_id) for a in rows(Appeal)} == {(sentence.pk, lesser.pk), (other.pk, new.pk)}


def test_one_appeal_at_a_time_waits(manager, child, sentence):
    make_appeal(sentence)
    answer = add(manager, child, "appeals", sent(sentence) | on("appealed_on", 20, 4, 2026))
    assert "The appeal of 15 April 2026 waits for its result" in answer.content.decode()
    assert len(rows(Appeal)) == 1


def test_an_appeal_in_error_lets_the_outcome_count_again(manager, child, sentence):
    add(manager, child, "appeals", sent(sentence) | decided())
    (appeal,) = rows(Appeal)
    wrong = {"reason": "Another child", "version": 1}
    assert manager.post(f"/children/{child.pk}/appeal/{appeal.pk}/in-error", wrong).status_code == 302
    assert status(sentence) is None and "Does not count" not in page(manager, child)


def test_a_status_that_came_without_an_appeal_stays(manager, child, sentence):
    typed = make_outcome(sentence.offence, appeal_status="Appeal recording ambiguous", outcome_date=date(2026, 4, 2))
    add(manager, child, "appeals", sent(typed))
    assert status(typed) == "Appeal recording ambiguous"


def test_the_status_is_not_changed_past_its_appeal(manager, child, sentence):
    add(manager, child, "appeals", sent(sentence) | decided())
    change = outcome(legal_outcome=sentence.legal_outcome_id) | {"version": 2, "appeal_status": ""}
    answer = manager.post(f"/children/{child.pk}/outcome/{sentence.pk}/change", change)
    assert answer.status_code == 200 and "This follows from the appeal that is recorded" in answer.content.decode()
    assert status(sentence) == CHANGED


def test_an_outcome_is_not_in_error_while_an_appeal_stands_on_it(manager, child, sentence, lesser):
    add(manager, child, "appeals", sent(sentence) | decided(new_outcome=lesser.pk))
    for row, version in ((sentence, 2), (lesser, 1)):
        wrong = {"reason": "A mistake", "version": version}
        assert manager.post(f"/children/{child.pk}/outcome/{row.pk}/in-error", wrong).status_code == 200
    assert all(each.stands for each in rows(Outcome))
