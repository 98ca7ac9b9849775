"""A percentage put into other words that are not it: "47.7%; basically 4:10".

The words count as right when no other number out of the same whole would be nearer, or when "almost", "over" or
"about" stands before them and the next number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.facts.windows import sentence_windows
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "percentage-in-other-words"
TITLE = "A percentage put into words or a ratio that is not it"

_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_PARTS = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5), "tenth": (1, 10)}
_WORD = "|".join(_SMALL)
PERCENT = r"(?P<z>\d{1,2}(?:\.\d+)?)\s?(?:%|per\s?cent\b)"
RATIO = (
    rf"(?P<near>almost|nearly|just under|just over|over|more than|about|around|approximately|roughly|some)?\s*"
    rf"(?:(?P<a>\d{{1,2}}|{_WORD})\s?(?::|in|out of)\s?(?:every\s)?(?P<b>10|20|100|[2-9]|{_WORD})\b"
    rf"|(?:(?P<n>{_WORD}|a)[ -])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b)"
)
WIDEST = 12  # points: "one in three" is never said of a half
LINK = (
    r"[\s,;:(–-]{0,3}(?:(?:basically|or|i\.?e\.?|that is|equivalent to|equating to|which is|this is|meaning"
    r"|roughly|around|about)\s+){0,2}"
)
FORWARD = re.compile(rf"{PERCENT}(?: of [a-z ]{{3,30}}(?=[,;(]))?{LINK}{RATIO}", re.I)
BACKWARD = re.compile(rf"\b{RATIO}\s?(?:of [a-z -]{{3,40}})?\s?\(\s?{PERCENT}\s?[,)]", re.I)


def check(document: Document) -> Iterator[Finding]:
    """Percentages with a ratio or a fraction directly beside them."""
    for window in sentence_windows(document):
        for pattern in (FORWARD, BACKWARD):
            for m in pattern.finditer(window.text):
                finding = _judge(m, window.line_at(m.start()))
                if finding:
                    yield finding


def _whole(word: str) -> int:
    return int(word) if word.isdigit() else _SMALL.index(word.lower()) + 1


def _judge(m: re.Match[str], line: int) -> Finding | None:
    printed = cell_number(m["z"] + "%")
    if printed is None:
        return None
    if m["part"]:
        top, bottom = _PARTS[m["part"].lower().rstrip("s")]
        if m["n"] and m["n"].lower() != "a":
            top = _whole(m["n"])
        sure = MEDIUM
    else:
        top, bottom = _whole(m["a"]), _whole(m["b"])
        sure = HIGH
    if not 0 < top < bottom:
        return None
    share = float(printed.value)
    said = 100 * top / bottom
    unit = 100 / max(bottom, 10) if m["part"] else 100 / bottom
    allowed = min(unit / 2 + (unit / 2 if m["near"] else 0), WIDEST)
    if abs(share - said) <= allowed + 0.001:
        return None
    nearest = round(share * bottom / 100)
    return Finding(
        ID,
        (f"{m['z']}%", _as_printed(m)),
        (line,),
        sure,
        f"{m['z']}% is nearest to {nearest} in {bottom}; it is put as {_as_printed(m)}.",
        arithmetic=f"{top} / {bottom} = {said:.1f}%",
        remedy=f"Write {nearest} in {bottom}, or leave the percentage alone.",
    )


def _as_printed(m: re.Match[str]) -> str:
    start = m.start("a") if m["a"] else (m.start("n") if m["n"] else m.start("part"))
    end = m.end("b") if m["b"] else m.end("part")
    return m.string[start:end]
