"""The page of a child's orders: what was decided together, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj.casework.models import Outcome
from openyj.casework.orders import rules, selectors
from openyj.casework.orders.dates import DTO, REFERRAL_ORDER
from openyj.casework.orders.selectors import Order
from openyj.casework.orders.transfers import missing_number, responsible, say_transfer
from openyj.casework.orders.words import say_appeal, say_expiry, say_progress, say_release, say_stretch
from openyj.core import clock
from openyj.core.components import Link, Row
from openyj.core.dates import say_date
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import record_page
from openyj.people.record import AboutChild


@dataclass
class Card:
    """One order as the page shows it. `gone` says in words why it does not count."""

    title: str
    url: str
    gone: str
    rows: list[Row] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True)
class Mistake:
    """What was recorded in error on an order, struck out with its reason."""

    row: AboutChild
    url: str
    text: str


@of_child()
@require_safe
def orders(request: HttpRequest, child: Child) -> HttpResponse:
    """What was decided about the child, what it asks for, how far that is and until when it runs."""
    cards = [card_of(order, child) for order in selectors.orders_of(child, request.user)]
    return record_page(request, child, "casework/orders.html", cards=cards)


def card_of(order: Order, child: Child) -> Card:
    head = order.head
    gone = head.get_appeal_status_display() if all(outcome.overturned for outcome in order.outcomes) else ""
    card = Card(
        f"{head}, {say_date(head.outcome_date)}", reverse("people:fact", args=[child.pk, "outcome", head.pk]), gone
    )
    card.rows.append(Row("Offences", "; ".join(say_counted(outcome, gone) for outcome in order.outcomes)))
    if order.end.words and not gone:
        card.rows.append(Row("Runs until", order.end.words))
    for part in PARTS:
        part(order, child, card)
    return card


def say_counted(outcome: Outcome, gone: str) -> str:
    """An offence of an order; where only some of its outcomes were overturned, which."""
    lost = outcome.overturned and not gone
    return (
        f"{outcome.offence} (does not count: {outcome.get_appeal_status_display()})" if lost else str(outcome.offence)
    )


def requirements(order: Order, child: Child, card: Card) -> None:
    """What the order asks for, and how far it is."""
    for row in order.on_it("asked"):
        if not row.stands:
            card.mistakes.append(Mistake(row, fact(child, "requirement", row), f"{row}: {say_stretch(row)}"))
            continue
        actions = [Link("See", fact(child, "requirement", row), str(row))]
        if child.may_change:
            add = f"{reverse('casework:add_hours', args=[child.pk])}?requirement={row.pk}"
            actions.append(Link("Add hours", add, f"to {row}"))
        said = [part for part in (say_progress(row), say_stretch(row)) if part]
        card.rows.append(Row(str(row), "; ".join(said) or "No dates or hours recorded", actions))
        card.odd += rules.unusual_requirement(row, child)
    card.links += adding(child, order, ("Add a requirement", "casework:add_requirement"))


def fact(child: Child, kind: str, row: AboutChild) -> str:
    return reverse("people:fact", args=[child.pk, kind, row.pk])


def adding(child: Child, order: Order, *what: tuple[str, str]) -> Iterator[Link]:
    """Ways to add something to this order, for those who may."""
    if child.may_change:
        for text, url in what:
            yield Link(text, f"{reverse(url, args=[child.pk])}?outcome={order.head.pk}", f"to {order}")


def appeals(order: Order, child: Child, card: Card) -> None:
    """What was appealed, what came of it, and from which appeal the order itself comes."""
    for outcome in order.outcomes:
        on = f" ({outcome.offence})" if len(order.outcomes) > 1 else ""
        for row in outcome.appealed:
            if not row.stands:
                card.mistakes.append(Mistake(row, fact(child, "appeal", row), str(row)))
                continue
            card.rows.append(Row(f"Appeal{on}", say_appeal(row), [Link("See", fact(child, "appeal", row), str(row))]))
        for row in outcome.after:
            said = f"{row.outcome}, {say_date(row.outcome.outcome_date)}, which was changed on appeal"
            card.rows.append(Row(f"In place of{on}", said))
    card.links += adding(child, order, ("Record an appeal", "casework:add_appeal"))


def running(order: Order, child: Child, card: Card) -> None:
    """What it runs by: contract, custody and licence, changes."""
    code = order.head.legal_outcome.code
    for kind, label, attr in (("contract", "Contract", "signed"), ("order-change", "Change", "changed")):
        for row in order.on_it(attr):
            if row.stands:
                card.rows.append(Row(label, str(row), [Link("See", fact(child, kind, row), str(row))]))
    for row in order.on_it("held"):
        if row.stands:
            see = [Link("See", fact(child, "custody", row), "custody and licence")]
            card.rows.append(Row("Establishment", row.establishment and row.establishment.label, see))
            card.rows.append(Row("Release", say_release(row)))
            card.rows.append(Row("Licence until", say_expiry(row)))
    for kind, attr in (("contract", "signed"), ("order-change", "changed"), ("custody", "held")):
        wrong = [row for row in order.on_it(attr) if not row.stands]
        card.mistakes += [Mistake(row, fact(child, kind, row), str(row)) for row in wrong]
    if code == REFERRAL_ORDER and not any(row.stands for row in order.on_it("signed")):
        card.links += adding(child, order, ("Record the contract", "casework:add_contract"))
    if code == DTO and not any(row.stands for row in order.on_it("held")):
        card.links += adding(child, order, ("Record custody and licence", "casework:add_custody"))
    card.links += adding(child, order, ("Extend or end early", "casework:add_order_change"))


def moves(order: Order, child: Child, card: Card) -> None:
    """Who is responsible today, and what was asked of another service."""
    rows = order.on_it("moved")
    card.rows.append(Row("Responsible today", responsible(order.head, rows, clock.today())))
    for row in rows:
        if row.stands:
            see = [Link("See", fact(child, "order-transfer", row), say_transfer(row))]
            card.rows.append(Row(row.get_how_display(), say_transfer(row), see))
        else:
            card.mistakes.append(Mistake(row, fact(child, "order-transfer", row), str(row)))
    card.odd += missing_number(rows, child)
    card.links += adding(child, order, ("Transfer it", "casework:add_order_transfer"))


PARTS: Sequence = [running, requirements, appeals, moves]
