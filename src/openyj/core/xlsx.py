"""Spreadsheets that Excel, and the person who opens one a year later, can trust."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from openyj.core.clock import LONDON
from openyj.core.dates import say_datetime

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # Excel's limit, less the header
MOST_CHARACTERS = 32_767  # of one cell, Excel's limit
CUT = " [cut here: a cell holds no more]"
EXACT_INTEGER = 10**15  # Excel keeps 15 figures; a longer number is an identifier and stays text


class TooManyRows(ValueError):
    """More rows than a sheet holds. The text says what to do."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the column heads, and rows of plain values in the same order."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Sequence[Sheet], *, notes: Sequence[tuple[str, Any]], made_by: str, made_at: datetime) -> bytes:
    """The bytes of an .xlsx: dates are dates, numbers numbers, text is never a formula; notes come last.

    `notes` are (label, text) lines: definition, period, filters, suppression. Who made it and when are added.
    Every header row is frozen and has filter buttons. Raises TooManyRows.
    """
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "date": book.add_format({"num_format": "d mmmm yyyy", "align": "left"}),
        "datetime": book.add_format({"num_format": "d mmmm yyyy hh:mm", "align": "left"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
    }
    taken: set[str] = {"notes"}
    for sheet in sheets:
        _write_sheet(book, sheet, _sheet_name(sheet.title, taken), looks)
    page = book.add_worksheet("Notes")
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    lines = [*notes, ("Made by", made_by), ("Made at", say_datetime(made_at))]
    for number, (label, text) in enumerate(lines):
        page.write_string(number, 0, _text(str(label)), looks["label"])
        _write(page, number, 1, text, looks, looks["wrap"])
    book.set_properties(
        {"title": sheets[0].title if sheets else "Notes", "author": made_by, "created": _plain(made_at)}
    )
    book.close()
    return out.getvalue()


def _write_sheet(book: Any, sheet: Sheet, name: str, looks: dict[str, Any]) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    widths = [len(head) for head in sheet.head]
    for column, head in enumerate(sheet.head):
        page.write_string(0, column, _text(head), looks["head"])
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        if last > MOST_ROWS:
            raise TooManyRows(
                f"A sheet holds {MOST_ROWS:,} rows and this list has more. Filter the list, then export it in parts."
            )
        for column, value in enumerate(row):
            said = _write(page, last, column, value, looks)
            widths[column] = max(widths[column], said)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, 8), 60))
    if sheet.head:
        page.autofilter(0, 0, last, len(sheet.head) - 1)


def _write(page: Any, row: int, column: int, value: Any, looks: dict[str, Any], look: Any = None) -> int:
    """Write one value as what it is; the answer is how many characters wide it looks."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        page.write_string(row, column, "Yes" if value else "No", look)
        return 3
    if isinstance(value, datetime):
        page.write_datetime(row, column, _plain(value), looks["datetime"])
        return 22
    if isinstance(value, date) and value.year >= 1900:  # Excel has no earlier days
        page.write_datetime(row, column, value, looks["date"])
        return 17
    if isinstance(value, int | float | Decimal) and abs(value) < EXACT_INTEGER:
        page.write_number(row, column, value, look)
        return len(str(value))
    text = _text(value.isoformat() if isinstance(value, date) else str(value))
    page.write_string(row, column, text, look)
    return max(map(len, text.split("\n")))


def _plain(moment: datetime) -> datetime:
    """Excel knows no offsets: London's clock, without one."""
    return moment.astimezone(LONDON).replace(tzinfo=None) if moment.tzinfo else moment


def _text(text: str) -> str:
    """Text a cell can hold. XlsxWriter would silently drop a longer one."""
    text = re.sub(r"\r\n?", "\n", text)  # a browser sends both; Excel would show the first as a sign of its own
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name Excel allows: 31 characters, none of []:*?/\\, no quote at an end, none twice."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip().strip("'") or "Sheet"
    if base.lower() == "history":  # reserved by Excel
        base = "History list"
    name, number = base[:31], 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 3]} ({number})"
    taken.add(name.lower())
    return name
