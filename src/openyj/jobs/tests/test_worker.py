"""A real worker process, killed with SIGKILL: what its job was asked to do is there once, whenever it was killed."""

from __future__ import annotations

import os
import time

import pytest
from django.db import connections

from openyj.accounts.models import Service, Team, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.jobs.models import Job, State
from openyj.jobs.services import start
from openyj.jobs.tests.examples import be_killed, make_teams
from openyj.jobs.tests.worker_process import WorkerProcess, wait_for
from ops import postgres
from ops.databases import clone_prepared

pytestmark = pytest.mark.slow


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database whose transactions really commit, for a worker in another process to see."""
    name = f"openyj_test_jobs_{os.getpid()}"
    postgres.drop(name)
    clone_prepared(name)
    connection = connections["default"]
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
    postgres.drop(name)


@pytest.fixture
def administrator(own_database):
    with acting(by=None, services=EVERY_SERVICE):
        service = Service.objects.create(code="T1", name="Aldermere", invented=True)
        return User.objects.create_user("a@example.invalid", name="A", role="administrator", service=service)


@pytest.fixture
def worker(own_database, tmp_path):
    made = WorkerProcess(own_database, tmp_path / "worker.log")
    yield made
    made.kill()


def now(job: Job) -> Job:
    with acting(by=None, services=EVERY_SERVICE):
        return Job.objects.select_related("progress").get(pk=job.pk)


def ask(administrator: User, function, **arguments) -> Job:
    with acting(by=administrator):
        return start(function, by=administrator, **arguments)


def ended(job: Job) -> Job | None:
    found = now(job)
    return found if found.has_ended else None


def teams() -> list[str]:
    return sorted(name.split()[0] for name in Team.objects.values_list("name", flat=True))


def rows_in_queue(job) -> int:
    """The queue's rows of one job: what the clock begins may come at any moment."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'job' = %s", [str(job.pk)])
        return cursor.fetchone()[0]


def test_killed_midway_it_is_done_once(administrator, worker):
    worker.start()
    asked = ask(administrator, be_killed, when="midway")
    running = wait_for(lambda: hasattr(now(asked), "progress") and now(asked))
    assert (running.state, str(running.progress)) == (State.RUNNING, "1 of 2 teams"), "seen while it runs"
    worker.kill()
    assert teams() == [], "half a job is no job"
    worker.start()
    done = wait_for(lambda: ended(asked))
    assert (done.state, done.attempts, teams()) == (State.DONE, 2, ["First", "Second"])
    assert wait_for(lambda: rows_in_queue(asked) == 0)


def test_killed_just_before_its_commit_it_is_done_once(administrator, worker):
    asked = ask(administrator, be_killed, when="at the end")
    worker.start()
    wait_for(lambda: worker.was_killed)
    assert (now(asked).state, teams()) == (State.RUNNING, [])
    worker.start()
    done = wait_for(lambda: ended(asked))
    assert (done.state, done.attempts, teams()) == (State.DONE, 2, ["First", "Second"])


def test_killed_just_after_its_commit_it_is_not_done_again(administrator, worker):
    """The queue does not know that it was done, and hands it out again."""
    asked = ask(administrator, be_killed, when="after the end")
    worker.start()
    wait_for(lambda: worker.was_killed)
    assert (now(asked).state, teams(), rows_in_queue(asked)) == (State.DONE, ["First", "Second"], 1)
    worker.start()
    wait_for(lambda: rows_in_queue(asked) == 0)
    assert (now(asked).attempts, teams()) == (1, ["First", "Second"])
    assert not worker.was_killed


def test_a_worker_that_waits_begins_at_once_and_stops_when_told(administrator, worker):
    """The write itself wakes the worker; it does not have to look whether there is something."""
    worker.start()
    wait_for(lambda: postgres.query("SELECT count(*) FROM procrastinate_workers", database=worker.database) == "1")
    first = ask(administrator, make_teams, how="well")
    wait_for(lambda: ended(first))
    asked_at = time.monotonic()
    second = ask(administrator, make_teams, how="well")
    wait_for(lambda: ended(second))
    assert time.monotonic() - asked_at < 2
    worker.stop()
    assert worker.process.returncode in (0, -15)
    assert postgres.query("SELECT count(*) FROM procrastinate_workers", database=worker.database) == "0"


def test_a_worker_that_only_seems_dead_does_not_share_its_job(administrator, worker, tmp_path):
    """Frozen, it gives no sign of life, and its job is handed to another: that one must wait."""
    import signal

    worker.start()
    asked = ask(administrator, be_killed, when="midway")
    wait_for(lambda: hasattr(now(asked), "progress"))
    os.killpg(worker.process.pid, signal.SIGSTOP)
    other = WorkerProcess(worker.database, tmp_path / "other.log")
    other.start()
    try:
        postponed = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at > now()"
        wait_for(lambda: postgres.query(postponed, database=worker.database) == "1")
        assert now(asked).attempts == 1
        worker.kill()
        done = wait_for(lambda: ended(asked))
        assert (done.attempts, teams()) == (2, ["First", "Second"])
    finally:
        other.kill()
