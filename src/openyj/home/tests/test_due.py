"""What is due or late, on my work: to whom, why, and in how many queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Team
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import TimeLimit, Unit
from openyj.actions.tests.factories import make_action
from openyj.casework.tests.factories import make_first_contact, make_offence, make_outcome
from openyj.circumstances.tests.test_contacts import NUMBER, make_contact
from openyj.core import clock
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(date(2026, 6, 4)):
        yield


@pytest.fixture(autouse=True)
def limit(service) -> TimeLimit:
    with acting(by=None, services=EVERY_SERVICE):
        return TimeLimit.objects.create(
            service=service, event="first-contact", days=5, valid_from=date(2026, 1, 1), source="A test"
        )


@pytest.fixture
def north(service):
    return Team.objects.create(service=service, name="North")


def work(client) -> str:
    return client.get("/").content.decode()


def decided(service, name: str, day: date, **of_child):
    child = make_child(service, given_name=name, **of_child)
    return make_outcome(make_offence(child, offence_date=date(2026, 1, 2)), outcome_date=day)


def test_the_worker_sees_what_runs_and_the_manager_what_is_late(sign_in, service, north):
    worker, manager = sign_in("practitioner", team=north), sign_in("manager")
    mine = {"worker": worker.user, "team": north}
    decided(service, "Lateson", date(2026, 5, 20), **mine)
    running = decided(service, "Runny", date(2026, 6, 2), **mine)
    decided(service, "Other", date(2026, 5, 20))
    text = work(worker)
    assert "Lateson Morgan: first contact after Youth caution" in text and "Runny Morgan" in text
    assert "Other Morgan" not in text
    assert "5 working days late: first contact within 5 working days of the outcome, counted from 20 May 2026" in text
    assert "bank holidays (Spring bank holiday, 25 May 2026)" in text
    assert f"/first-contacts/add?outcome={running.pk}" in text
    text = work(manager)
    assert "Lateson Morgan" in text and "Other Morgan" in text and "Runny Morgan" not in text
    make_first_contact(running, contact_date=date(2026, 6, 3))
    assert "Runny Morgan: first" not in work(worker)


def test_what_runs_out_in_months_is_not_todays_work(sign_in, service, north, limit):
    limit.days, limit.unit = 40, Unit.CALENDAR
    with acting(by=None, services=EVERY_SERVICE):
        limit.save()
    worker = sign_in("practitioner", team=north)
    mine = {"worker": worker.user, "team": north}
    decided(service, "Runny", date(2026, 5, 23), **mine)  # due in 28 days
    decided(service, "Farson", date(2026, 5, 24), **mine)
    text = work(worker)
    assert "Runny Morgan: first contact" in text and "Farson Morgan: first contact" not in text


def test_your_actions_and_the_overdue_ones_of_others(sign_in, service, child_of_team):
    worker, manager = child_of_team
    child = make_child(service, given_name="Ada", team=worker.user.team)
    make_action(service, what="Ring the school", child=child, owner=worker.user, due_on=date(2026, 6, 1))
    make_action(service, what="Write the page", child=child, owner=worker.user)
    make_action(service, what="Agree a room", due_on=date(2026, 6, 2))
    make_action(service, what="Done one", owner=worker.user, done_on=date(2026, 6, 1), evidence="Seen")
    text = work(worker)
    assert "Ada Morgan: Ring the school" in text and "3 days overdue" in text and "Write the page" in text
    assert "Agree a room" not in text and "Done one" not in text
    text = work(manager)
    assert "Ada Morgan: Ring the school" in text and f"{worker.user.name} has to do it" in text
    assert "Agree a room" in text and "Health partner has to do it" in text and "Write the page" not in text


def test_ways_to_contact_are_asked_about_again(sign_in, service, north):
    """By the child's own worker, four weeks before the day; what was safe once is used no more after it."""
    worker = sign_in("practitioner", team=north)
    other = sign_in("practitioner", team=north)
    child = make_child(service, given_name="Ada", worker=worker.user, team=north)
    make_contact(child, whose="a late one", review_on=date(2026, 6, 3))
    make_contact(child, whose="a near one", review_on=date(2026, 7, 2))
    make_contact(child, whose="a far one", review_on=date(2026, 7, 3))
    make_contact(child, whose="an ended one", review_on=date(2026, 6, 3), end_date=date(2026, 6, 1))
    text = work(worker)
    assert "Ada Morgan: is it safe to use? Telephone of a late one" in text and "of a near one" in text
    assert "nothing is sent there until somebody has asked again" in text
    assert "a far one" not in text and "an ended one" not in text and NUMBER not in text
    assert "a late one" not in work(other)


@pytest.fixture
def child_of_team(sign_in, north):
    return sign_in("practitioner", team=north), sign_in("manager")


def test_need_to_know_and_conflicts_stay_unnamed(sign_in, service):
    manager = sign_in("manager")
    secret = decided(service, "Secretname", date(2026, 5, 20), restricted_reason="A relative works here")
    make_action(service, what="Secretaction", child=secret.child, due_on=date(2026, 6, 1), owner=manager.user)
    mine = decided(service, "Conflictname", date(2026, 5, 20))
    make_action(service, what="Conflictaction", child=mine.child, due_on=date(2026, 6, 1))
    make_conflict(mine.child, manager.user)
    text = work(manager)
    for word in ("Secretname", "Secretaction", "Conflictname", "Conflictaction"):
        assert word not in text, word


@pytest.mark.parametrize("role", ["board_member", "inspector", "head_of_service", "data_officer", "administrator"])
def test_who_records_nothing_about_children_has_no_limits(sign_in, service, role):
    decided(service, "Lateson", date(2026, 5, 20))
    assert "first contact" not in work(sign_in(role))


def test_it_asks_as_often_for_one_as_for_many(sign_in, service, north):
    worker, manager = sign_in("practitioner", team=north), sign_in("manager")
    mine = {"worker": worker.user, "team": north}

    def more(number: int) -> None:
        for _ in range(number):
            outcome = decided(service, "Lateson", date(2026, 5, 20), **mine)
            make_action(service, child=outcome.child, owner=worker.user, due_on=date(2026, 6, 1))

    def counts() -> list[int]:
        found = []
        for client in (worker, manager):
            work(client)
            with CaptureQueriesContext(connection) as asked:
                work(client)
            found.append(len(asked))
        return found

    more(1)
    few = counts()
    more(5)
    assert counts() == few
