"""What the pages of the network read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, DateField, QuerySet, Value

from openyj.accounts.models import User
from openyj.core import clock
from openyj.core.worded import worded
from openyj.network.models import SIBLINGS, Connection, Professional
from openyj.people.models import Child, Plain
from openyj.people.search import search_children
from openyj.people.selectors import open_to, told

MOST_FOUND = 20


@worded(child=BigIntegerField(), today=DateField())
def connections_now(*, child, today):
    """Who of family and friends is around a child."""
    return Connection.objects.now(today).filter(child=child).select_related("relationship")


@worded(child=BigIntegerField(), today=DateField())
def professionals_now(*, child, today):
    """Which professionals work with a child."""
    return Professional.objects.now(today).filter(child=child).select_related("agency_kind")


def around_now(child: Child, user: User) -> tuple[list[Connection], list[Professional]]:
    """Who is around a child today: family and friends, professionals. Two queries."""
    asked = {"today": clock.today()}
    return told(connections_now, child, user, **asked), told(professionals_now, child, user, **asked)


def connections(child: Child, user: User) -> QuerySet[Connection]:
    """Everybody of family and friends, those who no longer are and those recorded in error too."""
    return Connection.objects.of(child, user).select_related("relationship", "in_error_by")


def professionals(child: Child, user: User) -> QuerySet[Professional]:
    """Every professional, those who no longer are and those recorded in error too."""
    return Professional.objects.of(child, user).select_related("agency_kind", "in_error_by")


def records_of(rows: Iterable[Connection], user: User) -> dict[int, Child]:
    """The records of brothers and sisters, by their person, that `user` may open. Nothing says of another whether
    there is one. One query, none where there is no brother or sister."""
    persons = {row.person_id for row in rows if row.relationship.code in SIBLINGS}
    if not persons:
        return {}
    # A child recorded twice has two records; the first is linked.
    return {child.person_id: child for child in open_to(user).filter(person__in=persons).order_by("-pk")}


@dataclass
class Known:
    """Somebody of another child's network who may be the person looked for. `row` is the latest row of theirs, `others`
    what each open record says they are: (child, words)."""

    row: Connection
    others: list[tuple[Child, str]] = field(default_factory=list)
    warned: bool = False


def known_people(child: Child, user: User, text: str) -> list[Known]:
    """People in the networks of children whose records `user` may open, with every word of `text` in their name.

    What is in no open record is not found, so a search says nothing of other children. This child's own are left out.
    At most MOST_FOUND.
    """
    words = text.split()
    if not words:
        return []
    rows = Connection.objects.visible_to(user).standing().filter(child__in=open_to(user).values("pk"))
    here = Connection.objects.standing().filter(child=child, end_date=None)
    rows = rows.exclude(person__in=here.values("person")).exclude(person=child.person_id).exclude(child=child)
    rows = rows.annotate(searched=Plain("name"))
    for word in words:
        rows = rows.filter(searched__contains=Plain(Value(word)))
    found: dict[int, Known] = {}
    for row in rows.select_related("child", "relationship").order_by("searched", "-pk"):
        known = found.setdefault(row.person_id, Known(row))
        known.others.append((row.child, row.relationship.label))
        known.warned = known.warned or bool(row.caution)
    return list(found.values())[:MOST_FOUND]


def records_like(child: Child, user: User, text: str) -> list[Child]:
    """Records that may be those of a brother or sister, likeliest first: only those `user` may open."""
    found = search_children(user, text).filter(masked=False).exclude(pk=child.pk).exclude(person=child.person_id)
    return list(found[:10])


def same_as(user: User, number: int) -> Connection | None:
    """The row of another child's network that somebody was found by, if `user` may read it."""
    rows = Connection.objects.visible_to(user).standing().filter(child__in=open_to(user).values("pk"))
    return rows.select_related("relationship", "person").filter(pk=number).first()


def record_of(user: User, number: int) -> Child | None:
    """The record of a brother or sister, if `user` may open it."""
    return open_to(user).select_related("person").filter(pk=number).first()
