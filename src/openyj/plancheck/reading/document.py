"""What a Plan is once it has been read: numbered lines, passages of prose, and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from openyj.plancheck.facts.numbers import Number


@dataclass(frozen=True)
class Line:
    """One line of the input. For DOCX a paragraph or a table row, for PDF a printed line, in reading order."""

    number: int
    text: str
    place: str = ""  # where a person finds it: "page 3", "table 2, row 4"; empty when the number says it
    runs_on: bool = False  # it fills the width of its page, so that prose goes on in the next line


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``number`` only when the whole cell is one figure."""

    text: str
    line: int
    number: Number | None = None


@dataclass(frozen=True)
class Row:
    """A label and the cells after it. In a rebuilt table the empty cells are gone, so only the order holds."""

    label: str
    cells: tuple[Cell | None, ...]
    line: int

    @property
    def numbers(self) -> list[Number]:
        """The figures of the row, in order, empty cells and words left out."""
        return [c.number for c in self.cells if c is not None and c.number is not None]


@dataclass(frozen=True)
class Table:
    """Rows under headings. ``aligned``: cell i stands under heading i. Otherwise the layout was rebuilt."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    aligned: bool
    confidence: float  # 1: the file itself holds the table; below: rebuilt from lines, by layout and arithmetic
    caption: str = ""
    second_headings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line of the table's rows."""
        numbers = [n for r in self.rows for n in (r.line, *(c.line for c in r.cells if c))]
        return (min(numbers), max(numbers)) if numbers else (0, 0)


@dataclass(frozen=True)
class WordTable:
    """A table of words as the file holds it, headings first. ``merged``: some cells run over several rows."""

    grid: tuple[tuple[Cell, ...], ...]
    merged: bool = False


@dataclass(frozen=True)
class Passage:
    """Prose that belongs together, whichever lines it is spread over."""

    text: str
    starts: tuple[tuple[int, int], ...]  # (offset in text, line number), ascending

    def line_at(self, offset: int) -> int:
        """The line of the input that holds this character."""
        position = bisect_right([start for start, _ in self.starts], offset) - 1
        return self.starts[max(position, 0)][1]


@dataclass(frozen=True)
class Sentence:
    """One sentence and the passage it stands in."""

    text: str
    passage: Passage
    offset: int  # of the sentence in the passage
    heading: str = ""

    def line_at(self, offset: int) -> int:
        """The line of the input that holds this character of the sentence."""
        return self.passage.line_at(self.offset + offset)


@dataclass
class Document:
    """A Plan as read."""

    kind: str
    lines: list[Line]
    tables: list[Table] = field(default_factory=list)
    word_tables: list[WordTable] = field(default_factory=list)
    windows: dict[str, list[Any]] = field(default_factory=dict, repr=False)  # kept by facts.windows

    def text_of(self, number: int) -> str:
        """The text of a line by its number, empty when there is none."""
        return self.lines[number - 1].text if 0 < number <= len(self.lines) else ""

    def place_of(self, number: int) -> str:
        """How to tell a person where a line is."""
        line = self.lines[number - 1] if 0 < number <= len(self.lines) else None
        return f"line {number}" + (f" ({line.place})" if line and line.place else "")

    @cached_property
    def passages(self) -> list[Passage]:
        """The lines put together to prose: a line that breaks off in mid-sentence runs on in the next."""
        return list(_passages(self.lines))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence in order, each with the last heading above it."""
        heading, found = "", []
        for passage in self.passages:
            if is_heading(passage.text):
                heading = passage.text.strip()
            for start, text in split_sentences(passage.text):
                found.append(Sentence(text, passage, start, heading))
        return found

    @cached_property
    def whole(self) -> str:
        """All the text, for rules that ask whether a thing is said anywhere."""
        return "\n".join(line.text for line in self.lines)


LONGEST_SENTENCE = 3000  # characters; what is longer is a conversion's doing, and is cut to keep the work bounded
BULLET = re.compile(r"^\s*(?:[-*•?>o]\s|\(?[ivx\d]{1,4}[.)]\s|\d+(\.\d+)+\s)")
BREAK = re.compile(r"(?<=[a-z\d%)'\"][.!?])\s+(?=[A-Z(£\"'“‘\[\d])|(?<=[a-z)]\.)(?=[A-Z][a-z])")


def _passages(lines: list[Line]) -> list[Passage]:
    gathered: list[Passage] = []
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    full = False
    for line in lines:
        text = line.text.strip()
        goes_on = full and bool(text) and "\t" not in text and not BULLET.match(text) and parts[-1][-1] not in ".:;?!"
        if parts and not goes_on and not _runs_on(parts[-1], text):
            gathered.append(Passage(" ".join(parts), tuple(starts)))
            parts, starts, length = [], [], 0
        if text:
            starts.append((length, line.number))
            parts.append(text)
            length += len(text) + 1
        full = line.runs_on and bool(parts)
    if parts:
        gathered.append(Passage(" ".join(parts), tuple(starts)))
    return gathered


def _runs_on(above: str, below: str) -> bool:
    """Only a long line that stops without a stop runs on, and only into what does not look like a new start."""
    if not below or len(above) < 45 or "\t" in above or "\t" in below or above[-1] in ".:;?!":
        return False
    return not BULLET.match(below) and (below[0].islower() or below[0] in "(£0123456789" or above[-1] in ",-")


def split_sentences(text: str) -> list[tuple[int, str]]:
    """Sentences with their offsets. A stop inside a number, or after an initial, ends nothing."""
    marks = [0, *(m.end() for m in BREAK.finditer(text)), len(text)]
    marks = [cut for start, end in pairwise(marks) for cut in range(start, end, LONGEST_SENTENCE)] + [len(text)]
    return [(start, text[start:end]) for start, end in pairwise(marks) if text[start:end].strip()]


def is_heading(text: str) -> bool:
    """Short, no stop at its end, opening with a capital or a number."""
    bare = text.strip()
    return (
        2 < len(bare) < 90
        and bare[-1] not in ".;,"
        and bool(re.match(r"[A-Z\d#]", bare))
        and bool(re.search(r"[A-Za-z]{4}", bare))
    )
