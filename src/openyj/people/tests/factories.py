"""Children made for tests, through the services where a person would make them, and whatever scope the test has."""

from __future__ import annotations

from datetime import date
from itertools import count

from openyj.accounts.models import Service, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.people.models import Address, Child, Conflict, Person

numbers = count(1)


def make_child(service: Service, **fields) -> Child:
    """A child of `service`: Ceri Morgan, born 4 June 2010, unless `fields` say otherwise."""
    given = {"given_name": "Ceri", "family_name": "Morgan", "date_of_birth": date(2010, 6, 4)} | fields
    given.setdefault("number", f"T{next(numbers):05d}")
    with acting(by=None, services=EVERY_SERVICE):
        return Child.objects.create(service=service, person=Person.objects.create(), **given)


def make_address(child: Child, **fields) -> Address:
    """The child's main address since 2020."""
    given = {"start_date": date(2020, 1, 1), "lines": "1 Harbour Row, Aldermere", "primary": True} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return Address.objects.create(child=child, **given)


def make_conflict(child: Child, user: User) -> Conflict:
    """A conflict of interest of `user`."""
    with acting(by=None, services=EVERY_SERVICE):
        return Conflict.objects.create(child=child, user=user, reason="Lives next door")
