"""What stands on the first page for someone who is not signed in. The demo puts its people there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openyj.core.slots import Slot


@dataclass(frozen=True)
class Part:
    """A passage of the first page: a template and what it is given."""

    template: str
    context: dict[str, object]


WELCOME: Slot[Callable[[], Part]] = Slot("welcome")
