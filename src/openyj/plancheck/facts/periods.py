"""Periods and dates in a Plan's words: financial years, runs of months, quarters; and hiding them from rules.

A rule that looks for "from A to B" must not take 2017 and 2018 for A and B: ``without_periods`` gives the text
back, the same length, with every year, date, age band and "per 100,000" blanked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:20\d\d|(?<!\d)\d\d(?!\d))"
RUN = re.compile(
    rf"\b(?P<m1>{_MONTH})\s*[’']?(?P<y1>{_YEAR})?\s*(?:[-–]+|to|and|until)\s*(?P<m2>{_MONTH})\s*[’']?(?P<y2>{_YEAR})",
    re.I,
)
SPAN = re.compile(r"(?<![\d/£.,])(?P<a>20\d\d|\d\d)\s?(?P<sep>[/–-])\s?(?P<b>20\d\d|\d\d)(?![\d/%]|[,.]\d)")
ENDING = re.compile(
    rf"\b(?:year(?: ending| to)|12 months (?:to|ending))\s+(?:\d+\w*\s+)?(?P<m>{_MONTH})\s+(?P<y>{_YEAR})", re.I
)
SINGLE = re.compile(r"(?<![\d£,./])(20[0-3]\d|19[89]\d)(?![\d%]|[,.]\d)")

DIGIT = re.compile(r"\d")
_HIDDEN = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:\s+\d{{2,4}})?|\b{_MONTH}\s*[’']?\s?\d{{2,4}}\b(?!,\d|%)"
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|(?<![\d/£.,])(?:20\d\d|\d\d)\s?[/–]\s?(?:20\d\d|\d\d)(?![\d/%]|[,.]\d)"
    r"|(?<![\d£,.])20\d\d\s?[-–]\s?(?:20)?\d\d(?![\d%]|,\d)|(?<![\d£,./])(?:20[0-3]\d|19[89]\d)(?![\d%]|[,.]\d)"
    r"|\b1[0-8]\s?(?:[-–]|to)\s?(?:1[0-9]|2[0-5])\b(?!\.\d|%)|\bper\s+"
    r"(?:head of\s+)?1[,.']?0{0,2}[,']?0+\b|\b1,?0{3,5}\s+(?:of|population|young)"
    r"|\bq(?:uarter)?\s?[1-4]\b|\b\d+[- ](?:month|year|week|day|hour)s?\b|\b(?:section|phase|level"
    r"|tier|appendix|table|chart|graph|figure|page|version|priority|standard)\s+\d+\w?\b",
    re.I,
)


@dataclass(frozen=True)
class Period:
    """From month to month, both counted from January of year 0; ``text`` as printed."""

    first: int
    last: int
    text: str
    start: int
    end: int

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def same(self, other: Period) -> bool:
        """The same twelve (or however many) months, however printed."""
        return (self.first, self.last) == (other.first, other.last)


def year_of(text: str) -> int:
    """A year from two or four digits; 99 is 1999, 17 is 2017."""
    number = int(text)
    if number >= 100:
        return number
    return 1900 + number if number > 80 else 2000 + number


def month_of(word: str) -> int:
    """0 for January."""
    return MONTHS.index(word[:3].lower())


def periods_in(text: str) -> list[Period]:
    """Every period in the text, in order. A lone year is a calendar year."""
    found: list[Period] = []
    if not DIGIT.search(text):
        return found

    def add(first: int, last: int, m: re.Match[str]) -> None:
        if not any(p.start < m.end() and m.start() < p.end for p in found):
            found.append(Period(first, last, m.group(0).strip(), m.start(), m.end()))

    for m in RUN.finditer(text):
        last_year = year_of(m["y2"])
        m1, m2 = month_of(m["m1"]), month_of(m["m2"])
        first_year = year_of(m["y1"]) if m["y1"] else last_year - (m1 > m2)
        add(first_year * 12 + m1, last_year * 12 + m2, m)
    for m in ENDING.finditer(text):
        end = year_of(m["y"]) * 12 + month_of(m["m"])
        add(end - 11, end, m)
    for m in SPAN.finditer(text):
        a, b = year_of(m["a"]), year_of(m["b"])
        plausible = 1998 <= a <= 2040 and b == a + 1 and (len(m["a"]) == 4 or m["sep"] == "/")
        if plausible:
            add(a * 12 + 3, b * 12 + 2, m)
    for m in SINGLE.finditer(text):
        year = int(m.group(1))
        add(year * 12, year * 12 + 11, m)
    return sorted(found, key=lambda p: p.start)


@lru_cache(maxsize=8192)  # several rules ask for the same sentence
def without_periods(text: str) -> str:
    """The text with dates, years, ages, spans of time and bases of rates blanked, every offset kept."""
    return _HIDDEN.sub(lambda m: " " * len(m.group(0)), text)
