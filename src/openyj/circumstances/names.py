"""The names of a child: a topic of the names that `people` keeps and its search looks through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances import selectors
from openyj.circumstances.about_forms import NameForm
from openyj.circumstances.episodes import earliest_of, label_in
from openyj.circumstances.topics import ABOUT, Topic, joined, lower_first, register
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.people import kinds, services, slots
from openyj.people import rules as people_rules
from openyj.people.models import Child, ChildName

NAME = "name"


def say_now(row: ChildName) -> str:
    return joined(row.name, lower_first(row.get_use_display()), row.said_as and f"said {row.said_as}")


def days(row: Any) -> str:
    """From when to when, as far as it is known."""
    said = joined(
        row.start_date and f"since {say_date(row.start_date)}", row.end_date and f"until {say_date(row.end_date)}"
    )
    return said[:1].upper() + said[1:] or "Since when is not recorded"


def say(row: ChildName) -> Iterator[tuple[str, object]]:
    yield "Name", row.name
    yield "Kind of name", row.get_use_display()
    yield "How it is said", row.said_as
    yield "Who says so", row.said_by
    yield "Since", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or ("Not recorded" if row.use == "former" else "It is in use")


def holds(day: Any) -> Q:
    """That a name was somebody's goes on being so; what they were once called is found below."""
    return Q(use="former") | Q(end_date=None) | Q(end_date__gt=day)


def still(row: ChildName, day: date) -> bool:
    return row.use == "former" or row.end_date is None or row.end_date > day


def on_papers(child: Child, user: User) -> list[tuple]:
    """The names on the child's papers, and one in use that was loaded without its day."""
    change = [Link("Change", reverse("people:change_details", args=[child.pk]), "name on papers")]
    lines: list[tuple] = [
        ("Name on papers", f"{child.given_name} {child.family_name}", change if child.may_change else ())
    ]
    dated = next((rows for topic, rows in selectors.hold_now(child, user) if topic.name == NAME), [])
    if child.known_as and not any(row.use == ChildName.Use.CALLED for row in dated):
        lines.append(("Name in use", child.known_as))
    return lines


kinds.register(
    kinds.Kind(
        NAME, "name", ChildName, ABOUT, NameForm, say, change=services.change_name, in_error=services.name_in_error,
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        120, NAME, "Names", ChildName, say_now, days, holds, still, page=ABOUT, lead=on_papers,
        empty="No other name is recorded. Ask the child what they want to be called.",
        add_text="Add a name", add=NameForm, save=services.add_name,
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, ChildName, "start_date", "A name"))


@slots.timeline.contribute(NAME)
def named(*, child):
    """The day since which it is a name of theirs, else the day it was recorded."""
    return ChildName.objects.standing().filter(child=child), {
        "date": Coalesce("start_date", TruncDate("recorded_at")),
        "title": Concat(label_in("use", ChildName.Use.choices, "Name"), Value(": "), F("name")),
        "detail": F("said_as"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
