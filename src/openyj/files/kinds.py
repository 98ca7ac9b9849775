"""The kinds of file that are kept, and how each is given out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of file. `name` is what the isolated reader calls it; `ending` goes on the name it is given out under."""

    name: str
    label: str
    media_type: str
    ending: str
    picture: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in [
        Kind("pdf", "PDF", "application/pdf", ".pdf"),
        Kind(
            "word",
            "Word document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
        ),
        Kind("sheet", "spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        Kind("slides", "slides", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
        Kind("text", "plain text", "text/plain; charset=utf-8", ".txt"),
        Kind("mail", "email", "message/rfc822", ".eml"),
        Kind("jpeg", "picture", "image/jpeg", ".jpg", picture=True),
        Kind("png", "picture", "image/png", ".png", picture=True),
    ]
}
WHAT_IS_KEPT = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), plain text, email (.eml), JPEG and PNG pictures"
ENDINGS = ",".join(sorted({kind.ending for kind in KINDS.values()} | {".jpeg"}))
