"""Telling the database who acts and for which services. Row-level security refuses every other service's rows; with
nothing said it refuses all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from openyj.accounts.models import Service, User

EVERY_SERVICE = "*"


def set_scope(*, user: int | None, services: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('openyj.user', %s, true), set_config('openyj.services', %s, true)",
            ["" if user is None else str(user), services],
        )


def current_scope() -> tuple[int | None, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('openyj.user', true), current_setting('openyj.services', true)")
        user, services = cursor.fetchone()
    return (int(user) if user else None), services or ""


@contextmanager
def acting(*, by: User | None, services: Iterable[Service | int] | str | None = None) -> Iterator[None]:
    """Run a block, in one transaction, as `by` and seeing only the rows of `services` (default: their own).

    `services=EVERY_SERVICE` is for the loader of figures and the bulk load, which read or write a person's rows
    wherever they are; a page never uses it.
    """
    if services is None:
        services = [by.service_id] if by else []
    if not isinstance(services, str):
        services = ",".join(str(s.pk if isinstance(s, Service) else s) for s in services)
    with transaction.atomic():
        before = current_scope()
        set_scope(user=by.pk if by else None, services=services)
        yield
        set_scope(user=before[0], services=before[1])


@contextmanager
def reading_every_service() -> Iterator[None]:
    """Let a block read every service's rows while the same person acts. Only for the loader of figures, which needs
    all rows of the persons a service has touched; what comes out is filtered before anyone sees it."""
    with transaction.atomic():
        user, services = current_scope()
        set_scope(user=user, services=EVERY_SERVICE)
        yield
        set_scope(user=user, services=services)
