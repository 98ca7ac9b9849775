"""The PDF's structure, as a screen reader walks it, and what a machine without fonts makes."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from openyj.documents.pdf import to_pdf
from openyj.documents.tests.examples import CHART, COVER, ROWS, example


@pytest.fixture(scope="module")
def content() -> bytes:
    return to_pdf(example(), COVER)


@pytest.fixture(scope="module")
def pdf(content):
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


def elements(pdf):
    """Every element of the structure tree, in reading order: its tag and itself."""

    def under(node):
        if not isinstance(node, pikepdf.Dictionary):
            return
        if "/S" in node:
            yield str(node["/S"]), node
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from under(child)

    return list(under(pdf.Root.StructTreeRoot))


def test_it_is_tagged_named_and_in_british_english(pdf):
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712 a PDF's own true
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    with pdf.open_metadata() as data:
        assert data["pdfuaid:part"] == "1" and COVER.title in str(data["dc:title"])


def test_headings_follow_each_other_without_a_gap(pdf):
    levels = [int(tag[2:]) for tag, _ in elements(pdf) if tag[:2] == "/H" and tag[2:].isdigit()]
    assert levels[0] == 1 and levels.count(2) == 1 and levels.count(3) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_header_cells_for_their_columns(pdf):
    tables = [node for tag, node in elements(pdf) if tag == "/Table"]
    assert len(tables) == 3
    for table in tables:
        tags = [tag for tag, _ in elements_under(table)]
        assert "/THead" in tags and "/TBody" in tags
    heads = [node for tag, node in elements_under(tables[0]) if tag == "/TH"]
    assert len(heads) == 3 and all("/Column" in str(head.get("/A")) for head in heads)
    rows = [tag for tag, _ in elements_under(tables[0]) if tag == "/TR"]
    assert len(rows) == len(ROWS) + 1


def elements_under(node):
    class One:
        Root = type("Root", (), {"StructTreeRoot": node})

    return elements(One)


def test_chart_says_what_it_shows(pdf):
    said = [str(node["/Alt"]) for tag, node in elements(pdf) if tag == "/Figure" and "/Alt" in node]
    assert said == [f"{CHART.title}. {CHART.description}"]


def test_lists_are_lists(pdf):
    tags = [tag for tag, _ in elements(pdf)]
    assert tags.count("/L") >= 4 and "/LI" in tags and "/LBody" in tags


def test_every_page_has_its_marks_and_number(content):
    pages = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert "DRAFT - OFFICIAL" in text and f"Page {number} of {len(texts)}" in text


def test_typed_text_is_text_and_never_markup(content):
    text = "\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(content))
    assert "children & <others>" in text.replace("\r\n", " ")


def test_fonts_are_in_the_file(pdf):
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_machine_without_fonts_makes_the_same_text():
    bare = to_pdf(example(), COVER, system_fonts=False)
    text = "\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(bare))
    assert "Youth Justice Plan 2026/27" in text and "rose from 51 to 92" in text
