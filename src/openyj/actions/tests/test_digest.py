"""The message about what is due and late: to whom, when, and that it names nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions import digest
from openyj.actions.deadlines import read_calendar
from openyj.actions.digest import Counts, comes_today, counts_for, rhythm_of, send_digests
from openyj.actions.models import Reminder
from openyj.actions.tests.factories import make_action
from openyj.core import clock
from openyj.jobs.services import start
from openyj.jobs.tests.running import run_due
from openyj.outbox.models import Message
from openyj.people.models import Child
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)


def send_on(day: date) -> list[tuple[str, str]]:
    """Run the job as on that day; (to whom, what) of the messages it asked for."""
    with clock.fixed(day):
        start(send_digests)
        run_due()
    with acting(by=None, services=EVERY_SERVICE):
        return [(m.address, f"{m.subject} {m.body}") for m in Message.objects.order_by("pk")]


@pytest.fixture
def owner(staff):
    return staff("head_of_service")


def test_two_numbers_and_no_name(service, owner, staff):
    child = make_child(service, given_name="Canaryname", worker=owner)
    make_action(service, what="Canarywhat", owner=owner, due_on=date(2026, 5, 29))
    make_action(service, what="Canarywhat", owner=owner, child=child, due_on=date(2026, 6, 5))
    make_action(service, owner=owner, due_on=date(2026, 9, 9))
    make_action(service, owner=owner, due_on=date(2026, 5, 29), done_on=MONDAY, evidence="Seen")
    ((to, said),) = send_on(MONDAY)
    assert to == owner.email and "Due in the next 7 days: 1. Late: 1." in said
    for word in ("Canary", "Aldermere", "youth", "justice", "child"):
        assert word.lower() not in said.lower(), word


def test_the_worker_knows_it_without_the_pages():
    """The worker reads no addresses, so nothing but the room itself makes it known."""
    code = (
        "import django; django.setup(); from openyj.jobs.declaring import KINDS; print('actions.send_digests' in KINDS)"
    )
    there = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=there, check=True)
    assert done.stdout.strip() == "True"


def test_who_has_nothing_due_gets_nothing(service, owner):
    make_action(service, owner=owner, due_on=date(2026, 9, 9))
    assert send_on(MONDAY) == []


def test_a_leaver_and_who_chose_never_get_nothing(service, staff, owner):
    gone, silent = staff("manager"), staff("manager")
    for user in (gone, silent, owner):
        make_action(service, owner=user, due_on=date(2026, 5, 29))
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    Reminder.objects.create(user=silent, rhythm="never")
    assert [to for to, _said in send_on(MONDAY)] == [owner.email]


def test_weekly_comes_on_the_first_working_day_of_a_week(service):
    calendar = read_calendar()
    days = [date(2026, 3, 30) + timedelta(days=n) for n in range(14)]
    weekly = [day for day in days if comes_today("weekly", day, calendar)]
    assert weekly == [date(2026, 3, 30), date(2026, 4, 7)], "6 April is Easter Monday"
    daily = [day for day in days if comes_today("daily", day, calendar)]
    assert len(daily) == 8 and date(2026, 4, 3) not in daily, "Good Friday"
    assert not any(comes_today("never", day, calendar) for day in days)


def test_a_conflict_of_interest_is_not_counted(service, staff):
    worker = staff("practitioner")
    child = make_child(service)
    make_action(service, owner=worker, child=child, due_on=date(2026, 5, 29))
    with acting(by=worker):
        assert counts_for(worker, MONDAY) == Counts(0, 1)
    make_conflict(child, worker)
    with acting(by=worker):
        assert counts_for(worker, MONDAY) == Counts(0, 0)


def test_time_limits_of_one_s_own_children_count(service, staff, monkeypatch):
    worker = staff("practitioner")
    mine, other = make_child(service, worker=worker), make_child(service)
    asked = []

    class Late:
        late, due = 3, MONDAY

    def deadlines(*, children, service, only_open):
        asked.extend(children)
        return [Late()]

    monkeypatch.setattr(digest, "deadlines", deadlines)
    with acting(by=worker):
        assert counts_for(worker, MONDAY) == Counts(0, 1)
    assert asked == [mine] and other not in asked and Child


def test_a_person_chooses_and_keeps_the_choice(sign_in):
    client = sign_in("board_member")
    assert rhythm_of(client.user) == "weekly"
    page = client.get("/actions/messages").content.decode()
    assert 'value="weekly" checked' in page or "checked" in page
    assert "Select how often" in client.post("/actions/messages", {}).content.decode()
    for _ in range(2):
        assert client.post("/actions/messages", {"rhythm": "daily"}).status_code == 302
    assert rhythm_of(client.user) == "daily" and Reminder.objects.count() == 1
    assert sign_in("administrator").get("/actions/messages").status_code == 403
