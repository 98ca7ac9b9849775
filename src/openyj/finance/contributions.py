"""A year's contributions as one table with totals and variance. Arithmetic on read rows; no queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openyj.finance.models import Partner, Stream


@dataclass(frozen=True)
class Change:
    """The difference from the year before. `before` is None where that year has no table to compare with; where it
    has one, a partner without an amount in either year gave nothing in it."""

    now: Decimal | None
    before: Decimal | None

    @property
    def pounds(self) -> Decimal | None:
        """Pounds more (or less) than the year before; None where there is no year to compare with."""
        return None if self.before is None else (self.now or Decimal(0)) - self.before

    @property
    def percent(self) -> Decimal | None:
        """Per cent of the year before, to one place; None where there was nothing before to be a share of."""
        if self.pounds is None or not self.before:
            return None
        return (100 * self.pounds / abs(self.before)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def is_new(self) -> bool:
        """Something now where there was nothing in a year that has a table."""
        return self.before is not None and not self.before and bool(self.now)


@dataclass(frozen=True)
class Line:
    """One partner's row."""

    partner: Partner
    cells: tuple[Decimal | None, ...]  # one a stream, None where nothing is recorded
    cell_changes: tuple[Change, ...]
    total: Decimal | None
    change: Change
    note: str


@dataclass(frozen=True)
class YearTable:
    """Rows of partners, columns of streams, with the totals of both."""

    starts: int
    label: str
    lines: tuple[Line, ...]
    columns: tuple[Decimal | None, ...]
    column_changes: tuple[Change, ...]
    total: Decimal | None
    change: Change
    has_year_before: bool

    @property
    def empty(self) -> bool:
        return self.total is None


def add(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is recorded; None when nothing is, because an empty table does not say zero pounds."""
    known = [a for a in amounts if a is not None]
    return sum(known, Decimal(0)) if known else None


def table_of(
    *,
    starts: int,
    label: str,
    partners: Sequence[Partner],
    now: Mapping[tuple[int, str], Decimal],
    before: Mapping[tuple[int, str], Decimal] | None,
    notes: Mapping[int, str],
) -> YearTable:
    """The year's table from its cells and, for the changes, the cells of the year before (None: no such table)."""

    compared = before is not None and bool(now)  # a year not yet filled in has not lost all its money

    def change(current: Decimal | None, cells: Sequence[Decimal | None]) -> Change:
        return Change(current, add(cells) or Decimal(0)) if compared else Change(current, None)

    streams = [s.value for s in Stream]
    known = before or {}
    lines = []
    for partner in partners:
        cells = tuple(now.get((partner.pk, s)) for s in streams)
        total = add(cells)
        was = [known.get((partner.pk, s)) for s in streams]
        cell_changes = tuple(change(cell, [earlier]) for cell, earlier in zip(cells, was, strict=True))
        lines.append(Line(partner, cells, cell_changes, total, change(total, was), notes.get(partner.pk, "")))
    columns = tuple(add([line.cells[n] for line in lines]) for n in range(len(streams)))
    total = add([line.total for line in lines])
    return YearTable(
        starts=starts,
        label=label,
        lines=tuple(lines),
        columns=columns,
        column_changes=tuple(
            change(columns[n], [known.get((p.pk, s)) for p in partners]) for n, s in enumerate(streams)
        ),
        total=total,
        change=change(total, list(known.values())),
        has_year_before=compared,
    )


def say_pounds(amount: Decimal | None, *, sign: bool = False) -> str:
    """£1,234,757; -£500; with pence only where there are any; with `sign`, + before an increase. Empty for none."""
    if amount is None:
        return ""
    pence = amount != amount.to_integral_value()
    text = f"{abs(amount):,.2f}" if pence else f"{abs(amount):,.0f}"
    before = "-" if amount < 0 else "+" if sign and amount > 0 else ""
    return f"{before}£{text}"


def say_percent(change: Change) -> str:
    """-19.4%, "new" where there was nothing before, empty where it cannot be said."""
    if change.is_new:
        return "new"
    if change.percent is None:
        return ""
    return f"{change.percent:+}%" if change.percent else "0.0%"
