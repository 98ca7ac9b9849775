"""A rise called a fall, or a fall called a rise.

Only a word of direction that governs its two figures counts: "fell from 20.2% to 21.4%", or "decreased to 21.4%"
with "the previous year it was 20.2%" in one of the next two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openyj.plancheck.facts.measures import speaks_of_others
from openyj.plancheck.facts.numbers import COUNT, Number, numbers_in
from openyj.plancheck.facts.periods import without_periods
from openyj.plancheck.facts.windows import Window, sentence_windows
from openyj.plancheck.facts.words import DOWN, UP, direction_in
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.changes import pairs_in
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "change-in-the-wrong-direction"
TITLE = "A rise called a fall, or a fall called a rise"

GOVERNS = re.compile(
    rf"\b(?P<word>{UP}|{DOWN})(?:\s+(?:by|of)\s+[\d.,]+\s?(?:%|pp|percentage points?)?)?(?:\s+[a-z]+){{0,3}}\s*$", re.I
)
MOVED_TO = re.compile(
    rf"\b(?P<word>{UP}|{DOWN})\s+(?:[a-z]+\s+){{0,2}}?to\s+(?:just\s+|only\s+)?(?P<b>£?\d[\d,]*(?:\.\d+)?\s?%?)", re.I
)
BEFORE = re.compile(
    r"\b(?:the )?(?:previous|last|prior) year(?!'s plan)|\byear before\b|\bpreviously\b"
    r"|\bprevious (?:figure|rate|cohort)",
    re.I,
)
NOT_GOVERNED = re.compile(r"\b(?:not|no|gap|despite|target|if|could|should|aim|from a (?:high|low)|range)\b", re.I)


def check(document: Document) -> Iterator[Finding]:
    """Directions within a sentence, then across a sentence and the ones that follow it."""
    seen: set[tuple[str, ...]] = set()
    for window in sentence_windows(document):
        for finding in _within(window):
            if finding.figures not in seen:
                seen.add(finding.figures)
                yield finding
    for window in sentence_windows(document, following=2):
        for finding in _across(window):
            if finding.figures not in seen:
                seen.add(finding.figures)
                yield finding


def _within(window: Window) -> Iterator[Finding]:
    plain = without_periods(window.text)
    for pair in pairs_in(window.text):
        m = GOVERNS.search(plain[: pair.start])
        if not m or NOT_GOVERNED.search(plain[max(0, m.start() - 25) : pair.end]):
            continue
        yield from _judge(window, m["word"], pair.earlier, pair.later, (m.start(), pair.end), HIGH)


def _across(window: Window) -> Iterator[Finding]:
    if not BEFORE.search(window.text) or not MOVED_TO.search(window.text[: window.own[1]]):
        return
    plain = without_periods(window.text)
    for m in MOVED_TO.finditer(plain):
        later = next(numbers_in(m["b"]), None)
        if m.start() >= window.own[1] or later is None or NOT_GOVERNED.search(plain[max(0, m.start() - 25) : m.end()]):
            continue
        if speaks_of_others(plain[: m.end()]):
            continue
        rest = plain[m.end() :]
        compared = re.match(
            r"[^.;\d£]{0,40}\b(?:compared (?:to|with)|from)\s+(?P<told>(?:[^.;]|\.(?=\d)){1,30}?(?:last"
            r"|previous|prior) year)",
            rest,
            re.I,
        )
        before = BEFORE.search(rest)
        if not before:
            continue
        told = compared["told"] if compared else re.split(r"(?<=[a-z\d%)])\.\s", rest[before.start() :])[0]
        earlier = next((n for n in numbers_in(told) if n.unit == later.unit and n.step == later.step), None)
        if earlier is None or (
            later.unit == COUNT and later.step == 1 and earlier.size > 10 * max(later.size, Decimal(1))
        ):
            continue
        if later.unit == COUNT and not re.search(r"\b(?:rate|number|figure|average)\b", plain[: m.start()], re.I):
            continue
        yield from _judge(window, m["word"], earlier, later, (m.start(), m.end() + before.end()), MEDIUM)


def _judge(
    window: Window, word: str, earlier: Number, later: Number, span: tuple[int, int], confidence: str
) -> Iterator[Finding]:
    said = direction_in(word)
    true = (later.value > earlier.value) - (later.value < earlier.value)
    if not said or not true or said == true:
        return
    yield Finding(
        ID,
        (earlier.printed, later.printed),
        tuple(sorted({window.line_at(span[0]), window.line_at(min(span[1], len(window.text) - 1))})),
        confidence,
        f'From {earlier.printed} to {later.printed} is {"a rise" if true > 0 else "a fall"}; the text says "{word}".',
        arithmetic=f"{later.printed} {'>' if true > 0 else '<'} {earlier.printed}",
        remedy="Correct the word, or the figure that is wrong.",
    )
