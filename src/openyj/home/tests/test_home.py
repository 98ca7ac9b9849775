"""The first page, my work and the search box."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.roles import ROLES
from openyj.casework.tests.factories import make_offence, make_outcome, make_programme
from openyj.core import clock
from openyj.home.work import SHOWN
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def practitioner(sign_in):
    return sign_in("practitioner")


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_first_page_says_what_this_is_without_sign_in(client):
    text = text_of(client.get("/"))
    assert "One system for a youth justice service" in text
    assert "password:" not in text, "the demo's password is shown in the demo only"


@pytest.mark.parametrize("role", ROLES)
def test_home_is_my_work_for_every_role(role, sign_in):
    text = text_of(sign_in(role).get("/"))
    assert "My work" in text and ROLES[role].label in text


def test_my_children_are_mine_alone(practitioner, service, staff):
    make_child(service, given_name="Mine", worker=practitioner.user)
    make_child(service, given_name="Theirs", worker=staff("practitioner"))
    text = text_of(practitioner.get("/"))
    assert "Mine" in text and "Theirs" not in text
    assert ">Date</th>" not in text, "a column without any date"


def test_an_order_that_ended_with_its_programme_open_is_work(practitioner, service):
    child = make_child(service, worker=practitioner.user)
    offence = make_offence(child)
    make_outcome(offence, end_date=clock.today() - timedelta(days=3))
    programme = make_programme(child, offence)
    text = text_of(practitioner.get("/"))
    assert "The order has ended and the programme is still open" in text
    assert f'href="/children/{child.pk}/programme/{programme.pk}"' in text
    programme.end_date = clock.today()
    programme.save()
    assert "still open" not in text_of(practitioner.get("/"))


def test_a_missing_residence_is_asked_for_and_then_gone(practitioner, service):
    child = make_child(service, worker=practitioner.user)
    outcome = make_outcome(make_offence(child), residence=None, outcome_date=date(2026, 1, 5))
    text = text_of(practitioner.get("/"))
    assert "which service counts the outcome" in text
    assert f'href="/children/{child.pk}/outcome/{outcome.pk}/change"' in text
    outcome.residence = "LOCAL"
    outcome.save()
    assert "which service counts the outcome" not in text_of(practitioner.get("/"))


def test_what_is_not_shown_is_counted(practitioner, service):
    child = make_child(service, worker=practitioner.user)
    for _ in range(SHOWN + 2):
        make_outcome(make_offence(child), residence=None)
    text = text_of(practitioner.get("/"))
    assert f"Facts to complete ({SHOWN + 2})" in text and "2 more" in text


def test_my_work_asks_as_often_for_three_children_as_for_one(practitioner, service):
    counts = []
    for _ in range(3):
        child = make_child(service, worker=practitioner.user)
        offence = make_offence(child)
        make_outcome(offence, residence=None, end_date=clock.today())
        make_programme(child, offence)
        practitioner.get("/")
        with CaptureQueriesContext(connection) as asked:
            practitioner.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[2], counts


def test_a_word_goes_to_the_search_for_children(practitioner):
    response = practitioner.get("/search?q=Morgan")
    assert response.status_code == 302 and response["Location"].startswith("/children/find?q=Morgan")


def test_a_board_member_is_told_there_is_no_such_code(sign_in):
    assert "No figure has that code" in text_of(sign_in("board_member").get("/search?q=Morgan"))


def test_an_administrator_has_nothing_to_search(sign_in):
    assert sign_in("administrator").get("/search?q=Morgan").status_code == 403


@pytest.mark.parametrize("address", ["/accessibility", "/whats-new"])
def test_pages_for_everyone(client, address):
    assert "<h1" in text_of(client.get(address))
