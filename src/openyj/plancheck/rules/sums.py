"""Rows and columns of a table that do not add up to their printed total.

Each figure of a table is held against the others twice, along its row and down its column. A total that
disagrees in one direction only is reported with the slip that would explain it: a row left out, a row counted
twice, a digit changed. A difference that rounding explains is not reported; nor are rows marked "of which",
brackets, or negative contributions, each of which may add up as printed. In a table rebuilt from lines, a
difference counts only where the rest of the table proves that the layout was understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from openyj.plancheck.facts.ledgers import Ledger, LedgerRow, ledgers_in
from openyj.plancheck.facts.numbers import Number, grouped
from openyj.plancheck.facts.sums import (
    Closure,
    addable,
    closure,
    likely_cause,
    slip,
    sum_in_words,
    unmatched_columns,
)
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, UNDECIDED, Finding

ID = "table-does-not-add-up"
TITLE = "A row or column does not add up to its total"

LEAST_MONEY = 1000  # pounds; a smaller total may be of anything
FEWEST_ROWS = 3
SMALL_SHARE = Decimal("0.1")  # beyond it, without a slip that explains it, a layout misread is likelier
WIDEST_PLACED = 5  # columns; wider tables have too many ways of placing figures to prove anything


def check(document: Document) -> Iterator[Finding]:
    """Every ledger of every table, once."""
    seen: set[tuple[str, ...]] = set()
    for table in document.tables:
        ledgers = list(ledgers_in(table))
        found = [f for ledger in ledgers for f in check_ledger(ledger)]
        for finding in found or _not_recovered(ledgers):
            if finding.figures not in seen:
                seen.add(finding.figures)
                yield finding


def _not_recovered(ledgers: list[Ledger]) -> Iterator[Finding]:
    """A rebuilt table of money in which nothing adds up: the reading of it is at fault, not the Plan."""
    for ledger in ledgers:
        last = ledger.grand or next((t for t in ledger.column_totals if t), None)
        if ledger.columns_known or last is None or last.value < LEAST_MONEY or len(ledger.rows) < FEWEST_ROWS:
            continue
        told = [closure(r.printed_parts, r.total) for r in ledger.rows if r.total is not None and _compares(ledger, r)]
        totals = [r.total for r in ledger.rows if r.total is not None]
        if ledger.grand is not None and len(totals) > 1:
            told.append(closure(totals, ledger.grand))
        if told and all(c.open for c in told):
            yield Finding(
                ID,
                (last.printed,),
                tuple(sorted({ledger.rows[0].line, last.line})),
                UNDECIDED,
                f"The table that ends in the total {last.printed} was not recovered from this text: "
                "nothing in it adds up.",
                remedy="Check it in the Word file.",
            )
            return


def check_ledger(ledger: Ledger) -> list[Finding]:
    """Contradictions inside one account, those that one slip explains reported once."""
    rows = [r for r in ledger.addends() if addable(r.printed_parts)]
    closures = {r: closure(r.printed_parts, r.total) for r in rows if r.total is not None and _compares(ledger, r)}
    open_rows = [r for r, c in closures.items() if c.open]
    closed = sum(1 for c in closures.values() if not c.open)
    if len(open_rows) > max(1, closed // 2) or (not ledger.columns_known and open_rows and closed < 2):
        return []
    totals = [r.total for r in rows if r.total is not None]
    grand = closure(totals, ledger.grand) if ledger.grand is not None and len(totals) > 1 else None
    mended = sum((c.computed for r, c in closures.items() if r in open_rows), Decimal(0)) + sum(
        (r.total.value for r in rows if r.total is not None and r not in open_rows), Decimal(0)
    )
    proves = bool(grand and open_rows and mended == grand.printed.value)
    columns = columns_closures(ledger, rows)
    across = _across(ledger)
    found: list[Finding] = []
    for row in open_rows:
        column = next((c for c in columns if c.off == closures[row].off), None)
        if column is not None and not proves:
            found.append(_one_cell(ledger, row, closures[row], column))
            columns.remove(column)
        else:
            found += _row_finding(ledger, row, closures[row], proves)
    for column in columns:
        found += _column_finding(ledger, rows, column, across)
    if across and across.open and any(abs(c.off) == abs(across.off) for c in columns):
        across = None  # told with the column
    names = [r.label for r in rows if r.total is not None]
    if grand and across and grand.open and across.open and grand.computed == across.computed:
        found += _finding(
            ledger,
            grand,
            names,
            "the whole table, along its last row and down its last column",
            ledger.total_line,
            confirms=True,
        )
        return found
    if across and across.open:
        found += _finding(ledger, across, list(ledger.names), "the total row", ledger.total_line)
    if grand and grand.open and not proves:
        found += _finding(ledger, grand, names, "the total column", ledger.total_line)
    return found


def _one_cell(ledger: Ledger, row: LedgerRow, along: Closure, down: Closure) -> Finding:
    """A row and a column that miss by the same amount: one cell, where they meet, is wrong in both."""
    cell = next((p for p in along.parts if any(p is q for q in down.parts)), None)
    told = cell.printed if cell else "one of its figures"
    right = f"{grouped(cell.value + along.off)}" if cell else f"{grouped(along.off)} more"
    figures = ((cell.printed,) if cell else ()) + (along.printed.printed, down.printed.printed)
    figures += tuple(p.printed for p in along.parts if p.value and p.printed not in figures)
    return Finding(
        ID,
        figures,
        _lines(*along.parts, along.printed, down.printed, row.line),
        HIGH,
        f"{row.label or 'A row'}: with {told} neither the row's total {along.printed.printed} nor the column's "
        f"{down.printed.printed} is right; with {right} both are.",
        arithmetic=sum_in_words(along),
        remedy=f"Correct {told} to {right}." if cell else "Correct the figure.",
        weight=3,
    )


def _compares(ledger: Ledger, row: LedgerRow) -> bool:
    """A row that prints one figure alone says nothing about its total."""
    if ledger.columns_known:
        return len(row.printed_parts) > 0
    return len(row.parts) > 1 or (row.parts[0] is not row.total)


def columns_closures(ledger: Ledger, rows: list[LedgerRow]) -> list[Closure]:
    """Column totals that cannot be met, each with what the column must hold instead."""
    printed = [t for t in ledger.column_totals if t is not None]
    if ledger.columns_known:
        found = []
        for i, total in enumerate(ledger.column_totals):
            parts = [r.parts[i] for r in rows if i < len(r.parts) and r.parts[i] is not None]
            if total is not None and parts:
                found.append(closure([p for p in parts if p], total))
        return [c for c in found if c.open]
    if ledger.grand is None or len(printed) > WIDEST_PLACED or not printed:
        return []
    placed = [_placed(r, len(printed)) for r in rows]
    targets = [t.value for t in printed]
    unmatched = unmatched_columns(placed, targets)
    if not unmatched or _left_out(placed, targets):
        return []
    everything = sum((v for row in placed for v in row), Decimal(0))
    closures = []
    for i in unmatched:
        computed = everything - sum((t.value for j, t in enumerate(printed) if j != i), Decimal(0))
        closures.append(Closure((), printed[i], computed, Decimal(len(rows))))
    closures.sort(key=lambda c: (not slip(c.printed.value, c.computed), c.share))
    return [c for c in closures if c.open][:1]


def _left_out(placed: list[list[Decimal]], targets: list[Decimal]) -> bool:
    """Every column agrees once one row is left out: then that row is the matter, and the grand total says so."""
    return any(unmatched_columns(placed[:i] + placed[i + 1 :], targets) == set() for i in range(len(placed)))


def _placed(row: LedgerRow, width: int) -> list[Decimal]:
    """The parts of a row, those of a row with several lines added up column by column."""
    values = [p.value for p in row.printed_parts]
    if len(values) > width and len(values) % width == 0:
        lines = len(values) // width
        return [sum(values[i * lines : (i + 1) * lines], Decimal(0)) for i in range(width)]
    if len(values) > width:
        return [sum(values, Decimal(0))]
    return values


def _across(ledger: Ledger) -> Closure | None:
    printed = [t for t in ledger.column_totals if t is not None]
    return closure(printed, ledger.grand) if ledger.grand is not None and len(printed) > 1 else None


def _column_finding(ledger: Ledger, rows: list[LedgerRow], c: Closure, across: Closure | None) -> list[Finding]:
    """A column's total against its parts; when the total row is off by the same, both say which is right."""
    also: tuple[str, ...] = ()
    confirms = bool(across and across.open and across.off == -c.off)
    if across and confirms:
        also = (*(t.printed for t in ledger.column_totals if t), across.printed.printed)
    index = next((i for i, t in enumerate(ledger.column_totals) if t is c.printed), 0)
    name = ledger.names[index] if index < len(ledger.names) else ""
    where = f"the column {name}" if name else "a column"
    labels = [r.label for r in rows if _has(r, index)]
    return _finding(ledger, c, labels, where, ledger.total_line, also, confirms)


