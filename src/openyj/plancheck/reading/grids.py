"""A grid of cells with its empty cells still in place becomes a table: headings told from rows."""

from __future__ import annotations

from dataclasses import replace

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.reading.document import Cell, Row, Table


def table_from_grid(grid: list[list[Cell]], *, confidence: float, caption: str) -> Table | None:
    """The table a grid holds, or None when no figures stand in it.

    The first column is the label. Rows above the first figure are headings; where there are two, the upper
    one's empty cells belong to the heading on their left (a heading spread over several columns).
    """
    width = max(len(row) for row in grid)
    grid = [_without_pound_columns(row) for row in grid]
    padded = [row + [Cell("", row[0].line)] * (width - len(row)) for row in grid]
    first = next((i for i, row in enumerate(padded) if _is_data(row)), None)
    if first is None:
        return None
    upper = [row for row in padded[:first] if any(cell.text for cell in row[1:])][-2:]
    headings = tuple(cell.text for cell in upper[0][1:]) if upper else ()
    second: tuple[str, ...] = ()
    if len(upper) == 2:
        headings, second = _spread(headings), tuple(cell.text for cell in upper[1][1:])
    rows = tuple(_row(row) for row in padded[first:] if any(cell.text for cell in row))
    return Table(headings, rows, aligned=True, confidence=confidence, caption=caption, second_headings=second)


def _is_data(row: list[Cell]) -> bool:
    """A row of figures; a row of years alone is a heading."""
    figures = [cell.number for cell in row[1:] if cell.number is not None]
    years = [n for n in figures if n.printed.isdigit() and 1990 <= n.value <= 2040]
    return len(figures) > len(years)


def _row(row: list[Cell]) -> Row:
    cells = tuple(cell if cell.text else None for cell in row[1:])
    return Row(row[0].text, cells, row[0].line)


def _spread(headings: tuple[str, ...]) -> tuple[str, ...]:
    spread, last = [], ""
    for text in headings:
        last = text or last
        spread.append(last)
    return tuple(spread)


def _without_pound_columns(row: list[Cell]) -> list[Cell]:
    """A pound sign with a column of its own belongs to the figure on its right."""
    joined: list[Cell] = []
    for cell in row:
        if joined and joined[-1].text == "£" and (cell.number or cell.text in {"-", "–", ""}):
            text = "£" + cell.text
            joined[-1] = replace(cell, text=text, number=cell_number(text, cell.line))
        else:
            joined.append(cell)
    return joined
