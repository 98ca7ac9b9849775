"""A change stated in the wrong size or kind: "from 74 to 61 (18.5%)".

The two figures are worked out again, whole numbers exactly, rates and percentages as the interval that their
rounding leaves. Accepted are rounding, cutting off, and words such as "about". Reported: a percentage that
neither figure can make, and a change of counts or rates called "percentage points". A change between two
percentages that is given in per cent but is their difference in points may be meant either way: that is
undecided, and said apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from openyj.plancheck.facts.measures import speaks_of_others
from openyj.plancheck.facts.numbers import COUNT, PERCENT, POINTS, Number, numbers_in
from openyj.plancheck.facts.periods import without_periods
from openyj.plancheck.facts.windows import Window, sentence_windows
from openyj.plancheck.facts.words import DOWN, MOVES, UP, direction_in
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, UNDECIDED, Finding

ID = "change-is-not-its-size"
TITLE = "A change that its own two figures do not make"

ABOUT = re.compile(
    r"(?:about|around|approx\w*|almost|nearly|over|more than|just under|some|circa|c\.|by half|up to|at least)\W*$",
    re.I,
)
FROM_TO = re.compile(
    r"\bfrom\b(?P<a>(?:[^.;]|\.(?=\d)){1,60}?)\b(?:down |up )?to\b(?P<b>(?:[^.;]|\.(?=\d)){1,40})", re.I
)
_FIGURE = r"£?\d[\d,]*(?:\.\d+)?\s?%?"
UP_FROM = re.compile(
    rf"(?<![\d.,£])(?P<b>{_FIGURE})\s[^.;\d]{{0,45}}?\b(?:up|down|increased?|decreased?|reduced|a "
    rf"(?:rise|fall|drop|reduction)) from (?:the )?(?P<a>{_FIGURE})(?![\d.,]*\d)(?! to\b)",
    re.I,
)
TO_FROM = re.compile(
    r"\bto (?:just )?(?P<b>(?:[^.;,()]|[.,](?=\d)){1,30}?)\s(?:this year )?\(?"
    r"from (?P<a>(?:[^.;()]|\.(?=\d)){1,30})",
    re.I,
)
YEARLY = re.compile(r"[^.;]{0,25}\b(?:each|per|every|a) year\b|[^.;]{0,25}\bannual", re.I)
INTENDED = re.compile(r"\b(?:want|aim|intend|target|plan to|will|would|could|should|expect\w*|forecast)\b", re.I)
BRACKETED = re.compile(r"(?P<a>£?\d[\d,.]*%?)\s*\(\s*\)\s*(?:down |up )?to\s+(?P<b>£?\d[\d,.]*%?)\s*\(\s*\)", re.I)
APART = re.compile(
    r"\d|;|compar|national|region|england|family|target|\band\b|\bwhil(?:e|st)\b|\bwith\b"
    r"|\bhowever\b|\bbut\b|\bof (?:the|all|our|these|those)\b",
    re.I,
)
FAR = 75  # characters between the two figures and the percentage said of them


@dataclass(frozen=True)
class Pair:
    """Two printed figures of the same thing, earlier and later, and where in the window they stand."""

    earlier: Number
    later: Number
    start: int
    end: int


def check(document: Document) -> Iterator[Finding]:
    """Changes in sentences, in two or three sentences together, and in lists of two periods."""
    seen: set[tuple[str, ...]] = set()
    for window in sentence_windows(document):
        for finding in (*_from_to(window), *_by_count(window), *_by_word(window)):
            if finding.figures not in seen:
                seen.add(finding.figures)
                yield finding
    for window in sentence_windows(document, following=2):
        for finding in _compared(window):
            if finding.figures not in seen:
                seen.add(finding.figures)
                yield finding


@lru_cache(maxsize=8192)  # asked for sizes, for differences and for directions
def pairs_in(text: str) -> tuple[Pair, ...]:
    """Earlier and later figures of one thing; dates and years are not taken for figures.

    The shapes: "from A to B", "B, up from A", "A (2016/17) to B (2018/19)", "to B this year from A".
    """
    if "to" not in text and "from" not in text:
        return ()
    return tuple(_pairs(text, without_periods(text)))


def _pairs(text: str, plain: str) -> Iterator[Pair]:
    for pattern, reach in ((FROM_TO, 25), (UP_FROM, 99), (BRACKETED, 99), (TO_FROM, 99)):
        for m in pattern.finditer(plain):
            before, after = list(numbers_in(m["a"])), list(numbers_in(m["b"]))
            if len(before) != 1 or not after or after[0].start > reach or (pattern is TO_FROM and len(after) > 1):
                continue
            if pattern is BRACKETED and text[m.end("a") :].lstrip()[:1] != "(":
                continue
            a, b = before[0], after[0]
            if _alike(a, b) and a.value > 0 and b.value >= 0:
                yield Pair(a, b, m.start(), m.start("b") + b.end if pattern is FROM_TO else m.end())


def _alike(a: Number, b: Number) -> bool:
    """The same kind of thing: "from 38.9 to 33.3%" leaves the first sign out."""
    kinds = {a.unit, b.unit}
    return len(kinds) == 1 or (kinds == {COUNT, PERCENT} and b.unit == PERCENT and a.value <= 100)


def _from_to(window: Window) -> Iterator[Finding]:
    pairs = pairs_in(window.text)
    if not pairs:
        return
    plain = without_periods(window.text)
    for pair in pairs:
        said = [
            n
            for n in numbers_in(plain)
            if n.unit in (PERCENT, POINTS)
            and not (pair.start <= n.start < pair.end)
            and _belongs(plain, pair, n, pairs)
        ]
        if said:
            nearest = min(said, key=lambda n: min(abs(n.start - pair.end), abs(pair.start - n.end)))
            finding = judge(pair, nearest, window, plain)
            if finding:
                yield finding


BY_COUNT = re.compile(
    rf"\b(?:{UP}|{DOWN})\s+(?:of|by)\s+(?P<n>\d{{1,4}})(?![\d.,]*[%\d])(?!\s?(?:per\s?cent|pp|percentage))|(?P<n2>\d{{1,4}})\s+(?:fewer|more|less)\b",
    re.I,
)


def _by_count(window: Window) -> Iterator[Finding]:
    """ "an increase of 10, from 75 to 85": the difference itself, given as a number."""
    plain = without_periods(window.text)
    pairs = [
        p
        for p in pairs_in(window.text)
        if p.earlier.unit == p.later.unit == COUNT and p.earlier.step == 1 == p.later.step
    ]
    told = list(BY_COUNT.finditer(plain))
    if len(pairs) != 1 or len(told) != 1:
        return
    pair, m = pairs[0], told[0]
    between = plain[pair.end : m.start()] if m.start() >= pair.end else plain[m.end() : pair.start]
    said = next(numbers_in(m["n"] or m["n2"]), None)
    if said is None or len(between) > 40 or APART.search(between) or pair.start <= m.start() < pair.end:
        return
    off = pair.later.value - pair.earlier.value
    if abs(off) == said.value:
        return
    yield Finding(
        ID,
        (pair.earlier.printed, pair.later.printed, said.printed),
        tuple(sorted({window.line_at(pair.start), window.line_at(m.start())})),
        HIGH,
        f"From {pair.earlier.printed} to {pair.later.printed} is a difference of {abs(off)}, printed {said.printed}.",
        arithmetic=f"{pair.later.printed} - {pair.earlier.printed} = {off:+f}",
        remedy=f"Print {abs(off)}, or correct one of the two figures.",
    )


TIMES = {"doubl": Decimal(2), "halv": Decimal("0.5"), "trebl": Decimal(3), "tripl": Decimal(3)}
MULTIPLIED = re.compile(
    r"(?P<near>almost|nearly|more than|over|just under)?\s*\b(?P<word>doubl|halv|trebl|tripl)(?:ed|ing)\s+$", re.I
)


def _by_word(window: Window) -> Iterator[Finding]:
    """ "doubled from 4 to 6": more than a fifth away from twice, half or three times the earlier figure."""
    plain = without_periods(window.text)
    for pair in pairs_in(window.text):
        m = MULTIPLIED.search(plain[: pair.start])
        if m is None:
            continue
        wanted = pair.earlier.value * TIMES[m["word"].lower()]
        if abs(pair.later.value - wanted) <= wanted / 5:
            continue
        times = round(pair.later.value / pair.earlier.value, 2)
        yield Finding(
            ID,
            (pair.earlier.printed, pair.later.printed),
            (window.line_at(pair.start),),
            MEDIUM,
            f"From {pair.earlier.printed} to {pair.later.printed} is {times} times as many, "
            f'called "{m.group(0).strip()}".',
            arithmetic=f"{pair.later.printed} / {pair.earlier.printed} = {times}",
            remedy="Correct the word, or one of the two figures.",
        )


def _belongs(plain: str, pair: Pair, n: Number, pairs: tuple[Pair, ...]) -> bool:
    """The percentage is said of this change: near, with no other figure between, and called a change."""
    between = plain[pair.end : n.start] if n.start >= pair.end else plain[n.end : pair.start]
    if len(between) > FAR or APART.search(between):
        return False
    if YEARLY.match(plain[n.end : n.end + 40]) or INTENDED.search(plain[max(0, pair.start - 40) : pair.end]):
        return False
    around = plain[max(0, n.start - 30) : n.end + 30]
    inside = bool(re.match(r"[^)\w]{0,3}\(?[^)(]{0,25}$", between)) and n.start >= pair.end
    return bool(MOVES.search(around)) or inside or bool(MOVES.search(between))


def judge(pair: Pair, said: Number, window: Window, plain: str) -> Finding | None:
    """Whether the printed change is what the two figures make; None when it may be."""
    a, b = pair.earlier, pair.later
    points = abs(b.value - a.value)
    if a.unit == PERCENT or b.unit == PERCENT:
        return _between_percentages(pair, said, window, points)
    low, high = change_bounds(a, b)
    slack = said.step / 2 if not ABOUT.search(plain[: said.start]) else max(Decimal(3), said.size / 10)
    if said.unit == POINTS:
        return _kind(pair, said, window)
    if low - slack <= said.size <= high + slack or 0 <= low - said.size < said.step or _round_figure(said, low, high):
        return None
    true = (b.value - a.value) * 100 / a.value
    other = abs(b.value - a.value) * 100 / b.value if b.value else Decimal(0)
    why = ""
    if abs(other - said.size) <= said.step:
        why = f" ({said.printed} is the difference as a share of the later figure)"
    elif abs(points - said.size) < said.step:
        why = f" ({said.printed} is the difference itself, not a percentage)"
    return Finding(
        ID,
        (a.printed, b.printed, said.printed),
        _lines(window, pair, said),
        HIGH,
        f"From {a.printed} to {b.printed} is a change of {round(true, 1):+}%, printed {said.printed}{why}.",
        arithmetic=f"({b.printed} - {a.printed}) / {a.printed} = {round(true, 1):+}%",
        remedy=f"Print {abs(round(true, 1))}%, or correct one of the two figures.",
    )


def change_bounds(a: Number, b: Number) -> tuple[Decimal, Decimal]:
    """The least and the greatest change in per cent, without sign, that the rounding of a and b allows.

    Whole numbers are counts and exact; figures with places are rounded to their last one.
    """
    pad_a = a.step / 2 if a.step < 1 or a.step > 1 else Decimal(0)
    pad_b = b.step / 2 if b.step < 1 or b.step > 1 else Decimal(0)
    ends = [
        abs((b.value + y - a.value - x) * 100 / (a.value + x))
        for x in (-pad_a, pad_a)
        for y in (-pad_b, pad_b)
        if a.value + x > 0
    ]
    return min(ends), max(ends)


def _round_figure(said: Number, low: Decimal, high: Decimal) -> bool:
    """50% said of a fall by 52% is a round figure, not a mistake that anyone would thank us for."""
    return said.value % 10 == 0 and said.step == 1 and (low - 3 <= said.size <= high + 3)


def _between_percentages(pair: Pair, said: Number, window: Window, points: Decimal) -> Finding | None:
    a, b = pair.earlier, pair.later
    step = max(a.step, b.step, said.step)
    low, high = change_bounds(a, b)
    if said.unit == PERCENT and low - said.step <= said.size <= high + said.step:
        return None
    if abs(points - said.size) <= step:
        if said.unit == POINTS:
            return None
        return Finding(
            ID,
            (a.printed, b.printed, said.printed),
            _lines(window, pair, said),
            UNDECIDED,
            f"From {a.printed} to {b.printed} is {points} percentage points; it is printed as {said.printed}. "
            "Whether a relative change was meant cannot be told.",
            remedy=f'Write "{points} percentage points".',
            weight=1,
        )
    return Finding(
        ID,
        (a.printed, b.printed, said.printed),
        _lines(window, pair, said),
        HIGH,
        f"From {a.printed} to {b.printed} is {points} percentage points, or {round(low, 1)}%; printed {said.printed}.",
        arithmetic=f"{b.printed} - {a.printed} = {b.value - a.value} points",
        remedy=f'Write "{points} percentage points", or correct one of the figures.',
    )


def _kind(pair: Pair, said: Number, window: Window) -> Finding:
    a, b = pair.earlier, pair.later
    true = round((b.value - a.value) * 100 / a.value, 1)
    return Finding(
        ID,
        (a.printed, b.printed, said.printed),
        _lines(window, pair, said),
        HIGH,
        f"From {a.printed} to {b.printed} is {b.value - a.value:+f} or {true:+}%, printed {said.printed}: "
        "percentage points are the difference of two percentages, and these are none.",
        arithmetic=f"{b.printed} - {a.printed} = {b.value - a.value}",
        remedy=f"Print {abs(true)}%, or {abs(b.value - a.value)}.",
    )


def _lines(window: Window, pair: Pair, said: Number) -> tuple[int, ...]:
    return tuple(sorted({window.line_at(pair.start), window.line_at(pair.end - 1), window.line_at(said.start)}))


COMPARES = re.compile(r"\b(?:this )?compar(?:es|ed) (?:to|with|against)\b", re.I)
VERDICT = re.compile(
    rf"(?:\b(?:this (?:is|was|represents|equates to)|representing|equating to|which (?:is|was"
    rf"|represents))\s+(?:an? )?|[,(–-]\s*an?\s+|\(\s*)"
    rf"(?:{UP}|{DOWN}|(?=[\d.]+\s?%\s+(?:{UP}|{DOWN})))",
    re.I,
)


def _compared(window: Window) -> Iterator[Finding]:
    """ "45 compared with 66 last year, a reduction of 25%"; also in three sentences: "This is a 25% reduction"."""
    if not COMPARES.search(window.text):
        return
    plain = without_periods(window.text)
    compares = COMPARES.search(plain)
    if not compares or compares.start() >= window.own[1] + 200:
        return
    verdict = VERDICT.search(plain, compares.end())
    if not verdict:
        return
    later = [n for n in numbers_in(plain[: compares.start()]) if n.unit == COUNT]
    earlier = [n for n in numbers_in(plain[compares.end() : verdict.start()]) if n.unit == COUNT]
    tail = plain[verdict.start() :].split(". ")[0]
    said = [n for n in numbers_in(tail) if n.unit in (PERCENT, POINTS)]
    if len(earlier) != 1 or not later or len(said) != 1 or not direction_in(tail) or earlier[0].value <= 0:
        return
    if speaks_of_others(plain[compares.start() : verdict.end()]):
        return
    offset = verdict.start()
    z = replace(said[0], start=said[0].start + offset, end=said[0].end + offset)
    end = compares.end() + earlier[0].end
    findings = [judge(Pair(earlier[0], b, b.start, end), z, window, plain) for b in later[-2:]]
    if findings and all(findings) and findings[-1]:
        best = findings[0] if len(later) == 2 else findings[-1]
        if best:
            yield replace(best, confidence=HIGH if len(later) == 1 else MEDIUM)
