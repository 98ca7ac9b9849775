"""A figure with the wrong unit.

A rate per 1,000 with a per cent sign; the same rate once per 10,000 and once per 100,000; a frequency (offences
per reoffender) in per cent; a column headed £000 that holds whole pounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openyj.plancheck.facts.measures import MEASURES, measure_in, nearest_measure
from openyj.plancheck.facts.numbers import COUNT, PERCENT, POUNDS, numbers_in
from openyj.plancheck.facts.periods import without_periods
from openyj.plancheck.facts.windows import sentence_windows
from openyj.plancheck.reading.document import Document, Table
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "wrong-unit"
TITLE = "A figure with the wrong unit"

BASE = re.compile(r"\bper\s+(?P<base>1[,.]?000(?:[,.]?000)?|10[,.]?000|100[,.'’]?000)\b", re.I)
RATE_OF = re.compile(
    r"(?<![\d.,£])(?P<n>\d{1,4}(?:\.\d+)?)\s*(?:%|per\s?cent)?\s*\(?\s*(?:young people "
    r"|children )?per\s+(?P<base>1[,.]?000|10[,.]?000|100[,.'’]?000)\b(?!\s+(?:of|for)\s+each)",
    re.I,
)
PERCENT_PER = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,2}(?:\.\d+)?)\s?%\s*\(?\s*per\s+(?P<base>1[,.]?000|10[,.]?000|100[,.'’]?000)\b", re.I
)
FREQUENCY = re.compile(
    r"(?:re-?\s?)?off?en[cs]es per (?:re-?\s?)?offender\s+(?:rate\s+)?(?:as|of|is|was|at|=|:)\s*(?P<n>\d{1,2}\.\d+)\s?%"
    r"|frequency rate(?:\s*\([^)]{0,30}\))?\s*(?:as|of|is|was|at|=|:)\s*(?P<n2>\d{1,2}\.\d+)\s?%",
    re.I,
)
THOUSANDS = re.compile(r"£\s?[’']?000[’']?s?|£k\b|\bin thousands\b|\(£?000s?\)", re.I)
LARGEST_IN_THOUSANDS = 20_000  # £20 million: no youth justice service costs that
LARGEST_CUSTODY_RATE = 5  # custodial sentences per 1,000; the highest ever published for a service is below 3


def check(document: Document) -> Iterator[Finding]:
    """Rates with a per cent sign, rates with two bases, frequencies in per cent, pounds under £000."""
    yield from _percent_and_base(document)
    yield from _two_bases(document)
    yield from _frequency(document)
    for table in document.tables:
        yield from _thousands(table)


def _percent_and_base(document: Document) -> Iterator[Finding]:
    """ "5.9% (per 1,000)" in one breath; or a rate defined per 1,000 and then printed with a per cent sign."""
    rates = {m["n"] for m in RATE_OF.finditer(document.whole)} | {
        m.group(1) for m in re.finditer(r"rate of (\d+\.\d+) per", document.whole)
    }
    for window in sentence_windows(document, following=1):
        if "per" not in window.text:
            continue
        for m in PERCENT_PER.finditer(window.text):
            if m.start() < window.own[1]:
                base = m["base"]
                yield _finding(
                    (f"{m['n']}%", f"per {base}"),
                    window.line_at(m.start()),
                    f"{m['n']}% (per {base}) is both a percentage and a rate per {base}.",
                    f"Write {m['n']} per {base} if that is meant.",
                )
        base = BASE.search(window.text)
        if not base or base.start() >= window.own[1] or PERCENT_PER.search(window.text):
            continue
        if "custod" not in window.text.lower():
            continue
        for n in numbers_in(window.text[base.end() :]):
            said = window.text[base.end() : base.end() + n.start]
            if (
                n.unit != PERCENT
                or n.size >= LARGEST_CUSTODY_RATE
                or n.step >= 1
                or not re.search(r"\brate (?:is|was|of|at)\s*$", said, re.I)
            ):
                continue
            bare = n.printed.rstrip("% ")
            again = bare in rates
            yield _finding(
                (n.printed, f"per {base['base']}"),
                window.line_at(base.end() + n.start),
                f"The rate is per {base['base']}, and is printed as {n.printed}"
                + (f"; elsewhere it is {bare} per {base['base']}." if again else "."),
                f"Write {bare} per {base['base']}.",
                HIGH if again else MEDIUM,
            )


def _bare(base: str) -> int:
    return int(re.sub(r"\D", "", base))


def _two_bases(document: Document) -> Iterator[Finding]:
    """One measure's rate with one base here and another there, the number being the same."""
    told: list[tuple[str, Decimal, int, str, int]] = []
    for window in sentence_windows(document):
        for m in RATE_OF.finditer(window.text):
            measure = measure_in(window.text) or nearest_measure(window.text, m.start())
            told.append((measure, Decimal(m["n"]), _bare(m["base"]), m["n"], window.line_at(m.start())))
    told += list(_tabled_rates(document))
    seen: set[tuple[str, str]] = set()
    for measure, value, base, printed, line in told:
        others = [t for t in told if t[0] == measure and t[1] == value and t[2] != base]
        if not measure or not others or value < 5:
            continue
        usual = 100_000 if measure == "first time entrants" else 1_000
        if base == usual or (printed, measure) in seen:
            continue
        seen.add((printed, measure))
        other = others[0]
        yield Finding(
            ID,
            (f"{printed} per {base:,}", f"{other[3]} per {other[2]:,}"),
            tuple(sorted({line, other[4]})),
            HIGH,
            f"The rate of {measure} is {printed} per {base:,} here and {other[3]} per {other[2]:,} there.",
            remedy=f"Write {printed} per {other[2]:,}, the base in which it is published.",
            weight=3,
        )


