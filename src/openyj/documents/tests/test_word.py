"""The Word file, opened again and looked at part by part."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from openyj.documents.tests.examples import CHART, COVER, ROWS, example
from openyj.documents.word import to_docx


@pytest.fixture(scope="module")
def content() -> bytes:
    return to_docx(example(), COVER)


@pytest.fixture(scope="module")
def word(content):
    return docx.Document(BytesIO(content))


def test_headings_are_real_and_leave_no_level_out(word):
    headings = [p for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert [(p.style.name, p.text) for p in headings] == [
        ("Heading 1", "Introduction"), ("Heading 2", "What we saw"), ("Heading 3", "Deep"),
        ("Heading 1", "Local context"), ("Heading 1", "Resources"),
        ("Heading 1", "Figures in this document"), ("Heading 1", "Numbers from elsewhere"),
    ]  # fmt: skip
    levels = [int(p.style.name[-1]) for p in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_is_in_a_locked_control_tagged_with_its_code(word):
    controls = word.element.body.findall(".//" + qn("w:sdt"))
    found = [
        (
            c.find(".//" + qn("w:tag")).get(qn("w:val")),
            c.find(".//" + qn("w:lock")).get(qn("w:val")),
            "".join(t.text for t in c.iter(qn("w:t"))),
        )
        for c in controls
    ]
    assert found == [
        ("7K3MQR", "sdtContentLocked", "517K3MQR"),
        ("4CDFGH", "sdtContentLocked", "514CDFGH"),
        ("4CDFGH 7K3MQR", "sdtContentLocked", "rose from 51 to 927K3MQR"),
    ]
    ids = [c.find(".//" + qn("w:id")).get(qn("w:val")) for c in controls]
    assert len(set(ids)) == len(ids)


def test_code_beside_a_number_is_raised(word):
    control = word.element.body.find(".//" + qn("w:sdt"))
    number, code = control.find(qn("w:sdtContent")).findall(qn("w:r"))
    assert number.find(".//" + qn("w:vertAlign")) is None
    assert code.find(".//" + qn("w:vertAlign")).get(qn("w:val")) == "superscript"


def test_every_table_has_a_header_row_a_caption_and_whole_rows(word):
    assert len(word.tables) == 3
    for table in word.tables:
        assert table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.find(".//" + qn("w:tblHeader")) is None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)
    series = word.tables[0]
    assert [cell.text for cell in series.rows[1].cells] == list(ROWS[0]) and len(series.rows) == len(ROWS) + 1


def test_picture_says_what_it_shows(word):
    (shape,) = word.inline_shapes
    assert shape._inline.docPr.get("descr") == f"{CHART.title}. {CHART.description}"


def test_language_is_british_english(word):
    defaults = word.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert word.core_properties.language == "en-GB" and word.core_properties.title == COVER.title


def test_every_page_has_title_marks_and_number(word):
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Aldermere: Youth Justice Plan 2026/27    DRAFT - OFFICIAL"
    fields = [i.text.strip() for i in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_numbered_lists_each_begin_at_one(word):
    numbered = [p for p in word.paragraphs if p.style.name == "List Number" and p.text in {"first", "again"}]
    first, again = (p._p.pPr.numPr.numId.val for p in numbered)
    assert first != again


def test_empty_section_keeps_its_place_and_what_cannot_be_said_says_so(word):
    texts = [p.text for p in word.paragraphs]
    assert texts[texts.index("Local context", 12) + 1] == "Nothing has been written under this heading."
    assert any("[ZZZZZZ: no figure]" in text for text in texts)


def test_contents_link_to_the_headings(word):
    links = [h.get(qn("w:anchor")) for h in word.element.body.iter(qn("w:hyperlink"))]
    marks = [b.get(qn("w:name")) for b in word.element.body.iter(qn("w:bookmarkStart"))]
    assert links == marks and len(links) == 5


def test_another_program_opens_it(content, tmp_path):
    """LibreOffice stands in for Word where there is one: it reads the file and lays out every page."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    (tmp_path / "plan.docx").write_bytes(content)
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "plan.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    import pypdfium2

    pdf = pypdfium2.PdfDocument(tmp_path / "plan.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert len(pdf) >= 3 and "Page 1 of" in text and "rose from 51 to 92" in text
