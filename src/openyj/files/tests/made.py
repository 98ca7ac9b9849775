"""Files made for tests: real ones of each kind that is kept, and some that are not."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "openyj"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "JPEG", *, size=(640, 480), placed: bool = True, mode: str = "RGB", turned: int = 1) -> bytes:
    """A picture that says where it was taken, with what, and how the camera was held."""
    exif = Image.Exif()
    if placed:
        exif[0x0112] = turned
        exif[0x010F] = "Camera of a canary"
        exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, format=kind, exif=exif)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A one-page PDF that holds `text`, written by the library that writes the Plan's."""
    import typst

    return typst.compile(f'#set document(title: "Letter")\n#"{text}"'.encode())


def word(text: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(text: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, text)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    """A zip of parts; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def mail(text: str) -> bytes:
    return f"From: school@example.invalid\r\nSubject: Attendance\r\n\r\n{text}\r\n".encode()
