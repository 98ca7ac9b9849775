"""Referrals and the workload number on my work: to whom, and never naming a need-to-know child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.core import clock
from openyj.people.models import MASK
from openyj.people.tests.factories import make_child
from openyj.referrals import services
from openyj.referrals.tests.factories import make_accepted, make_allocated, make_referral

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


def text_of(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_manager_sees_what_needs_a_decision_urgent_first_and_what_needs_a_worker(sign_in, service):
    manager = sign_in("manager")
    make_referral(manager.user, given_name="Waits", received_on=TODAY - timedelta(days=3))
    make_referral(manager.user, given_name="Urgent", urgent=True, urgent_words="Ring the mother")
    make_accepted(manager.user, make_child(service, given_name="Accepted"))
    text = text_of(manager)
    assert text.index("Urgent Morgan") < text.index("Waits Morgan") < text.index("Accepted Morgan")
    assert "It has waited 3 days; the child is not identified" in text and "Somebody must act today" in text
    assert "Accepted for assessment for a decision out of court, no worker yet" in text


def test_business_support_sees_what_is_missing_and_nothing_else(sign_in, service):
    support, manager = sign_in("business_support"), sign_in("manager")
    make_referral(support.user, make_child(service, given_name="Whole"))
    make_referral(support.user, given_name="Unknown")
    asked = make_referral(support.user, make_child(service, given_name="Asked"), victims="yes", consent="not_asked")
    services.ask_for_more(referral=asked, version=1, by=manager.user, day=TODAY, words="Where?", told="PC")
    text = text_of(support)
    assert "The child is not identified" in text and "Whole" not in text
    assert "More was asked for and has not come; Nobody has asked those who were harmed" in text


def test_a_worker_sees_what_was_allocated_lately_and_their_number(sign_in, service, staff):
    worker, manager = sign_in("practitioner"), staff("manager")
    mine = make_child(service, given_name="Mine")
    make_allocated(manager, mine, worker.user)
    make_allocated(manager, make_child(service, given_name="Theirs"), staff("practitioner"))
    old = {"received_on": TODAY - timedelta(days=40), "day": TODAY - timedelta(days=35)}
    make_allocated(manager, make_child(service, given_name="Longago"), worker.user, **old)
    text = text_of(worker)
    assert "Allocated to you for assessment for a decision out of court" in text and "Theirs" not in text
    assert text.count("Longago") == 1, "among the children they work with, and not among what was allocated lately"
    # Two children and two referrals without a programme.
    assert "Your workload number is 4.0" in text


@pytest.mark.parametrize("role", ["manager", "business_support"])
def test_a_need_to_know_child_is_not_named(role, sign_in, service, staff):
    secret = make_child(service, given_name="Canary", restricted_reason="A relative works here")
    make_referral(staff("manager"), secret, victims="not_known")
    text = text_of(sign_in(role))
    assert MASK in text and "Canary" not in text


@pytest.mark.parametrize("role", ["manager", "business_support", "practitioner"])
def test_my_work_asks_as_often_for_three_as_for_one(role, sign_in, service, staff):
    client, manager = sign_in(role), staff("manager")
    worker = client.user if role == "practitioner" else staff("practitioner")

    def more() -> None:
        make_referral(manager)
        make_accepted(manager, make_child(service))
        make_allocated(manager, make_child(service), worker)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client)
        return len(queries)

    more()
    count()
    one = count()
    more()
    more()
    assert count() == one
