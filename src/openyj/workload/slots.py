"""What a workload is made of: rooms say which things of a child count and at what weight to begin with. Registered at
start-up.

    parts.add("programme:community", Part("Community order", Decimal(3), GK))

    @things.contribute("programme")
    def programmes(*, service, day): ...
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, DateField, TextField

from openyj.core.slots import ListSlot, Slot

GK = "A number to begin with, to set as your own: no weights are published"


@dataclass(frozen=True)
class Part:
    """One part of the number: what it is called, its weight until the service sets its own, and why that."""

    label: str
    usual: Decimal
    source: str = GK


parts: Slot[Part] = Slot("parts of the workload number")

# Everything of every child that counts on a day, with a worker or without. `part` names one of `parts`.
things = ListSlot(
    "what counts as work",
    {"part": TextField(), "child": BigIntegerField(), "since": DateField(), "what": TextField()},
    about={"service": BigIntegerField(), "day": DateField()},
    order_by=["part", "child", "since"],
)
