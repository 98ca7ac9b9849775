"""What a document is made of. Written as HTML, Word and PDF from this and nothing else."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Strong:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Figure:
    """A number by its code, or by two codes what happened between them. `said` is empty until it is filled in.

    `what` is what the number speaks of; `problem` why it cannot be said.
    """

    code: str
    later: str = ""  # the second code of a change
    change: bool = False
    said: str = ""
    what: str = ""
    problem: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, self.later) if self.later else (self.code,)


@dataclass(frozen=True)
class Quoted:
    """A number the system does not hold, as its writer typed it, and where they have it from."""

    said: str
    source: str


@dataclass(frozen=True)
class Mistake:
    """Something in double braces that cannot be read, as it was typed, and why."""

    typed: str
    problem: str


Inline = Text | Strong | Emphasis | Figure | Quoted | Mistake


@dataclass(frozen=True)
class Heading:
    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Items:
    """A list; each item is blocks, so that lists can stand in lists."""

    numbered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class DataTable:
    """A table of figures by the code of one of them. Without a head until it is filled in."""

    code: str
    caption: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: tuple[int, ...] = ()
    foot: tuple[str, ...] = ()
    problem: str = ""

    @property
    def weights(self) -> list[int]:
        """How the width of a page is shared among the columns: by the longest cell, within reason. A head may wrap
        between its words, and so may a cell of words; a number should not."""
        lines = [*self.rows, *([self.foot] if self.foot else [])]
        shares = []
        for n, head in enumerate(self.head):
            cells = [len(line[n]) for line in lines]
            words = max(len(word) for word in [*head.split(), ""])
            shares.append(min(45, max([words, *cells])) + 4)
        return shares


@dataclass(frozen=True)
class Picture:
    """A chart by a figure's code. `alt` is what it shows for somebody who cannot see it. Without a drawing until
    it is filled in."""

    code: str
    caption: str = ""
    alt: str = ""
    notes: tuple[str, ...] = ()
    svg: str = ""
    png: bytes = b""
    problem: str = ""


Block = Heading | Paragraph | Items | DataTable | Picture
Tree = tuple[Block, ...]
NODES: dict[str, type] = {
    kind.__name__: kind
    for kind in (Text, Strong, Emphasis, Figure, Quoted, Mistake, Heading, Paragraph, Items, DataTable, Picture)
}


def walk(node: Any) -> Iterator[Any]:
    """Every node of a tree, in reading order, the outer before the inner."""
    if isinstance(node, tuple):
        for one in node:
            yield from walk(one)
    elif is_dataclass(node):
        yield node
        for each in fields(node):
            value = getattr(node, each.name)
            if isinstance(value, tuple):
                yield from walk(value)


def change(node: Any, leaf: Any) -> Any:
    """The tree with `leaf(node)` in the place of every node that has no others in it."""
    if isinstance(node, tuple):
        return tuple(change(one, leaf) for one in node)
    if isinstance(node, Strong | Emphasis | Heading | Paragraph):
        return replace(node, inlines=change(node.inlines, leaf))
    if isinstance(node, Items):
        return replace(node, items=change(node.items, leaf))
    return leaf(node) if is_dataclass(node) else node


def plain(node: Any) -> str:
    """The words of a part of the tree, as a reader reads them."""
    return "".join(
        one.text if isinstance(one, Text) else one.said if isinstance(one, Figure | Quoted) else ""
        for one in walk(node)
    )


def as_json(node: Any) -> Any:
    """The tree as JSON, to keep. `from_json` gives the very same tree back."""
    if isinstance(node, tuple):
        return [as_json(one) for one in node]
    if isinstance(node, bytes):
        return base64.b64encode(node).decode()
    if is_dataclass(node):
        return {"is": type(node).__name__} | {f.name: as_json(getattr(node, f.name)) for f in fields(node)}
    return node


def from_json(data: Any) -> Any:
    """The tree of `as_json`."""
    if isinstance(data, list):
        return tuple(from_json(one) for one in data)
    if not isinstance(data, dict):
        return data
    kind = NODES[data["is"]]
    values = {name: from_json(value) for name, value in data.items() if name != "is"}
    if kind is Picture:
        values["png"] = base64.b64decode(values["png"])
    return kind(**values)
