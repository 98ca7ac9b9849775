"""A percentage that is not what its own count and total make.

"25 of 118 (21.2%)" is held against 25 divided by 118. Rounding up, rounding down and cutting off are all
accepted, and so is the share of the rest (those who did not). A percentage is taken as belonging to a count
only where nothing else stands between them, and not where words such as "increase" or "target" do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openyj.plancheck.facts.numbers import COUNT, Number, cell_number, percent, rounds_to
from openyj.plancheck.facts.numbers import PERCENT as PER_CENT
from openyj.plancheck.facts.windows import Window, cell_windows, sentence_windows
from openyj.plancheck.reading.document import Document, Table
from openyj.plancheck.reading.layout import is_total_label
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

ID = "share-is-not-its-count"
TITLE = "A percentage that its own count and total do not make"

_N = r"\d{1,3}(?:,\d{3})+|\d+"
_PEOPLE = r"(?:young people|children|offenders|cases|cyps?|yps?|females?|males?|people|referrals|victims)"
FRACTIONS = (
    re.compile(
        rf"(?<![\d.,£/%])(?P<x>{_N})\s+(?:[A-Za-z'’()-]+,?\s+){{0,6}}?(?:out\s+)?of\s+(?:the\s+|a\s+|our\s+)?(?:total\s+(?:of\s+)?|cohort\s+of\s+)?(?P<y>{_N})(?![\d.,]*[%\d])(?!\s*(?:%|per\b|months?\b|years?\b|hours?\b|days?\b))",
        re.I,
    ),
    re.compile(rf"[(\[]\s*(?P<x>{_N})\s?/{{1,2}}\s?(?P<y>{_N})\s*[)\]]"),
    re.compile(rf"(?<![\d.,£/%])(?P<x>{_N})\s+[a-z' -]{{0,30}}from a cohort of\s+(?P<y>{_N})\b", re.I),
    re.compile(
        rf"(?<![\d.,£/%])(?P<y>{_N})\s+{_PEOPLE}\s+in (?:the |this )?cohort\W+(?:and|of whom|with"
        rf"|,)?\s*(?P<x>{_N})\s+(?:\w\s+)?(?:of (?:them|whom)\s+)?re-?\s?offend",
        re.I,
    ),
    re.compile(
        rf"cohort of\s+(?P<y>{_N})\s+{_PEOPLE},?\s+(?:with\s+|of whom\s+|and\s+)?(?P<x>{_N})\s+"
        rf"(?:{_PEOPLE}|individuals|of whom|of them)?\s*re-?\s?offend\w*",
        re.I,
    ),
)
PERCENT = re.compile(r"(?<![\d.,])(?P<z>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent\b)")
PARTS_THEM = re.compile(
    r"\d|increas|decreas|reduc|ris(?:e|en|ing)|rose|drop|fell|fall|chang|target|compar|average"
    r"|national|previous|last year|"
    r"up from|down from|more than|less than|lower|higher|between|£|whom|\bof which|including|\bof those\b|;",
    re.I,
)
COUNTED = re.compile(
    r"out of|/|offend|young|child|people|cases|\byps?\b|complet|engag|female|male|cohort|victim|staff|order", re.I
)
RANK = re.compile(r"\brank|\bplaced\b|\bposition|\bquartile", re.I)
NEAR = 70  # characters between a count and its percentage


def check(document: Document) -> Iterator[Finding]:
    """Counts with a percentage beside them, in sentences and in neighbouring cells."""
    seen: set[tuple[object, ...]] = set()
    for window in (*sentence_windows(document, following=1), *cell_windows(document)):
        for finding in (*_in_window(window), *_of_a_total(window)):
            key = (finding.figures, finding.lines)
            if key not in seen:
                seen.add(key)
                yield finding
    yield from _cohort_tables(document)
    for table in document.tables:
        yield from _share_column(table)


def _in_window(window: Window) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for pattern in FRACTIONS:
        for m in pattern.finditer(window.text):
            if not window.own[0] <= m.start() < window.own[1] or any(a < m.end() and m.start() < b for a, b in taken):
                continue
            taken.append((m.start(), m.end()))
            part, whole = _decimal(m["x"]), _decimal(m["y"])
            slashed = pattern is FRACTIONS[1]
            if not 0 < part <= whole or whole < 4 or _is_year(whole):
                continue
            if slashed and whole == part + 1 and not _beside(window.text, m):
                continue
            finding = _compare(window, m, part, whole)
            if finding:
                yield finding


TOTAL_OF = re.compile(
    rf"\b(?:of|total of|in total,?)\s+(?:the\s+|these\s+|those\s+|our\s+)?(?P<y>{_N})\s+(?!"
    rf"(?:months|years|hours|days|weeks|per)\b)[a-z]",
    re.I,
)
WITH_SHARE = re.compile(
    rf"(?<![\d.,£/%])(?P<x>{_N})(?![\d.,]*[%\d])\s+(?:[a-z'’-]+\s+){{0,4}}\(\s?(?P<z>\d{{1,3}}(?:\.\d+)?)\s?%\s?\)",
    re.I,
)


def _of_a_total(window: Window) -> Iterator[Finding]:
    """ "Of 64 children, 16 (25%) were girls": the share is of the total, or of a count named since."""
    total = TOTAL_OF.search(window.text, window.own[0], window.own[1])
    if total is None:
        return
    bases = [_decimal(total["y"])]
    sentence = window.text[: window.own[1]]
    for m in WITH_SHARE.finditer(sentence, total.end()):
        part, printed = _decimal(m["x"]), cell_number(m["z"] + "%")
        known = [b for b in bases if b >= part and b > 3]
        bases.append(part)
        if printed is None or not known or _is_year(part) or _is_year(bases[0]):
            return
        others = [_decimal(n.group(0)) for n in re.finditer(_N, sentence[total.end() : m.start()])]
        if any(_fits(percent(part, b), printed) for b in (*known, *[o for o in others if o >= part and o > 0])):
            continue
        true = percent(part, bases[0])
        if FRACTIONS[0].search(sentence[total.end() :]) or part > bases[0] or _is_change(sentence, m):
            return
        yield Finding(
            ID,
            (m["x"], total["y"], m["z"] + "%"),
            tuple(sorted({window.line_at(total.start("y")), window.line_at(m.start("x"))})),
            MEDIUM,
            f"{m['x']} of {total['y']} is {round(true, 1)}%, printed {m['z']}%.",
            arithmetic=f"{m['x']} / {total['y']} = {round(true, 1)}%",
            remedy=f"Print {round(true, 1)}%, or correct the count: {_counts_that_fit(printed, bases[0])}.",
        )
        return


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _is_year(value: Decimal) -> bool:
    return 1990 <= value <= 2040


def _beside(text: str, m: re.Match[str]) -> bool:
    return bool(re.search(r"%\s*$", text[: m.start()])) or bool(re.match(r"\s*[(=]?\s*\d+(\.\d+)?%", text[m.end() :]))


def _compare(window: Window, m: re.Match[str], part: Decimal, whole: Decimal) -> Finding | None:
    candidates = []
    for p in PERCENT.finditer(window.text):
        between = window.text[m.end() : p.start()] if p.start() >= m.end() else window.text[p.end() : m.start()]
        if m.start() <= p.start() < m.end() or len(between) > NEAR or PARTS_THEM.search(between):
            continue
        if window.line_at(p.start()) != window.line_at(m.start("x")) and not COUNTED.search(m.group(0) + between):
            continue  # "1 of 29" in one cell and a percentage in the next: a rank, perhaps
        if RANK.search(window.text[max(0, m.start() - 30) : m.end() + 10]):
            continue
        if re.search(r"(?<!rate )(?<!percentage )(?<!proportion )\bof\s*$", between) or (
            p.start() < m.start() and re.match(r"\s+of\b", between) and not between.endswith(("(", "["))
        ):
            continue
        candidates.append((len(between), p))
    if not candidates:
        return None
    true = percent(part, whole)
    for _, p in candidates:
        printed = cell_number(p["z"] + "%")
        if printed and (_fits(true, printed) or _fits(100 - true, printed)):
            return None
    _, p = min(candidates, key=lambda c: c[0])
    printed = cell_number(p["z"] + "%")
    if printed is None or _is_change(window.text, p):
        return None
    shown = round(true, max(1, -int(printed.step.as_tuple().exponent)))
    fits = _counts_that_fit(printed, whole)
    remedy = f"Print {shown}%, or correct the count: {fits}."
    return Finding(
        ID,
        (m["x"], m["y"], p["z"] + "%"),
        tuple(sorted({window.line_at(m.start("x")), window.line_at(m.start("y")), window.line_at(p.start())})),
        HIGH,
        f"{m['x']} of {m['y']} is {shown}%, printed {p['z']}%.",
        arithmetic=f"{m['x']} / {m['y']} = {shown}%",
        remedy=remedy,
    )


def _fits(true: Decimal, printed: Number) -> bool:
    return rounds_to(true, printed) or (abs(true - printed.value) < printed.step * Decimal("1.01") and printed.step < 1)


def _is_change(text: str, p: re.Match[str]) -> bool:
    around = text[max(0, p.start() - 25) : p.end() + 22]
    if re.search(r"target\s*(?:of|is|was|:|=)?\s*$|[<>-]\s?$", text[: p.start()], re.I):
        return True
    return bool(re.search(r"increas|decreas|reduc|\brise|rose|drop|\bfell|\bfall", around, re.I))


def _counts_that_fit(printed: Number, whole: Decimal) -> str:
    near = int(printed.value * whole / 100)
    fits = [
        k
        for k in (near - 1, near, near + 1, near + 2)
        if 0 <= k <= whole and rounds_to(percent(Decimal(k), whole), printed)
    ]
    return (
        f"{fits[0]} of {whole} would be {printed.printed}"
        if fits
        else f"no whole number of {whole} makes {printed.printed}"
    )


def _share_column(table: Table) -> Iterator[Finding]:
    """Rows of a count and its share of the table's total; most must agree before one is called wrong."""
    pairs = [(r, n) for r in table.rows if (n := _count_and_share(r.numbers, table))]
    totals = [n for r, n in pairs if is_total_label(r.label)]
    if len(totals) != 1 or not 99 <= totals[0][1].value <= 101:
        return
    whole = totals[0][0]
    rows = [n for r, n in pairs if not is_total_label(r.label) and 0 <= n[0].value <= whole.value]
    wrong = [n for n in rows if abs(percent(n[0].value, whole.value) - n[1].value) > n[1].step]
    if whole.value <= 0 or len(rows) < 3 or len(wrong) > len(rows) / 3:
        return
    if sum(n[0].value for n in rows) != whole.value:
        return  # the counts do not make their total: that is told, and the shares follow from it
    for count, share in wrong:
        true = percent(count.value, whole.value)
        yield Finding(
            ID,
            (count.printed, whole.printed, share.printed),
            tuple(sorted({count.line, whole.line, share.line})),
            MEDIUM,
            f"{count.printed} of {whole.printed} is {round(true, 1)}%, printed {share.printed}.",
            arithmetic=f"{count.printed} / {whole.printed} = {round(true, 1)}%",
            remedy=f"Print {round(true, 1)}%, or correct the count.",
        )


