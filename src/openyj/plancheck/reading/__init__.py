"""A file becomes a ``Document``: numbered lines, prose, tables. Bad files are refused in plain words.

Nothing is trusted: the size is looked at before the file is opened, a zip's contents before they are unpacked,
and PDF, which is read by a large C library, is read in a process of its own with limits on time and memory.
"""

from __future__ import annotations

from pathlib import Path

from openyj.plancheck.reading.document import Document
from openyj.plancheck.reading.guard import CannotRead, kind_of

__all__ = ["CannotRead", "Document", "read", "read_text"]


def read(path: Path) -> Document:
    """Read a Plan from a txt, md, docx or pdf file; raises ``CannotRead`` with words for the person."""
    kind = kind_of(path)
    if kind == "docx":
        from openyj.plancheck.reading.word import read_word

        return read_word(path)
    if kind == "pdf":
        from openyj.plancheck.reading.portable import read_pdf

        return read_pdf(path)
    from openyj.plancheck.reading.text import decoded

    return read_text(decoded(path.read_bytes()), kind)


def read_text(text: str, kind: str = "txt") -> Document:
    """Read a Plan that is already text; lines are numbered as an editor numbers them."""
    from openyj.plancheck.reading.text import document_from

    return document_from(text, kind)
