"""Doing one job, once in effect.

All that a job writes and the mark that it is done are one transaction. A worker that is killed, at whatever moment,
leaves either both or neither; the job is then taken up again, and one that is done is not done again. What a job does
outside the database (a message sent, a file written) the job itself must make safe to do twice.
"""

from __future__ import annotations

import contextlib
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
from django.db import DatabaseError, connection
from procrastinate.contrib.django.utils import connector_params

from openyj.accounts.models import User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.declaring import CannotBeDone, Kind
from openyj.jobs.models import Job, State
from openyj.jobs.queue import Again

log = logging.getLogger("openyj.jobs")
# The wait before each further try. After the last the job has failed.
WAITS = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)]
TRIES = len(WAITS) + 1
ELSEWHERE = timedelta(seconds=10)
EVERY = 0.5  # seconds between two lines of progress
LOCKS = 727_001  # the first of the two numbers of our advisory locks
SAY_PROGRESS = (
    "INSERT INTO jobs_progress (job_id, service_id, done, total, what, at) VALUES (%s, %s, %s, %s, %s, now()) "
    "ON CONFLICT (job_id) DO UPDATE SET (done, total, what, at) = "
    "(excluded.done, excluded.total, excluded.what, excluded.at)"
)


class Unknown(CannotBeDone):
    words = "This version of the site does not know this kind of work. It may have been removed."


class NotTheirs(CannotBeDone):
    words = "Who asked for it has left or may not do this any more. Ask for it again as somebody who may."


class Killed(CannotBeDone):
    words = "The worker was stopped in the middle of it each time it was tried. It may need more memory than there is."


class EndedMeanwhile(Exception):
    """An administrator gave the job up while it ran: all it wrote is rolled back."""


class Work:
    """What a job's function is handed: for whom it works, and how to say how far it is."""

    def __init__(self, job: Job, kind: Kind, say: Callable[[list], None]):
        self.job, self.by = job, job.by
        self._kind, self._say, self._said_at = kind, say, 0.0

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Show `done` of `total`; `what` is one of the words the job declared, never a text made up of data."""
        if what and what not in self._kind.counts:
            raise ValueError(f"{self._kind.name} counts {self._kind.counts}; add the word there")
        now = time.monotonic()
        if now - self._said_at >= EVERY or done == total:
            self._said_at = now
            self._say([self.job.pk, self.job.service_id, done, total, what])


def run(pk: int) -> None:
    """Do a job in this worker. Raises Again when it is to be taken up later."""
    with only_runner(pk) as alone:
        if not alone:
            raise Again(clock.now() + ELSEWHERE)
        with beside() as say:
            carry_on(pk, say)


def carry_on(pk: int, say: Callable[[list], None]) -> None:
    """Begin, do, and mark as done or failed. Raises Again with the time of the next try."""
    job = begin(pk)
    if job is None:
        return
    try:
        do(job, say)
    except EndedMeanwhile:
        return
    except Exception as trouble:
        log.error("Background work %s (%s) did not finish", job.pk, job.name, exc_info=trouble)
        job = fail(job, trouble)
        if job.next_try_at:
            raise Again(job.next_try_at) from None


def begin(pk: int) -> Job | None:
    """Mark a job as running; None when it has ended, was given up, or killed its worker too often."""
    with acting(by=None, services=EVERY_SERVICE):
        jobs = Job.objects.select_for_update(no_key=True, of=("self",)).select_related("by", "service")
        job = jobs.filter(pk=pk).first()
        if job is None or job.has_ended:
            return None
        if job.attempts >= TRIES:
            end_badly(job, Killed.words)
            return None
        job.state, job.attempts, job.next_try_at = State.RUNNING, job.attempts + 1, None
        job.started_at = clock.now()
        job.save()
        return job


def do(job: Job, say: Callable[[list], None]) -> None:
    """Call the job's function and mark the job as done: one transaction, as its asker, seeing what they may see."""
    kind = job.kind
    if kind is None:
        raise Unknown
    if not kind.system and not may_still(job.by, kind):
        raise NotTheirs
    services = [job.service_id] if job.service_id else EVERY_SERVICE
    with acting(by=job.by, services=services):
        led_to = kind.function(Work(job, kind, say), **kind.read(job.arguments)) or ""
        mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)
        if not mine.update(state=State.DONE, ended_at=clock.now(), led_to=led_to, trouble=""):
            raise EndedMeanwhile


def may_still(by: User | None, kind: Kind) -> bool:
    return by is not None and by.may(kind.needs)


def fail(job: Job, trouble: Exception) -> Job:
    """Write down why, and when it is tried again if it is."""
    with acting(by=None, services=EVERY_SERVICE):
        job = Job.objects.select_for_update(no_key=True, of=("self",)).get(pk=job.pk)
        if job.has_ended:
            return job
        if isinstance(trouble, CannotBeDone) or job.attempts >= TRIES:
            end_badly(job, words_for(trouble))
            return job
        job.state, job.trouble = State.WAITING, words_for(trouble)
        job.next_try_at = clock.now() + WAITS[job.attempts - 1]
        job.save()
        return job


def end_badly(job: Job, words: str) -> None:
    job.state, job.trouble, job.ended_at, job.next_try_at = State.FAILED, words, clock.now(), None
    job.save()


def words_for(trouble: Exception) -> str:
    """Why, without the exception's own text, which can quote a child's row: the kind of mistake and where it was."""
    if isinstance(trouble, CannotBeDone):
        return type(trouble).words
    ours = [f for f in traceback.extract_tb(trouble.__traceback__) if "openyj" in f.filename] or [None]
    where = (
        f" in {Path(ours[-1].filename).parent.name}/{Path(ours[-1].filename).name}, line {ours[-1].lineno}"
        if ours[-1]
        else ""
    )
    return f"The software made a mistake: {type(trouble).__name__}{where}. Tell whoever looks after this site."[:400]


@contextlib.contextmanager
def only_runner(pk: int) -> Iterator[bool]:
    """Whether nobody else runs this job. The database lets go of the lock when this worker ends, however it ends; a
    worker that only seems dead still holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, pk % 2**31])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, pk % 2**31])
            except DatabaseError:
                connection.close()


@contextlib.contextmanager
def beside() -> Iterator[Callable[[list], None]]:
    """Writes progress on a connection of its own, so that it is seen while the job's transaction is open. A line of
    progress that cannot be written is no reason to fail."""
    made: list[psycopg.Connection] = []

    def say(line: list) -> None:
        with contextlib.suppress(psycopg.Error):
            if not made:
                made.append(psycopg.connect(**connector_params(), autocommit=True))
                made[0].execute("SELECT set_config('openyj.services', '*', false)")
            made[0].execute(SAY_PROGRESS, line)

    try:
        yield say
    finally:
        for each in made:
            each.close()
