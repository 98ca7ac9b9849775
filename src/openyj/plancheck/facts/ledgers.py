"""Tables read as accounts: rows of parts with their total, column totals, a grand total.

A table with two years side by side holds two ledgers. A table from a real file knows its columns; a rebuilt one
knows only the order of the figures in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from openyj.plancheck.facts.numbers import PERCENT, POINTS, Number
from openyj.plancheck.facts.sums import closure
from openyj.plancheck.reading.document import Row, Table
from openyj.plancheck.reading.layout import is_total_label

TOTAL_HEADING = re.compile(
    r"^(?:grand |overall |sub-?\s?)?totals?\b\s*(?:\(?£?(?:'?000'?s?)?\)?)?\s*(?:income|£)?\s*:?$", re.I
)
PART_OF = re.compile(r"^\W*(?:of which|of whom|including|incl\b|includes)", re.I)
UNADDED = re.compile(
    r"\b(?:rates?|averages?|avg|mean|median|per|percent\w*|scores?|rank\w*|targets?|population|ages?|variance|"
    r"caseload|open|snapshot|current|cumulative|unique|individual)\b|%|\bat (?:the )?(?:end|start)\b",
    re.I,
)
SUBTOTAL = re.compile(r"\bsub-?\s?total", re.I)


@dataclass(frozen=True)
class LedgerRow:
    """One row: its parts in order (None: an empty cell, only where columns are known) and its printed total."""

    label: str
    line: int
    parts: tuple[Number | None, ...]
    total: Number | None

    @property
    def printed_parts(self) -> list[Number]:
        return [p for p in self.parts if p is not None]


@dataclass(frozen=True)
class Ledger:
    """One account. ``column_totals`` do not hold the grand total; ``names`` are the columns', where known."""

    table: Table
    rows: tuple[LedgerRow, ...]
    column_totals: tuple[Number | None, ...]
    grand: Number | None
    columns_known: bool
    names: tuple[str, ...] = ()
    total_line: int = 0

    def addends(self) -> list[LedgerRow]:
        """The rows a column adds up: no subtotals, and no rows that are part of the row above."""
        return [r for r in self.rows if not (SUBTOTAL.search(r.label) or PART_OF.match(r.label))]


def ledgers_in(table: Table) -> Iterator[Ledger]:
    """The accounts a table holds; none where nothing is totalled."""
    yield from _aligned(table) if table.aligned else _rebuilt(table)


def _aligned(table: Table) -> Iterator[Ledger]:
    width = max((len(r.cells) for r in table.rows), default=0)
    heads = [table.headings[i] if i < len(table.headings) else "" for i in range(width)]
    second = [table.second_headings[i] if i < len(table.second_headings) else "" for i in range(width)]
    numeric = [i for i in range(width) if _numeric_column(table, i)]
    totals = [i for i in numeric if TOTAL_HEADING.match(heads[i]) or TOTAL_HEADING.match(second[i])]
    for block in _blocks([r for r in table.rows if _undamaged(r)]):
        total_row = block[-1] if is_total_label(block[-1].label) else None
        if not totals:
            yield _ledger(table, block, total_row, numeric, None, heads)
        before = 0
        for total in totals:
            named = second[total] if len(totals) > 1 and not TOTAL_HEADING.match(second[total]) else ""
            parts = [i for i in numeric if before <= i < total and i not in totals]
            if named:
                parts = [i for i in numeric if i not in totals and second[i] == named]
            else:
                before = total + 1
            if parts:
                yield _ledger(table, block, total_row, parts, total, heads)


def _undamaged(row: Row) -> bool:
    """A label of dots and commas alone is what a conversion leaves of a row it could not read."""
    return not row.label or bool(re.search(r"\w", row.label))


def _numeric_column(table: Table, i: int) -> bool:
    if i < len(table.headings) and UNADDED.search(table.headings[i]):
        return False
    cells = [r.cells[i] for r in table.rows if i < len(r.cells) and r.cells[i] is not None]
    figures = [c.number for c in cells if c and c.number is not None]
    return bool(figures) and not any(n.unit in (PERCENT, POINTS) for n in figures)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """A table with several total rows is several accounts, one under the other; subtotals divide nothing."""
    block: list[Row] = []
    for row in rows:
        if row.numbers:
            block.append(row)
        if row.numbers and is_total_label(row.label) and not SUBTOTAL.search(row.label):
            yield block
            block = []
    if block:
        yield block


def _ledger(
    table: Table, block: list[Row], total_row: Row | None, parts: list[int], total: int | None, heads: list[str]
) -> Ledger:
    def at(row: Row, i: int) -> Number | None:
        cell = row.cells[i] if i < len(row.cells) else None
        return cell.number if cell is not None else None

    body = [r for r in block if r is not total_row and not UNADDED.search(r.label)]
    return Ledger(
        table,
        tuple(
            LedgerRow(r.label, r.line, tuple(at(r, i) for i in parts), None if total is None else at(r, total))
            for r in body
        ),
        tuple(at(total_row, i) for i in parts) if total_row else (),
        at(total_row, total) if total_row and total is not None else None,
        columns_known=True,
        names=tuple(heads[i] for i in parts),
        total_line=total_row.line if total_row else 0,
    )


