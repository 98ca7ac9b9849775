"""A change printed in a table or list that the figures beside it do not make.

Three shapes: a last column "% change" after a run of counts; periods that follow each other, each with its count
and its change; two periods, each with a count or a rate, and a line below them that says "Reduction of 45%".
And a sentence that gives this year's figure and its change, where a table elsewhere gives last year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from openyj.plancheck.facts.measures import measure_in, nearest_measure, speaks_of_others
from openyj.plancheck.facts.numbers import COUNT, PERCENT, POINTS, Number, cell_number, numbers_in
from openyj.plancheck.facts.periods import Period, periods_in, without_periods
from openyj.plancheck.facts.words import DOWN, UP, direction_in
from openyj.plancheck.reading.document import Document, Row, Table
from openyj.plancheck.rules.changes import change_bounds
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "series-change-is-not-its-size"
TITLE = "A change in a table or list that its figures do not make"

CHANGE_HEAD = re.compile(r"%\s*change|percent(?:age)? change|change\s*\(?%|% (?:increase|reduction|difference)", re.I)
VERDICT_LINE = re.compile(rf"^\W*(?:{UP}|{DOWN})\s+(?:of|by)?\s*(?P<z>\d+(?:\.\d+)?)\s?%", re.I)


def check(document: Document) -> Iterator[Finding]:
    """All three shapes, and the sentence against the table."""
    for table in document.tables:
        yield from _last_column(table)
        yield from _running(table)
    yield from _verdict_lines(document)
    yield from _sentence_against_pairs(document)


def makes(a: Number, b: Number, said: Number) -> bool:
    """Whether a change from a to b may be printed as ``said``."""
    if a.value <= 0:
        return True
    if said.unit == POINTS:
        return abs(abs(b.value - a.value) - said.size) <= max(a.step, b.step, said.step)
    low, high = change_bounds(a, b)
    return low - said.step / 2 <= said.size <= high + said.step / 2 or 0 <= low - said.size < said.step


def _last_column(table: Table) -> Iterator[Finding]:
    words = " ".join([*table.headings, *table.second_headings, table.caption])
    if not CHANGE_HEAD.search(words):
        return
    for row in table.rows:
        n = row.numbers
        if len(n) < 3 or n[-1].unit not in (PERCENT, POINTS) or len({x.unit for x in n[:-1]}) > 1:
            continue
        if n[0].unit in (PERCENT, POINTS) and n[-1].unit == PERCENT:
            continue  # whether points or per cent are meant is not said
        if not any(makes(n[i], n[j], n[-1]) for i in range(len(n) - 1) for j in range(len(n) - 1) if i != j):
            yield _finding(row.label, n[0], n[-2], n[-1], MEDIUM if len(n) > 3 else HIGH)


def _running(table: Table) -> Iterator[Finding]:
    """Rows of a period, its change and its count; most must agree before one is called wrong."""
    dated: list[tuple[Period, Number, Number]] = []
    for row in table.rows:
        periods, n = periods_in(row.label), row.numbers
        counts = [x for x in n if x.unit == COUNT]
        shares = [x for x in n if x.unit == PERCENT]
        if periods and len(n) == 2 and len(counts) == 1 and len(shares) == 1:
            dated.append((periods[-1], counts[0], shares[0]))
    dated.sort(key=lambda d: d[0].first)
    follows = [(a, b) for a, b in pairwise(dated) if b[0].first - a[0].first == a[0].months == b[0].months]
    wrong = [(a, b) for a, b in follows if not makes(a[1], b[1], b[2])]
    if len(follows) >= 3 and len(wrong) <= len(follows) / 3:
        for a, b in wrong:
            yield _finding(f"{a[0].text} to {b[0].text}", a[1], b[1], b[2], HIGH)


def _finding(label: str, a: Number, b: Number, said: Number, confidence: str) -> Finding:
    true = round((b.value - a.value) * 100 / a.value, 1)
    return Finding(
        ID,
        (a.printed, b.printed, said.printed),
        tuple(sorted({x.line for x in (a, b, said) if x.line})),
        confidence,
        f"{label}: from {a.printed} to {b.printed} is a change of {true:+}%, printed {said.printed}.",
        arithmetic=f"({b.printed} - {a.printed}) / {a.printed} = {true:+}%",
        remedy=f"Print {true:+}%, or correct one of the two figures.",
    )


def _verdict_lines(document: Document) -> Iterator[Finding]:
    lines = [line for line in document.lines if line.text.strip()]
    for i, line in enumerate(lines):
        m = VERDICT_LINE.match(line.text.strip())
        said = cell_number(m["z"] + "%", line.number) if m else None
        if said is None or i < 2:
            continue
        above = [x for x in lines[max(0, i - 4) : i] if periods_in(x.text)][-2:]
        if len(above) < 2 or len(line.text) > 60:
            continue
        if periods_in(above[0].text)[0].first > periods_in(above[1].text)[0].first:
            above.reverse()
        kinds = [{n.unit + ("." if n.step < 1 else ""): n for n in _plain_numbers(x.text, x.number)} for x in above]
        pairs = [(kinds[0][k], kinds[1][k]) for k in kinds[0] if k in kinds[1] and kinds[0][k].value > 0]
        rates = _rates(above)
        if any(a.unit == PERCENT and abs(abs(b.value - a.value) - said.size) <= said.step for a, b in pairs):
            continue  # points called per cent: it may be meant
        if pairs and not any(makes(a, b, said) for a, b in (*pairs, *rates)):
            a, b = pairs[-1]
            found = _finding("Two periods", a, b, said, HIGH if len(pairs) > 1 else MEDIUM)
            extra = tuple(n.printed for pair in pairs[:-1] for n in pair)
            yield Finding(**{**found.__dict__, "figures": found.figures + extra})


def _rates(above: list) -> list[tuple[Number, Number]]:
    found = []
    for line in above:
        m = re.search(r"rate of\s+(\d[\d.,]*\d)", line.text, re.I)
        number = cell_number(m.group(1), line.number) if m else None
        if number:
            found.append(number)
    if len(found) != 2:
        return []
    loose = [Number(**{**n.__dict__, "step": max(n.step, Decimal("1.5") if n.step == 1 else n.step)}) for n in found]
    return [(loose[0], loose[1])]


def _plain_numbers(text: str, line: int) -> list[Number]:
    return [n for n in numbers_in(without_periods(text), line)]


@dataclass(frozen=True)
class Step:
    """Two figures of one measure, the earlier and the later, as a table or list prints them."""

    earlier: Number
    later: Number
    measure: str


def steps_in(document: Document) -> list[Step]:
    """Pairs that stand side by side or one under the other, where the periods say which is the later."""
    found: list[Step] = []
    for table in document.tables:
        words = " ".join([table.caption, *table.headings])
        dated = [(periods_in(r.label), r) for r in table.rows]
        rows: list[tuple[Period, Row]] = [(p[-1], r) for p, r in dated if p]
        for p, r in rows:
            for q, s in rows:
                if q.first - p.first == 12 and p.months == q.months:
                    measure = measure_in(words) or measure_in(r.label)
                    found += [Step(a, b, measure) for a, b in zip(r.numbers, s.numbers, strict=False)][:1]
    found += _listed_steps(document)
    return [s for s in found if s.measure]


def _listed_steps(document: Document) -> Iterator[Step]:
    """ "2017/18 76" above "2018/19 40", and "76 CYPs" above "40 CYP" under two years' headings."""
    lines = [line for line in document.lines if line.text.strip()]
    for i in range(len(lines) - 1):
        a, b = lines[i], lines[i + 1]
        if len(a.text) > 60 or len(b.text) > 60:
            continue
        na, nb = _plain_numbers(a.text, a.number), _plain_numbers(b.text, b.number)
        if len(na) != 1 or len(nb) != 1 or na[0].unit != nb[0].unit:
            continue
        pa, pb = periods_in(a.text), periods_in(b.text)
        measure = nearest_measure(" ".join(x.text for x in lines[max(0, i - 3) : i]), 10**9)
        if (pa and pb and pb[0].first - pa[0].first == 12) or (not pa and not pb and _same_words(a.text, b.text)):
            yield Step(na[0], nb[0], measure)


