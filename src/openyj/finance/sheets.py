"""A year's contributions as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openyj.accounts.models import Service
from openyj.core.dates import say_datetime
from openyj.core.xlsx import Sheet
from openyj.finance.contributions import Line, YearTable
from openyj.finance.models import Stream

CHANGE_HEADS = ["Year before (£)", "Change (£)", "Change (%)"]


def sheets_of(table: YearTable) -> list[Sheet]:
    """One sheet: a row a partner and a row of totals; amounts are numbers."""
    head = ["Partner", "Counts as", *[f"{label} (£)" for label in Stream.labels], "Total (£)", *CHANGE_HEADS, "Note"]
    rows = [row_of(line) for line in table.lines]
    total = table.change
    rows.append(["Total", "", *table.columns, table.total, total.before, total.pounds, total.percent, ""])
    return [Sheet(f"Contributions {table.label}", head, rows)]


def row_of(line: Line) -> list[Any]:
    change = line.change
    kind = line.partner.get_kind_display()
    percent = "new" if change.is_new else change.percent
    return [line.partner.name, kind, *line.cells, line.total, change.before, change.pounds, percent, line.note]


def notes_of(table: YearTable, *, service: Service, changed_at: datetime | None) -> list[tuple[str, Any]]:
    compared = "Each partner's and the total's difference from the year before, as recorded here."
    return [
        ("What this is", f"What partners contributed to {service.name} in {table.label}, in pounds."),
        ("Period", f"1 April {table.starts} to 31 March {table.starts + 1}"),
        ("Empty cells", "Nothing is recorded. A zero was typed as a zero."),
        ("Change", compared if table.has_year_before else "Nothing is recorded for the year before."),
        ("Per cent", "Of the year before, to one place. New: there was nothing the year before."),
        ("Suppression", "None: these are sums of public money, not counts of children."),
        ("Last saved", say_datetime(changed_at) or "Never"),
    ]
