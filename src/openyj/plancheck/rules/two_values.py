"""The same figure with two values.

A figure is the same when it is of the same measure (first time entrants, reoffending, frequency, custody), of the
service itself, and for the same period, or in both places the current one. Figures of the family, the region
and the nation, targets, and figures whose period cannot be told are left alone; so is a figure that rounds to
the other. A share given once of one total and once of a slightly different one is the same kind of slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from openyj.plancheck.facts.indicators import Fraction, Indicator, current_indicators, dated_indicators, fractions_in
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "same-figure-two-values"
TITLE = "The same figure with two values"

SMALLEST_PART = 10  # a smaller count stands beside two totals by chance


def check(document: Document) -> Iterator[Finding]:
    """Dated figures, current figures, and shares of two totals."""
    yield from _dated(document)
    yield from _current(document)
    yield from _fractions(document)


def _dated(document: Document) -> Iterator[Finding]:
    by_key: dict[tuple[str, int, int], list[Indicator]] = {}
    for f in dated_indicators(document):
        if f.period:
            by_key.setdefault((f.measure, f.period.first, f.period.last), []).append(f)
    for (measure, _, _), told in by_key.items():
        against: list[tuple[Indicator, Indicator]] = []
        for kind in ("count", "rate"):
            values = [f for f in told if f.kind == kind]
            pair = next(
                (
                    (a, b)
                    for a in values
                    for b in values
                    if a.line < b.line and _differ(a, b) and not _of_another_kind(document, a, b)
                ),
                None,
            )
            if pair:
                against.append(pair)
        if against:
            figures = tuple(dict.fromkeys(x.number.printed for pair in against for x in pair))
            words = "; ".join(f"{a.number.printed} and {b.number.printed}" for a, b in against)
            period = against[0][0].period
            yield Finding(
                ID,
                figures,
                tuple(sorted({x.line for pair in against for x in pair})),
                HIGH if len(against) > 1 else MEDIUM,
                f"{measure[0].upper()}{measure[1:]} for {period.text if period else ''}: {words}.",
                remedy="Give one figure, or say how the two differ.",
                weight=3,
            )


def _differ(a: Indicator, b: Indicator) -> bool:
    step = max(a.number.step, b.number.step)
    return abs(a.number.value - b.number.value) > (0 if a.kind == "count" else step)


def _current(document: Document) -> Iterator[Finding]:
    told = current_indicators(document)
    seen: set[tuple[str, str]] = set()
    for i, a in enumerate(told):
        for b in told[i + 1 :]:
            same = (
                a.measure == b.measure
                and a.number.unit == b.number.unit
                and (a.place == b.place or not a.place or not b.place)
            )
            apart = bool(a.period and b.period and not a.period.same(b.period))
            if _of_another_kind(document, a, b):
                continue
            if not same or apart or a.line == b.line or not _differ(a, b) or _may_be_other(a, b):
                continue
            if (a.measure, a.place) in seen:
                continue
            seen.add((a.measure, a.place))
            yield Finding(
                ID,
                (a.number.printed, b.number.printed),
                (a.line, b.line),
                MEDIUM,
                f"The current figure of {a.measure} is {a.number.printed} in one place "
                f"and {b.number.printed} in another.",
                remedy="Give one figure, or the period of each.",
                weight=3,
            )


SOURCES = re.compile(
    r"\b(?:PNC|police national computer|local(?:ly)? (?:data|tracked|held|figures?|collected)|live tracker|tracker)\b",
    re.I,
)
GROUPS = re.compile(
    r"\b(?:girls|females?|boys|males?|BAME|black|asian|mixed|white|looked after|LAC|CLA|in care|SEND|pre-?court|triage|"
    r"youth conditional|referral orders?|YROs?|aged? \d|quarter|Q[1-4]|target)\b",
    re.I,
)


def _of_another_kind(document: Document, a: Indicator, b: Indicator) -> bool:
    """Another source (national computer, own count) or another group of children explains two values."""
    left, right = _clause(document, a), _clause(document, b)
    sources = {bool(SOURCES.search(left)), bool(SOURCES.search(right))}
    groups = {frozenset(w.lower() for w in GROUPS.findall(t)) for t in (left, right)}
    return len(sources) == 2 or len(groups) == 2


def _clause(document: Document, indicator: Indicator) -> str:
    """The words about a figure: back to the stop before it, and on to the next comma or stop."""
    text = document.text_of(indicator.line)
    at = max(text.find(indicator.number.printed), 0)
    before = re.split(r"[.;]\s", text[max(0, at - 150) : at])[-1]
    after = re.split(r"[.;,]\s|\(", text[at + len(indicator.number.printed) : at + 110])[0]
    return before + " " + after


def _may_be_other(a: Indicator, b: Indicator) -> bool:
    """A rate a hundred times another has another base."""
    low, high = sorted((a.number.size, b.number.size))
    return low == 0 or high / low > 20


def _fractions(document: Document) -> Iterator[Finding]:
    by_part: dict[tuple[int, str], list[Fraction]] = {}
    for f in fractions_in(document):
        if f.part >= SMALLEST_PART and f.measure:
            by_part.setdefault((f.part, f.measure), []).append(f)
    for (part, measure), told in by_part.items():
        first = {f.whole: f for f in reversed(told)}
        wholes = sorted(first)
        for low, high in pairwise(wholes):
            if high - low > max(1, high // 20):
                continue
            lines = tuple(sorted((first[low].line, first[high].line)))
            yield Finding(
                ID,
                (str(part), *(str(first[w].whole) for w in sorted((low, high), key=lambda w: first[w].line))),
                lines,
                HIGH,
                f"{part} of {low} in one place, {part} of {high} in another ({measure}).",
                remedy="Give one total, or say how the two differ.",
            )
