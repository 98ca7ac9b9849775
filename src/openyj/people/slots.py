"""What upper rooms show on a child's pages. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, DateField, TextField

from openyj.core.components import Link
from openyj.core.slots import ListSlot, Slot


@dataclass(frozen=True)
class RecordPage:
    """A page of the record's sub-navigation; `url_name` takes the child's number."""

    text: str
    url_name: str


@dataclass(frozen=True)
class Block:
    """A card on the record's overview. `rows` are (label, value); `links` what can be done about it."""

    title: str
    rows: Sequence[tuple[str, object]]
    empty: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Banner:
    """What the identity bar adds: facts as (label, value) pairs."""

    facts: Sequence[tuple[str, object]] = field(default_factory=tuple)


pages: Slot[RecordPage] = Slot("pages of a child's record")
blocks: Slot[Callable[..., Block]] = Slot("blocks of a child's overview")  # called with child=, user=, may_change=
banner: Slot[Callable[..., Banner]] = Slot("facts of the identity bar")  # called with child=, user=

# One row a thing that happened. `kind` (the contribution's name) and `object_id` make its address: `people:fact`.
timeline = ListSlot(
    "timeline",
    {
        "date": DateField(),
        "title": TextField(),
        "detail": TextField(),
        "by": TextField(),
        "object_id": BigIntegerField(),
    },
    order_by=["-date"],
)
