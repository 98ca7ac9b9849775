"""A whole in the text and its parts that do not make it.

"90 children (60 boys and 40 girls)"; "65% female and 45% male"; "£358K, which consists of £339K and £29K". The
parts must be said to be the whole: girls and boys, or money that "consists of", "is made up of" or "comprises".
Parts of people that fall short may leave out those not known, which is undecided; parts that exceed the whole may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openyj.plancheck.facts.numbers import POUNDS, grouped, numbers_in
from openyj.plancheck.facts.periods import without_periods
from openyj.plancheck.facts.windows import Window, sentence_windows
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, UNDECIDED, Finding

ID = "parts-do-not-make-the-whole"
TITLE = "Parts in the text that do not make their whole"

_M = r"(?:males?|boys|men|young men)"
_F = r"(?:females?|girls|women|young women)"
_LINK = r"\W{1,4}(?:and\s+|\W*with\s+)?(?:just\s+|only\s+)?"
SEXES = re.compile(
    rf"(?<![\d.,%-])(?P<w>\d{{1,4}})(?![\d.,]*[%\d])(?P<gap>[^.%\d]{{0,60}}?)(?P<a>\d{{1,4}})\s+(?:were\s+|are\s+)?(?:{_M}|{_F}){_LINK}(?P<b>\d{{1,4}})\s*-?\s*(?:were\s+|are\s+)?(?:{_M}|{_F})\b",
    re.I,
)
SHARES = re.compile(
    rf"(?P<a>\d{{1,3}}(?:\.\d)?)\s?%\s+(?:of (?:the |our )?[a-z ]{{3,30}}?\s)?(?:(?:is|are|was"
    rf"|were)\s+)?(?P<x>{_M}|{_F})\s*(?:,|and|/|with)\s*(?:and\s+)?(?P<b>\d{{1,3}}(?:\.\d)?)\s?%\s+"
    rf"(?:(?:is|are|was|were)\s+)?(?P<y>{_M}|{_F})\b",
    re.I,
)
MADE_UP = re.compile(
    r"\b(?:consist(?:s|ing) of|made up of|compris(?:es|ing|ed of)|broken down (?:as|into)|split (?:as|between|into))\b",
    re.I,
)


def check(document: Document) -> Iterator[Finding]:
    """Girls and boys, their shares, and money made up of money."""
    for window in sentence_windows(document, following=1):
        plain = without_periods(window.text)
        for m in SEXES.finditer(plain):
            if m.start() < window.own[1] and _both(m.group(0)):
                yield from _people(m, window.line_at(m.start()))
        for m in SHARES.finditer(plain):
            if m.start() < window.own[1] and _both(m.group(0)):
                yield from _shares(m, window.line_at(m.start()))
        m2 = MADE_UP.search(window.text)
        if m2 and "£" in window.text:
            yield from _money(window, m2)


def _both(text: str) -> bool:
    return bool(re.search(rf"\b{_M}\b", text, re.I)) and bool(re.search(rf"\b{_F}\b", text, re.I))


def _people(m: re.Match[str], line: int) -> Iterator[Finding]:
    whole, parts = int(m["w"]), int(m["a"]) + int(m["b"])
    if whole == parts or re.search(r"\bof\b.*\bof\b|compared|previous|last year|from", m["gap"], re.I) or whole < 3:
        return
    if parts < whole * Decimal("0.8") or parts > whole * 2:
        return  # other words stand between: the number may be of something else
    over = parts > whole
    yield Finding(
        ID,
        (m["w"], m["a"], m["b"]),
        (line,),
        HIGH if over else UNDECIDED,
        f"{m['a']} and {m['b']} are {parts}, of {m['w']}" + ("." if over else ": those not known may be left out."),
        arithmetic=f"{m['a']} + {m['b']} = {parts}, printed {m['w']}",
        remedy="Correct the whole or a part, or say how many are not known.",
    )


def _shares(m: re.Match[str], line: int) -> Iterator[Finding]:
    total = Decimal(m["a"]) + Decimal(m["b"])
    if 98 <= total <= 101:
        return
    yield Finding(
        ID,
        (f"{m['a']}%", f"{m['b']}%"),
        (line,),
        HIGH if total > 101 else UNDECIDED,
        f"{m['a']}% and {m['b']}% are {total}%, not the whole.",
        arithmetic=f"{m['a']} + {m['b']} = {total}",
        remedy="Correct one of the two shares.",
    )


def _money(window: Window, m: re.Match[str]) -> Iterator[Finding]:
    before = [n for n in numbers_in(window.text[: m.start()]) if n.unit == POUNDS]
    clause = re.split(r"(?<=[a-z\d)])\.\s|;", window.text[m.end() :])[0]
    parts = [n for n in numbers_in(clause) if n.unit == POUNDS]
    if not before or len(parts) < 2 or re.search(r"\bper\b|includ|of which|compared|total", clause, re.I):
        return
    whole, total = before[-1], sum((n.value for n in parts), Decimal(0))
    candidates = [n for n in before if n.value > max(p.value for p in parts)]
    step = max([n.step for n in parts] + [whole.step])
    slack = step * (len(parts) + 1) / 2
    if not candidates or any(abs(n.value - total) <= slack for n in candidates):
        return
    whole = candidates[-1]
    if abs(whole.value - total) > whole.value / 4:
        return  # a list that does not claim to be complete
    yield Finding(
        ID,
        (whole.printed, *(p.printed for p in parts)),
        tuple(sorted({window.line_at(whole.start), window.line_at(m.start())})),
        MEDIUM,
        f"The parts of {whole.printed} add up to £{grouped(total)}.",
        arithmetic=" + ".join(p.printed for p in parts) + f" = £{grouped(total)}, printed {whole.printed}",
        remedy="Correct the whole or a part.",
        weight=3,
    )