def _count_and_share(numbers: list[Number], table: Table) -> tuple[Number, Number] | None:
    if len(numbers) != 2:
        return None
    count, share = numbers
    headed = any("%" in h or "per cent" in h.lower() for h in table.headings)
    if count.unit != COUNT or count.step != 1 or not (share.unit == PER_CENT or (headed and share.unit == COUNT)):
        return None
    return count, share


COHORT = re.compile(
    r"(?:number|no\.?|size)?\s*(?:of\s+)?(?:offenders |young people |children )?in (?:the )?cohort|^cohort(?: size)?$",
    re.I,
)
REOFFENDERS = re.compile(r"(?:number|no\.?) (?:of )?re-?\s?offenders$|^re-?\s?offenders$|^no\.? reoffending$", re.I)
SHARE = re.compile(
    r"%\s*re-?\s?offending|proportion.{0,30}re-?\s?offend|binary rate|rate of re-?\s?offending|re-?offending rate", re.I
)


def _cohort_tables(document: Document) -> Iterator[Finding]:
    """Tables with a cohort, its reoffenders and their share, as three columns or as three rows."""
    for table in document.tables:
        by_row = {name: row for row in table.rows for name, p in _ROLES if p.search(row.label.strip())}
        if len(by_row) == 3:
            counts = [by_row[name].numbers for name, _ in _ROLES]
            if len({len(c) for c in counts}) == 1:
                yield from (f for f in map(_triple, *counts) if f)
        columns = {name: i for i, h in enumerate(table.headings) for name, p in _ROLES if p.search(h.strip())}
        if table.aligned and len(columns) == 3:
            for row in table.rows:
                cells = [row.cells[columns[name]] if columns[name] < len(row.cells) else None for name, _ in _ROLES]
                figures = [c.number for c in cells if c is not None and c.number is not None]
                if len(figures) == 3:
                    finding = _triple(*figures)
                    if finding:
                        yield finding


_ROLES = (("cohort", COHORT), ("reoffenders", REOFFENDERS), ("share", SHARE))


def _triple(whole: Number, part: Number, printed: Number) -> Finding | None:
    if not 0 < part.value <= whole.value or printed.value < 1 or rounds_to(percent(part.value, whole.value), printed):
        return None
    true = percent(part.value, whole.value)
    step = max(printed.step, Decimal("0.1")) if printed.printed.rstrip("%").endswith("0") else printed.step
    if abs(true - printed.value) <= step:
        return None
    return Finding(
        ID,
        (part.printed, whole.printed, printed.printed),
        tuple(sorted({part.line, whole.line, printed.line})),
        MEDIUM,
        f"{part.printed} reoffenders in a cohort of {whole.printed} are {round(true, 1)}%, printed {printed.printed}.",
        arithmetic=f"{part.printed} / {whole.printed} = {round(true, 1)}%",
        remedy=f"Print {round(true, 1)}%, or correct the count: {_counts_that_fit(printed, whole.value)}.",
        weight=3,
    )