def _same_words(a: str, b: str) -> bool:
    left, right = (re.sub(r"[\W\d]+", " ", t).strip().lower().rstrip("s") for t in (a, b))
    return left == right and 0 < len(left) < 25


def _sentence_against_pairs(document: Document) -> Iterator[Finding]:
    steps = steps_in(document)
    seen: set[tuple[str, ...]] = set()
    for sentence in document.sentences:
        plain = without_periods(sentence.text)
        if not re.search(
            r"(?:last|previous|prior) year|year before|compared (?:to|with)", plain, re.I
        ) or speaks_of_others(plain):
            continue
        numbers = list(numbers_in(plain))
        said = [n for n in numbers if n.unit in (PERCENT, POINTS)]
        counts = [n for n in numbers if n.unit == COUNT]
        moved = direction_in(plain)
        if len(said) != 1 or len(counts) != 1 or not moved:
            continue
        measure = measure_in(sentence.text)
        near = [s for s in steps if s.measure == measure and s.later.value == counts[0].value and s.earlier.value > 0]
        if not near or counts[0].value < 5:
            continue
        if any(makes(s.earlier, s.later, said[0]) for s in near if said[0].unit == PERCENT):
            continue
        s = near[0]
        true = round((s.later.value - s.earlier.value) * 100 / s.earlier.value, 1)
        figures = (s.earlier.printed, counts[0].printed, said[0].printed)
        if figures in seen:
            continue
        seen.add(figures)
        wrong_kind = " Percentage points are the difference of two percentages." if said[0].unit == POINTS else ""
        yield Finding(
            ID,
            figures,
            tuple(sorted({sentence.line_at(counts[0].start), s.earlier.line, s.later.line})),
            HIGH,
            f"From {s.earlier.printed} to {s.later.printed} is a change of {true:+}%, "
            f"printed {said[0].printed} ({measure}).{wrong_kind}",
            arithmetic=f"({s.later.printed} - {s.earlier.printed}) / {s.earlier.printed} = {true:+}%",
            remedy=f"Print {abs(true)}%, or correct one of the figures.",
            weight=3,
        )
