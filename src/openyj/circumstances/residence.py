"""Where a child lives: a topic of the addresses that `people` keeps. Who may read an address is settled there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from openyj.circumstances import selectors, services
from openyj.circumstances.forms import MoveForm
from openyj.circumstances.topics import Following, Topic, from_to, joined, register, say_suitable
from openyj.people.models import Address


def say_now(row: Address) -> str:
    """The kind of place and whether it suits; the address itself stands in the fact's own lines."""
    kind = row.get_accommodation_type_display() or "Kind of accommodation not recorded"
    return joined(f"{kind}{say_suitable(row)}", None if row.primary else "not the main address")


def holds(day: Any) -> Q:
    """The day a child left is not a day they live there."""
    return Q(end_date=None) | Q(end_date__gt=day)


def still(row: Address, day: date) -> bool:
    return row.end_date is None or row.end_date > day


topic = register(
    Topic(
        10, "address", "Where the child lives", Address, say_now, from_to, holds, still,
        empty="No address is recorded.", add_text="Add an address", add_url="people:add_address",
        following=Following("Moved to …", "Where has the child moved to?", MoveForm, services.move, "Move recorded"),
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
