"""A sum of money in the text that is not the one in the table.

The text must name whose money it is (the whole budget, the YJB's grant, a partner's contribution) and the table
must have a row of that name, for the same year where both give one. A figure that stands in any cell of that row,
or rounds from one, agrees. What differs by a slip of the hand or by a few per cent is reported; what differs
more may be something else and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openyj.plancheck.facts.numbers import COUNT, POUNDS, Number, numbers_in
from openyj.plancheck.facts.periods import Period, periods_in
from openyj.plancheck.facts.sums import slip
from openyj.plancheck.reading.document import Document, Sentence, Table
from openyj.plancheck.reading.layout import is_total_label
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "text-against-table"
TITLE = "A figure in the text is not the one in the table"

SMALLEST = 1000  # pounds
CLOSE = Decimal("0.03")
POINTED = Decimal("0.15")  # where the text itself points to the table of that year
POINTS_TO = re.compile(
    r"\b(?:see|shown|set out|detailed|breakdown|broken down|summari[sz]ed|outlined)\b.{0,40}\b"
    r"(?:appendix|table|below|annex)",
    re.I,
)
_YJB = r"(?:YJB|MoJ|Youth Justice(?: Board)?|Ministry of Justice)"
OWNERS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "the YJB grant",
        re.compile(rf"{_YJB}[^.£]{{0,40}}\bgrant\b|\bgood practice grant\b|\bcore grant\b", re.I),
        re.compile(rf"^(?!.*remand)\W*{_YJB}|good practice grant|practice grant", re.I),
    ),
    (
        "the whole budget",
        re.compile(
            r"\b(?:total|overall|whole|available|pooled|YO[ST]|YJS|the|our|partnership|annual|net"
            r"|gross)\s+(?:available\s+)?(?:budget|funding|income|resources)\b(?! gap| cut| pressure)",
            re.I,
        ),
        re.compile(r"$^"),
    ),
    (
        "the police",
        re.compile(r"\bpolice (?:contribution|funding)|contribution from (?:the )?police\b", re.I),
        re.compile(r"^\W*(?:\w+ )?police(?! (?:and|&))", re.I),
    ),
    (
        "the Police and Crime Commissioner",
        re.compile(r"\b(?:PCC|OPCC|MOPAC|crime commissioner)\b", re.I),
        re.compile(r"crime commissioner|\bO?PCC\b|MOPAC", re.I),
    ),
    ("probation", re.compile(r"\bprobation(?: service)?\b", re.I), re.compile(r"probation", re.I)),
    (
        "health",
        re.compile(r"\b(?:CCG|ICB|health)\b[^.£]{0,20}(?:contribut|fund)", re.I),
        re.compile(r"^\W*(?:\w+ )?health|\bCCG\b|commissioning group", re.I),
    ),
    (
        "the local authority",
        re.compile(r"\b(?:local authority|council)['’]?s?\b[^.£]{0,20}(?:contribut|fund)", re.I),
        re.compile(r"local authority|council", re.I),
    ),
)
OTHERWISE = re.compile(
    r"(?:previous(?:ly)?|from|last year|compared (?:to|with)|reduc\w+ (?:of|by)|cut (?:of|by)"
    r"|increas\w+ (?:of|by)|less|includ\w+|of which|"
    r"saving\w*(?: of)?|shortfall(?: of)?|additional|remand\w*[^.]{0,40}|overspen\w+[^.]{0,20}"
    r"|underspen\w+[^.]{0,20}|an? further|approximately|around|over|bid\w*[^.]{0,30}"
    r"|successful\w*[^.]{0,40})\W*$",
    re.I,
)


@dataclass(frozen=True)
class Tabled:
    """A figure in the row of an owner's money."""

    number: Number
    table: Table
    periods: tuple[Period, ...]


def check(document: Document) -> Iterator[Finding]:
    """Money in sentences against the rows of the money tables; then staff in the text against their table."""
    tabled = {name: list(_rows(document, name, row)) for name, _, row in OWNERS}
    seen: set[tuple[str, ...]] = set()
    for sentence in document.sentences:
        for name, words, _ in OWNERS:
            for finding in _sentence(sentence, name, words, tabled[name]):
                if finding.figures not in seen:
                    seen.add(finding.figures)
                    yield finding
    yield from _staff(document)


def _rows(document: Document, name: str, label: re.Pattern[str]) -> Iterator[Tabled]:
    for table in document.tables:
        figures = [n for r in table.rows for n in r.numbers]
        if not any(n.size >= SMALLEST and n.unit in (POUNDS, COUNT) and not _year(n) for n in figures):
            continue
        periods = tuple(periods_in(" ".join([*table.headings, table.caption])))
        for row in table.rows:
            if name == "the whole budget":
                if is_total_label(row.label) and row.numbers:
                    yield from (Tabled(n, table, periods) for n in row.numbers[-1:])
            elif label.search(row.label) and not is_total_label(row.label):
                yield from (Tabled(n, table, periods) for n in row.numbers)


