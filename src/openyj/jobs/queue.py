"""The queue: procrastinate's tables in our PostgreSQL. Its rows say which job, and nothing about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job as Queued

from openyj.core import clock
from openyj.jobs.declaring import Kind

if TYPE_CHECKING:
    from openyj.jobs.models import Job

SOON = timedelta(seconds=30)


class Again(Exception):
    """Take this job up again at a time."""

    def __init__(self, at: datetime):
        super().__init__("Again later")
        self.at = at


class AsTold(BaseRetryStrategy):
    """Again when the job says so; and soon when not even its failure could be written down."""

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision:
        return RetryDecision(retry_at=exception.at if isinstance(exception, Again) else clock.now() + SOON)


@app.task(name="openyj.jobs.run", retry=AsTold())
def run_one(*, job: int) -> None:
    from openyj.jobs.running import run

    run(job)


def put_in_queue(job: Job) -> None:
    """Queue a job on Django's own connection, so in the transaction that is open."""
    lock = f"{job.name}:{job.service_id or ''}:{job.key}" if job.key else None
    run_one.configure(lock=lock).defer(job=job.pk)


def take_from_queue(job: Job) -> None:
    """Take out what waits in the queue for a job. A row left behind would hold back, until its own time comes, every
    other under the same lock: the same job tried again, or the same work asked for anew."""
    left = ProcrastinateJob.objects.filter(task_name=run_one.name, status="todo", args__job=job.pk)
    for row in left.values_list("pk", flat=True):
        app.job_manager.cancel_job_by_id(row, delete_job=True)


def begin_by_the_clock(kind: Kind) -> None:
    """Ask for a system job at the times of its cron line. The queue takes each time once, however many workers run."""

    @app.periodic(cron=kind.cron, periodic_id=kind.name)
    @app.task(name=f"openyj.jobs.begin.{kind.name}", pass_context=False, retry=AsTold())
    def begin(*, timestamp: int) -> None:
        from openyj.jobs.services import start

        if kind.when is None or kind.when():
            start(kind.function, key="clock")
