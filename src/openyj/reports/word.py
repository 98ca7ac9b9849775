"""A draft of a report as a Word document: what the record says, each with its source, and headings for the author."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.shared import Mm

from openyj.core import word_parts

HEAD = ("Fact", "What the record says", "Where in the record")
WIDTHS = (38, 88, 48)  # mm, together the width between the margins
TO_WRITE = "[Write here]"
ANNEX = "From the record"


def draft_word(content: dict[str, Any], *, handling: str) -> bytes:
    """A4, marked as a draft on every page with its handling mark, in two halves: headings for the author to write
    under, and the facts with their sources. `content` is what `facts_of` froze."""
    word = docx.Document()
    mark = f"DRAFT - {handling}"
    title = f"{content['title']}: {content['child']}"
    frozen = f"The record as it was on {content['as_at']}, for {content['made_by']}."
    word_parts.lay_out(
        word, title=title, author=content["service"], mark=mark, subject=content["title"], comments=frozen
    )
    word.add_paragraph(mark, style="Mark")
    word.add_paragraph(title, style="Title")
    word.add_paragraph(f"{content['service']}. Author: {content['author']}.", style="Subtitle")
    word.add_paragraph(f"Due at the court: {content['due']}. {frozen}")
    for heading in content["headings"]:
        word.add_paragraph(heading, style="Heading 1")
        word.add_paragraph(TO_WRITE)
    annex = word.add_paragraph(ANNEX, style="Heading 1")
    annex.paragraph_format.page_break_before = True
    word.add_paragraph(
        "Filled in from the record, with where each fact stands there. A fact that is wrong is corrected in the record "
        "first. Not recorded means that nobody has recorded it, not that it is not so."
    )
    for part in content["parts"]:
        word.add_paragraph(part["heading"], style="Heading 2")
        if part["note"] and part["rows"]:
            word.add_paragraph(part["note"])
        if part["rows"]:
            table(word, part["heading"], [[row["label"], row["said"], row["source"]] for row in part["rows"]])
        else:
            word.add_paragraph(part["empty"])
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def table(word: WordFile, caption: str, rows: Sequence[Sequence[str]]) -> None:
    made = word.add_table(rows=1, cols=len(HEAD), style="Figures")
    word_parts.set_widths(made, [Mm(width) for width in WIDTHS])
    word_parts.describe_table(made, caption, f"{len(rows)} rows: a fact, what the record says, and where it stands")
    word_parts.repeat_as_head(made.rows[0])
    for texts, row in [(HEAD, made.rows[0]), *((texts, made.add_row()) for texts in rows)]:
        for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
            word_parts.set_width(cell, Mm(width))
            cell.paragraphs[0].style = "Cell"
            cell.paragraphs[0].add_run(text).bold = texts is HEAD
        word_parts.keep_whole(row)
    word.add_paragraph(style="After Table")
