"""A document as a Word file that a council can edit: real headings, header rows, alternative text, and every figure
in a locked content control that carries its code."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from openyj.core import word_parts as parts
from openyj.documents.assembling import Cover, marks_of
from openyj.documents.tree import (
    DataTable,
    Emphasis,
    Figure,
    Heading,
    Items,
    Mistake,
    Paragraph,
    Picture,
    Quoted,
    Strong,
    Text,
    Tree,
    plain,
)

TEXT_WIDTH = Mm(174)
DEEPEST_LIST = 3  # the template has list styles for three levels


def to_docx(tree: Tree, cover: Cover) -> bytes:
    """The bytes of the .docx. The same tree and cover give the same text; Word computes page numbers."""
    writer = Writer(cover, marks_of(tree))
    writer.front(tree)
    for block in tree:
        writer.block(block)
    out = BytesIO()
    writer.word.save(out)
    return out.getvalue()


class Writer:
    """Writes one tree into one Word file, counting what needs numbers of its own."""

    def __init__(self, cover: Cover, marks: dict[Quoted, str]):
        self.word: WordFile = docx.Document()
        self.cover, self.marks = cover, marks
        self.numbers = count(1)
        self.bookmarks = count(1)
        parts.lay_out(
            self.word, title=cover.title, author=cover.service, mark=cover.mark, subject=cover.version,
            comments=f"Figures of {cover.as_of}, {cover.snapshot}",
        )  # fmt: skip

    def front(self, tree: Tree) -> None:
        """Title, what this copy is, and contents that link to the headings."""
        cover = self.cover
        if cover.mark:
            self.word.add_paragraph(cover.mark, style="Mark")
        self.word.add_paragraph(cover.title, style="Title")
        self.word.add_paragraph(f"{cover.service}. {cover.version}.", style="Subtitle")
        made = f"Made {cover.made}. Figures from the record as it was on {cover.as_of} ({cover.snapshot})."
        self.word.add_paragraph(made)
        headings = [plain(block) for block in tree if isinstance(block, Heading) and block.level == 1]
        if len(headings) > 1:
            self.word.add_paragraph("Contents", style="Contents Heading")
            parts.contents(self.word, headings)

    def block(self, block: Any, depth: int = 0) -> None:
        match block:
            case Heading():
                paragraph = self.word.add_paragraph(style=f"Heading {block.level}")
                self.inlines(paragraph, block.inlines)
                if block.level == 1:
                    parts.bookmark(paragraph, next(self.bookmarks))
            case Paragraph():
                self.inlines(self.word.add_paragraph(), block.inlines)
            case Items():
                self.items(block, depth)
            case DataTable(problem="") if block.head:
                self.table(block)
            case Picture(problem="") if block.png:
                self.picture(block)
            case DataTable() | Picture():
                self.word.add_paragraph(f"[{block.code}: {block.problem}]", style="Problem")

    def inlines(self, paragraph: WordParagraph, inlines: tuple, *, bold: bool = False, italic: bool = False) -> None:
        for node in inlines:
            match node:
                case Text():
                    said(paragraph, node.text, bold, italic)
                case Strong():
                    self.inlines(paragraph, node.inlines, bold=True, italic=italic)
                case Emphasis():
                    self.inlines(paragraph, node.inlines, bold=bold, italic=True)
                case Figure(problem=""):
                    code = node.codes[-1]
                    control = parts.control(tag=" ".join(node.codes), name=node.what, id=next(self.numbers))
                    for run in (said(paragraph, node.said, bold, italic), small(paragraph, code)):
                        control.find(qn("w:sdtContent")).append(run)
                    paragraph._p.append(control)
                case Figure():
                    said(paragraph, f"[{' '.join(node.codes)}: no figure]", True, italic)
                case Quoted():
                    said(paragraph, node.said, bold, italic)
                    small(paragraph, self.marks[node])
                case Mistake():
                    said(paragraph, node.typed or "[table or chart]", True, italic)

    def items(self, items: Items, depth: int) -> None:
        level = min(depth, DEEPEST_LIST - 1)
        name = ("List Number" if items.numbered else "List Bullet") + (f" {level + 1}" if level else "")
        numbering = parts.restarted(self.word, name) if items.numbered else None
        for item in items.items:
            for place, block in enumerate(item):
                if not isinstance(block, Paragraph):
                    self.block(block, depth + 1)
                    continue
                paragraph = self.word.add_paragraph(style=name if place == 0 else "List Continue")
                if numbering is not None and place == 0:
                    parts.number_by(paragraph, numbering)
                self.inlines(paragraph, block.inlines)

    def table(self, table: DataTable) -> None:
        caption = self.word.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        caption.add_run(table.caption)
        if table.code:
            caption.add_run(" ")
            small(caption, table.code)
        rows = [table.head, *table.rows, *([table.foot] if table.foot else [])]
        made: WordTable = self.word.add_table(rows=len(rows), cols=len(table.head), style="Figures")
        parts.describe_table(made, table.caption, f"{len(table.rows)} rows and {len(table.head)} columns.")
        parts.repeat_as_head(made.rows[0])
        widths = [TEXT_WIDTH * weight // sum(table.weights) for weight in table.weights]
        parts.set_widths(made, widths)
        # python-docx finds a cell by counting all cells before it: rows are read once instead.
        for number, (row, values) in enumerate(zip(made.rows, rows, strict=True)):
            parts.keep_whole(row)
            strong = number == 0 or (table.foot and number == len(rows) - 1)
            for column, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                parts.set_width(cell, widths[column])
                paragraph = cell.paragraphs[0]
                paragraph._p.style = "Cell"  # by its id: looking a style up by name for every cell takes seconds
                paragraph.add_run(value).bold = bool(strong)
                if column in table.numeric:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.word.add_paragraph(style="After Table")

    def picture(self, picture: Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=TEXT_WIDTH)
        described = shape._inline.docPr
        described.set("descr", f"{picture.caption}. {picture.alt}")
        described.set("title", picture.caption)
        described.set("name", f"Chart {picture.code}")
        caption = self.word.add_paragraph(style="Caption")
        caption.add_run(f"{picture.caption}. ").bold = True
        caption.add_run(" ".join(picture.notes) + " ")
        small(caption, picture.code)


def said(paragraph: WordParagraph, text: str, bold: bool, italic: bool) -> OxmlElement:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    return run._r


def small(paragraph: WordParagraph, text: str) -> OxmlElement:
    """A code or a mark after a number, small and raised."""
    run = paragraph.add_run(text)
    run.font.superscript = True
    run.font.size = Pt(10)  # of which a raised letter shows two thirds
    run.font.color.rgb = RGBColor(0x48, 0x49, 0x49)
    return run._r