def _rebuilt(table: Table) -> Iterator[Ledger]:
    rows = [r for r in map(_without_shares, table.rows) if r.numbers]
    total_row = rows[-1] if rows and is_total_label(rows[-1].label) else None
    body = [r for r in rows if r is not total_row and not UNADDED.search(r.label)]
    if len(body) < 2:
        return
    body = [r for r in body if _undamaged(r)]
    totals = _without_page_numbers(total_row.numbers) if total_row else []
    widest = len(totals) or max(len(r.numbers) for r in body)
    if len(totals) > 3 and _by_sex(totals):
        yield _paired(table, body, totals, total_row)
        return
    groups = sum(1 for h in table.headings if TOTAL_HEADING.match(h)) or _rows_close(body)
    if groups and len(totals) == 1 and groups == 1 and all(len(r.numbers) == 1 for r in body):
        groups = 0
    if groups == 0:
        yield _listed(table, body, total_row)
        return
    split_rows = [(r, _split(_trimmed(r.numbers, widest), groups)) for r in body]
    split_totals = _split(totals, groups) if totals else [[] for _ in range(groups)]
    for g in range(groups):
        made = []
        for r, split in split_rows:
            part = split[g] if g < len(split) else []
            if part:
                alone = len(part) == 1
                made.append(LedgerRow(r.label, r.line, tuple(part if alone else part[:-1]), part[-1]))
        column = split_totals[g] if g < len(split_totals) else []
        yield Ledger(
            table,
            tuple(made),
            tuple(column[:-1]),
            column[-1] if column else None,
            columns_known=False,
            total_line=total_row.line if total_row else 0,
        )


def _without_page_numbers(totals: list[Number]) -> list[Number]:
    """The total row is the last of its table; figures after a sum that closes are the page's, not the row's."""
    for drop in (0, 1, 2):
        kept = totals[: len(totals) - drop]
        if len(kept) > 3 and closure(kept[:-1], kept[-1]).exact:
            return kept
    return totals


def _by_sex(totals: list[Number]) -> bool:
    """A total row that ends in two totals, boys or men and girls or women: together they are all the rest."""
    values = [n.value for n in totals]
    return sum(values[:-1]) != values[-1] and sum(values[:-2]) == sum(values[-2:]) > 0


def _paired(table: Table, body: list[Row], totals: list[Number], total_row: Row | None) -> Ledger:
    """Rows that end in a total for each sex, or in one where the other is nought and its cell empty."""
    rows = []
    for r in body:
        n = r.numbers
        ends = 1 if len(n) > 1 and sum(x.value for x in n[:-1]) == n[-1].value else 2
        if len(n) <= ends:
            continue
        together = (
            n[-1]
            if ends == 1
            else Number(
                printed=f"{n[-2].printed} and {n[-1].printed}",
                value=n[-2].value + n[-1].value,
                unit=n[-1].unit,
                step=n[-1].step,
                line=n[-1].line,
            )
        )
        rows.append(LedgerRow(r.label, r.line, tuple(n[:-ends]), together))
    grand = Number(
        printed=f"{totals[-2].printed} and {totals[-1].printed}",
        value=totals[-2].value + totals[-1].value,
        unit=totals[-1].unit,
        step=totals[-1].step,
        line=totals[-1].line,
    )
    line = total_row.line if total_row else 0
    return Ledger(table, tuple(rows), tuple(totals[:-2]), grand, columns_known=False, total_line=line)


def _without_shares(row: Row) -> Row:
    """The row without its percentages, which stand beside the figures and are not added up."""
    kept = tuple(c for c in row.cells if c is None or c.number is None or c.number.unit not in (PERCENT, POINTS))
    return row if len(kept) == len(row.cells) else Row(row.label, kept, row.line)


def _listed(table: Table, body: list[Row], total_row: Row | None) -> Ledger:
    """No total column: the figures of a row are columns of their own, known where no row has a gap."""
    totals = total_row.numbers if total_row else []
    rows = tuple(LedgerRow(r.label, r.line, tuple(r.numbers), None) for r in body)
    known = bool(totals) and all(len(r.parts) == len(totals) for r in rows)
    line = total_row.line if total_row else 0
    return Ledger(table, rows, tuple(totals), None, columns_known=known, total_line=line)


def _rows_close(body: list[Row]) -> int:
    """1 when the last figure of most rows is the sum of the others, though no heading says Total."""
    several = [r.numbers for r in body if len(r.numbers) > 1]
    closing = [n for n in several if n[-1].value and closure(n[:-1], n[-1]).exact]
    return int(len(closing) >= 2 and len(closing) >= 0.6 * len(several))


def _trimmed(numbers: list[Number], widest: int) -> list[Number]:
    """A row longer than the total row has swallowed a row of noughts that had no label."""
    kept = list(numbers)
    while len(kept) > widest > 1 and kept[-1].value == 0:
        kept.pop()
    return kept


def _split(numbers: list[Number], groups: int) -> list[list[Number]]:
    """Cut a row into groups that each end in their own sum; the cut that leaves least unexplained is taken."""
    if groups == 1 or len(numbers) < groups:
        return [list(numbers)]

    def cost(cuts: tuple[int, ...]) -> tuple[int, float]:
        parts = _cut(numbers, cuts)
        closures = [closure(p[:-1], p[-1]) for p in parts if len(p) > 1]
        alone = sum(1 for p in parts if len(p) == 1)
        return (2 * sum(1 for c in closures if c.open) + alone, float(sum(c.share for c in closures)))

    return _cut(numbers, min(combinations(range(1, len(numbers)), groups - 1), key=cost))


def _cut(numbers: list[Number], cuts: tuple[int, ...]) -> list[list[Number]]:
    edges = [0, *cuts, len(numbers)]
    return [list(numbers[a:b]) for a, b in pairwise(edges)]
