"""DOCX: paragraphs and table rows in reading order, each a line; tables as Word holds them.

Read with lxml from the document part alone: cells spread over columns or rows keep their place. Text that a
reviewer deleted is left out; a text box is read once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.reading.document import Cell, Document, Line, WordTable
from openyj.plancheck.reading.grids import table_from_grid
from openyj.plancheck.reading.guard import CannotRead
from openyj.plancheck.reading.layout import rebuilt_tables

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(path: Path) -> Document:
    """The document part of a DOCX; raises ``CannotRead`` when it is damaged."""
    try:
        with zipfile.ZipFile(path) as z, z.open("word/document.xml") as part:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            tree = etree.parse(part, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, OSError) as error:
        raise CannotRead("The Word document is damaged or locked. Open it in Word and save it again.") from error
    body = tree.getroot().find(f"{W}body")
    if body is None:
        raise CannotRead("The Word document holds no text.")
    document = Document("docx", [])
    tables = 0
    for kind, element in _blocks(body):
        if kind == "p":
            _add(document, _text(element), "")
            continue
        tables += 1
        grid = []
        for r, cells in enumerate(_rows(element), 1):
            number = len(document.lines) + 1
            _add(document, "\t".join(cells), f"table {tables}, row {r}")
            grid.append([Cell(text, number, cell_number(text, number)) for text in cells])
        if grid:
            merged = element.find(f".//{W}vMerge") is not None
            document.word_tables.append(WordTable(tuple(tuple(row) for row in grid), merged))
            table = table_from_grid(grid, confidence=1.0, caption=_caption(document, grid[0][0].line))
            if table is not None:
                document.tables.append(table)
    if not any(line.text.strip() for line in document.lines):
        raise CannotRead("The Word document holds no text: perhaps only pictures of pages.")
    document.tables.extend(rebuilt_tables([x for x in document.lines if "\t" not in x.text and not x.place]))
    return document


def elements_by_line(body: Any) -> dict[int, Any]:
    """The paragraph or table row that each line was read from, numbered as ``read_word`` numbers them."""
    found: dict[int, Any] = {}
    for kind, element in _blocks(body):
        for part in [element] if kind == "p" else element.iterchildren(f"{W}tr"):
            found[len(found) + 1] = part
    return found


def _add(document: Document, text: str, place: str) -> None:
    document.lines.append(Line(len(document.lines) + 1, text, place))


def _caption(document: Document, number: int) -> str:
    above = [x.text.strip() for x in document.lines[max(0, number - 7) : number - 1] if x.text.strip() and not x.place]
    return " / ".join(text for text in above[-2:] if len(text) < 200)


def _blocks(parent: Any) -> Iterator[tuple[str, Any]]:
    for child in parent.iterchildren():
        if child.tag == f"{W}p":
            yield "p", child
        elif child.tag == f"{W}tbl":
            yield "tbl", child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _blocks(child)


def _text(element: Any) -> str:
    parts: list[str] = []
    skipped = [f for f in element.iter(FALLBACK)]
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if skipped and any(a in skipped for a in node.iterancestors()):
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}tab":
            if node.getparent().tag == f"{W}r":
                parts.append("\t")
        else:
            parts.append("-" if node.tag == f"{W}noBreakHyphen" else " ")
    return "".join(parts)


def _rows(table: Any) -> Iterator[list[str]]:
    """The cells of each row; a cell over several columns is followed by empty ones."""
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue  # a table within a cell
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            text = "" if goes_on else " ".join(" ".join(_text(p).split()) for p in cell.iter(f"{W}p")).strip()
            cells.append(text)
            width = int(span.get(f"{W}val") or 1) if span is not None else 1
            cells.extend([""] * min(width - 1, 60))
        yield cells or [""]
