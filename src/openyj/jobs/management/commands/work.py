"""`work`: do background work until stopped. It may be killed at any moment: nothing is lost and nothing done twice."""

import asyncio

from django.core.management.base import BaseCommand

from openyj.jobs.worker import AT_ONCE, SILENT, work


class Command(BaseCommand):
    help = "Do background work until stopped."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--at-once", type=int, default=AT_ONCE, help="jobs at a time")
        parser.add_argument(
            "--silent", type=float, default=SILENT, help="seconds without a sign of life after which a worker is dead"
        )

    def handle(self, *args, **options) -> None:
        asyncio.run(work(at_once=options["at_once"], silent=options["silent"]))