def _has(row: LedgerRow, index: int) -> bool:
    return index < len(row.parts) and row.parts[index] is not None


def _row_finding(ledger: Ledger, row: LedgerRow, c: Closure, proves: bool) -> list[Finding]:
    label = row.label or "a row"
    if len(c.parts) == 1:
        part = c.parts[0]
        words = slip(part.value, c.printed.value)
        if not (ledger.columns_known or proves or words or c.share <= SMALL_SHARE):
            return []
        return [
            Finding(
                ID,
                (part.printed, c.printed.printed),
                _lines(part, c.printed, row.line),
                HIGH if words or proves else MEDIUM,
                f"{label}: {part.printed} in one column, {c.printed.printed} in the total column"
                + (f"; {words}" if words else "")
                + (f"; the table's total agrees with {grouped(c.computed)}" if proves else "")
                + ".",
                arithmetic=sum_in_words(c),
                remedy="Print the same figure in both columns.",
                weight=3,
            )
        ]
    return _finding(ledger, c, [""] * len(c.parts), f"the row {label}", row.line, (), proves)


def _proven(ledger: Ledger) -> bool:
    """The columns are known, and other sums of the table do add up: then even a large difference is one."""
    if not ledger.columns_known:
        return False
    rows = [closure(r.printed_parts, r.total) for r in ledger.addends() if r.total and len(r.printed_parts) > 1]
    columns = []
    for i, total in enumerate(ledger.column_totals):
        parts = [r.parts[i] for r in ledger.addends() if i < len(r.parts)]
        given = [p for p in parts if p]
        if total and len(given) > 1:
            columns.append(closure(given, total))
    told = [*rows, *columns]
    closing = [c for c in told if c.exact and c.printed.value]
    return len(closing) >= 2 and len(closing) >= len(told) / 2


