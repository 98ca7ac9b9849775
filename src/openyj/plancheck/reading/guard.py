"""What a file is by its bytes, not by its name, and whether it is safe to open."""

from __future__ import annotations

import zipfile
from pathlib import Path

LARGEST_FILE = 60 * 1024 * 1024  # bytes; real Plans with photographs stay below 30 MB
LARGEST_TEXT = 8 * 1024 * 1024  # bytes of text; the longest published Plan is a hundred times shorter
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes; all a DOCX holds, pictures included
LARGEST_PART = 50 * 1024 * 1024  # bytes of one XML part of a DOCX, which is what is parsed
MOST_PARTS = 5000


class CannotRead(Exception):
    """The file cannot be read as a Plan; the message says why and what to do."""


def kind_of(path: Path) -> str:
    """``txt``, ``md``, ``docx`` or ``pdf``, judged by content; refuses what is none or too large."""
    size, head = _size_and_head(path)
    if size == 0:
        raise CannotRead("The file is empty.")
    if size > LARGEST_FILE:
        raise CannotRead(
            f"The file has {size / 1048576:.0f} MB; more than {LARGEST_FILE // 1048576} MB is not read. "
            "Save it again with smaller pictures, or save the text alone."
        )
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        check_zip(path)
        return "docx"
    _refuse_other_formats(head)
    if size > LARGEST_TEXT:
        raise CannotRead(f"The text has {size / 1048576:.0f} MB: far longer than any Plan. It is not read.")
    return "md" if path.suffix.lower() in {".md", ".markdown"} else "txt"


def _size_and_head(path: Path) -> tuple[int, bytes]:
    try:
        if not path.is_file():
            path.stat()
            raise CannotRead("This is not a file. Give the path of one Plan.")
        with path.open("rb") as f:
            return path.stat().st_size, f.read(8192)
    except OSError as error:
        raise CannotRead(f"The file cannot be opened: {error.strerror or error}.") from error


def _refuse_other_formats(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(
            "This is an old Office file (.doc, .xls) or one locked with a password. "
            "Open it in Word, remove the password and save it as .docx."
        )
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead("This is not text, DOCX or PDF. Save the Plan as one of them.")
    if head.lstrip()[:5].lower() == b"{\\rtf":
        raise CannotRead("This is an RTF file. Save it as .docx or .txt.")


def check_zip(path: Path) -> None:
    """Refuse a zip that is no Word document or that would unpack to more than a Plan can be."""
    try:
        with zipfile.ZipFile(path) as z:
            parts = z.infolist()
            if len(parts) > MOST_PARTS:
                raise CannotRead(f"The file holds {len(parts)} parts; it is not a Plan that Word wrote.")
            total = sum(p.file_size for p in parts)
            largest = max((p.file_size for p in parts if p.filename.endswith((".xml", ".rels"))), default=0)
            names = {p.filename for p in parts}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CannotRead("The file is damaged: it cannot be unpacked. Ask for it again.") from error
    if any(n.startswith("xl/") for n in names):
        raise CannotRead("This is a spreadsheet, whatever its name says. Give the Plan itself.")
    if any(n.startswith("ppt/") for n in names):
        raise CannotRead("This is a presentation, whatever its name says. Give the Plan itself.")
    if "word/document.xml" not in names:
        raise CannotRead("This is a zip file that holds no Word document. Save the Plan as .docx.")
    if total > LARGEST_UNPACKED or largest > LARGEST_PART:
        raise CannotRead(
            f"The file would unpack to {total / 1048576:.0f} MB. A Plan does not: it is not opened. "
            "Save it again with smaller pictures."
        )
