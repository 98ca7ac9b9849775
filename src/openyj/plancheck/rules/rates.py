"""A rate that its own count cannot make, and two rates that imply two different populations.

A count and its rate give the number of 10 to 17 year olds that was divided by. It is worked out as an interval,
for both are rounded. Where the Plan prints that population, the rate is held against it; and two such
populations in one Plan may differ by the few per cent of a year or two, not by a fifth. Only a sentence with
exactly one count and one rate is read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openyj.plancheck.facts.measures import speaks_of_others
from openyj.plancheck.facts.numbers import COUNT, Number, cell_number, grouped, numbers_in
from openyj.plancheck.facts.periods import without_periods
from openyj.plancheck.facts.windows import sentence_windows
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import MEDIUM, Finding

ID = "rate-is-not-its-count"
TITLE = "A rate that its count and population do not make"

APART = Decimal("1.25")  # two years' populations of one area never differ by a quarter
BASE = re.compile(r"\bper\s+(?P<base>1,?000|10,?000|100,?000)\b", re.I)
PEOPLE = re.compile(
    r"(?<![\d.,%£-])(?P<n>\d{1,4})(?![\d.,]*[%\d])\s*\)?\s*(?:\w+\s){0,2}?"
    r"(?:young people|children|custodial (?:sentences?|disposals?)|first[- ]time entrants?|FTEs?|entrants)\b"
    r"|(?:number\s*=\s*|FTEs? of |entrants of )(?P<n2>\d{1,4})(?![\d.,]*[%\d])(?!\s+per\b)",
    re.I,
)
POPULATION = re.compile(
    r"10\s?(?:-|–|to)\s?17(?: year olds?)?[^.\d]{0,40}population[^.\d]{0,30}?(?P<n>\d{2,3},\d{3})\b"
    r"|population of (?P<n2>\d{2,3},\d{3})[^.\d]{0,20}10\s?(?:-|–|to)\s?17",
    re.I,
)


@dataclass(frozen=True)
class Rated:
    """A count with its rate; ``low`` and ``high`` bound the population that was divided by."""

    count: Number
    rate: Number
    base: int
    line: int

    def _bound(self, pad: Decimal) -> Decimal:
        return self.count.value * self.base / max(self.rate.value + pad, self.rate.step / 10)

    @property
    def low(self) -> Decimal:
        return self._bound(self.rate.step / 2)

    @property
    def high(self) -> Decimal:
        return self._bound(-self.rate.step / 2)


def check(document: Document) -> Iterator[Finding]:
    """Each pair against the printed population, then the pairs against each other; and tables that print all three."""
    yield from _tables(document)
    yield from _frequencies(document)
    pairs = list(pairs_in(document))
    stated = _populations(document)
    wrong: list[Rated] = []
    for pair in pairs:
        if stated and not any(n.value / APART <= pair.high and pair.low <= n.value * APART for n in stated):
            wrong.append(pair)
            n = stated[0]
            rate = pair.count.value * pair.base / n.value
            yield Finding(
                ID,
                (pair.count.printed, pair.rate.printed, n.printed),
                tuple(sorted({pair.line, n.line})),
                MEDIUM,
                f"{pair.count.printed} of {n.printed} children are {rate:.2f} per {pair.base:,}, "
                f"printed {pair.rate.printed}.",
                arithmetic=f"{pair.count.printed} / {n.printed} x {pair.base:,} = {rate:.2f}",
                remedy="Correct the rate, its base, or the count.",
                weight=3,
            )
    for i, a in enumerate(pairs):
        for b in pairs[i + 1 :]:
            if a in wrong or b in wrong or stated:
                continue
            if a.low > b.high * APART or b.low > a.high * APART:
                yield Finding(
                    ID,
                    (a.count.printed, a.rate.printed, b.count.printed, b.rate.printed),
                    tuple(sorted({a.line, b.line})),
                    MEDIUM,
                    f"{a.count.printed} at {a.rate.printed} per {a.base:,} is a population of {_between(a)}; "
                    f"{b.count.printed} at {b.rate.printed} per {b.base:,} is one of {_between(b)}.",
                    remedy="Correct the rate or the count that is wrong.",
                    weight=3,
                )
                wrong.append(b)


def _between(pair: Rated) -> str:
    return f"{grouped(round(pair.low, -1))} to {grouped(round(pair.high, -1))}"


def pairs_in(document: Document) -> Iterator[Rated]:
    """Sentences with one base, one rate and one count of children."""
    for window in sentence_windows(document):
        text = window.text
        bases = {int(m["base"].replace(",", "")) for m in BASE.finditer(text)}
        if len(bases) != 1 or len(text) > 400:
            continue
        plain = without_periods(text)
        counts = [m for m in PEOPLE.finditer(plain)]
        rates = [
            n for n in numbers_in(plain) if n.unit == COUNT and not any(m.start() <= n.start < m.end() for m in counts)
        ]
        if len(counts) != 1 or len(rates) != 1 or speaks_of_others(_without_base(text)):
            continue
        count = cell_number(counts[0]["n"] or counts[0]["n2"])
        if (
            count is None
            or count.value < 1
            or rates[0].value <= 0
            or not re.search(r"\brate\b|equivalent|\bper\b", text, re.I)
        ):
            continue
        base = bases.pop()
        if (base == 100_000 and rates[0].value < 20) or (base == 1000 and rates[0].value > 20):
            continue
        yield Rated(count, rates[0], base, window.line_at(rates[0].start))


def _without_base(text: str) -> str:
    return re.sub(r"(?:area|average)\b", "", text) if "population" in text else text


def _populations(document: Document) -> list[Number]:
    found = []
    for window in sentence_windows(document):
        for m in POPULATION.finditer(window.text):
            number = cell_number(m["n"] or m["n2"], window.line_at(m.start()))
            if number and not speaks_of_others(window.text[: m.start()]):
                found.append(number)
    return found


_OFFENCES = r"(?P<o>\d{1,4})\s+(?:further |proven |more )*(?:re-?\s?)?offen[cs]es"
FREQUENCY = re.compile(
    rf"(?<![\d.])(?P<n>\d{{1,4}})\s+(?:re-?\s?offenders|(?:young people|children) who re-?\s?offended)"
    rf"[^.\d]{{0,40}}(?:commit\w*|accounting for)\s+(?:a total of |between them )?{_OFFENCES}",
    re.I,
)
EACH = re.compile(
    r"(?:average|frequency|per re-?\s?offender|each)[^.;\d]{0,40}?(?P<z>\d{1,2}\.\d{1,2})(?!\d|\s?%)", re.I
)


def _frequencies(document: Document) -> Iterator[Finding]:
    """Reoffences, reoffenders and their average in one sentence."""
    for window in sentence_windows(document):
        plain = without_periods(window.text)
        m, averages = FREQUENCY.search(plain), list(EACH.finditer(plain))
        if m is None or len(averages) != 1 or not int(m["n"]):
            continue
        printed = cell_number(averages[0]["z"])
        true = Decimal(m["o"]) / Decimal(m["n"])
        if printed and abs(true - printed.value) > printed.step:
            yield Finding(
                ID,
                (m["o"], m["n"], averages[0]["z"]),
                (window.line_at(m.start()),),
                MEDIUM,
                f"{m['o']} offences by {m['n']} reoffenders are {round(true, 2)} each, printed {averages[0]['z']}.",
                arithmetic=f"{m['o']} / {m['n']} = {round(true, 2)}",
                remedy=f"Print {round(true, 2)}, or correct a count.",
                weight=3,
            )


NUMBER = re.compile(r"^(?:number|no\.?|count)\b(?!.*rate)", re.I)
PEOPLED = re.compile(r"population", re.I)
RATE = re.compile(r"rate per (?P<base>1,?000|10,?000|100,?000)", re.I)


def _tables(document: Document) -> Iterator[Finding]:
    """Columns Number, Population, Rate per N, in that order, once or for several periods."""
    for table in document.tables:
        kinds = [
            "n" if NUMBER.match(h) else "r" if RATE.search(h) else "p" if PEOPLED.search(h) else ""
            for h in table.headings
        ]
        order = "".join(k for k in kinds if k)
        base = next((RATE.search(h)["base"] for h in table.headings if RATE.search(h)), "")  # type: ignore[index]
        if not base or order != "npr" * (len(order) // 3):
            continue
        for row in table.rows:
            n = row.numbers
            if len(n) != len(order):
                continue
            for count, people, rate in zip(n[::3], n[1::3], n[2::3], strict=True):
                true = count.value * int(base.replace(",", "")) / people.value if people.value else rate.value
                if abs(true - rate.value) > rate.step:
                    yield Finding(
                        ID,
                        (count.printed, people.printed, rate.printed),
                        tuple(sorted({count.line, people.line, rate.line})),
                        MEDIUM,
                        f"{count.printed} of {people.printed} are {true:.1f} per {base}, printed {rate.printed}.",
                        arithmetic=f"{count.printed} / {people.printed} x {base} = {true:.2f}",
                        remedy="Correct the rate, the count or the population.",
                        weight=3,
                    )