def _year(n: Number) -> bool:
    return n.printed.isdigit() and 1990 <= n.value <= 2040


def _sentence(sentence: Sentence, name: str, words: re.Pattern[str], tabled: list[Tabled]) -> Iterator[Finding]:
    if not tabled or "£" not in sentence.text:
        return
    money = [n for n in numbers_in(sentence.text) if n.unit == POUNDS and n.value >= SMALLEST]
    for i, n in enumerate(money):
        before = sentence.text[money[i - 1].end if i else 0 : n.start]
        named = [m.end() for m in words.finditer(before)]
        if not named or len(before) - named[-1] > 90 or OTHERWISE.search(before):
            continue
        if any(m.end() > named[-1] for other, p, _ in OWNERS if other != name for m in p.finditer(before)):
            continue
        finding = _judge(sentence, n, name, tabled, pointed=bool(POINTS_TO.search(sentence.text)))
        if finding:
            yield finding


def _judge(sentence: Sentence, n: Number, name: str, tabled: list[Tabled], pointed: bool) -> Finding | None:
    told = [p for p in periods_in(sentence.text) if p.months == 12]
    period = min(told, key=lambda p: abs(p.start - n.start)) if told else None
    same = [t for t in tabled if period and any(p.same(period) for p in t.periods)]
    rows = same or [t for t in tabled if not period or not t.periods]
    if not rows or any(_agrees(n, t.number) for t in rows):
        return None
    whole = max(rows, key=lambda t: t.number.size)
    near = min(rows, key=lambda t: abs(t.number.size - n.value))
    words = slip(n.value, near.number.size)
    share = abs(near.number.size - n.value) / max(n.value, near.number.size, Decimal(1))
    if not words and share > (POINTED if pointed and same else CLOSE):
        return None
    if not words and near is not whole and share > CLOSE / 3:
        return None
    line = sentence.line_at(n.start)
    return Finding(
        ID,
        (n.printed, near.number.printed),
        tuple(sorted({line, near.number.line})),
        HIGH if same or words else MEDIUM,
        f"{name[0].upper()}{name[1:]}: {n.printed} in the text, {near.number.printed} in the table"
        + (f"; {words}" if words else "")
        + ".",
        arithmetic=f"{n.printed} differs from {near.number.printed} by {abs(near.number.size - n.value):,f}",
        remedy="Print the same figure in both places.",
        weight=3,
    )


def _agrees(text: Number, table: Number) -> bool:
    """Equal, or the one rounded from the other: as many noughts as either ends in may be rounding."""
    step = max(text.step, table.step, _roundness(text.value), _roundness(table.size))
    return abs(text.value - table.size) <= (step if step <= 1 else step / 2)


def _roundness(value: Decimal) -> Decimal:
    """What a round figure may be rounded to: 1,000 for 34,000; 1 for 34,108 and for 34,150 (one nought is chance)."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step if step >= 100 else Decimal(1)


STAFF = re.compile(
    r"(?<![\d.,])(?P<n>\d{2,4})\s+(?:members of staff|staff(?: members)?|employees|people working)\b", re.I
)
BELOW = re.compile(r"\b(?:below|following table|table \d+|breakdown|appendix)\b", re.I)
FOLLOWS = 60  # lines between the text and the table it points to


def _staff(document: Document) -> Iterator[Finding]:
    """A number of staff in the text, with a pointer to the table that follows, against that table's total."""
    for i, sentence in enumerate(document.sentences):
        m = STAFF.search(sentence.text)
        if not m:
            continue
        told = " ".join(s.text for s in document.sentences[i : i + 2] if s.passage is sentence.passage)
        line = sentence.line_at(m.start())
        if not BELOW.search(told):
            continue
        for table in document.tables:
            if not line < table.lines[0] <= line + FOLLOWS:
                continue
            totals = [r.numbers for r in table.rows if is_total_label(r.label) and len(r.numbers) > 2]
            if not totals:
                continue
            said = Decimal(m["n"])
            sums = [n for n in totals[-1] if n.value > 20]
            if any(n.value == said for n in sums) or not sums:
                break
            near = min(sums, key=lambda n: abs(n.value - said))
            if abs(near.value - said) <= max(Decimal(2), said / 33):
                yield Finding(
                    ID,
                    (m["n"], near.printed),
                    tuple(sorted({line, near.line})),
                    HIGH,
                    f"{m['n']} members of staff in the text, {near.printed} in the table it points to.",
                    arithmetic=f"{m['n']} differs from {near.printed} by {abs(near.value - said)}",
                    remedy="Print the same number in both places.",
                )
            break
