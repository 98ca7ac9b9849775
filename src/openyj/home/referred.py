"""Referrals and workload on my work. One (what, why, address, day) a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission, Scope
from openyj.referrals import selectors
from openyj.referrals.models import Referral, State
from openyj.workload.selectors import workloads

Line = tuple[str, str, str, date]
ACT = "Somebody must act today. "


def to_decide(user: User) -> Iterator[Line]:
    """What needs a decision, to those who decide."""
    if user.may(Permission.DECIDE_REFERRALS):
        for each in selectors.to_decide(user):
            waits = f"It has waited {each.waits} day{'' if each.waits == 1 else 's'}"
            whose = "" if each.child_id else "; the child is not identified"
            yield line(each, f"{ACT if each.urgent else ''}{waits}{whose}", each.received_on)


def to_allocate(user: User) -> Iterator[Line]:
    """What is accepted and has no worker, to those who allocate."""
    if user.may(Permission.DECIDE_REFERRALS):
        for each in selectors.to_allocate(user):
            yield line(each, f"Accepted for {each.work.label.lower()}, no worker yet", each.decided_on, "allocate")


def allocated_lately(user: User) -> Iterator[Line]:
    """What was allocated to this person in the last four weeks."""
    for each in selectors.allocated_lately(user):
        yield line(each, f"Allocated to you for {each.work.label.lower()}", each.allocated_on)


def incomplete(user: User) -> Iterator[Line]:
    """What misses something, to those who take referrals in and do not work with children."""
    if user.may(Permission.RECORD_REFERRALS) and not user.may(Permission.CHANGE_CHILDREN):
        for each in selectors.incomplete(user):
            asked = ["More was asked for and has not come"] if each.state == State.ASKED else []
            yield line(each, f"{ACT if each.urgent else ''}{'; '.join([*asked, *each.misses])}", each.received_on)


def line(referral: Referral, why: str, day: date, page: str = "referral") -> Line:
    """A row about a referral; a need-to-know child is not named."""
    what = f"{referral.shown_name}: {referral.source.label}, {referral.purpose.label.lower()}"
    return what, why, reverse(f"referrals:{page}", args=[referral.pk]), day


def own_workload(user: User) -> Iterable[Line]:
    """A worker's own number, as every other page shows it."""
    if user.scope(Permission.SEE_WORKLOAD) != Scope.OWN:
        return
    for each in workloads(user):
        children = each.load.count("child")
        why = f"{children} {'child' if children == 1 else 'children'}, {each.load.points} points. See what it counts"
        yield f"Your workload number is {each.load.shown}", why, reverse("workload:worker", args=[user.pk]), None
