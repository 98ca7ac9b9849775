"""Asking for background work, and an administrator's two words about work that failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from openyj.accounts.models import Service, User
from openyj.accounts.scope import reading_every_service
from openyj.core import clock
from openyj.jobs.models import Job, State
from openyj.jobs.queue import put_in_queue, take_from_queue


def start(
    function: Callable, *, by: User | None = None, service: Service | None = None, key: str = "", **arguments: Any
) -> Job:
    """Ask for a job, in the transaction that is open: where that is rolled back, nothing was asked for.

    Two jobs with the same `key` never run at once, and asking again while one waits gives the one that waits: the key
    must say all that the arguments say. Refuses (PermissionDenied) a person without the job's permission.
    """
    kind = function.kind
    if kind.system != (kind.needs is None or by is None):
        raise TypeError(f"{kind.name} is asked for by {'the system' if kind.system else 'a person'}")
    if by is not None and kind.needs and not by.may(kind.needs):
        raise PermissionDenied(f"Your role ({by.as_role.label.lower()}) may not {kind.needs}.")
    if by is not None and not kind.system:
        service = by.service
    wanted = {"name": kind.name, "service": service, "by": by, "key": key}
    kept = kind.written(arguments)
    if service is None:
        # Row-level security shows and takes a row of no service only from those who act for every one.
        with reading_every_service():
            return add(wanted, kept)
    return add(wanted, kept)


@transaction.atomic
def add(wanted: dict[str, Any], arguments: dict[str, Any]) -> Job:
    """The job that waits under this key, held until this transaction ends so that it cannot begin without seeing what
    this transaction writes; else a new one."""
    found = waiting(wanted)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            asked = Job.objects.create(**wanted, arguments=arguments)
    except IntegrityError:  # somebody asked for the same at the same moment
        return waiting(wanted) or add(wanted, arguments)
    put_in_queue(asked)
    return asked


def waiting(wanted: dict[str, Any]) -> Job | None:
    if not wanted["key"]:
        return None
    empty = {f"{name}__isnull": True for name, value in wanted.items() if value is None}
    given = {name: value for name, value in wanted.items() if value is not None}
    return (
        Job.objects.select_for_update(no_key=True, of=("self",)).filter(**given, **empty, state=State.WAITING).first()
    )


@transaction.atomic
def try_again(*, job: Job) -> Job:
    """Let a job that failed, or waits for its next try, begin now, with all its tries before it again."""
    job = held(job)
    if job.state not in (State.FAILED, State.WAITING) or (job.state == State.WAITING and job.next_try_at is None):
        raise ValidationError(f"This is {job.get_state_display().lower()}, so there is nothing to try again.")
    job.state, job.attempts, job.next_try_at, job.ended_at = State.WAITING, 0, None, None
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        raise ValidationError("The same work was asked for again since, and waits. Let that one run.") from None
    take_from_queue(job)
    put_in_queue(job)
    return job


@transaction.atomic
def give_up(*, job: Job) -> Job:
    """Do not try again. A job that runs this moment loses all it has done, because it can no longer finish."""
    job = held(job)
    if job.state in (State.DONE, State.GIVEN_UP):
        raise ValidationError(f"This is {job.get_state_display().lower()} already.")
    job.state, job.ended_at, job.next_try_at = State.GIVEN_UP, clock.now(), None
    job.save()
    take_from_queue(job)
    return job


def held(job: Job) -> Job:
    return Job.objects.select_for_update(no_key=True, of=("self",)).get(pk=job.pk)
