"""Money as documents show it: a table of contributions, and sums with a code."""

from __future__ import annotations

from openyj.accounts.models import Service
from openyj.core.components import Table
from openyj.finance.contributions import Change, YearTable, say_percent, say_pounds
from openyj.finance.models import MoneyFigure, Stream
from openyj.finance.selectors import contributions_of


def contributions_table(service: Service | int, starts: int) -> Table | None:
    """The year's contributions, rows of partners and columns of the ways of giving that are used, with totals.

    None where nothing is recorded: a table of empty cells would read as nothing given.
    """
    table = contributions_of(service, starts)
    return None if table is None or table.empty else as_document_table(table)


def as_document_table(table: YearTable) -> Table:
    used = [n for n, total in enumerate(table.columns) if total is not None]
    streams = [Stream.choices[n][1] for n in used]
    head = ["Partner", *streams, "Total"]
    compared = table.has_year_before
    if compared:
        head += ["Change from the year before", "Change (%)"]

    def changed(change: Change) -> list[str]:
        return [say_pounds(change.pounds, sign=True), say_percent(change)] if compared else []

    rows = [
        [
            line.partner.name,
            *[say_pounds(line.cells[n]) for n in used],
            say_pounds(line.total),
            *changed(line.change),
        ]
        for line in table.lines
        if line.total is not None or (compared and line.change.before)
    ]
    foot = ["Total", *[say_pounds(table.columns[n]) for n in used], say_pounds(table.total), *changed(table.change)]
    return Table(
        caption=f"Partners' contributions {table.label}",
        head=head,
        rows=rows,
        numeric=frozenset(range(1, len(head))),
        foot=foot,
    )


def say_money(figure: MoneyFigure, change: Change | None) -> str:
    """What a text says for the figure: £1,234,757; an increase with its sign. Empty where it is not known."""
    if change is None:
        return ""
    if figure.shows == MoneyFigure.Shows.AMOUNT:
        return say_pounds(change.now)
    if figure.shows == MoneyFigure.Shows.CHANGE:
        return say_pounds(change.pounds, sign=True)
    return say_percent(change)
