"""The worker: takes jobs from the queue as they are written, and takes up what a worker that died left behind."""

from __future__ import annotations

import asyncio

from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import DjangoApp

AT_ONCE = 2  # jobs at a time: a long one does not hold up the messages
SILENT = 20.0  # seconds without a sign of life after which a worker is taken for dead


async def work(*, at_once: int = AT_ONCE, silent: float = SILENT) -> None:
    """Work until told to stop. A worker without a sign of life for `silent` seconds is dead: its jobs are taken up."""
    # An app of its own for the worker, because inside a job `start` must go on using Django's connection and so the
    # job's own transaction.
    own = DjangoApp(connector=app.connector.get_worker_connector(), worker_defaults={})
    own.tasks, own.periodic_registry = app.tasks, app.periodic_registry
    async with own.open_async():
        rescuing = asyncio.create_task(take_up_what_is_left(own, silent))
        try:
            await own.run_worker_async(
                concurrency=at_once,
                delete_jobs="always",  # what became of a job is in our own table
                update_heartbeat_interval=silent / 4,
                stalled_worker_timeout=silent,
                fetch_job_polling_interval=min(silent / 4, 5.0),
            )
        finally:
            rescuing.cancel()


async def take_up_what_is_left(own: DjangoApp, silent: float) -> None:
    """Put back into the queue what dead workers were doing. A job whose worker only seems dead is not done twice: see
    `running.only_runner`."""
    while True:
        for left in await own.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
            await own.job_manager.retry_job(left)
        await asyncio.sleep(silent / 4)
