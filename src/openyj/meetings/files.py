"""Minutes as a Word document, as a board circulates them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.shared import Mm

from openyj.core import word_parts
from openyj.meetings.minutes import ACTION, SEAT, Content

PRESENT = ("Who", "Post", "Agency", "Seniority", "Role")
ACTIONS = ("Action", "Owner", "Due")
WHOLE = 174  # mm between the margins


def minutes_word(content: Content, *, status: str, draft: bool, made: str) -> bytes:
    """A4: who was there, then each item with what was said, decided and agreed to do. `status` says whether the minutes
    were agreed; a draft says so on every page."""
    word = docx.Document()
    title = f"{content['title']}: minutes, {content['day']}"
    word_parts.lay_out(
        word, title=title, author=content["service"], mark="DRAFT" if draft else "", subject=status, comments=made
    )
    if draft:
        word.add_paragraph("DRAFT", style="Mark")
    word.add_paragraph(f"{content['title']}: minutes", style="Title")
    word.add_paragraph(f"{content['day']}, {content['time']}, {content['place']}", style="Subtitle")
    word.add_paragraph(f"{content['service']}. {status}")
    word.add_paragraph("Attendance", style="Heading 1")
    table(
        word,
        "Who was there",
        PRESENT,
        [[seat[part] for part in SEAT] for seat in content["present"]],
        (46, 44, 40, 24, 20),
    )
    for label, names in (("Apologies", content["apologies"]), ("Absent without apologies", content["absent"])):
        if names:
            strong(word, label, "; ".join(names))
    if content["also_there"]:
        strong(word, "Also there", "; ".join(content["also_there"].splitlines()))
    strong(word, "Quorum", content["quorum"])
    for item in content["items"]:
        add_item(word, item)
    word.add_paragraph(made)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def add_item(word: WordFile, item: Content) -> None:
    word.add_paragraph(f"{item['number']}. {item['title']}", style="Heading 1")
    if item["lead"]:
        strong(word, "Lead", item["lead"])
    if item["papers"]:
        strong(word, "Papers", "; ".join(item["papers"]))
    for passage in item["said"].splitlines():
        if passage.strip():
            word.add_paragraph(passage)
    for each in item["decisions"]:
        strong(word, f"Decision {each['number']} ({each['state']})", each["text"])
        strong(word, "Because", each["reason"])
        if each["answers"]:
            word.add_paragraph(f"{each['answers']}.")
        for one in each["dissents"]:
            strong(word, f"{one['who']} did not agree", one["why"])
    if item["actions"]:
        rows = [[each[part] for part in ACTION] for each in item["actions"]]
        table(word, f"Actions of item {item['number']}", ACTIONS, rows, (94, 50, 30))


def strong(word: WordFile, label: str, text: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(text)


def table(
    word: WordFile, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    made = word.add_table(rows=1, cols=len(head), style="Figures")
    word_parts.set_widths(made, [Mm(width) for width in widths])
    word_parts.describe_table(made, caption, f"{len(rows)} rows")
    word_parts.repeat_as_head(made.rows[0])
    for texts, row in [(head, made.rows[0]), *((texts, made.add_row()) for texts in rows)]:
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            word_parts.set_width(cell, Mm(width))
            cell.paragraphs[0].style = "Cell"
            cell.paragraphs[0].add_run(text).bold = texts is head
        word_parts.keep_whole(row)
    word.add_paragraph(style="After Table")
