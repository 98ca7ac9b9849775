"""PDF: printed lines from runs of text, tables from where the runs stand on the page.

A run of text has a box. Runs at one height are a line; a wide gap in a line parts two cells; figures that stand
under each other are a column. So empty cells are seen, and columns hold.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.reading import pages as pages_script
from openyj.plancheck.reading.document import Cell, Document, Line, Row, Table
from openyj.plancheck.reading.guard import CannotRead

SECONDS = 75  # after which the reading of a PDF is given up
FEWEST_LETTERS = 40  # per page, over the whole file: below it the pages are pictures
GAP = 0.75  # of a run's height: wider parts two cells
FULL = 0.78  # of the widest line: a line as long as this runs on in the next


@dataclass
class Segment:
    """A stretch of text on one line without a wide gap."""

    left: float
    right: float
    bottom: float
    top: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def read_pdf(path: Path) -> Document:
    """The text of a PDF; raises ``CannotRead`` when it is locked, damaged, too long, or only pictures."""
    pages = _pages(path)
    letters = sum(len(run[4].strip()) for page in pages for run in page["runs"])
    if letters < FEWEST_LETTERS * max(1, len(pages)):
        raise CannotRead(
            "This PDF holds pictures of pages and no text: it was scanned. "
            "Ask for the document it was made from, or have the text recognised (OCR) first."
        )
    document = Document("pdf", [])
    for n, page in enumerate(pages, 1):
        _page(document, n, page["runs"])
    return document


def _pages(path: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(Path(pages_script.__file__)), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise CannotRead(f"The PDF could not be read within {SECONDS} seconds. Save it again as a new PDF.") from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise CannotRead("The PDF cannot be read: it is damaged or needs too much memory.") from error
    problem = told.get("error")
    if problem == "password":
        raise CannotRead("The PDF is locked with a password. Save a copy without one.")
    if problem == "damaged":
        raise CannotRead("The PDF is damaged: it cannot be opened. Ask for it again.")
    if problem:
        raise CannotRead(f"The PDF is far longer than any Plan ({problem}). It is not read.")
    return told["pages"]


def _page(document: Document, number: int, runs: list[list[Any]]) -> None:
    lines = [_segments(line) for line in _lines(runs)]
    widest = max((s[-1].right - s[0].left for s in lines if s), default=0.0)
    first = len(document.lines)
    for segments in lines:
        text = "\t".join(s.text for s in segments)
        full = len(segments) == 1 and segments[0].right - segments[0].left > FULL * widest
        document.lines.append(Line(len(document.lines) + 1, text, f"page {number}", runs_on=full))
    document.tables.extend(_tables(document, lines, first, widest))


def _lines(runs: list[list[Any]]) -> list[list[Segment]]:
    """Runs at one height, from the top of the page down, each line from left to right."""
    segments = [Segment(r[0], r[2], r[1], r[3], " ".join(str(r[4]).split())) for r in runs if str(r[4]).strip()]
    segments.sort(key=lambda s: (-(s.top + s.bottom) / 2, s.left))
    lines: list[list[Segment]] = []
    for s in segments:
        height = max(s.top - s.bottom, 4.0)
        if lines and abs(_height(lines[-1]) - (s.top + s.bottom) / 2) < 0.45 * height:
            lines[-1].append(s)
        else:
            lines.append([s])
    return [sorted(line, key=lambda s: s.left) for line in lines]


def _height(line: list[Segment]) -> float:
    return sum(s.top + s.bottom for s in line) / (2 * len(line))


def _segments(line: list[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for s in line:
        last = joined[-1] if joined else None
        if last and s.left - last.right < GAP * max(s.top - s.bottom, 6.0):
            space = " " if s.left - last.right > 0.12 * (s.top - s.bottom) else ""
            joined[-1] = Segment(
                last.left, s.right, min(last.bottom, s.bottom), max(last.top, s.top), last.text + space + s.text
            )
        else:
            joined.append(Segment(s.left, s.right, s.bottom, s.top, s.text))
    return joined


def _figures(line: list[Segment]) -> list[Segment]:
    return [s for s in line if cell_number(s.text)]


def _tables(document: Document, lines: list[list[Segment]], first: int, widest: float) -> list[Table]:
    """Stretches of lines with figures in columns; a line of prose, or three lines without figures, ends one."""
    tables: list[Table] = []
    block: list[int] = []
    quiet = 0
    for i, line in enumerate([*lines, []]):
        prose = len(line) == 1 and line[0].right - line[0].left > FULL * widest and not _figures(line)
        if _figures(line) and (len(line) > 1 or block):
            block.append(i)
            quiet = 0
        elif block and not prose and line and quiet < 2:
            block.append(i)
            quiet += 1
        elif block:
            table = _table(document, lines, block, first)
            if table is not None:
                tables.append(table)
            block, quiet = [], 0
    return tables


def _table(document: Document, lines: list[list[Segment]], block: list[int], first: int) -> Table | None:
    while block and (not _figures(lines[block[-1]]) or _is_page_number(lines[block[-1]])):
        block.pop()
    figured = [i for i in block if _figures(lines[i])]
    if len(figured) < 2:
        return None
    columns = _columns([s for i in figured for s in _figures(lines[i])])
    edge = columns[0][0] - 2
    top = block[0]
    above = [i for i in range(max(0, top - 4), top) if len(lines[i]) > 1]
    heads = [""] * len(columns)
    for i in above:
        for s in lines[i]:
            if s.right > edge:
                at = _nearest(columns, s)
                heads[at] = f"{heads[at]} {s.text}".strip()
    rows: list[Row] = []
    for i in block:
        _add_row(rows, lines[i], columns, first + i + 1)
    words = [" ".join(s.text for s in lines[i]) for i in range(max(0, top - 6), top) if len(lines[i]) == 1]
    return Table(tuple(heads), tuple(rows), aligned=True, confidence=0.85, caption=" / ".join(words[-2:]))


def _add_row(rows: list[Row], line: list[Segment], columns: list[tuple[float, float]], number: int) -> None:
    """The line as a row; a line of words under a row's label belongs to that label."""
    edge = columns[0][0] - 2
    label = " ".join(s.text for s in line if s.left < edge and not cell_number(s.text))
    placed: list[Cell | None] = [None] * len(columns)
    for s in line:
        if s.left >= edge or cell_number(s.text):
            placed[_nearest(columns, s)] = Cell(s.text, number, cell_number(s.text, number))
    if any(placed):
        rows.append(Row(label, tuple(placed), number))
    elif rows and label:
        rows[-1] = Row(f"{rows[-1].label} {label}", rows[-1].cells, rows[-1].line)


def _is_page_number(line: list[Segment]) -> bool:
    return len(line) == 1 and line[0].text.isdigit() and len(line[0].text) < 4


def _columns(figures: list[Segment]) -> list[tuple[float, float]]:
    """The stretches of the page's width in which figures stand under each other."""
    columns: list[tuple[float, float]] = []
    for s in sorted(figures, key=lambda s: s.left):
        if columns and s.left < columns[-1][1] - 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], s.right))
        else:
            columns.append((s.left, s.right))
    return columns


def _nearest(columns: list[tuple[float, float]], s: Segment) -> int:
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - s.middle))
