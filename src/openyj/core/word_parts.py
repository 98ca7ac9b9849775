"""The parts of a Word file that python-docx has no word for: styles, header rows, content controls, page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

INK, BLUE, GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x0B, 0x3D, 0x63), RGBColor(0x48, 0x49, 0x49)
FONT = "Arial"
# Size in points, and the space above.
HEADINGS = {
    "Title": (26, 0),
    "Subtitle": (14, 0),
    "Heading 1": (18, 18),
    "Heading 2": (15, 12),
    "Heading 3": (13, 10),
    "Heading 4": (11, 8),
}
# Size in points, and whether strong.
OWN_STYLES = {
    "Cell": (9.5, False),
    "Mark": (13, True),
    "Problem": (11, True),
    "Contents Heading": (15, True),
    "After Table": (6, False),
}


def element(kind: str, /, **attributes: object) -> OxmlElement:
    made = OxmlElement(kind)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def lay_out(word: WordFile, *, title: str, author: str, mark: str = "", subject: str = "", comments: str = "") -> None:
    """A4, British English, styles, header with author, title and mark, footer with page numbers, properties."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    styles(word)
    header = section.header.paragraphs[0]
    header.text = f"{author}: {title}"
    if mark:
        header.add_run(f"    {mark}").bold = True
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for before, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(before)
        field(footer, code)
    properties = word.core_properties
    properties.title, properties.author, properties.language = title, author, "en-GB"
    properties.subject, properties.comments = subject, comments


def styles(word: WordFile) -> None:
    """One plain face at readable sizes. The language stands in the defaults, so that every run has it."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"))
    shape(word, "Normal", 11, after=6)
    for name, (size, before) in HEADINGS.items():
        shape(word, name, size, before=before, after=6, bold=name != "Subtitle", colour=BLUE)
    shape(word, "Caption", 10, before=6, after=4, bold=False, colour=INK)
    for name in ("List Bullet", "List Number", "List Continue"):
        shape(word, name, 11, after=3)
    shape(word, "Header", 9, colour=GREY)
    shape(word, "Footer", 9, colour=GREY)
    for name, (size, bold) in OWN_STYLES.items():
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
        shape(word, name, size, before=2, after=2, bold=bold)
    table_style(word)


def shape(word: WordFile, name: str, size: float, *, before=0, after=0, bold=None, colour=INK) -> None:
    style = word.styles[name]
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = FONT, Pt(size), bold, False, colour
    # The template's headings name a theme face, which would win over the one above.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if name == "Title":
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)


def table_style(word: WordFile) -> None:
    """Lines under rows only, as the pages of the site have them."""
    style = word.styles.add_style("Figures", WD_STYLE_TYPE.TABLE)
    style.base_style = word.styles["Normal Table"]
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="8A8C8E"))
    properties.append(borders)
    style.element.append(properties)


def field(paragraph: Paragraph, code: str) -> None:
    """A field Word computes, such as PAGE."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run()._r
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run.append(instruction)
        elif kind == "text":
            shown = OxmlElement("w:t")
            shown.text = text
            run.append(shown)
        else:
            run.append(element("w:fldChar", fldCharType=kind))


def contents(word: WordFile, headings: Sequence[str]) -> None:
    """Contents as a field whose present result links to each heading: right at once, and Word can renew it."""
    paragraphs = [word.add_paragraph(style="List Continue") for _ in headings]
    for number, (paragraph, heading) in enumerate(zip(paragraphs, headings, strict=True), 1):
        link = element("w:hyperlink", anchor=f"heading{number}", history=1)
        run = paragraph.add_run(heading)._r
        link.append(run)
        paragraph._p.append(link)
    first, last = paragraphs[0]._p, paragraphs[-1]._p
    begin = [OxmlElement("w:r") for _ in range(3)]
    begin[0].append(element("w:fldChar", fldCharType="begin"))
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = ' TOC \\o "1-1" \\n \\h \\z '
    begin[1].append(instruction)
    begin[2].append(element("w:fldChar", fldCharType="separate"))
    at = list(first).index(first.find(qn("w:hyperlink")))
    for run in reversed(begin):
        first.insert(at, run)
    end = OxmlElement("w:r")
    end.append(element("w:fldChar", fldCharType="end"))
    last.append(end)


def bookmark(paragraph: Paragraph, number: int) -> None:
    """A place the contents can link to."""
    properties = paragraph._p.pPr
    start = element("w:bookmarkStart", id=number, name=f"heading{number}")
    properties.addnext(start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def control(*, tag: str, name: str, id: int) -> OxmlElement:
    """A content control nobody can edit or take out by accident, tagged with the figure's code."""
    made = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    properties.append(element("w:alias", val=name[:60] or tag))
    properties.append(element("w:tag", val=tag))
    properties.append(element("w:id", val=id))
    properties.append(element("w:lock", val="sdtContentLocked"))
    made.append(properties)
    made.append(OxmlElement("w:sdtContent"))
    return made


def describe_table(table: Table, caption: str, description: str) -> None:
    """What a screen reader says of a table before reading it; and that its first row is a header."""
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    only_first_row = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties.append(element("w:tblLook", val="0620", **only_first_row))
    properties.append(element("w:tblCaption", val=caption))
    properties.append(element("w:tblDescription", val=description))


def set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(width)


def set_width(cell: _Cell, width: int) -> None:
    cell._tc.width = Emu(width)


def repeat_as_head(row: _Row) -> None:
    """A header row: read out as one, and printed again on every page the table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_whole(row: _Row) -> None:
    """No row is broken over two pages."""
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit", val="true"))


def restarted(word: WordFile, style: str) -> int:
    """A numbering of its own for one list, starting at 1: a style's numbering runs on through the whole document."""
    numbering = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    abstract = next(n for n in numbering.num_lst if n.numId == used).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return made.numId


def number_by(paragraph: Paragraph, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = numbering
    properties.get_or_add_ilvl().val = 0
