"""What upper rooms show on a child's pages. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, DateField, TextField

from openyj.accounts.roles import Permission
from openyj.core.components import Link
from openyj.core.slots import ListSlot, Slot


@dataclass(frozen=True)
class RecordPage:
    """A page of the record's sub-navigation, for those who have the permission; `url_name` takes the child's number."""

    text: str
    url_name: str
    permission: Permission = Permission.SEE_CHILDREN


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
# Called with child=, user=, may_change=; None for a reader whose role is not shown such a card.
blocks: Slot[Callable[..., Block | None]] = Slot("blocks of a child's overview")
banner: Slot[Callable[..., Banner]] = Slot("facts of the identity bar")  # called with child=, user=

# One row a thing that happened. `kind` (the contribution's name) and `object_id` make its address: `people:fact`.
# Read through `people.selectors.happened`, which knows who may.
timeline = ListSlot(
    "timeline",
    {
        "date": DateField(),
        "title": TextField(),
        "detail": TextField(),
        "by": TextField(),
        "object_id": BigIntegerField(),
    },
    about={"child": BigIntegerField()},
    order_by=["-date"],
)
