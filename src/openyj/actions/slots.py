"""What upper rooms say about actions: where they arose. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.actions.models import Action
from openyj.core.components import Link
from openyj.core.slots import Slot


@dataclass(frozen=True)
class Origin:
    """A place where actions arise: a recommendation, a decision of a meeting. The upper room holds the thread, as a
    row that refers to the action.

    `links(user, numbers)` gives, for those of these actions that arose there, what the place is called and its page
    (an empty address where `user` may not open it), in one query. `numbers()` are all actions that arose there.
    """

    label: str
    links: Callable[[User, Collection[int]], Mapping[int, Link]]
    numbers: Callable[[], QuerySet]


origins: Slot[Origin] = Slot("where actions arise")


def threads(user: User, actions: Collection[Action]) -> dict[int, Link]:
    """Where each of these actions arose, for those that arose in a room above. One query a room."""
    numbers = [action.pk for action in actions]
    found: dict[int, Link] = {}
    for origin in origins:
        found.update(origin.links(user, numbers))
    return found
