"""What actions add to a child's record: a kind of fact, a page, a card, a part of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BigIntegerField, CharField, DateField, F, Max, Min, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.actions import forms, services
from openyj.actions.deadlines import deadlines
from openyj.actions.models import Action, ActionFile, BankHoliday, TimeLimit
from openyj.core import clock
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.core.worded import worded
from openyj.people import slots
from openyj.people.kinds import Kind, register
from openyj.people.models import Child
from openyj.people.selectors import told
from openyj.people.slots import Block, RecordPage
from openyj.reference.selectors import Holding, more_holdings

slots.pages.add("actions:of_child", RecordPage("Actions and limits", "actions:of_child"), order=40)


def say_action(row: Action) -> Iterator[tuple[str, object]]:
    yield "Why", row.why
    yield "Owner", row.owned_by_words
    yield "Agreed on", say_date(row.set_on)
    yield "Due", say_date(row.due_on)
    yield "How we will know it worked", row.success
    if row.done_on:
        yield "Done on", say_date(row.done_on)
        yield "Impact and evidence", row.evidence


register(
    Kind(
        "action", "action", Action, "actions:of_child", forms.ChangeActionForm, say_action,
        change=services.change_action, read=lambda rows: rows.select_related("child", "in_error_by", "owner"),
        address=Action.get_absolute_url, parts={ActionFile: "file of an action"},
    )
)  # fmt: skip


@slots.timeline.contribute("action")
def actions(*, child):
    """An action, on the day it was agreed."""
    return Action.objects.standing().filter(child=child), {
        "date": "set_on",
        "title": Concat(Value("Action: "), F("what"), output_field=CharField()),
        "detail": F("evidence"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@worded(child=BigIntegerField(), today=DateField())
def still_to_do(*, child, today):
    """What is open about a child, the five that are due first."""
    rows = Action.objects.filter(child=child).open().with_rag(today).select_related("owner")
    return rows.order_by("due_on", "pk")[:5]


@slots.blocks.contribute("actions", order=60)
def open_actions(*, child: Child, user: User, may_change: bool) -> Block:
    """The overview's card of what still has to be done."""
    lines = [
        (f"Due {say_date(a.due_on)}", f"{a.what} ({a.owned_by_words}). {a.rag_words}.")
        for a in told(still_to_do, child, user, today=clock.today())
    ]
    links = [Link("See all actions", reverse("actions:of_child", args=[child.pk]))]
    if may_change:
        links.append(Link("Add an action", reverse("actions:add_of_child", args=[child.pk])))
    return Block("Open actions", lines, "Nothing is open.", links)


@slots.blocks.contribute("time limits", order=55)
def running_limits(*, child: Child, user: User, may_change: bool) -> Block:
    """The overview's card of what the work is held to and is not answered yet."""
    found = deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id, only_open=True)
    lines = [(each.happened.what, f"{each.words}.") for each in found]
    links = [Link("See all time limits", reverse("actions:of_child", args=[child.pk]))]
    return Block("Time limits", lines, "No time limit is running.", links)


@more_holdings.contribute("time limits", order=10)
def limits_held(service: Service) -> Holding:
    """The administrator's line about the service's time limits."""
    count = TimeLimit.objects.standing().filter(service=service).count()
    said = f"{count} limit{'' if count == 1 else 's'} of {service.name}" if count else ""
    return Holding("Time limits", said, "actions:limits", "nothing has a deadline")


@more_holdings.contribute("bank holidays", order=20)
def holidays_held(service: Service) -> Holding:
    """The administrator's line about bank holidays."""
    years = BankHoliday.objects.standing().aggregate(first=Min("day"), last=Max("day"))
    said = f"{years['first'].year} to {years['last'].year}, England and Wales" if years["first"] else ""
    return Holding("Bank holidays", said, "actions:bank_holidays", "limits in working days count them as working days")
