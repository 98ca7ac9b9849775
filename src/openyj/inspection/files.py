"""A report's action plan to take away: a spreadsheet with real dates, and a Word table a council can edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from docx.table import _Row

from openyj.core import clock, word_parts, xlsx
from openyj.core.dates import say_date, say_datetime
from openyj.inspection.models import Report
from openyj.inspection.selectors import COLUMNS, Part

WIDTHS = [Mm(w) for w in (52, 28, 24, 50, 40, 34, 33)]
COLOUR_RULE = "B done; R overdue; A due within 14 days, or nothing noted for 42 days; G otherwise. Set by hand says so"


def plan_sheet(report: Report, parts: list[Part], *, made_by: str, made_at: datetime) -> bytes:
    """One row an action; a recommendation that nothing answers has a row without one."""
    head = ["Recommendation", "What is recommended", "To whom", *COLUMNS[:5], "RAG", *COLUMNS[5:], "Done on"]
    rows = []
    for part in parts:
        asked = [part.recommendation.number, part.recommendation.text, part.recommendation.addressed_to]
        for line in part.lines:
            action = line.action
            rows.append(
                [*asked, action.what, action.owned_by_words, action.due_on, line.progress, line.answer.plan_wording,
                 action.rag, action.rag_words, line.impact, action.done_on]
            )  # fmt: skip
        if not part.lines:
            rows.append(asked)
    notes = [
        ("What this is", f"The action plan that answers {report}, {report.by_whom}"),
        ("Published", say_date(report.published_on)),
        ("Colour", COLOUR_RULE),
    ]
    return xlsx.workbook([xlsx.Sheet("Action plan", head, rows)], notes=notes, made_by=made_by, made_at=made_at)


def plan_word(report: Report, parts: list[Part], *, made_by: str, made_at: datetime) -> bytes:
    """A landscape page; a heading and a table for each recommendation, with a header row on every page."""
    word = docx.Document()
    title = f"Action plan: {report.title}"
    word_parts.lay_out(
        word, title=title, author=report.service.name, subject=f"As it was on {say_date(clock.today())}",
        comments="From the register of actions",
    )  # fmt: skip
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    word.add_paragraph(title, style="Title")
    word.add_paragraph(f"{report.by_whom}, published {say_date(report.published_on)}", style="Subtitle")
    word.add_paragraph(f"{report.service.name}. Made by {made_by}, {say_datetime(made_at)}.")
    for part in parts:
        asked = part.recommendation
        word.add_paragraph(str(asked), style="Heading 1")
        word.add_paragraph(f"{asked.text}{f' (to {asked.addressed_to})' if asked.addressed_to else ''}")
        if part.lines:
            add_table(word, part)
        else:
            word.add_paragraph("No action answers this yet.")
    word.add_paragraph(f"Colours: {COLOUR_RULE}.")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def add_table(word: WordFile, part: Part) -> None:
    table = word.add_table(rows=1, cols=len(COLUMNS), style="Figures")
    word_parts.set_widths(table, WIDTHS)
    word_parts.describe_table(table, str(part.recommendation), f"Actions that answer {part.recommendation}")
    word_parts.repeat_as_head(table.rows[0])
    fill(table.rows[0], COLUMNS, bold=True)
    for line in part.lines:
        fill(table.add_row(), line.cells)


def fill(row: _Row, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        word_parts.set_width(cell, width)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Cell"
        paragraph.add_run(text).bold = bold
    word_parts.keep_whole(row)
