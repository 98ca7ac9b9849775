"""What a measure is: a definition, its words, what it shows and what it may be broken down by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import ibis.expr.types as ir

from openyj.measures.about import CHILDREN, About

SECTIONS = ("Why it matters", "Numerator", "Denominator", "Source", "Traps", "Limits")
HERE = Path(__file__).parent

Cohort = Callable[..., ir.Table]


@dataclass(frozen=True)
class Count:
    """How many were counted. ``label`` says of what."""

    name: str
    label: str


@dataclass(frozen=True)
class Rate:
    """How many were counted for each ``per`` residents aged 10 to 17."""

    name: str
    label: str
    per: int


@dataclass(frozen=True)
class Share:
    """The share of those counted for whom a column is true."""

    name: str
    label: str
    of: str


@dataclass(frozen=True)
class Mean:
    """The mean of a number over those counted, or over those of them for whom ``where`` is true."""

    name: str
    label: str
    of: str
    where: str | None = None


@dataclass(frozen=True)
class Tally:
    """How many of those counted a column is true of, where all there are were counted: a number out of a number. It
    has no interval, because none of it is a draw from more."""

    name: str
    label: str
    of: str


Show = Count | Rate | Share | Mean | Tally


@dataclass(frozen=True)
class Words:
    """What a reader is told: the measure's Markdown, by section."""

    title: str
    lead: str
    sections: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Words:
        """The words in a file. Raises ValueError naming a section that is missing or not expected."""
        head, *rest = path.read_text(encoding="utf-8").split("\n## ")
        title, _, lead = head.partition("\n")
        sections = {name.strip(): text.strip() for name, _, text in (part.partition("\n") for part in rest)}
        if tuple(sections) != SECTIONS or not title.startswith("# ") or not all(sections.values()):
            raise ValueError(f"{path.name} must hold a title and the sections {', '.join(SECTIONS)}, in that order")
        return cls(title[2:].strip(), lead.strip(), sections)


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure. ``name`` is its id, used in addresses, tokens and on the command line.

    ``cohort(t, as_of)`` gives one row per counted unit as an Ibis expression over the declared tables; it is
    a function of the rows of one of those it is ``about`` (a person; a service) and the day. ``matures`` is how
    many months after a quarter's end its figure is complete; ``edition`` dates the definition and ``review``
    says when to look at it again.
    """

    name: str
    cohort: Cohort
    unit: str
    rules: Mapping[str, str] = field(repr=False)
    edition: str
    review: date
    better: Literal["lower", "higher"]
    matures: int
    by: tuple[str, ...]
    shows: tuple[Show, ...]
    about: About = CHILDREN

    @cached_property
    def words(self) -> Words:
        return Words.read(HERE / f"{self.name.replace('-', '_')}.md")

    def show(self, name: str) -> Show:
        """One of the things it shows. Raises KeyError naming those there are."""
        for each in self.shows:
            if each.name == name:
                return each
        raise KeyError(f"{self.name} shows {', '.join(each.name for each in self.shows)}, not {name}")