def _finding(
    ledger: Ledger,
    c: Closure,
    names: list[str],
    where: str,
    line: int,
    also: tuple[str, ...] = (),
    confirms: bool = False,
) -> list[Finding]:
    names = (names + [""] * len(c.parts))[: len(c.parts)]
    cause = likely_cause(c, names) or (slip(c.printed.value, c.computed) if not c.parts else "")
    sure = confirms or bool(cause)
    if not sure and c.share > SMALL_SHARE and not _proven(ledger):
        return []
    confidence = HIGH if sure or ledger.columns_known else MEDIUM
    first = tuple(c.printed.printed.split(" and "))
    figures = (*first, *[f for f in also if f not in first])
    figures += tuple(p.printed for p in c.parts if p.value and p.printed not in figures)
    message = f"The total {c.printed.printed} of {where} is printed, but its parts add up to {grouped(c.computed)}"
    if cause:
        message += f": {cause}"
    if confirms:
        message += f". With {grouped(c.computed)} the rest of the table agrees"
    return [
        Finding(
            ID,
            figures,
            _lines(*c.parts, c.printed, line),
            confidence,
            message + ".",
            arithmetic=sum_in_words(c)
            if c.parts
            else f"printed {c.printed.printed}, the rest leaves {grouped(c.computed)}",
            remedy=f"Correct the total to {grouped(c.computed)}, or the part that is wrong.",
            weight=3,
        )
    ]


def _lines(*places: Number | int) -> tuple[int, ...]:
    numbers = {p if isinstance(p, int) else p.line for p in places}
    return tuple(sorted(n for n in numbers if n))
