"""Stretches of text in which a statement and its figures stand together.

A sentence is one; so is a short run of short lines, for a conversion prints the cells of a table one a line and
a count may stand on one line with its percentage on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openyj.plancheck.reading.document import Document, Line

DIGIT = re.compile(r"\d")
SHORT = 80
CELLS_AROUND = 2


@dataclass(frozen=True)
class Window:
    """Text with a way back to its lines. ``own``: the part that belongs to this window alone."""

    text: str
    starts: tuple[tuple[int, int], ...]
    own: tuple[int, int]

    def line_at(self, offset: int) -> int:
        """The line of the input that holds this character."""
        line = self.starts[0][1]
        for start, number in self.starts:
            if start <= offset:
                line = number
        return line


def sentence_windows(document: Document, following: int = 0) -> list[Window]:
    """Each sentence that holds a figure, with as many of the sentences after it in its passage as asked for."""
    key = f"sentences {following}"
    if key not in document.windows:
        document.windows[key] = list(_sentence_windows(document, following))
    return document.windows[key]


def _sentence_windows(document: Document, following: int) -> Iterator[Window]:
    sentences = document.sentences
    for i, sentence in enumerate(sentences):
        if not DIGIT.search(sentence.text):
            continue
        text, starts = "", []
        for other in sentences[i : i + 1 + following]:
            if other.passage is not sentence.passage:
                break
            for offset, number in other.passage.starts:
                if offset > other.offset and offset < other.offset + len(other.text):
                    starts.append((len(text) + offset - other.offset, number))
            starts.append((len(text), other.line_at(0)))
            text += other.text
        yield Window(text, tuple(sorted(starts)), (0, len(sentence.text)))


def cell_windows(document: Document, around: int = CELLS_AROUND) -> Iterator[Window]:
    """Each short line with its short neighbours, joined by spaces."""
    written = [line for line in document.lines if line.text.strip()]
    for i, line in enumerate(written):
        if not _short(line):
            continue
        first = i
        while first > max(0, i - around) and _short(written[first - 1]):
            first -= 1
        last = i
        while last < min(len(written) - 1, i + around) and _short(written[last + 1]):
            last += 1
        text, starts, own = "", [], (0, 0)
        for other in written[first : last + 1]:
            begin = len(text)
            starts.append((begin, other.number))
            text += " ".join(other.text.split()) + " "
            if other is line:
                own = (begin, len(text))
        yield Window(text, tuple(starts), own)


def _short(line: Line) -> bool:
    return len(line.text.strip()) < SHORT
