"""Plain text and Markdown: lines as an editor numbers them, and the tables that tabs or pipes still show."""

from __future__ import annotations

import re
from dataclasses import replace

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.reading.document import Cell, Document, Line, WordTable
from openyj.plancheck.reading.grids import table_from_grid
from openyj.plancheck.reading.layout import rebuilt_tables

RULED = re.compile(r"^\s*\|?[\s:|-]*-{3}[\s:|-]*\|?\s*$")


def decoded(raw: bytes) -> str:
    """Text from bytes: UTF-8, UTF-16 where a byte-order mark says so, else Windows-1252, as Word saves it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def document_from(text: str, kind: str) -> Document:
    """Lines, the tables the text still holds, and those rebuilt from one cell a line."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document = Document(kind, [Line(n, row) for n, row in enumerate(rows, 1)])
    taken: set[int] = set()
    for grid in (*pipe_grids(document.lines), *tab_grids(document.lines)):
        document.word_tables.append(WordTable(tuple(tuple(row) for row in grid)))
        table = table_from_grid(grid, confidence=0.9, caption=caption_above(document.lines, grid[0][0].line))
        if table is not None:
            document.tables.append(table)
            taken.update(range(grid[0][0].line, grid[-1][0].line + 1))
    for table in rebuilt_tables([line for line in document.lines if line.number not in taken]):
        above = caption_above(document.lines, table.lines[0] - len(table.headings))
        document.tables.append(replace(table, caption=f"{above} / {table.caption}"))
    return document


def caption_above(lines: list[Line], number: int) -> str:
    """The nearest written lines above a table, which name it and often its year."""
    above = [line.text.strip() for line in lines[max(0, number - 9) : number - 1] if line.text.strip()]
    return " / ".join(text for text in above[-2:] if len(text) < 200)


def pipe_grids(lines: list[Line]) -> list[list[list[Cell]]]:
    """Markdown tables: consecutive lines with pipes around and between their cells."""
    grids: list[list[list[Cell]]] = [[]]
    for line in lines:
        if line.text.strip().startswith("|") and line.text.count("|") > 2:
            if not RULED.match(line.text):
                grids[-1].append(_cells(line.text.strip().strip("|").split("|"), line.number))
        elif grids[-1]:
            grids.append([])
    return [g for g in grids if len(g) > 1]


def tab_grids(lines: list[Line]) -> list[list[list[Cell]]]:
    """Runs of lines with the same number of tabs: there an empty cell is still seen, so columns hold.

    Lines that begin with a figure, or whose tabs do not agree, are left to the rebuilding by layout.
    """
    grids: list[list[list[Cell]]] = [[]]
    for line in lines:
        if line.text.strip() and line.text.count("\t") > 1:
            grids[-1].append(_cells(line.text.rstrip("\n").split("\t"), line.number))
        elif grids[-1]:
            grids.append([])
    ragged = {row[0].line for g in grids if g and not (len(g) > 2 and _agree(g)) for row in g}
    kept = [g for g in grids if len(g) > 2 and _agree(g)]
    return [_without_margin(g) for g in kept if not _broken_off(g, ragged)]


def _broken_off(grid: list[list[Cell]], ragged: set[int]) -> bool:
    """Rows of the same table that lost their tabs stand next to it: then the rest cannot be trusted either."""
    first, last = grid[0][0].line, grid[-1][0].line
    return any(first - 4 <= n < first or last < n <= last + 3 for n in ragged)


def _without_margin(grid: list[list[Cell]]) -> list[list[Cell]]:
    """A tab before every label is a margin, not a column."""
    while len(grid[0]) > 2 and not any(row[0].text for row in grid):
        grid = [row[1:] for row in grid]
    return grid


def _cells(texts: list[str], line: int) -> list[Cell]:
    return [Cell(text.strip(), line, cell_number(text, line)) for text in texts]


def _agree(grid: list[list[Cell]]) -> bool:
    widths = [len(row) for row in grid]
    widest = max(widths, key=widths.count)
    figures = [row for row in grid if any(cell.number for cell in row)]
    begins = sum(1 for row in figures if row[0].number is not None)
    return len(figures) > 1 and begins == 0 and widths.count(widest) >= 0.75 * len(widths)
