"""Reading the orders of a child: outcomes of one occasion and kind together, with what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from openyj.accounts.models import User
from openyj.casework.models import (
    Appeal,
    Contract,
    Custody,
    OrderChange,
    OrderTransfer,
    Outcome,
    Requirement,
    RequirementHours,
)
from openyj.casework.orders.dates import End, end_of
from openyj.core.dates import say_date
from openyj.people.models import Child


@dataclass(frozen=True)
class Order:
    """Outcomes that were given together. What hangs on any of them answers the order."""

    outcomes: Sequence[Outcome]

    @property
    def head(self) -> Outcome:
        """The outcome that new facts hang on: the first of those that were given together."""
        return self.outcomes[0]

    def on_it(self, related: str) -> list:
        """What hangs on it by this name, as the outcomes were read with it."""
        return [row for outcome in self.outcomes for row in getattr(outcome, related)]

    @property
    def end(self) -> End:
        """Until when it runs, from what stands on it."""
        signed, changed, held = ([row for row in self.on_it(n) if row.stands] for n in ("signed", "changed", "held"))
        return end_of(self.head, next(iter(signed), None), changed, next(iter(held), None))

    def __str__(self) -> str:
        offences = "; ".join(str(outcome.offence) for outcome in self.outcomes)
        return f"{self.head}, {say_date(self.head.outcome_date)} ({offences})"


def given_together(outcomes: Iterable[Outcome]) -> list[Order]:
    """Orders, latest first. Outcomes without an occasion stand alone."""
    found: dict[tuple, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda o: o.pk):
        together = outcome.occasion or f"alone {outcome.pk}"
        found.setdefault((together, outcome.legal_outcome_id, outcome.outcome_date), []).append(outcome)
    orders = [Order(rows) for rows in found.values()]
    return sorted(orders, key=lambda order: (order.head.outcome_date, order.head.pk), reverse=True)


# What an order runs by: its name on an outcome, its model, what it is read with, and the list it becomes.
ON_AN_ORDER = [
    ("contracts", Contract, (), "signed"),
    ("changes", OrderChange, (), "changed"),
    ("transfers", OrderTransfer, ("other_service",), "moved"),
    ("custodies", Custody, ("establishment", "custody_programme", "licence_programme"), "held"),
]


def standing_outcomes(child: Child) -> QuerySet[Outcome]:
    """The outcomes of a child that a fact may hang on: recorded in error is neither they nor their offence."""
    rows = Outcome.objects.standing().filter(child=child, offence__in_error_at=None)
    return rows.select_related("legal_outcome", "offence")


# With what a fact is read whose page says until when its order runs: what all orders of its child run by.
RUNNING = [
    Prefetch(f"child__{name}", model.objects.select_related("outcome"))
    for name, model in (("contracts", Contract), ("orderchanges", OrderChange), ("custodys", Custody))
]


def same_order(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes of a child are of one order."""
    if one.pk == other.pk:
        return True
    same = ("occasion", "legal_outcome_id", "outcome_date")
    return one.occasion is not None and all(getattr(one, name) == getattr(other, name) for name in same)


def together_with(outcome: Outcome) -> QuerySet[Outcome]:
    """The outcomes of one order, among them this one."""
    if outcome.occasion is None:
        return Outcome.objects.filter(pk=outcome.pk)
    same = {name: getattr(outcome, name) for name in ("child_id", "occasion", "legal_outcome_id", "outcome_date")}
    return Outcome.objects.standing().filter(**same, offence__in_error_at=None)


def orders_of(child: Child, user: User) -> list[Order]:
    """The orders on a child's record with all that hangs on them. As many queries for one order as for many."""
    done = RequirementHours.objects.standing().select_related("in_error_by")
    requirements = (
        Requirement.objects.of(child, user)
        .select_related("kind", "in_error_by")
        .prefetch_related(Prefetch("hours", done, to_attr="done"))
    )
    appeals = Appeal.objects.of(child, user)
    rows = Outcome.objects.of(child, user).standing().filter(offence__in_error_at=None)
    return given_together(
        rows.select_related("legal_outcome", "offence").prefetch_related(
            Prefetch("requirements", requirements, to_attr="asked"),
            Prefetch(
                "appeals", appeals.select_related("in_error_by", "new_outcome__legal_outcome"), to_attr="appealed"
            ),
            *(
                Prefetch(name, model.objects.of(child, user).select_related(*also, "in_error_by"), to_attr=attr)
                for name, model, also, attr in ON_AN_ORDER
            ),
            Prefetch("comes_from", appeals.standing().select_related("outcome__legal_outcome"), to_attr="after"),
        )
    )
