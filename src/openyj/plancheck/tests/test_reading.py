"""Files of every kind, the bad ones refused in plain words, within bounds of time and memory."""

import os
import subprocess
import sys
import time
import zipfile

import pikepdf
import pytest
import typst
import xlsxwriter

from openyj.plancheck import CannotRead, check, read
from openyj.plancheck.reading import guard, portable, read_text
from openyj.plancheck.tests.plans import as_docx, as_pdf, invented


def refusal(path):
    with pytest.raises(CannotRead) as caught:
        read(path)
    return str(caught.value)


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "plan.txt"
    with path.open("wb") as f:
        f.truncate(200 * 1024 * 1024)
    begun = time.perf_counter()
    assert "200 MB" in refusal(path)
    assert time.perf_counter() - begun < 1


def test_text_far_longer_than_a_plan_is_refused(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(b"word " * (guard.LARGEST_TEXT // 5 + 1))
    assert "far longer" in refusal(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z, z.open("word/document.xml", "w", force_zip64=True) as f:
        for _ in range(80):
            f.write(b"\0" * 1024 * 1024)
    assert path.stat().st_size < 1024 * 1024
    assert "unpack to 80 MB" in refusal(path)


def test_a_zip_with_too_many_parts_is_refused(tmp_path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as z:
        for n in range(guard.MOST_PARTS + 1):
            z.writestr(f"word/{n}", "")
    assert "parts" in refusal(path)


def test_a_word_document_that_grows_by_entities_is_refused(tmp_path):
    path = tmp_path / "plan.docx"
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{"&" + a + ";"}{("&" + a + ";") * 9}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f"<?xml version='1.0'?><!DOCTYPE d [{laughs}]><d>&i;</d>"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("word/document.xml", body)
    assert "damaged" in refusal(path) or "no text" in refusal(path)


def test_a_scanned_pdf_is_refused(tmp_path):
    path = tmp_path / "plan.pdf"
    pdf = pikepdf.new()
    for _ in range(12):
        pdf.add_blank_page()
    pdf.save(path)
    assert "scanned" in refusal(path)


def test_a_locked_pdf_is_refused(tmp_path):
    path = as_pdf(invented(), tmp_path / "plan.pdf")
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="open sesame", owner="x"))
    assert "password" in refusal(locked)


def test_a_pdf_with_too_many_pages_is_refused(tmp_path):
    path = tmp_path / "plan.pdf"
    pdf = pikepdf.new()
    for _ in range(401):
        pdf.add_blank_page()
    pdf.save(path)
    assert "401 pages" in refusal(path)


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path = as_pdf(invented(), tmp_path / "plan.pdf")
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(portable.pages_script, "__file__", str(slow))
    monkeypatch.setattr(portable, "SECONDS", 0.3)
    assert "within" in refusal(path)


@pytest.mark.parametrize("name", ["plan.docx", "plan.txt", "plan.pdf"])
def test_a_spreadsheet_renamed_is_refused(tmp_path, name):
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    book.add_worksheet().write(0, 0, "Police")
    book.close()
    path = (tmp_path / "book.xlsx").rename(tmp_path / name)
    assert "spreadsheet" in refusal(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
        (b"{\\rtf1\\ansi Plan}", "RTF"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_zip_without_a_word_document_is_refused(tmp_path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("readme.txt", "hello")
    assert "no Word document" in refusal(path)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    assert "cannot be opened" in refusal(tmp_path / "none.txt")
    assert "not a file" in refusal(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_word_saves(tmp_path, encoding):
    path = tmp_path / "plan.txt"
    path.write_text("The budget is £100 – “all” of it.\n", encoding=encoding)
    assert read(path).lines[0].text == "The budget is £100 – “all” of it."


def test_lines_are_numbered_as_an_editor_numbers_them():
    document = read_text("one\r\ntwo\x0bstill two\rthree\u2028still three\nfour")
    assert [line.text for line in document.lines] == ["one", "two\x0bstill two", "three\u2028still three", "four"]


def test_a_word_document_keeps_empty_cells_and_spread_headings(tmp_path):
    blocks = [("table", [["Staff", "Men", "Women", "Total"], ["Police", "1", "", "1"], ["Total", "1", "", "1"]])]
    (table,) = read(as_docx(blocks, tmp_path / "plan.docx")).tables
    assert table.aligned
    assert table.headings == ("Men", "Women", "Total")
    assert [c and c.text for c in table.rows[0].cells] == ["1", None, "1"]


def test_a_pdf_table_keeps_its_columns(tmp_path):
    source = tmp_path / "plan.typ"
    cells = "[Agency],[Cash],[Kind],[Total],[Police],[54,015],[],[54,015],[Health],[],[2,500],[2,500],"
    cells += "[Total],[54,015],[2,500],[56,515]"
    words = "Words of a Plan that make the page more than a picture. " * 4
    source.write_text(f"{words}\n\n#table(columns: 4, stroke: none, {cells})", encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "plan.pdf"))
    (table,) = read(tmp_path / "plan.pdf").tables
    assert table.headings == ("Cash", "Kind", "Total")
    assert [[c and c.text for c in row.cells] for row in table.rows[:2]] == [
        ["54,015", None, "54,015"],
        [None, "2,500", "2,500"],
    ]


NASTY = {
    "digits": "1" * 200_000,
    "commas": "1,000" * 40_000,
    "spaces": "from 1 to" + " " * 200_000,
    "brackets": "(" * 100_000,
    "tabs": "\t1" * 30_000,
    "short lines": "1\n" * 10_000,
    "cells": "Police\n1,000\n" * 8_000 + "Total\n5\n",
    "appendices": "see Appendix 1 " * 8_000,
    "percentages": "5 of 9 children (55%) " * 3_000,
    "words": "from to per cent of the young people " * 3_000,
}


@pytest.mark.parametrize("kind", NASTY)
def test_text_made_to_be_slow_is_checked_in_bounded_time(kind):
    begun = time.process_time()
    check(read_text(NASTY[kind]))
    assert time.process_time() - begun < 20


def test_the_checker_needs_no_django_and_no_other_room():
    code = (
        "import sys, openyj.plancheck, openyj.plancheck.command\n"
        "bad = [m for m in sys.modules if m.split('.')[0] == 'django' or "
        "(m.startswith('openyj.') and not m.startswith('openyj.plancheck'))]\n"
        "sys.exit(str(bad) if bad else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
