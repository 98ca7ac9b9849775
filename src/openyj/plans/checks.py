"""What a Plan still lacks before a version of it can be frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openyj.accounts.models import Service
from openyj.documents.assembling import Part
from openyj.documents.figures import Figures
from openyj.documents.filling import Filled, Value, codes_of, fill
from openyj.documents.numbers import TypedNumber, typed_numbers
from openyj.documents.reading import read
from openyj.documents.tree import Quoted


@dataclass(frozen=True)
class PartCheck:
    """One section as it is now, filled in, with what is asked about it."""

    part: Part
    filled: Filled
    typed: list[TypedNumber]

    @property
    def empty(self) -> bool:
        return not self.part.text.strip()

    @property
    def words(self) -> int:
        return len(self.part.text.split())

    @property
    def asks(self) -> int:
        return len(self.typed) + len(self.filled.problems)


@dataclass(frozen=True)
class Check:
    """A whole Plan as it is now."""

    parts: list[PartCheck]
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def missing(self) -> list[Part]:
        """Sections nobody has written. A version can be frozen without them; they are shown."""
        return [one.part for one in self.parts if one.empty]

    @property
    def asking(self) -> list[PartCheck]:
        """Sections with a number that cannot be followed: typed and not marked, or with no figure behind it."""
        return [one for one in self.parts if one.asks]

    @property
    def quoted(self) -> list[tuple[Part, Quoted]]:
        """Every number from elsewhere with its source, section by section."""
        return [(one.part, quoted) for one in self.parts for quoted in one.filled.quoted]

    @property
    def ready(self) -> bool:
        return not self.asking


class NotReady(ValueError):
    """A version cannot be frozen yet; `found` says why."""

    def __init__(self, found: Check):
        super().__init__("Some numbers cannot be followed to where they come from. Put them right, then freeze.")
        self.found = found


def check(service: Service, parts: Sequence[Part], figures: Figures | None = None, *, drawn: bool = False) -> Check:
    """The parts as they are now, worked out from one reading of the record; charts are `drawn` to be shown."""
    trees = [read(part.text, deeper=1) for part in parts]
    figures = figures or Figures.live(service)
    figures.know(code for tree in trees for code in codes_of(tree))
    checked = [
        PartCheck(part, fill(tree, figures, svg=drawn), typed_numbers(part.text))
        for part, tree in zip(parts, trees, strict=True)
    ]
    values: dict[str, Value] = {}
    for one in checked:
        for value in one.filled.values:
            values.setdefault(value.key, value)
    return Check(checked, values)
