"""What upper rooms say about the people and places an administrator manages. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openyj.accounts.models import Locality, Team, User
from openyj.core.components import Row
from openyj.core.slots import Slot


@dataclass(frozen=True)
class Holding:
    """How many of something still hang on a user, team or locality: `Holding(12, "children")`."""

    count: int
    what: str

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


# Called with the user, team or locality; gives what hangs on it in that room, or None for nothing of its kind.
holdings: Slot[Callable[[User | Team | Locality], Holding | None]] = Slot("what a user, team or locality still has")

# Called with the person who reads their own account page; gives a line of it that leads into that room.
account_lines: Slot[Callable[[User], Row]] = Slot("lines of an account page")


def held_by(thing: User | Team | Locality) -> list[Holding]:
    """Everything that would be left behind, without what counts none."""
    found = (ask(thing) for ask in holdings)
    return [holding for holding in found if holding and holding.count]
