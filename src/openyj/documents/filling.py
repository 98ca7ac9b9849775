"""Filling a tree in: every code becomes what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from openyj.documents.figures import Figures
from openyj.documents.tree import DataTable, Figure, Mistake, Picture, Quoted, Tree, change, walk


@dataclass(frozen=True)
class Value:
    """One number of a document as it was said: how it is known, what it speaks of, and the facts behind it."""

    key: str  # "figure 7K3MQR"; the same token says the same everywhere in a document
    code: str
    said: str
    what: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """A tree with its figures, and every value in it once, in the order they first appear."""

    tree: Tree
    values: tuple[Value, ...]

    @property
    def problems(self) -> list[str]:
        """What keeps a reader from a number: unknown codes, figures that cannot be computed, unreadable tokens."""
        return list(dict.fromkeys(problems_of(self.tree)))

    @property
    def quoted(self) -> list[Quoted]:
        """Numbers that were typed, with their sources."""
        return list(dict.fromkeys(one for one in walk(self.tree) if isinstance(one, Quoted)))


def fill(tree: Tree, figures: Figures, *, svg: bool = True, png: bool = False) -> Filled:
    """The tree with everything worked out from `figures`. What cannot be said says so in its place.

    Charts are drawn only as they will be shown, `svg` for a page and `png` for a file: drawing takes the longest.
    """
    figures.know(codes_of(tree))
    values: dict[str, Value] = {}

    def leaf(node: Any) -> Any:
        match node:
            case Figure():
                said = figures.change(node.codes) if node.change else figures.figure(node.code)
                key = " ".join(["change" if node.change else "figure", *node.codes])
                values.setdefault(key, Value(key, node.codes[-1], said.text or said.problem, said.what, said.facts))
                return replace(node, said=said.text, what=said.what, problem=said.problem)
            case DataTable():
                found = figures.table(node.code)
                if isinstance(found, str):
                    return replace(node, problem=found)
                rows = tuple(tuple(str(cell) for cell in row) for row in found.rows)
                foot = tuple(str(cell) for cell in found.foot)
                key = f"table {node.code}"
                values.setdefault(key, Value(key, node.code, as_text(found.head, rows, foot), found.caption))
                return DataTable(node.code, found.caption, tuple(found.head), rows, tuple(sorted(found.numeric)), foot)
            case Picture():
                chart = figures.chart(node.code)
                if isinstance(chart, str):
                    return replace(node, problem=chart)
                key, series = f"chart {node.code}", figures.table(node.code)
                values.setdefault(key, Value(key, node.code, as_text(series.head, series.rows, ()), series.caption))
                drawing = chart.svg(f"chart-{next(figures.drawings)}") if svg else ""
                pixels = chart.png() if png else b""
                return Picture(node.code, chart.title, chart.description, chart.notes, drawing, pixels)
        return node

    return Filled(change(tree, leaf), tuple(values.values()))


def as_text(*parts: Any) -> str:
    """A table's cells as lines, to keep and to compare."""
    head, rows, foot = parts
    return "\n".join(" | ".join(line) for line in [head, *rows, foot] if line)


def codes_of(tree: Tree) -> set[str]:
    """Every code a tree speaks of."""
    return {
        code
        for node in walk(tree)
        for code in (node.codes if isinstance(node, Figure) else (getattr(node, "code", ""),))
        if code
    }


def problems_of(tree: Tree) -> Iterator[str]:
    for node in walk(tree):
        problem = getattr(node, "problem", "")
        if not problem:
            continue
        if isinstance(node, Mistake):
            yield f"{node.typed or 'A table or chart'}: {problem}"
        elif isinstance(node, Figure | DataTable | Picture):
            codes = " ".join(node.codes) if isinstance(node, Figure) else node.code
            yield f"{codes}: {problem}"
