"""What Excel is given: real dates and numbers, text that is never a formula, nothing lost silently."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.core import xlsx
from openyj.core.clock import LONDON
from openyj.core.xlsx import Sheet, TooManyRows, workbook

AT = datetime(2026, 6, 4, 14, 2, tzinfo=LONDON)


def made(*sheets, notes=()) -> bytes:
    return workbook(sheets, notes=notes, made_by="Ada", made_at=AT)


def read(*rows):
    """The rows as Excel holds them, without the head."""
    book = openpyxl.load_workbook(io.BytesIO(made(Sheet("One", [f"c{n}" for n in range(len(rows[0]))], rows))))
    return [row for row in book["One"].iter_rows(min_row=2)]


def test_values_keep_their_kind():
    summer = datetime(2026, 6, 4, 13, 2, tzinfo=UTC)
    ((*cells,),) = read([date(2026, 6, 4), summer, 12, Decimal("1234.50"), 0.25, True, None, "text"])
    assert [cell.value for cell in cells] == [
        datetime(2026, 6, 4),
        datetime(2026, 6, 4, 14, 2),
        12,
        1234.5,
        0.25,
        "Yes",
        None,
        "text",
    ]
    assert [cell.data_type for cell in cells] == ["d", "d", "n", "n", "n", "s", "n", "s"]
    assert cells[0].number_format == "d mmmm yyyy"


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "{=1}", "\t=1", "http://example.invalid", "007", "1e5"]
)
def test_text_stays_text(text):
    raw = made(Sheet("=1+1", ["=2+2"], [[text]]), notes=[("=3", "=4")])
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    ((cell,),) = read([text])
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


@given(st.text(max_size=50))
def test_any_text_can_be_written_and_read_back(text):
    ((cell, _end),) = read([text, "end"])
    keeps = "".join(
        c for c in text if ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in {0xFFFE, 0xFFFF}
    )
    strip = str.maketrans("", "", "\t\n\r")
    assert (cell.value or "").translate(strip) == keeps.translate(strip)


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    ((cell,),) = read(["x" * 40_000])
    assert len(cell.value) == 32_767
    assert cell.value.endswith("[cut here: a cell holds no more]")


def test_a_number_too_long_for_excel_stays_whole_as_text():
    ((cell,),) = read([9_007_199_254_740_993_000])
    assert (cell.data_type, cell.value) == ("s", "9007199254740993000")


def test_a_day_before_excels_first_is_text():
    ((cell,),) = read([date(1899, 12, 31)])
    assert (cell.data_type, cell.value) == ("s", "1899-12-31")


def test_the_notes_come_last_with_who_and_when():
    book = openpyxl.load_workbook(
        io.BytesIO(made(Sheet("Rates", ["a"], []), notes=[("Definition", "What is counted"), ("Period", 2026)]))
    )
    assert book.sheetnames == ["Rates", "Notes"]
    assert list(book["Notes"].iter_rows(values_only=True)) == [
        ("Definition", "What is counted"),
        ("Period", 2026),
        ("Made by", "Ada"),
        ("Made at", "4 June 2026, 14:02"),
    ]


def test_sheets_get_names_that_excel_takes():
    names = ["Rates: all/[x]?", "x" * 40, "x" * 40, "", "Notes", "History", "'quoted'"]
    book = openpyxl.load_workbook(io.BytesIO(made(*(Sheet(name, ["a"], [[1]]) for name in names))))
    assert len(set(map(str.lower, book.sheetnames))) == len(names) + 1
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.sheetnames[0] == "Rates  all  x"


def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(TooManyRows, match=r"A sheet holds 3 rows .* export it in parts"):
        made(Sheet("One", ["a"], [[n] for n in range(4)]))
