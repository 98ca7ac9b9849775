"""The time limit of a referral order's first panel: an event that time limits run from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from openyj.actions.deadlines import Event, Happened, Usual, events
from openyj.actions.models import Unit
from openyj.casework.first_contacts import cases_of, decided_here
from openyj.casework.models import Contract
from openyj.casework.orders.dates import REFERRAL_ORDER
from openyj.people.models import Child

SOURCE = "Two published pages on referral orders (Solihull; intensive contracts): 20 working days. To confirm as yours"


def referral_orders(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The referral orders of these children from a day on with the contract that answered each. One query. Orders of
    one day are one occasion, and a contract under any of them answers it."""
    contract = Contract.objects.standing().filter(
        child=OuterRef("child"), outcome__outcome_date=OuterRef("outcome_date")
    )
    rows = decided_here(children, since).filter(legal_outcome__code=REFERRAL_ORDER)
    rows = rows.annotate(
        contract=Subquery(contract.values("pk")[:1]),
        signed_on=Subquery(contract.values("signed_on")[:1]),
        late_reason=Subquery(contract.values("late_reason")[:1]),
    )
    for row in rows.filter(contract=None) if only_open else rows:
        yield Happened(
            child=row.child,
            occasion=row.outcome_date,
            what=row.legal_outcome.label,
            day=row.outcome_date,
            cases=cases_of(row),
            ended=row.signed_on,
            url=(
                reverse("people:fact", args=[row.child_id, "contract", row.contract])
                if row.contract
                else f"{reverse('casework:add_contract', args=[row.child_id])}?outcome={row.pk}"
            ),
            reason=row.late_reason or "",
        )


events.add(
    "first-panel",
    Event(
        label="First panel of a referral order",
        begins="the referral order",
        ends="first panel, with its contract signed",
        cases=lambda: [(f"outcome:{REFERRAL_ORDER}", "Referral order")],
        happened=referral_orders,
        usual=[Usual(f"outcome:{REFERRAL_ORDER}", 20, Unit.WORKING, SOURCE)],
    ),
)
