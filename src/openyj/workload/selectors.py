"""The workload of a service's workers, worked out from the record each time it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission, Scope
from openyj.core import clock
from openyj.people.models import Child, Conflict
from openyj.workload import number
from openyj.workload.models import Hours, Weight
from openyj.workload.number import Item, Load
from openyj.workload.slots import Part, parts, things

WORKERS = ("practitioner", "manager")  # the roles a child is allocated to, as the record's own form offers them


@dataclass(frozen=True)
class Weighed:
    """What a part weighs on a day: as the service has set it, or, without `row`, as it is shipped."""

    name: str
    part: Part
    row: Weight | None

    @property
    def weight(self) -> Decimal:
        return (self.row.weight if self.row else self.part.usual).quantize(Decimal("0.01"))

    @property
    def source(self) -> str:
        return self.row.source if self.row else self.part.source


def weights(service: Service | int, day: date | None = None) -> list[Weighed]:
    """Every part with what it weighs, in their order."""
    rows = {row.part: row for row in Weight.objects.on(day or clock.today()).filter(service=service)}
    return [Weighed(name, part, rows.get(name)) for name, part in parts.items()]


def shares(service: Service | int, day: date | None = None) -> dict[int, Decimal]:
    """Workers' shares of full-time hours, of those whose hours are recorded."""
    rows = Hours.objects.on(day or clock.today()).filter(service=service)
    return {user: Decimal(percent) / 100 for user, percent in rows.values_list("user", "percent")}


def workers(service: Service | int) -> QuerySet[User]:
    """Who a child can be allocated to, by name."""
    rows = User.objects.working_at(service).filter(role__in=WORKERS).select_related("team")
    return rows.order_by("name")


@dataclass(frozen=True)
class Picture:
    """A service's work on a day. `alone` is what is of children without a worker."""

    items: list[Item]
    alone: list[Item]
    weighed: list[Weighed]
    shares: dict[int, Decimal]

    @property
    def weights(self) -> dict[str, Decimal]:
        return {each.name: each.weight for each in self.weighed}

    def loads(self, workers: Iterable[int], items: list[Item] | None = None) -> dict[int, Load]:
        return number.loads(self.items if items is None else items, self.weights, self.shares, workers)

    def after(self, *, child: int, worker: int, new: Iterable[str] = ()) -> Load:
        """The load of `worker` if `child` were allocated to them."""
        items = number.allocated(self.items, child=child, worker=worker, others=self.alone, new=new)
        return self.loads([worker], items)[worker]


def picture(service: Service | int) -> Picture:
    """Everything that counts today and what it weighs. Four queries, however much there is."""
    with_whom = dict(Child.objects.standing().filter(service=service).order_by().values_list("pk", "worker"))
    items, alone = [], []
    for row in things.rows(service=pk_of(service), day=clock.today()):
        if row.child in with_whom:
            worker = with_whom[row.child]
            (items if worker else alone).append(Item(row.part, row.child, worker or 0))
    return Picture(items, alone, weights(service), shares(service))


def pk_of(service: Service | int) -> int:
    return service if isinstance(service, int) else service.pk


@dataclass(frozen=True)
class Worker:
    """Somebody and how much they have."""

    user: User
    load: Load


def workloads(reader: User) -> list[Worker]:
    """The workloads `reader` may look at: their own, their team's or the service's."""
    scope = reader.scope(Permission.SEE_WORKLOAD)
    rows = workers(reader.service_id)
    if scope is None:
        rows = rows.none()
    elif scope == Scope.OWN:
        rows = rows.filter(pk=reader.pk)
    elif scope == Scope.TEAM:
        rows = rows.filter(team=reader.team_id) if reader.team_id else rows.filter(pk=reader.pk)
    people = list(rows)
    found = picture(reader.service_id).loads([user.pk for user in people])
    return [Worker(user, found[user.pk]) for user in people]


@dataclass(frozen=True)
class Choice:
    """Somebody a child can be allocated to: how much they have, and how much they would have."""

    user: User
    now: Load
    after: Load


def choices(child: Child, new: Iterable[str] = ()) -> list[Choice]:
    """Who `child` can be allocated to, with the least after it first. Who has a conflict of interest is left out."""
    barred = Conflict.objects.standing().filter(child=child).values("user")
    people = list(workers(child.service_id).exclude(pk__in=barred))
    people = [user for user in people if user.may_sign_in]
    found = picture(child.service_id)
    now = found.loads([user.pk for user in people])
    new = [*new] if child.worker_id else ["child", *new]
    made = [Choice(user, now[user.pk], found.after(child=child.pk, worker=user.pk, new=new)) for user in people]
    return sorted(made, key=lambda each: (each.after.number, each.user.name))


@dataclass(frozen=True)
class Thing:
    """One thing a worker has, as a list may show it: `child` is None where the reader may not see whose it is."""

    part: Part
    what: str
    since: date | None
    child: Child | None


def things_of(worker: User, reader: User) -> list[Thing]:
    """What makes up somebody's number, part by part. A child whom the reader may not see is counted and not named."""
    mine = Child.objects.standing().filter(service=worker.service_id, worker=worker).values_list("pk", flat=True)
    seen = Child.objects.visible_to(reader).with_masks(reader).in_bulk(list(mine))
    known = dict(parts.items())
    rows = things.rows(service=worker.service_id, day=clock.today())
    theirs = set(mine)
    return [Thing(known[row.part], row.what, row.since, seen.get(row.child)) for row in rows if row.child in theirs]
