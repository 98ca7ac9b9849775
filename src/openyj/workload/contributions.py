"""What the workload number begins with: each child a worker has. And the administrator's line about the weights."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import BigIntegerField, OuterRef, Subquery, Value
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.core.worded import worded
from openyj.people.models import Allocation, Child
from openyj.people.selectors import told
from openyj.people.slots import Block, blocks
from openyj.reference.selectors import Holding, more_holdings
from openyj.workload.models import Weight
from openyj.workload.slots import Part, parts, things

parts.add("child", Part("Child", Decimal(1)), order=10)


@things.contribute("child")
def children(*, service, day):
    """A child with a worker, since the allocation that goes on."""
    since = Allocation.objects.standing().filter(child=OuterRef("pk"), end_date=None).values("start_date")[:1]
    return Child.objects.standing().filter(service=service, worker__isnull=False), {
        "part": Value("child"),
        "child": "pk",
        "since": Subquery(since),
        "what": Value("Works with the child"),
    }


@worded(child=BigIntegerField())
def present(*, child):
    """The allocation that goes on."""
    return Allocation.objects.standing().filter(child=child, end_date=None)[:1]


@blocks.contribute("worker", order=12)
def worker_block(*, child: Child, user: User, may_change: bool) -> Block:
    """Who works with the child, and the way to allocate them."""
    now = told(present, child, user)
    since = f"since {say_date(now[0].start_date)}" if now else "since when is not recorded"
    rows = [("Worker", f"{child.worker}, {since}")] if child.worker else []
    links = []
    if user.may(Permission.DECIDE_REFERRALS) and child.stands:
        text = "Change the worker" if child.worker else "Allocate"
        links = [Link(text, reverse("workload:allocate", args=[child.pk]))]
    return Block("Who works with the child", rows, "Nobody yet. A manager allocates a child.", links)


@more_holdings.contribute("workload weights", order=30)
def weights_held(service: Service) -> Holding:
    """The administrator's line about the weights."""
    count = Weight.objects.standing().filter(service=service).values("part").distinct().count()
    said = f"{count} of {len(parts.items())} parts set by {service.name}"
    return Holding("Workload weights and hours", said, "workload:weights")
