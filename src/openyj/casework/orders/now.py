"""Which orders run today and until when: said above every page of the record, so asked in one question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery, Sum

from openyj.accounts.models import User
from openyj.casework.models import Contract, Custody, OrderChange, Outcome
from openyj.casework.orders.dates import End, end_of
from openyj.casework.orders.selectors import Order, given_together
from openyj.core.dates import say_date
from openyj.core.worded import worded
from openyj.people.models import Child
from openyj.people.selectors import told

EXTENDED = "EXTENDED"


@worded(child=BigIntegerField())
def decided(*, child) -> QuerySet[Outcome]:
    """The standing outcomes that have a length or an end, each with what it runs by."""

    def on_it(model):
        return model.objects.standing().filter(outcome=OuterRef("pk"))

    changes = on_it(OrderChange)
    added = changes.filter(how=EXTENDED).order_by().values("outcome").annotate(all=Sum("months")).values("all")
    rows = Outcome.objects.standing().filter(child=child, offence__in_error_at=None)
    return (
        rows.exclude(term_months=None, end_date=None)
        .select_related("legal_outcome", "offence")
        .annotate(
            signed_on=Subquery(on_it(Contract).values("signed_on")[:1]),
            written_expiry=Subquery(on_it(Custody).values("expiry_on")[:1]),
            months_added=Subquery(added[:1]),
            over=Exists(changes.exclude(how=EXTENDED)),
        )
    )


def running(child: Child, user: User, today: date) -> list[tuple[Outcome, End]]:
    """The orders that run on a day, latest first, each with until when; one whose end nobody knows goes on."""
    found = []
    for order in given_together(told(decided, child, user)):
        outcomes = order.outcomes
        if all(each.overturned for each in outcomes) or any(each.over for each in outcomes):
            continue
        end = end_by(order)
        if order.head.outcome_date <= today and (end.day is None or end.day >= today):
            found.append((order.head, end))
    return found


def end_by(order: Order) -> End:
    """Until when an order runs, from what was asked with its outcomes."""
    signed, expiry, months = (
        next((value for each in order.outcomes if (value := getattr(each, name))), None)
        for name in ("signed_on", "written_expiry", "months_added")
    )
    contract = Contract(signed_on=signed) if signed else None
    changes = [OrderChange(how=EXTENDED, months=months)] if months else []
    return end_of(order.head, contract, changes, Custody(expiry_on=expiry) if expiry else None)


def say_running(rows: Sequence[tuple[Outcome, End]]) -> str:
    """ "Referral order until 19 October 2026 (estimate)"; "None" where none runs."""
    return "; ".join(f"{outcome} {say_until(end)}" for outcome, end in rows) or "None"


def say_until(end: End) -> str:
    if end.day is None:
        return "(end not known)"
    return f"until {say_date(end.day)}{' (estimate)' if end.estimate else ''}"
