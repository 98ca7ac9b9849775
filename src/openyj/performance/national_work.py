"""Building the national snapshot in the background: asked for by a person, or by the clock each night."""

from __future__ import annotations

from django.urls import reverse

from openyj.accounts.models import Service
from openyj.accounts.roles import Permission
from openyj.accounts.scope import reading_every_service
from openyj.jobs.declaring import job, system_job
from openyj.jobs.models import Job, State
from openyj.jobs.running import Work

# What the steps of a build are called. Said here and not read from the build, so that a site starts without measures.
COUNTS = (
    "steps: reading every record",
    "steps: freezing the tables",
    "steps: working out the figures",
    "steps: checking and publishing",
)
NAMES = ("performance.build_national", "performance.build_national_by_night")


@job("National snapshot", needs=Permission.BUILD_NATIONAL_SNAPSHOT, counts=COUNTS)
def build_national(work: Work) -> str:
    """Every service's record as it is now, for all national pages."""
    from openyj.caselevel.national import build

    build(by=work.by, tell=work.progress)
    return reverse("performance:national_snapshot")


@system_job("Nightly national snapshot", cron="30 2 * * *", counts=COUNTS)
def build_national_by_night(work: Work) -> None:
    """The same, where anybody oversees services: a site of one service has no use for it."""
    from openyj.caselevel.national import build

    if Service.objects.exclude(oversees="").exists():
        build(by=None, tell=work.progress)


def under_way() -> Job | None:
    """The build that waits or runs, whoever asked for it. Only how far it is leaves this: it is nobody's record."""
    with reading_every_service():
        jobs = Job.objects.filter(name__in=NAMES, state__in=[State.WAITING, State.RUNNING])
        return jobs.select_related("by", "progress").order_by("asked_at").first()


def last_ended() -> Job | None:
    """The build that ended last, well or badly."""
    with reading_every_service():
        jobs = Job.objects.filter(name__in=NAMES, ended_at__isnull=False)
        return jobs.select_related("by").order_by("-ended_at", "-pk").first()
