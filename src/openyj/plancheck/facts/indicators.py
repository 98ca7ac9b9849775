"""The service's own figures for the national measures, each with its period or said to be the current one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openyj.plancheck.facts.measures import MEASURES, measure_in, nearest_measure, speaks_of_others
from openyj.plancheck.facts.numbers import COUNT, PERCENT, Number, cell_number
from openyj.plancheck.facts.periods import Period, periods_in, without_periods
from openyj.plancheck.reading.document import Document, Sentence, Table

CONTEXT = 14  # written lines above a short line in which its measure may be named


@dataclass(frozen=True)
class Indicator:
    """One printed figure of a measure. ``kind``: count, rate or percent; ``place``: the area named, if any."""

    measure: str
    kind: str
    number: Number
    line: int
    period: Period | None = None
    place: str = ""


@dataclass(frozen=True)
class Fraction:
    """Part of a whole, as "25 of 118" or "117 young people with 25 reoffending"."""

    part: int
    whole: int
    line: int
    measure: str


def dated_indicators(document: Document) -> list[Indicator]:
    """Figures that stand with their measure and their period, in sentences and in tables of periods."""
    found = [i for s in document.sentences for i in _in_sentence(s)]
    for table in document.tables:
        found += _in_table(table)
    return found


_FTE = r"(?:first[- ]time[- ]entrants?(?: \(FTEs?\))?|FTEs?)"
COUNTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "first time entrants",
        re.compile(
            rf"(?:(?:lowest|number of)\s+)?{_FTE} (?:of|was|were)\s+(?P<n>\d{{1,4}})(?![\d.,]*[%\d])(?!\s+per\b)", re.I
        ),
    ),
    (
        "first time entrants",
        re.compile(rf"(?<![\d.,-])(?P<n>\d{{1,4}})\s+(?:young people (?:became|were) (?:a |an )?)?{_FTE}\b", re.I),
    ),
    (
        "custody",
        re.compile(
            r"(?<![\d.,-])(?P<n>\d{1,3})\s+(?:young people|children)\s+(?:were |was )?"
            r"(?:sentenced to custody|(?:received|receiving|given) (?:a )?custodial|with \d+ custodial)",
            re.I,
        ),
    ),
    ("custody", re.compile(r"(?<![\d.,-])(?P<n>\d{1,3})\s+custodial (?:sentences?|disposals?)\b", re.I)),
)
TAGGED = re.compile(r"(?<![\d.,£])(?P<n>\d{1,4})\s*\((?P<p>(?:20)?\d\d/\d\d)\)")
RATED = re.compile(r"\brate\b[^.\d]{0,20}(?P<n>\d{1,2}\.\d{1,3})(?!\s?%)", re.I)


def _in_sentence(sentence: Sentence) -> Iterator[Indicator]:
    periods = [p for p in periods_in(sentence.text) if p.months == 12]
    if not periods:
        return
    plain = without_periods(sentence.text)
    measure = measure_in(sentence.text)
    for name, pattern in COUNTED:
        yield from (f for m in pattern.finditer(plain) if (f := _dated(sentence, plain, periods, name, "count", m)))
    if measure:
        yield from _tagged(sentence, measure)
        yield from (f for m in RATED.finditer(plain) if (f := _dated(sentence, plain, periods, measure, "rate", m)))


def _tagged(sentence: Sentence, measure: str) -> Iterator[Indicator]:
    """ "45 (18/19)": the period stands in brackets after the figure."""
    for m in TAGGED.finditer(sentence.text):
        told = periods_in(m["p"])
        number = cell_number(m["n"], sentence.line_at(m.start()))
        if told and number and not speaks_of_others(sentence.text[max(0, m.start() - 40) : m.start()]):
            yield Indicator(measure, "count", number, number.line, told[0])


def _dated(
    sentence: Sentence, plain: str, periods: list[Period], measure: str, kind: str, m: re.Match[str]
) -> Indicator | None:
    """The figure with the period that follows it closely, else with the last one before it."""
    number = cell_number(m["n"], sentence.line_at(m.start("n")))
    start, end = m.start("n"), m.end("n")
    clause = re.split(r"[;,(]|\band\b|\bagainst\b|\bcompared\b", plain[max(0, start - 60) : start])[-1]
    close = [p for p in periods if 0 <= p.start - end < 45 and not re.search(r"\d|[;,.)]", plain[end : p.start])]
    before = [p for p in periods if p.end <= start]
    period = close[0] if close else before[-1] if before else None
    if number is None or period is None or speaks_of_others(clause) or _between_periods(plain, period, m, periods):
        return None
    return Indicator(measure, kind, number, number.line, period)


def _between_periods(plain: str, period: Period, m: re.Match[str], periods: list[Period]) -> bool:
    """Two periods are spoken of together and it cannot be told which is this figure's."""
    if period.end > m.start("n"):
        return False
    beside = [p for p in periods if p is not period and abs(p.start - period.end) < 25 and p.end <= m.start("n")]
    between = re.sub(r"\d+\.\d+", "", plain[period.end : m.start("n")])  # its rate may stand there
    return bool(beside) or (bool(re.search(r"\d", between)) and len(periods) > 1)


