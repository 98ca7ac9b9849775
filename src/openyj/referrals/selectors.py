"""What the pages of referrals read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from openyj.accounts.models import History, User
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.search import possible_duplicates
from openyj.referrals.models import Referral, ReferralOffence, ReferralStep, State

ALIKE_WITHIN = timedelta(days=183)  # half a year: how far back a referral is looked for that may be the same


def listed(user: User) -> QuerySet[Referral]:
    """The referrals of the queue, named or masked."""
    rows = Referral.objects.visible_to(user).standing().with_masks(user)
    return rows.select_related("child", "source", "purpose", "work", "allocation__worker")


def alike(
    user: User, *, child: Child | None, received_on: date, police_reference: str, named: dict[str, Any]
) -> list[Referral]:
    """Referrals of the last half year that this one may be again: with the same police reference, about the same
    child, or, where the child is not identified, with the same names. At most ten, latest first."""
    same = Q(pk__in=[])
    if police_reference:
        same |= Q(police_reference__iexact=police_reference)
    if child:
        same |= Q(child=child)
    elif named.get("family_name"):
        same |= Q(
            child=None, family_name__iexact=named["family_name"], given_name__iexact=named.get("given_name") or ""
        ) | Q(child__family_name__iexact=named["family_name"], child__given_name__iexact=named.get("given_name") or "")
    rows = listed(user).filter(same, received_on__gte=received_on - ALIKE_WITHIN)
    return list(rows[:10])


def of_child(child: Child, user: User) -> QuerySet[Referral]:
    """A child's referrals, latest first; those recorded in error too, to be struck."""
    rows = Referral.objects.of(child, user)
    return rows.select_related("source", "purpose", "allocation__worker", "in_error_by")


def steps(referral: Referral) -> QuerySet[ReferralStep]:
    """What was done about it, latest first."""
    return referral.steps.select_related("by", "why", "allocation__worker")


def history_of(referral: Referral) -> QuerySet[History]:
    """How the referral came to be what it is, latest first: also from before its child was identified."""
    links = ReferralOffence.objects.filter(referral=referral).values_list("pk", flat=True)
    mine = Q(table=Referral._meta.db_table, row=referral.pk)
    mine |= Q(table=ReferralOffence._meta.db_table, row__in=list(links))
    return History.objects.filter(mine).order_by("-at", "-id")


def named_like(referral: Referral, user: User) -> list[Child]:
    """Records that may be those of the child whom the referral names, likeliest first."""
    return possible_duplicates(
        user,
        given_name=referral.given_name,
        family_name=referral.family_name,
        date_of_birth=referral.date_of_birth,
    )


def to_decide(user: User) -> QuerySet[Referral]:
    """What needs a decision, urgent first, then the longest waiting."""
    return listed(user).filter(state=State.WAITING).order_by("-urgent", "received_on", "pk")


def to_allocate(user: User) -> QuerySet[Referral]:
    """What is accepted and has no worker, the longest waiting first."""
    return listed(user).filter(state=State.ACCEPTED).order_by("-urgent", "decided_on", "pk")


def allocated_lately(user: User, *, days: int = 28) -> QuerySet[Referral]:
    """What was allocated to this person in the last days and still is, latest first."""
    since = clock.today() - timedelta(days=days)
    mine = {"allocation__worker": user, "allocation__end_date": None, "allocation__in_error_at": None}
    rows = listed(user).filter(state=State.ALLOCATED, allocated_on__gte=since, **mine)
    return rows.order_by("-allocated_on", "-pk")


def incomplete(user: User) -> QuerySet[Referral]:
    """Open referrals that miss the child, whether anybody was harmed, or their answer; and those asked about."""
    misses = Q(child=None) | Q(victims=Referral.Victims.NOT_KNOWN) | Q(consent=Referral.Consent.NOT_ASKED)
    rows = listed(user).filter(Q(state=State.ASKED) | misses).open()
    return rows.order_by("-urgent", "received_on", "pk")
