"""Dates and periods that cannot be.

A 31st of September; a period that ends before it begins ("Jul 16 - Jun 16"); a year written backwards
("2018/17"). A year beside a shorter or longer one is left alone where it may be a plan of several years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from openyj.plancheck.facts.periods import _MONTH, RUN, month_of, year_of
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "date-that-cannot-be"
TITLE = "A date or period that cannot be"

NUMERIC = re.compile(r"(?<![\d./])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2})(?!\d|[./]\d)")
WRITTEN = re.compile(
    rf"(?<![\d.,/£-])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b(?:,?\s+(?P<y>20\d\d))?", re.I
)
BACKWARDS = re.compile(r"(?<![\d/£.,-])(?P<a>20[0-4]\d)\s?/\s?(?P<b>\d\d|20[0-4]\d)(?![\d/%,])")


def check(document: Document) -> Iterator[Finding]:
    """Every date and period of the document."""
    yield from _unique(_all(document))


def _unique(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A label that runs over two lines is seen in the line and in the table."""
    seen: dict[str, int] = {}
    for f in findings:
        if abs(seen.get(f.figures[0], -9) - f.lines[0]) > 2:
            seen[f.figures[0]] = f.lines[0]
            yield f


def _all(document: Document) -> Iterator[Finding]:
    for line in document.lines:
        if line.text.count("http"):
            continue
        yield from _days(line.text, line.number)
        yield from _runs(line.text, line.number)
    for table in document.tables:
        if not table.aligned:
            for row in table.rows:
                yield from _runs(row.label, row.line)


def _days(text: str, line: int) -> Iterator[Finding]:
    for m in NUMERIC.finditer(text):
        day, month, year = int(m["d"]), int(m["m"]), year_of(m["y"])
        if not 1 <= month <= 12:
            if (day <= 12 and month <= 31) or len(m["y"]) == 2:
                continue  # the American order, or no date at all
        elif 1 <= day <= monthrange(year, month)[1]:
            continue
        yield _finding(m.group(0), line, f"{m.group(0)} is no date.")
    for m in WRITTEN.finditer(text):
        year = int(m["y"]) if m["y"] else 2020  # a leap year where none is given
        last = monthrange(year, month_of(m["m"]) + 1)[1]
        if not 1 <= int(m["d"]) <= last:
            yield _finding(m.group(0), line, f"{m.group(0)} is no date: the month has {last} days.")


def _runs(text: str, line: int) -> Iterator[Finding]:
    for m in RUN.finditer(text):
        if not m["y1"]:
            continue
        first = year_of(m["y1"]) * 12 + month_of(m["m1"])
        last = year_of(m["y2"]) * 12 + month_of(m["m2"])
        short = len(m["y1"]) == len(m["y2"]) == 2 and first - last > 24  # "October 24 - November 18": days
        if last < first and not short:
            yield _finding(m.group(0), line, f"{m.group(0)} ends before it begins.", MEDIUM)
    for m in BACKWARDS.finditer(text):
        if year_of(m["b"]) == int(m["a"]) - 1:
            yield _finding(m.group(0), line, f"{m.group(0)} names the later year first.", MEDIUM)


def _finding(figure: str, line: int, message: str, confidence: str = HIGH) -> Finding:
    return Finding(ID, (figure.strip(),), (line,), confidence, message, remedy="Give the date that is meant.", weight=1)
