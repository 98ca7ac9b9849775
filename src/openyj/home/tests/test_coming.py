"""My work: hearings that come or left something undone, and assessments to review. On 4 June 2026."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment.models import Assessment, Judgement
from openyj.casework.tests.factories import make_hearing, make_offence, make_outcome
from openyj.core import clock
from openyj.home import coming
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def worker(staff):
    return staff("practitioner")


@pytest.fixture
def child(service, worker):
    return make_child(service, worker=worker)


def seen(find, user) -> list[tuple[str, date]]:
    with acting(by=user):
        return [(why, when) for _what, why, _url, when in find(user)]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 6, 4), "In court today"), (date(2026, 6, 18), "In court soon"), (date(2026, 6, 19), None),
        (date(2026, 6, 3), "no outcome is recorded"), (date(2026, 4, 5), "no outcome is recorded"),
        (date(2026, 4, 4), None),
    ],
)  # fmt: skip
def test_a_hearing_ahead_and_one_that_left_an_offence_undecided(child, worker, day, why):
    make_hearing(child, make_offence(child), hearing_date=day)
    found = seen(coming.hearings, worker)
    assert ([when for _, when in found], why is None or why in found[0][0]) == ([day] if why else [], True)


def test_what_was_decided_or_goes_on_is_not_asked_about(child, worker):
    decided = make_offence(child)
    make_outcome(decided, outcome_date=date(2026, 6, 1))
    make_hearing(child, decided, hearing_date=date(2026, 6, 1))
    adjourned = make_offence(child)
    make_hearing(child, adjourned, hearing_date=date(2026, 5, 20))
    make_hearing(child, adjourned, hearing_date=date(2026, 7, 20))
    make_hearing(child, hearing_date=date(2026, 5, 4))
    assert seen(coming.hearings, worker) == []


def test_other_workers_children_are_not_mine(child, staff):
    make_hearing(child, make_offence(child), hearing_date=TODAY)
    assert seen(coming.hearings, staff("practitioner")) == []


def judged(child, review_on: date | None, completed: date = date(2026, 3, 1)) -> Assessment:
    with acting(by=None, services=EVERY_SERVICE):
        about = {"child": child, "service": child.service}
        made = Assessment.objects.create(
            **about, title="Any", why="prevention", started_on=completed, first_completed_on=completed, state="waiting"
        )
        Judgement.objects.create(**about, assessment=made, made_on=completed, review_on=review_on)
        return made


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 6, 3), "The day set for its review has passed"), (TODAY, "Its review was set for this day"),
        (date(2026, 6, 18), "Its review was set for this day"), (date(2026, 6, 19), None), (None, None),
    ],
)  # fmt: skip
def test_an_assessment_to_review(child, worker, day, why):
    judged(child, day)
    assert seen(coming.reviews, worker) == ([(why, day)] if why else [])


def test_a_later_assessment_is_the_review(child, worker):
    judged(child, date(2026, 6, 1))
    judged(child, None, completed=date(2026, 5, 1))
    assert seen(coming.reviews, worker) == []


def test_they_stand_on_my_work(sign_in, child, worker):
    make_hearing(child, make_offence(child), hearing_date=TODAY, court_name="Aldermere Youth Court")
    judged(child, TODAY)
    text = sign_in(worker).get("/").content.decode()
    assert "In court today at Aldermere Youth Court" in text and "Its review was set for this day" in text


def test_one_queue_has_everything_by_its_day_and_says_why(sign_in, child, worker):
    make_hearing(child, make_offence(child), hearing_date=date(2026, 6, 10))
    judged(child, date(2026, 6, 1))
    make_outcome(make_offence(child), outcome_date=date(2026, 6, 2), residence=None)
    client = sign_in(worker)
    text = client.get("/?by=day").content.decode()
    places = [text.index(why) for why in ("Assessments to review. ", "Hearings. In court soon", "Facts to complete. ")]
    assert places == sorted(places) and "Everything that needs you, by day (3)" in text
    assert "Children I work with" not in text and "Children I work with" in client.get("/").content.decode()


def test_an_empty_queue_says_so(sign_in):
    assert "Nothing needs you now." in sign_in("board_member").get("/?by=day").content.decode()


def test_the_queue_asks_as_often_for_three_children_as_for_one(sign_in, service, worker):
    client = sign_in(worker)
    asked = []
    for _ in range(2):
        for _ in range(len(asked) + 1):
            another = make_child(service, worker=worker)
            make_hearing(another, make_offence(another), hearing_date=TODAY)
            judged(another, TODAY)
        client.get("/?by=day")
        with CaptureQueriesContext(connection) as queries:
            client.get("/?by=day")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_court_officer_sees_the_hearings_of_every_child_and_names_no_need_to_know_record(service, staff, child):
    officer, another = staff("court_officer"), staff("practitioner")
    make_hearing(child, make_offence(child), hearing_date=date(2026, 6, 5))
    secret = make_child(service, given_name="Hidden", restricted_reason="A relative works here")
    make_hearing(secret, make_offence(secret), hearing_date=date(2026, 6, 8))
    with acting(by=officer):
        found = [what for what, *_ in coming.hearings(officer)]
    assert found == [f"{child.name}: hearing", "A record that only those who need to know may open: hearing"]
    assert seen(coming.hearings, another) == []
