"""Building the national snapshot in the background, and what a reader sees meanwhile."""

from __future__ import annotations

import pytest

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel import national
from openyj.caselevel.models import NationalSnapshot
from openyj.caselevel.national import latest
from openyj.jobs.models import Job, State
from openyj.jobs.services import start
from openyj.jobs.tests.running import run_due
from openyj.performance import national_work
from openyj.performance.tests.national import SERVICES, publish_nation, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


@pytest.fixture(autouse=True)
def a_nation(monkeypatch):
    monkeypatch.setattr(national, "tables_of", lambda service: tables())


def test_the_words_of_the_steps_are_those_of_the_build():
    assert national.WORDS == national_work.COUNTS


def test_a_national_user_has_one_built_and_reads_the_last_one_until_it_is_whole(sign_in):
    client = sign_in("national_user")
    old = publish_nation()
    answer = client.post("/national/snapshot/build")
    with acting(by=client.user):
        asked = Job.objects.get()
    assert answer["Location"] == asked.get_absolute_url()
    page = client.get("/national").content.decode()
    assert "A newer one is being built: waits for its turn" in page and latest() == old
    [done] = run_due()
    assert (done.state, done.led_to) == (State.DONE, "/national/snapshot")
    new = latest()
    assert new != old and new.taken_by == client.user
    page = client.get("/national").content.decode()
    assert "being built" not in page


def test_asking_twice_asks_once_and_a_colleague_waits_for_the_same(sign_in, staff):
    client = sign_in("national_user")
    colleague = sign_in("national_user")
    first = client.post("/national/snapshot/build")["Location"]
    assert client.post("/national/snapshot/build")["Location"] == first
    assert colleague.post("/national/snapshot/build")["Location"] == "/national/snapshot"
    assert "One is being built" in colleague.get("/national/snapshot").content.decode()
    assert len(run_due()) == 1


def test_a_build_that_fails_says_why_and_the_last_one_stays(sign_in, monkeypatch):
    client = sign_in("national_user")
    old = publish_nation()

    def broken(*args):
        raise national.AlreadyBuilding

    monkeypatch.setattr(national, "figures_of", broken)
    client.post("/national/snapshot/build")
    [job] = run_due()
    assert job.state == State.FAILED and latest() == old
    page = client.get("/national/snapshot").content.decode()
    assert "The last build did not end well" in page and "is being built already" in page
    assert f"{SERVICES} services" in client.get("/national").content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(national, "tables_of", lambda service: tables())
    client.post("/national/snapshot/build")
    run_due()
    assert "did not end well" not in client.get("/national/snapshot").content.decode()


def test_at_night_one_is_built_where_somebody_oversees_services(service):
    start(national_work.build_national_by_night)
    run_due()
    assert NationalSnapshot.objects.count() == 0
    Service.objects.create(code="NAT", name="Oversight", oversees="nation")
    start(national_work.build_national_by_night)
    run_due()
    assert latest().taken_by is None


def test_who_lost_the_permission_gets_nothing_built(sign_in):
    client = sign_in("national_user")
    client.post("/national/snapshot/build")
    with acting(by=None, services=EVERY_SERVICE):
        type(client.user).objects.filter(pk=client.user.pk).update(role="administrator")
    [job] = run_due()
    assert job.state == State.FAILED and latest() is None
