"""Numbers whose print cannot be right: "£570.283", "25.5X%", "per 1.000".

Spaces inside numbers are left alone, for conversions put them there; so is a digit too many after a group of
three, which is a footnote's mark that ran into the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "malformed-number"
TITLE = "A number that is not printed as a number can be"

PATTERNS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"£\s?\d{1,3}\.\d{3}(?![\d.])(?!\s?(?:m|k|million|billion|thousand)\b)"),
        "{0} has three places after the point: a comma is meant, or a place too many",
        HIGH,
    ),
    (re.compile(r"(?<![\w.,])\d+(?:\.\d+)?[A-WYZa-wyzXx]\s?%"), "{0} holds a letter", HIGH),
    (
        re.compile(r"(?<![\w.,/])\d+\.\d+\.\d+\s?%|(?<![\w.,])\d+%%|£\s?\d+\.\d+\.\d+(?!\.?\d)"),
        "{0} has two points or two signs",
        HIGH,
    ),
    (
        re.compile(r"£\s?\d{1,3},\d{1,2}(?:,\d{3})+(?!\d)|£\s?\d{1,3}(?:,\d{3})*,\d{2}(?![\d,])"),
        "{0} has its comma in the wrong place",
        MEDIUM,
    ),
    (re.compile(r"\bper\s+1\.000?\b(?:\.000)?"), "{0} has a point where a comma is meant", MEDIUM),
    (
        re.compile(
            r"(?<![\w.,-])(?:1[1-9]\d|[2-9]\d\d)(?:\.\d+)?\s?% of (?:the |all |our )?(?:young people"
            r"|children|cohort|staff|cases|offenders|victims)"
        ),
        "{0} is more than all of them",
        HIGH,
    ),
)


def check(document: Document) -> Iterator[Finding]:
    """Every line, each pattern once a line."""
    for line in document.lines:
        for pattern, words, confidence in PATTERNS:
            for m in pattern.finditer(line.text):
                printed = m.group(0).strip()
                yield Finding(
                    ID,
                    (printed,),
                    (line.number,),
                    confidence,
                    words.format(printed) + ".",
                    remedy="Print the number that is meant.",
                    weight=2 if "£" in printed else 1,
                )
