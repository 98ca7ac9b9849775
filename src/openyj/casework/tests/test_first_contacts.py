"""First contacts after outcomes: the fact, and the time limits that run from an outcome until it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.deadlines import deadlines
from openyj.actions.models import TimeLimit
from openyj.casework.models import FirstContact, Outcome
from openyj.casework.tests.factories import make_first_contact, make_legal_outcome, make_offence, make_outcome
from openyj.casework.tests.sending import on, rows
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit(service) -> TimeLimit:
    """5 working days after anything, since the year began."""
    with acting(by=None, services=EVERY_SERVICE):
        return TimeLimit.objects.create(
            service=service, event="first-contact", days=5, valid_from=date(2026, 1, 1), source="A test"
        )


@pytest.fixture
def caution(offence) -> Outcome:
    """On Wednesday 1 April 2026; five working days are up on Friday 10 April, because of Easter."""
    return make_outcome(offence)


def of(child, today=date(2026, 6, 4), **how):
    with acting(by=None, services=EVERY_SERVICE), clock.fixed(today):
        return deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id, **how)


def add(client, child, outcome, /, **change):
    sent = {"outcome": outcome.pk, "how": "phone"} | on("contact_date", 8, 4, 2026) | change
    return client.post(f"/children/{child.pk}/first-contacts/add", sent)


# The fact


def test_a_first_contact_is_recorded_and_stands_on_the_record(manager, child, caution):
    assert add(manager, child, caution).status_code == 302
    (made,) = rows(FirstContact)
    assert (made.contact_date, made.how, made.recorded_by) == (date(2026, 4, 8), "phone", manager.user)
    for where in ("offences", "timeline", "history", "print"):
        text = manager.get(f"/children/{child.pk}/{where}").content.decode()
        assert "irst contact" in text and "8 April 2026" in text, where


def test_a_link_from_a_deadline_says_after_which_outcome(manager, child, caution):
    page = manager.get(f"/children/{child.pk}/first-contacts/add?outcome={caution.pk}").content.decode()
    assert f'<option value="{caution.pk}" selected>' in page
    assert manager.get(f"/children/{child.pk}/first-contacts/add?outcome=x").status_code == 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcome": ""}, "Select the outcome it followed"),
        (on("contact_date", 31, 3, 2026), "The first contact after an outcome cannot be before it (1 April 2026)"),
        (on("contact_date", 5, 6, 2026), "must be today or in the past"),
        ({"how": "pigeon"}, "Select how?"),
    ],
)
def test_a_first_contact_that_cannot_be_is_refused_with_what_to_do(manager, child, caution, change, message):
    answer = add(manager, child, caution, **change)
    assert answer.status_code == 200 and message in answer.content.decode() and rows(FirstContact) == []


def test_there_is_one_first_contact_for_the_outcomes_of_a_day(manager, child, caution):
    other = make_outcome(make_offence(child, description="Going equipped"))
    make_first_contact(caution)
    answer = add(manager, child, other).content.decode()
    assert "A first contact after the outcomes of 1 April 2026 is recorded, on 8 April 2026" in answer
    with pytest.raises(IntegrityError), transaction.atomic():
        make_first_contact(caution)


def test_another_child_s_outcome_cannot_be_chosen(manager, service, child):
    theirs = make_outcome(make_offence(make_child(service)))
    assert add(manager, child, theirs).status_code == 200 and rows(FirstContact) == []


def test_an_outcome_cannot_move_past_its_first_contact(manager, child, caution):
    make_first_contact(caution)
    sent = {"legal_outcome": caution.legal_outcome_id, "residence": "LOCAL", "version": 1}
    at = f"/children/{child.pk}/outcome/{caution.pk}/change"
    answer = manager.post(at, sent | on("outcome_date", 9, 4, 2026)).content.decode()
    assert "This is after the first contact of 8 April 2026" in answer
    assert manager.post(at, sent | on("outcome_date", 2, 4, 2026)).status_code == 302


def test_an_outcome_with_a_first_contact_is_not_in_error_before_it(manager, child, caution):
    contact = make_first_contact(caution)
    at = f"/children/{child.pk}/outcome/{caution.pk}/in-error"
    assert "First contact of 8 April 2026" in manager.get(at).content.decode()
    manager.post(at, {"reason": "Wrong child", "version": 1})
    assert all(each.stands for each in rows(Outcome))
    manager.post(f"/children/{child.pk}/first-contact/{contact.pk}/in-error", {"reason": "Wrong child", "version": 1})
    assert manager.post(at, {"reason": "Wrong child", "version": 1}).status_code == 302


# The limit


def test_late_first_contact_says_by_how_much_and_by_which_rule(manager, child, limit, caution):
    text = manager.get(f"/children/{child.pk}/actions").content.decode()
    assert "first contact within 5 working days of the outcome, counted from 1 April 2026" in text
    assert "Good Friday, 3 April 2026" in text and "Record it" in text and ">Late<" in text
    assert "working days late: first contact" in manager.get(f"/children/{child.pk}").content.decode()
    add(manager, child, caution, **on("contact_date", 14, 4, 2026), late_reason="In hospital")
    text = manager.get(f"/children/{child.pk}/actions").content.decode()
    assert "2 working days late" in text and "Done late" in text and "Why: In hospital" in text


def test_a_corrected_date_moves_the_deadline(child, limit, caution):
    assert of(child)[0].due == date(2026, 4, 10)
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk=caution.pk).update(outcome_date=date(2026, 4, 7))
    assert of(child)[0].due == date(2026, 4, 14)


def test_a_first_contact_in_error_opens_it_again(child, limit, caution):
    contact = make_first_contact(caution)
    assert of(child, only_open=True) == [] and of(child)[0].ended == date(2026, 4, 8)
    with acting(by=None, services=EVERY_SERVICE):
        FirstContact.objects.filter(pk=contact.pk).update(in_error_at="2026-06-01T10:00Z", in_error_reason="A test")
    assert [d.ended for d in of(child, only_open=True)] == [None]


def test_fc_1_an_outcome_of_a_child_who_lived_elsewhere_begins_nothing(child, offence, limit):
    make_outcome(offence, residence="OTHER")
    assert of(child) == []
    make_outcome(offence, residence=None, outcome_date=date(2026, 4, 8))
    assert len(of(child)) == 1, "not recorded is not elsewhere"


@pytest.mark.parametrize(
    ("status", "counted"),
    [("Changed on appeal", 0), ("Result of appeal successful", 0), ("Result of appeal unchanged", 1), (None, 1)],
)
def test_fc_2_what_an_appeal_overturned_begins_nothing(child, offence, limit, status, counted):
    make_outcome(offence, appeal_status=status)
    assert len(of(child)) == counted


def test_fc_3_and_4_outcomes_of_one_day_are_one_occasion_with_one_answer(child, limit, caution):
    other = make_outcome(make_offence(child, description="Going equipped"))
    later = make_outcome(make_offence(child), outcome_date=date(2026, 5, 6))
    assert [d.happened.day for d in of(child)] == [caution.outcome_date, later.outcome_date]
    make_first_contact(other)
    assert [d.happened.day for d in of(child, only_open=True)] == [later.outcome_date]


def test_what_is_in_error_begins_nothing(child, offence, limit, caution):
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk=caution.pk).update(in_error_at="2026-06-01T10:00Z", in_error_reason="A test")
    assert of(child) == []


def test_a_limit_for_one_outcome_or_for_a_group(service, child, offence, limit):
    with acting(by=None, services=EVERY_SERVICE):
        given = {"service": service, "event": "first-contact", "valid_from": date(2026, 1, 1), "source": "A test"}
        TimeLimit.objects.create(**given, applies_to="group:Pre-Court", days=7)
        TimeLimit.objects.create(**given, applies_to="outcome:YOUTH_CONDITIONAL_CAUTION", days=2)
    cautions = ("YOUTH_CAUTION", "YOUTH_CONDITIONAL_CAUTION", "COMMUNITY_RESOLUTION")
    for month, code in enumerate(cautions, 3):
        make_outcome(offence, legal_outcome=make_legal_outcome(code), outcome_date=date(2026, month, 2))
    assert [d.limit.days for d in of(child)] == [7, 2, 5]


def test_the_queries_are_as_many_for_one_child_as_for_many(service, child, limit, caution):
    def count() -> int:
        with acting(by=None, services=EVERY_SERVICE), CaptureQueriesContext(connection) as asked:
            deadlines(children=Child.objects.filter(service=service), service=service)
        return len(asked)

    few = count()
    for _ in range(4):
        make_first_contact(make_outcome(make_offence(make_child(service))))
    assert count() == few
