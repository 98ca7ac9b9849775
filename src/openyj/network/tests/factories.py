"""Networks made for tests, whatever scope the test has."""

from __future__ import annotations

from typing import Any

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.network.models import Connection, Professional, Relationship
from openyj.people.models import Child, Person
from openyj.referrals.models import ReferralKind


def word(code: str) -> Relationship:
    """A shipped word for what somebody is to a child."""
    return Relationship.objects.get(code=code)


def agency(code: str = "social-care") -> ReferralKind:
    """A shipped kind of agency."""
    return ReferralKind.objects.of(ReferralKind.Listed.SOURCE).get(code=code)


def make_connection(child: Child, code: str = "mother", **fields: Any) -> Connection:
    """The child's mother, Dilys Morgan, of whom nothing else is recorded."""
    with acting(by=None, services=EVERY_SERVICE):
        given = {"name": "Dilys Morgan", "relationship": word(code)} | fields
        given.setdefault("person", None)
        given["person"] = given["person"] or Person.objects.create()
        return Connection.objects.create(child=child, **given)


def make_sibling(child: Child, record: Child, code: str = "sibling", **fields: Any) -> Connection:
    """A brother or sister who has a record."""
    return make_connection(child, code, name="", person=record.person, **fields)


def make_professional(child: Child, **fields: Any) -> Professional:
    """A social worker, Idris Vale."""
    with acting(by=None, services=EVERY_SERVICE):
        given = {"name": "Idris Vale", "job": "Social worker", "agency_kind": agency()} | fields
        return Professional.objects.create(child=child, **given)
