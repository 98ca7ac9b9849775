"""`prepare`: migrate, guard the database, load the shipped reference data. Run as the owner; safe to run again."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.core.management.base import BaseCommand

from openyj.accounts.protection import lay_ground, protect

# What rooms above this one load after a migration, each idempotent and never overwriting an administrator.
SHIPPED_DATA: list[Callable[[], None]] = []


def load_after_migration(load: Callable[[], None]) -> None:
    """Register a room's loader of shipped reference data. Called from its AppConfig.ready."""
    if load not in SHIPPED_DATA:
        SHIPPED_DATA.append(load)


class Command(BaseCommand):
    help = "Bring the database up to date: tables, guards, shipped reference data."

    def handle(self, *args, **options) -> None:
        verbosity = options["verbosity"] - 1
        lay_ground()
        call_command("migrate", verbosity=max(verbosity, 0), interactive=False)
        call_command("createcachetable", verbosity=max(verbosity, 0))
        protect()
        for load in SHIPPED_DATA:
            load()
