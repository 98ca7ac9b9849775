"""The rules of a definition, each with an id, and the switch by which a test proves that each one bites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import ibis
import ibis.expr.types as ir

NONE: frozenset[str] = frozenset()
T = TypeVar("T")


class Rules:
    """A definition's rules, all of them holding unless named in ``without``.

    ``without`` exists for tests: a hand-drawn life must change its count when a rule no longer holds.
    """

    def __init__(self, texts: Mapping[str, str], without: frozenset[str] = NONE) -> None:
        unknown = without - texts.keys()
        if unknown:
            raise KeyError(f"No such rule: {', '.join(sorted(unknown))}. Known: {', '.join(texts)}")
        self.texts = texts
        self.without = without

    def __call__(self, id: str, condition: ir.BooleanValue) -> ir.BooleanValue:
        """The condition, or nothing asked when the rule is off."""
        return self.either(id, condition, ibis.literal(True))

    def either(self, id: str, holds: T, otherwise: T) -> T:
        """The first while the rule holds, else the second."""
        if id not in self.texts:
            raise KeyError(f"The definition uses a rule it does not state: {id}")
        return otherwise if id in self.without else holds

    def order(self, **keys: ir.Value) -> list[ir.Value]:
        """Keys to sort by, each belonging to a rule (``FTE_4a=...`` is rule FTE-4a)."""
        named = {id.replace("_", "-", 1): key for id, key in keys.items()}
        return [key for id, key in named.items() if self.either(id, True, False)]
