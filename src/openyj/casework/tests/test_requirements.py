"""Requirements and conditions: recorded, refused, said to be unusual, counted hour by hour, corrected."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import CaseWord, Outcome, Requirement, RequirementHours
from openyj.casework.orders.shipped import load_words
from openyj.casework.tests.factories import (
    make_hours,
    make_legal_outcome,
    make_offence,
    make_outcome,
    make_requirement,
    make_word,
)
from openyj.casework.tests.sending import add, on, rows
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(offence):
    """A youth rehabilitation order of twelve months from 1 April 2026."""
    yro = make_legal_outcome("YOUTH_REHABILITATION_ORDER", label="Youth rehabilitation order")
    return make_outcome(offence, legal_outcome=yro, term_months=12.0)


def sent(order: Outcome, **change):
    began = on("start_date", 1, 4, 2026)
    return {"outcome": order.pk, "kind": make_word().pk, "hours_ordered": "60"} | began | change


def page(client, child) -> str:
    return client.get(f"/children/{child.pk}/orders").content.decode()


def test_a_requirement_is_recorded_and_its_hours_are_added_up(manager, child, order):
    assert add(manager, child, "requirements", sent(order)).status_code == 302
    (requirement,) = rows(Requirement)
    assert (requirement.outcome, requirement.hours_ordered, requirement.recorded_by) == (order, 60.0, manager.user)
    assert "0 of 60 hours done, 60 to do; from 1 April 2026" in page(manager, child)
    for day, hours in ((2, "7"), (9, "5.5")):
        worked = {"requirement": requirement.pk, "hours": hours, "supervised_by": "A tutor"} | on("day", day, 5, 2026)
        assert add(manager, child, "requirement-hours", worked).status_code == 302
    assert "12.5 of 60 hours done, 47.5 to do" in page(manager, child)
    timeline = manager.get(f"/children/{child.pk}/timeline").content.decode()
    assert "Hours done: Unpaid work" in timeline and "Requirement began: Unpaid work" in timeline


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("start_date", 31, 3, 2026), "This is before Youth rehabilitation order was given (1 April 2026)"),
        (on("end_date", 31, 3, 2026), "This is before Youth rehabilitation order was given"),
        (on("start_date", 2, 6, 2026) | on("end_date", 1, 6, 2026), "It cannot end before it began (2 June 2026)"),
        (on("start_date", 2, 6, 2026) | on("ended_early_on", 1, 6, 2026), "It cannot have ended before it began"),
        (on("ended_early_on", 1, 6, 2026), "Select how it ended early"),
        (on("ended_early_on", 1, 6, 2026) | {"ended_early_how": "REVOKED"}, "Enter by whom and why it ended early"),
        ({"ended_early_how": "REVOKED", "ended_early_why": "Asked"}, "Enter the day it ended early"),
        ({"hours_ordered": "many"}, "Hours ordered must be a number, like 60"),
        ({"hours_ordered": "0"}, "Hours ordered must be"),
        ({"outcome": ""}, "Select the order it belongs to"),
        ({"kind": ""}, "Select the requirement or condition"),
    ],
)
def test_a_requirement_that_cannot_be_is_refused_with_what_to_do(manager, child, order, change, message):
    answer = add(manager, child, "requirements", sent(order, **change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Requirement) == []


def test_a_kind_that_was_not_in_use_is_refused_and_a_kept_one_stays(manager, child, order):
    old = make_word("OLD_TEST", valid_to=date(2026, 3, 31))
    answer = add(manager, child, "requirements", sent(order, kind=old.pk)).content.decode()
    assert "“Old test” was not in use on 1 April 2026" in answer
    kept = make_requirement(order, kind=old)
    change = sent(order, kind=old.pk, hours_ordered="50") | {"version": 1}
    assert manager.post(f"/children/{child.pk}/requirement/{kept.pk}/change", change).status_code == 302


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("day", 31, 3, 2026), "The requirement began on 1 April 2026"),
        (on("day", 5, 6, 2026), "Day must be today or in the past"),
        (on("day", 2, 6, 2026), "The requirement ended early on 1 June 2026"),
        ({"hours": "25"}, "Hours done must be"),
        ({"hours": "0"}, "Hours done must be"),
        ({"requirement": ""}, "Select the requirement"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_to_do(manager, child, order, change, message):
    ended = {"ended_early_on": date(2026, 6, 1), "ended_early_how": "REVOKED", "ended_early_why": "The court did"}
    requirement = make_requirement(order, **ended)
    worked = {"requirement": requirement.pk, "hours": "7"} | on("day", 2, 5, 2026) | change
    answer = add(manager, child, "requirement-hours", worked)
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(RequirementHours) == []


def test_what_is_unusual_is_saved_and_said(manager, child, order):
    assert add(manager, child, "requirements", sent(order, hours_ordered="30")).status_code == 302
    text = page(manager, child)
    assert "Unpaid work is usually for 16 and 17 (general knowledge, to confirm): Ceri Morgan was younger." in text
    assert "usually of 40 to 240 hours (general knowledge, to confirm): 30 are recorded." in text
    (requirement,) = rows(Requirement)
    for day in range(1, 6):
        make_hours(requirement, day=date(2026, 5, day))
    text = page(manager, child)
    assert "More hours are recorded as done than were ordered" in text and "35 of 30 hours done, none left" in text


def test_a_curfew_of_a_child_of_any_age_is_not_unusual(manager, child, order):
    make_requirement(order, kind=make_word("CURFEW"), hours_ordered=None)
    assert "usually" not in page(manager, child)


def test_one_order_on_two_offences_is_one_card_with_its_requirements_once(manager, child, offence, order):
    other = make_outcome(make_offence(child, description="Going equipped"), legal_outcome=order.legal_outcome)
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk__in=[order.pk, other.pk]).update(occasion=order.pk)
    make_requirement(order)
    text = page(manager, child)
    assert text.count("govuk-summary-card__title-wrapper") == 1
    assert "Theft from a shop; Going equipped" in text and text.count("0 of 60 hours done") == 1
    form = manager.get(f"/children/{child.pk}/requirements/add").content.decode()
    assert "Youth rehabilitation order, 1 April 2026 (Theft from a shop; Going equipped)" in form
    assert form.count("Youth rehabilitation order, 1 April 2026") == 1, "one order is one choice"


def test_a_mistake_is_struck_out_with_its_hours_and_no_longer_counted(manager, child, order):
    requirement = make_requirement(order)
    make_hours(requirement)
    wrong = make_hours(requirement, day=date(2026, 5, 9))
    reason = {"reason": "Was not there", "version": 1}
    manager.post(f"/children/{child.pk}/requirement-hours/{wrong.pk}/in-error", reason)
    assert "7 of 60 hours done" in page(manager, child)
    assert manager.post(f"/children/{child.pk}/outcome/{order.pk}/in-error", reason).status_code == 200
    assert rows(Outcome)[0].stands, "a requirement stands on it"
    assert manager.post(f"/children/{child.pk}/requirement/{requirement.pk}/in-error", reason).status_code == 302
    assert [each.stands for each in rows(RequirementHours)] == [False, False]
    text = page(manager, child)
    assert "<s>" in text and "Was not there" in text and "of 60 hours done" not in text


def test_two_at_once_see_both_versions(manager, child, order):
    requirement = make_requirement(order)
    change = f"/children/{child.pk}/requirement/{requirement.pk}/change"
    assert manager.post(change, sent(order, hours_ordered="50") | {"version": 1}).status_code == 302
    clash = manager.post(change, sent(order, hours_ordered="40") | {"version": 1})
    assert clash.status_code == 409 and "50" in clash.content.decode() and "40" in clash.content.decode()


def test_the_questions_are_as_many_for_one_order_as_for_many(manager, service, child, order):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(manager, child)
        return len(queries)

    make_hours(make_requirement(order))
    asked()
    few = asked()
    for day in (2, 3):
        more = make_outcome(make_offence(child), outcome_date=date(2026, 4, day), legal_outcome=order.legal_outcome)
        make_hours(make_requirement(more))
        make_requirement(more)
    assert asked() == few


def test_who_may_not_meet_an_order_does_not(manager, sign_in, other_service, child, order):
    requirement = make_requirement(order)
    here = [
        f"/children/{child.pk}/orders",
        f"/children/{child.pk}/requirements/add",
        f"/children/{child.pk}/requirement-hours/add",
        f"/children/{child.pk}/requirement/{requirement.pk}",
    ]
    stranger, inspector = sign_in("practitioner", service=other_service), sign_in("inspector")
    assert [stranger.get(url).status_code for url in here] == [404] * 4
    assert [inspector.get(url).status_code for url in here] == [200, 403, 403, 200]
    assert "Add a requirement" not in page(inspector, child)
    theirs = make_child(other_service)
    assert add(manager, theirs, "requirements", sent(order)).status_code == 404


def test_an_administrator_adds_and_ends_a_word(sign_in, manager):
    load_words()
    administrator = sign_in("administrator")
    word = {"listed": "requirement", "label": "Gardening", "source": "Our court"} | on("valid_from", 1, 6, 2026)
    assert administrator.post("/orders/words/add", word).status_code == 302
    assert CaseWord.objects.get(code="GARDENING").shipped is False
    again = administrator.post("/orders/words/add", word | {"label": "gardening"})
    assert "The list has that word already" in again.content.decode()
    made = CaseWord.objects.get(code="GARDENING")
    end = f"/orders/words/{made.pk}"
    early = administrator.post(end, on("valid_to", 31, 5, 2026) | {"version": 1})
    assert "It began on 1 June 2026 and cannot end before" in early.content.decode()
    assert administrator.post(end, on("valid_to", 30, 6, 2026) | {"version": 1}).status_code == 302
    assert "Gardening" in administrator.get("/orders/words").content.decode()
    assert manager.get("/orders/words").status_code == 403
    assert "Words of orders" in administrator.get("/reference/").content.decode()


def test_loading_the_words_again_leaves_what_an_administrator_did():
    load_words()
    CaseWord.objects.filter(code="CURFEW").update(valid_to=date(2026, 1, 1))
    load_words()
    assert CaseWord.objects.get(code="CURFEW").valid_to == date(2026, 1, 1)
    assert CaseWord.objects.filter(code="UNPAID_WORK").count() == 1
