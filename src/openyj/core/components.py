"""What a view hands to the template tags of `{% load page %}`: small frozen facts, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Link:
    """A link. `hidden` is read out after the text, so that six "Change" links can be told apart."""

    text: str
    url: str
    hidden: str = ""


@dataclass(frozen=True)
class NavItem:
    """One entry of a navigation. `count` is shown after it where it is not None."""

    text: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Tag:
    """A state in words; the colour only repeats it. Colours: see COLOURS."""

    text: str
    colour: str = "blue"

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            raise ValueError(f"A tag's colour is one of {sorted(COLOURS)}, not {self.colour!r}")


COLOURS = {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}


@dataclass(frozen=True)
class Row:
    """A line of a summary list: what it is, what it says, what can be done about it."""

    label: str
    value: Any
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class IdentityBar:
    """Whose record this is, above every page of it: name, a few facts, alerts in words."""

    title: str
    url: str = ""
    facts: Sequence[tuple[str, Any]] = ()
    alerts: Sequence[Tag] = ()


@dataclass(frozen=True)
class TimelineItem:
    """Something that happened on a day. A datetime shows its time; a date shows none, for none is known."""

    title: str
    date: date | datetime
    by: str = ""
    url: str = ""
    detail: str = ""
    tag: Tag | None = None


@dataclass(frozen=True)
class Table:
    """A small table without sorting, such as stands beside a chart. `numeric` are the columns' positions."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    numeric: frozenset[int] = field(default_factory=frozenset)
    foot: Sequence[Any] = ()
