"""Doing in a test, inside its transaction, what a worker would do; for the tests of any room.

start(take_snapshot, by=user, as_of=day)
[done] = run_due()
"""

from __future__ import annotations

import contextlib

from django.db import connection
from django.db.models import Q

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.models import Job, State
from openyj.jobs.queue import Again
from openyj.jobs.running import SAY_PROGRESS, carry_on


def run_due() -> list[Job]:
    """Do every job that is due, and those they ask for, in the order they were asked for; the jobs as they are then."""
    did = []
    while job := next_due():
        with contextlib.suppress(Again):
            carry_on(job.pk, say)
        with acting(by=None, services=EVERY_SERVICE), connection.cursor() as cursor:
            job.refresh_from_db()
            if job.next_try_at is None:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE (args ->> 'job')::bigint = %s", [job.pk])
        did.append(job)
    return did


def next_due() -> Job | None:
    with acting(by=None, services=EVERY_SERVICE):
        due = Q(next_try_at=None) | Q(next_try_at__lte=clock.now())
        return Job.objects.filter(due, state=State.WAITING).order_by("pk").first()


def say(line: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAY_PROGRESS, line)


def queued() -> int:
    """How many rows the queue holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]