def _tabled_rates(document: Document) -> Iterator[tuple[str, Decimal, int, str, int]]:
    for table in document.tables:
        words = " ".join([table.caption, *table.headings])
        base = BASE.search(words)
        measure = next((name for name, p in MEASURES.items() if p.search(words)), "")
        if base and measure:
            for row in table.rows:
                for n in row.numbers[:1]:
                    yield measure, n.value, _bare(base["base"]), n.printed, n.line


def _frequency(document: Document) -> Iterator[Finding]:
    for window in sentence_windows(document, following=1):
        if "%" not in window.text or ("per" not in window.text.lower() and "freq" not in window.text.lower()):
            continue
        for m in FREQUENCY.finditer(without_periods(window.text)):
            if m.start() < window.own[1]:
                n = m["n"] or m["n2"]
                yield _finding(
                    (f"{n}%",),
                    window.line_at(m.start()),
                    f"A frequency is a number of offences for each child, and is printed as {n}%.",
                    f"Write {n}, without the per cent sign.",
                    MEDIUM,
                )


def _thousands(table: Table) -> Iterator[Finding]:
    heads = [h for h in (*table.headings, *table.second_headings) if THOUSANDS.search(h)]
    if not heads:
        return
    columns = {i for i, h in enumerate(table.headings) if THOUSANDS.search(h)} if table.aligned else set()
    figures = [
        c.number
        for r in table.rows
        for i, c in enumerate(r.cells)
        if c is not None and c.number is not None and (not columns or i in columns)
    ]
    large = [n for n in figures if n.unit in (POUNDS, COUNT) and n.value >= LARGEST_IN_THOUSANDS]
    if len(large) >= 2:
        mark = THOUSANDS.search(heads[0])
        most = max(large, key=lambda n: n.value)
        yield Finding(
            ID,
            (mark.group(0) if mark else heads[0], *[n.printed for n in large]),
            tuple(sorted({n.line for n in large})),
            HIGH,
            f"The heading says {heads[0].strip()}, but the figures are whole pounds: "
            f"{most.printed} thousand pounds would be £{most.value / 1000:.0f} million.",
            remedy="Head the column £.",
            weight=3,
        )


def _finding(figures: tuple[str, ...], line: int, message: str, remedy: str, confidence: str = HIGH) -> Finding:
    return Finding(ID, figures, (line,), confidence, message, remedy=remedy)
