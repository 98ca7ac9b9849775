"""Tables that a conversion took apart, one cell a line and empty cells gone, put together again.

What is rebuilt: a row is a label and the figures after it; a table ends at its total row; its headings are
the words before its first label. Which column a figure stood in is not known and not guessed here: the rules
ask whether any way of placing the figures agrees with the printed totals. Where nothing in such a table adds
up, the rule on sums says that the table was not recovered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.reading.document import Cell, Line, Row, Table

LONGEST_CELL = 140
MANY_WORDS = 5  # cells of words before a row's figures; a label has fewer
BLANK = re.compile(r"^(?:[-–—]+|£\s?[-–—]|n/?a|nil|in[- ]kind|tbc|\.)$", re.I)
TOTAL = re.compile(r"^(?:grand |overall |sub-?\s?)?totals?\b[^.?!]{0,45}$|^[A-Z\d][\w /&'’-]{0,25} totals?\s*:?$", re.I)
HEADWORD = re.compile(
    r"\btotals?\b|£|\bcosts?\b|\bstaffing\b|\bagency\b|in[- ]kind|delegated|\bsource\b|\bfunders?\b|\bincome\b|"
    r"expenditure|\bfunding\b|\bnumber\b|\bcohort\b|ethnicity|\bcontract\b|\bQ[1-4]\b|^M$|^F$|\b20\d\d\b",
    re.I,
)
LABELLED = re.compile(r"^\W*(?P<label>[A-Za-z][^£\d]{2,70}?)\s*[:=–-]?\s*(?P<figure>\(?-?£\s?[\d,]+(?:\.\d\d)?\)?)$")
WIDE_GAP = re.compile(r"\t+|\s{3,}")


@dataclass
class _Rough:
    """A row on its way: the words before the figures, then the figures."""

    words: list[Cell]
    cells: list[Cell] = field(default_factory=list)

    @property
    def figures(self) -> int:
        return sum(1 for c in self.cells if c.number is not None)

    @property
    def is_total(self) -> bool:
        return bool(self.words) and bool(TOTAL.match(self.words[-1].text)) and self.figures > 0


def is_total_label(text: str) -> bool:
    """Whether a label says that its row or column is a total."""
    return bool(TOTAL.match(text.strip()))


def rebuilt_tables(lines: list[Line]) -> list[Table]:
    """Tables put together from runs of short lines."""
    tables: list[Table] = []
    for run in _runs(lines):
        begin = 0
        rows = _rough_rows(run)
        for end, row in enumerate(rows):
            if not row.is_total:
                continue
            first, start = begin, _start_of_table(rows, begin, end)
            begin = end + 1
            if end - start < 2:
                continue
            above = _with_unnamed_total(rows[first:start])
            if above is not None:
                tables.append(above)
            tables.append(_table(rows[start : end + 1]))
        rest = rows[begin:]
        tables += [_table(part) for part in _parted(rest) if len(part) > 1]
    return tables


def _runs(lines: list[Line]) -> list[list[Cell]]:
    """Stretches of short lines, cut into cells at tabs and wide gaps; prose ends a stretch."""
    runs: list[list[Cell]] = [[]]
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        parts = [part.strip() for part in WIDE_GAP.split(text) if part.strip()]
        if any(len(part) > LONGEST_CELL for part in parts) or _is_prose(text):
            if runs[-1]:
                runs.append([])
            continue
        for part in parts:
            m = LABELLED.match(part)
            for piece in (m["label"], m["figure"]) if m else (part,):
                _add(runs[-1], piece, line.number)
    return [run for run in runs if sum(1 for c in run if c.number is not None) > 1]


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words > 24 or (words > 9 and text[-1] == ".")


def _add(run: list[Cell], text: str, line: int) -> None:
    if run and run[-1].text == "£" and (cell_number(text) or BLANK.match(text)):
        text = "£" + text
        run.pop()
    run.append(Cell(text, line, cell_number(text, line)))


def _rough_rows(run: list[Cell]) -> list[_Rough]:
    rows = [_Rough([])]
    for cell in run:
        is_figure = cell.number is not None or (BLANK.match(cell.text) and rows[-1].words)
        if is_figure:
            rows[-1].cells.append(cell)
        else:
            if rows[-1].cells:
                rows.append(_Rough([]))
            rows[-1].words.append(cell)
    return [row for row in rows if row.cells]


def _start_of_table(rows: list[_Rough], begin: int, end: int) -> int:
    """Where the table that ends at this total row begins: at a row whose words hold headings.

    Of several such rows the nearest from which the figures add up is taken, else the one with most headings.
    """
    marked = []
    for i in range(end - 1, begin - 1, -1):
        heads = sum(1 for c in rows[i].words[:-1] if HEADWORD.search(c.text))
        if heads:
            marked.append((i, heads))
    for i, _ in marked:
        if _adds_up(rows[i:end], rows[end]):
            return i
    return next((i for i, heads in marked if heads > 1), marked[0][0] if marked else begin)


def _adds_up(rows: list[_Rough], total: _Rough) -> bool:
    figures = [[c.number for c in row.cells if c.number] for row in rows]
    last = [c.number for c in total.cells if c.number]
    if len(last) != 1 or len(rows) < 2 or any(len(f) != 1 for f in figures):
        return False
    return sum(f[0].value for f in figures) == last[0].value


def _table(rows: list[_Rough]) -> Table:
    first = len(rows[0].words) - 1
    while first > 0 and rows[0].words[first - 1].text.endswith(("-", "–")):
        first -= 1  # "Jan 18-" and "Dec 18" on two lines are one label
    heads = [c.text for c in rows[0].words[: max(first, 0)]]
    made = [_row(rows[0], rows[0].words[max(first, 0) :])]
    made += [_row(row, row.words) for row in rows[1:]]
    return Table(
        headings=tuple(heads[-24:]),
        rows=tuple(made),
        aligned=False,
        confidence=0.7,
        caption=" / ".join(heads[:3]),
    )


def _with_unnamed_total(rows: list[_Rough]) -> Table | None:
    """One figure a row, and a last row with two: the second is a total that was printed without a name.

    Taken so only when it is within a hundredth of the sum; otherwise it may be anything.
    """
    figures = [[c for c in row.cells if c.number is not None] for row in rows]
    if len(rows) < 4 or len(figures[-1]) != 2 or any(len(f) != 1 for f in figures[:-1]):
        return None
    values = [f[0].number.value for f in figures if f[0].number is not None]
    last = figures[-1][1]
    if last.number is None or not values or abs(sum(values) - last.number.value) > abs(last.number.value) / 100:
        return None
    ended = _Rough(rows[-1].words, [figures[-1][0]])
    return _table([*rows[:-1], ended, _Rough([Cell("Total", last.line)], [last])])


def _parted(rows: list[_Rough]) -> list[list[_Rough]]:
    """Rows without a total, cut where many words stand before a row's figures: those are a new table's headings."""
    parts: list[list[_Rough]] = []
    for row in rows:
        if not parts or len(row.words) >= MANY_WORDS:
            parts.append([])
        parts[-1].append(row)
    return parts


def _row(row: _Rough, words: list[Cell]) -> Row:
    label = words[-1].text if row.is_total else " ".join(c.text for c in words)
    line = words[-1].line if words else row.cells[0].line
    return Row(label, tuple(row.cells), line)
