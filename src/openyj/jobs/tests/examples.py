"""Invented background work for the tests: it makes teams, which are easy to count."""

from __future__ import annotations

import os
import signal
import time
from typing import Literal

from django.db import transaction

from openyj.accounts.models import Service, Team
from openyj.accounts.roles import Permission
from openyj.jobs.declaring import CannotBeDone, job, system_job
from openyj.jobs.running import Work
from openyj.jobs.services import start

CANARY = "Canarychild"


class NoTeams(CannotBeDone):
    words = "This service has no teams. Add one first."


@job("Make two teams", needs=Permission.MANAGE_USERS, counts=("teams",))
def make_teams(work: Work, *, how: Literal["well", "wrongly", "not at all", "with a clash"]) -> str:
    Team.objects.create(service=work.by.service, name=f"First {work.job.pk}")
    work.progress(1, 2, "teams")
    if how == "not at all":
        raise NoTeams
    if how == "wrongly":
        raise ValueError(f"duplicate key value: (name)=({CANARY})")
    Team.objects.create(service=work.by.service, name=f"{'First' if how == 'with a clash' else 'Second'} {work.job.pk}")
    work.progress(2, 2, "teams")
    return "/teams"


@job("Be killed", needs=Permission.MANAGE_USERS, counts=("teams",))
def be_killed(work: Work, *, when: Literal["midway", "at the end", "after the end"]) -> None:
    """Two teams; at the first try the worker is killed at a moment."""
    Team.objects.create(service=work.by.service, name=f"First {work.job.pk}")
    work.progress(1, 2, "teams")
    if work.job.attempts == 1 and when == "midway":
        time.sleep(120)  # the test kills us from outside
    Team.objects.create(service=work.by.service, name=f"Second {work.job.pk}")
    if work.job.attempts == 1 and when == "at the end":
        kill_me()
    if when == "after the end":
        transaction.on_commit(kill_me)


@job("Ask for more", needs=Permission.MANAGE_USERS)
def ask_for_more(work: Work) -> None:
    start(make_teams, by=work.by, how="well")


@system_job("Count services")
def name_services(work: Work) -> None:
    """Makes a team in every service it can see."""
    for service in Service.objects.filter(pk__in=Team.objects.values("service")):
        Team.objects.create(service=service, name="Seen by the system")


@job("Look across", needs=Permission.MANAGE_USERS)
def see_jobs(work: Work) -> str:
    """How many jobs of whatever service it can see: row-level security hides the others'."""
    from openyj.jobs.models import Job

    return f"/sees-{Job.objects.count()}"


def kill_me() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
