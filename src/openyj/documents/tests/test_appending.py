"""Others' pages at the end of a document's PDF: numbered on, said in words, and what cannot be read is named."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst

from openyj.documents.pdf import Appended, CannotAppend, to_pdf
from openyj.documents.tests.examples import COVER
from openyj.documents.tree import Heading, Paragraph, Text

TREE = (Heading(1, (Text("Agenda"),)), Paragraph((Text("One thing."),)))
UPRIGHT = typst.compile(b'#set page(paper: "a5")\nFirst page of theirs\n#pagebreak()\nSecond page of theirs')
ON_SIDE = typst.compile(b'#set page(paper: "a4", flipped: true)\nA wide table')


@pytest.fixture(scope="module")
def content() -> bytes:
    return to_pdf(TREE, COVER, appended=[Appended("Paper 1: Figures", UPRIGHT), Appended("Paper 2: Money", ON_SIDE)])


def test_pages_follow_in_order_with_their_headings_and_the_document_s_numbers(content):
    with pypdfium2.PdfDocument(content) as pdf:
        text = [page.get_textpage().get_text_range() for page in pdf]
        on_side = [page.get_width() > page.get_height() for page in pdf]
    assert len(text) == 4 and "One thing." in text[0] and "Page 1 of 4" in text[0]
    for number, (heading, said) in enumerate(
        [("Paper 1: Figures", "First page of theirs"), ("", "Second page of theirs"), ("Paper 2: Money", "A wide")], 1
    ):
        assert said in text[number] and heading in text[number] and f"Page {number + 1} of 4" in text[number]
    assert "Paper 2: Money" in text[0], "the contents lead to it"
    assert on_side == [False, False, False, True]


def test_it_is_tagged_says_each_page_in_words_and_does_not_call_itself_accessible(content):
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked == True  # noqa: E712 a PDF's own true
        with pdf.open_metadata() as data:
            assert data.get("pdfuaid:part") is None
        said = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert sorted(said) == [
        "Page 1 of 1 of Paper 2: Money. A wide table",
        "Page 1 of 2 of Paper 1: Figures. First page of theirs",
        "Page 2 of 2 of Paper 1: Figures. Second page of theirs",
    ]


@pytest.mark.parametrize("broken", [b"%PDF-1.7\nnothing", b"", UPRIGHT[: len(UPRIGHT) // 2]])
def test_what_cannot_be_read_is_named(broken):
    with pytest.raises(CannotAppend) as refused:
        to_pdf(TREE, COVER, appended=[Appended("Paper 1: Figures", UPRIGHT), Appended("Paper 2: Money", broken)])
    assert refused.value.heading == "Paper 2: Money"