def _in_table(table: Table) -> Iterator[Indicator]:
    """Rows under periods: as many figures as periods, or two for each where "rate" is said: count, then rate."""
    heads = " ".join(table.headings)
    words = f"{heads} {table.caption}"
    periods = [p for p in periods_in(heads) if p.months == 12 and len(p.text) > 4]
    measures = [n for n, p in MEASURES.items() if p.search(heads)] or [
        n for n, p in MEASURES.items() if p.search(words)
    ]
    rated = len(re.findall(r"\brates?\b", heads, re.I)) >= len(periods)
    if len(periods) < 3 or measures != ["custody"] or not rated:
        return
    for row in table.rows[:2]:
        n = row.numbers
        if speaks_of_others(row.label) or len(n) != 2 * len(periods):
            continue
        for i, period in enumerate(periods):
            count, rate = n[2 * i], n[2 * i + 1]
            if count.step == 1 and count.value:
                yield Indicator(measures[0], "count", count, count.line, period)
                yield Indicator(measures[0], "rate", rate, rate.line, period)


_N = r"(?P<n>\d{1,4}(?:\.\d{1,2})?\s?%?)(?!\d|,\d|%|\s?(?:months|years|young))"
CURRENT = (
    re.compile(
        rf"(?P<place>(?:[A-Z][a-z]+ ){{0,2}}(?:[A-Z][a-z]+))(?:['’]s?)?\s+(?:current|latest"
        rf"|most recent)\s+(?:[\w-]+\s+){{0,4}}?(?:rate|figure)\s+(?:(?:is|was|of|at|measures)\s+)?{_N}"
    ),
    re.compile(rf"(?P<place>[A-Z][a-z]+)['’]s\s+(?:[\w-]+\s+){{0,3}}?rate is\s+{_N}"),
    re.compile(
        rf"(?P<place>)\brate per 1,?000\b[^.=\d]{{0,30}}(?:has |have )?(?:dropped|fallen|risen"
        rf"|increased|reduced|decreased|gone)\s+(?:down |up )?from\s+\d[\d.]*%?\s+(?:down |up )?to\s+{_N}",
        re.I,
    ),
    re.compile(rf"(?P<place>)\brate per 1,?000\b(?:[^=\d]|10\s?-\s?17){{0,40}}=\s*{_N}", re.I),
)


def current_indicators(document: Document) -> list[Indicator]:
    """Figures said to be the current ones, each with the measure named with it or last named above it."""
    found: list[Indicator] = []
    written: list[tuple[int, str]] = [(x.number, x.text) for x in document.lines if x.text.strip()]
    position = {number: i for i, (number, _) in enumerate(written)}
    for number, text in written:
        for pattern in CURRENT:
            for m in pattern.finditer(text):
                value = cell_number(m["n"], number)
                before = text[max(0, m.start() - 30) : m.start("n")].replace(m["place"] or "\0", "")
                if value is None or value.value == 0 or speaks_of_others(before):
                    continue
                i = position[number]
                above = " ".join(t for _, t in written[max(0, i - CONTEXT) : i])
                own = text[: m.end()]
                measure = nearest_measure(f"{above} {own}", len(above) + 1 + m.start("n"))
                if measure == "reoffending" and value.unit == COUNT and value.step < 1:
                    named = MEASURES["frequency"].search(own) or MEASURES["frequency"].search(above)
                    measure = "frequency" if named else ""
                if not measure or measure == "remand" or (measure == "reoffending") != (value.unit == PERCENT):
                    continue
                kind = "percent" if value.unit == PERCENT else "rate" if value.unit == COUNT else "money"
                told = periods_in(text)
                found.append(
                    Indicator(measure, kind, value, number, told[0] if len(told) == 1 else None, m["place"].strip())
                )
    return found


FRACTION = (
    re.compile(r"(?<![\d.,/])(?P<x>\d{2,4})\s+(?:out\s+)?of\s+(?:the\s+)?(?P<y>\d{2,4})(?![\d.,%/]|\s*%)", re.I),
    re.compile(r"cohort of\s+(?P<y>\d{2,4})\s+[a-z ]{3,25}\s+with\s+(?P<x>\d{2,4})\s+[a-z ]{3,25}re-?\s?offend", re.I),
)


def fractions_in(document: Document) -> list[Fraction]:
    """Counts of reoffenders within their cohort, wherever they stand."""
    found: list[Fraction] = []
    written = [x for x in document.lines if x.text.strip()]
    for i, line in enumerate(written):
        for pattern in FRACTION:
            for m in pattern.finditer(without_periods(line.text)):
                around = (
                    " ".join(x.text[:200] for x in written[max(0, i - 2) : i + 3]) if len(line.text) < 80 else line.text
                )
                measure = "reoffending" if re.search(r"re-?\s?offend", around, re.I) else ""
                part, whole = int(m["x"]), int(m["y"])
                if part < whole and not 1990 <= whole <= 2040:
                    found.append(Fraction(part, whole, line.number, measure))
    return found
