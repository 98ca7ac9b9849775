"""The pages of background work: who sees which jobs, what they say, what an administrator decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.models import Job, Progress, State
from openyj.jobs.running import begin
from openyj.jobs.services import start
from openyj.jobs.tests.examples import CANARY, make_teams, name_services
from openyj.jobs.tests.running import run_due

pytestmark = pytest.mark.django_db
ALL = "/background-work/"


def ask(user, how: str = "well") -> Job:
    with acting(by=user):
        return start(make_teams, by=user, how=how)


def now(job: Job) -> Job:
    with acting(by=None, services=EVERY_SERVICE):
        return Job.objects.get(pk=job.pk)


def say_alive(seconds_ago: float = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second')",
            [seconds_ago],
        )


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_its_asker_sees_a_job_and_an_administrator_every_job_of_the_service(sign_in, other_service, staff):
    mine, administrator = sign_in("administrator"), sign_in("administrator")
    colleague = sign_in("practitioner")
    neighbour = sign_in(staff("administrator", service=other_service))
    asked = ask(mine.user)
    page = f"{ALL}{asked.pk}"
    for client in (mine, administrator):
        assert "Make two teams" in text(client, ALL)
        assert "Waits for its turn" in text(client, page)
    for client in (colleague, neighbour):
        assert "Make two teams" not in text(client, ALL)
        assert client.get(page).status_code == client.get(f"{page}/state").status_code == 404
    for word in ("try-again", "give-up"):
        assert colleague.post(f"{page}/{word}").status_code == 403
        assert neighbour.post(f"{page}/{word}").status_code == 404
        assert administrator.get(f"{page}/{word}").status_code == 405
    assert now(asked).state == State.WAITING


def test_what_a_person_asked_for_is_theirs_to_see_without_any_permission(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user)
    type(client.user).objects.filter(pk=client.user.pk).update(role="practitioner")
    assert "Make two teams" in text(client, ALL)
    page = text(client, asked.get_absolute_url())
    assert "Waits for its turn" in page
    assert "Give up" not in page


def test_who_moves_to_another_service_leaves_what_they_asked_for_behind(sign_in, other_service):
    client = sign_in("administrator")
    asked = ask(client.user)
    type(client.user).objects.filter(pk=client.user.pk).update(role="practitioner", service=other_service)
    assert "Make two teams" not in text(client, ALL)
    assert client.get(asked.get_absolute_url()).status_code == 404


def test_the_systems_own_work_is_the_administrators_to_see(sign_in):
    start(name_services)
    [job] = run_due()
    assert "The system" in text(sign_in("administrator"), ALL)
    assert sign_in("practitioner").get(job.get_absolute_url()).status_code == 404


def test_a_failure_says_why_and_is_tried_again(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user, how="not at all")
    run_due()
    page = text(client, asked.get_absolute_url())
    assert "This service has no teams. Add one first." in page and "Try again" in page
    answer = client.post(f"{ALL}{asked.pk}/try-again", follow=True)
    assert "It will be tried again now" in answer.content.decode()
    again = client.post(f"{ALL}{asked.pk}/try-again", follow=True)
    assert "there is nothing to try again" in again.content.decode()
    assert len(run_due()) == 1


def test_giving_up_twice_gives_up_once(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user, how="not at all")
    run_due()
    for said in ("It is given up", "given up already"):
        assert said in client.post(f"{ALL}{asked.pk}/give-up", follow=True).content.decode()
    assert now(asked).state == State.GIVEN_UP


def test_no_page_says_more_of_a_mistake_than_its_kind_and_place(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user, how="wrongly")
    run_due()
    for address in (ALL, asked.get_absolute_url(), f"{ALL}{asked.pk}/state"):
        assert CANARY not in text(client, address)
    assert "ValueError" in text(client, asked.get_absolute_url())


def test_how_far_it_is(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user)
    begin(asked.pk)
    state = f"{ALL}{asked.pk}/state"
    assert client.get(state).json() == {"mark": "running 1", "words": "Begun", "done": None, "total": None}
    with acting(by=client.user):
        Progress.objects.create(
            job=asked, service=client.user.service, done=1200, total=2000, what="teams", at=clock.now()
        )
    assert client.get(state).json() == {
        "mark": "running 1",
        "words": "1,200 of 2,000 teams",
        "done": 1200,
        "total": 2000,
    }
    assert 'value="1200" max="2000"' in text(client, asked.get_absolute_url())
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        begin(asked.pk)
    assert client.get(state).json()["words"] == "Begun", "how far an earlier try came is no progress of this one"


def test_what_came_of_it_is_a_link(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user)
    assert 'href="/teams"' not in text(client, asked.get_absolute_url())
    run_due()
    assert 'href="/teams"' in text(client, asked.get_absolute_url())


def test_background_work_that_stands_still_is_said(sign_in):
    client = sign_in("administrator")
    asked = ask(client.user)
    assert "has not been started on this site" in text(client, ALL)
    say_alive()
    for address in (ALL, asked.get_absolute_url()):
        assert "not moved" not in text(client, address) and "not been started" not in text(client, address)
    say_alive(seconds_ago=300)
    when = (clock.now() - timedelta(seconds=300)).strftime("%H:%M")
    for address in (ALL, asked.get_absolute_url()):
        assert "Background work has not moved since" in text(client, address)
    assert when in text(client, ALL)


def test_what_failed_comes_first(sign_in):
    client = sign_in("administrator")
    ask(client.user, how="not at all")
    run_due()
    ask(client.user)
    page = text(client, ALL)
    assert page.index("Failed</strong>") < page.index("Waiting</strong>")


@pytest.mark.parametrize("address", [ALL])
def test_the_list_asks_as_many_questions_for_three_as_for_one(sign_in, address):
    client = sign_in("administrator")

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(client, address)
        return len(asked)

    ask(client.user)
    text(client, address)
    one = questions()
    ask(client.user)
    ask(sign_in("administrator").user)
    assert questions() == one


def test_what_the_site_does_by_itself_can_be_begun_now(sign_in):
    client = sign_in("administrator")
    never_done = text(client, ALL).count("Not yet")
    sleeping = Session.objects.create(
        session_key="ended", session_data="", expire_date=clock.now() - timedelta(minutes=1)
    )
    now_ = f"{ALL}by-the-clock/jobs.clear_sessions"
    pages = {client.post(now_)["Location"] for _ in range(2)}
    assert len(pages) == 1, "pressed twice it waits once"
    [done] = run_due()
    assert (done.state, done.get_absolute_url()) == (State.DONE, pages.pop())
    assert list(Session.objects.values_list("session_key", flat=True)) == [client.session.session_key]
    assert sleeping.session_key not in Session.objects.values_list("session_key", flat=True)
    assert text(client, ALL).count("Not yet") == never_done - 1
    assert client.post(f"{ALL}by-the-clock/jobs.make_teams").status_code == 404
    assert sign_in("manager").post(now_).status_code == 403


def test_no_name_of_another_services_staff_stands_beside_the_systems_work(sign_in, other_service, staff):
    neighbour = sign_in(staff("administrator", service=other_service))
    neighbour.post(f"{ALL}by-the-clock/jobs.clear_sessions")
    page = text(sign_in("administrator"), ALL)
    assert "An administrator of another service" in page and neighbour.user.name not in page
    assert neighbour.user.name in text(neighbour, ALL)


def test_its_entry_in_the_menu_is_the_administrators(sign_in):
    entry = f'href="{reverse("jobs:all")}"'
    assert text(sign_in("administrator"), "/account").count(entry) == 2
    page = text(sign_in("manager"), "/account")
    assert page.count(entry) == 1 and "What I asked for in the background" in page, "the account page leads there"
