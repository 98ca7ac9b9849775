"""Runs alone, in a process of its own: says what a file is, takes out its text, and makes its picture safe.

Called as `python -I reader.py FILE FOLDER`. Files come from outside, so what opens them has limits of memory and time
and no part of the site in it. Prints one line of JSON: `kind`, `text`, and the names of what it made in FOLDER; or
`refused`, a word that openyj.files.examine turns into a sentence.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import resource
import sys
import zipfile
from pathlib import Path
from typing import Any

MEMORY = 2 * 1024**3  # bytes of address space
SECONDS = 40  # of processor
TEXT = 200_000  # characters kept for searching
UNPACKED = 300 * 1024**2  # bytes an Office file may hold
PARTS = 5000
PAGES = 600  # of a PDF whose text is taken out
PIXELS = 60_000_000
SIDE = 240  # of a thumbnail, in pixels

OFFICE = {"word/document.xml": "word", "xl/workbook.xml": "sheet", "ppt/presentation.xml": "slides"}
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml")
HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")


class Refused(Exception):
    """The file is not kept. The argument is the word for why."""


def read(path: Path, folder: Path) -> dict[str, Any]:
    head = path.read_bytes()[:65536]
    if head.lstrip().startswith(b"%PDF-"):
        return {"kind": "pdf", "text": of_pdf(path)}
    if head.startswith(b"PK\x03\x04"):
        return of_office(path)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return of_picture(path, folder)
    return of_text(path, head)


def of_pdf(path: Path) -> str:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "damaged") from error
    found, length = [], 0
    for number in range(min(len(pdf), PAGES)):
        try:
            text = pdf[number].get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            continue  # a page that cannot be read is still a page of a file that can be opened
        found.append(text)
        length += len(text)
        if length > TEXT:
            break
    return "\n".join(found)


def of_office(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            kind = next((kind for name, kind in OFFICE.items() if name in names), None)
            if kind is None:
                raise Refused("archive")
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
                raise Refused("macros")
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise Refused("unpacks")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("locked")
            text = " ".join(words_of(packed.read(part)) for part in parts if TEXT_PARTS.fullmatch(part.filename))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged") from error
    return {"kind": kind, "text": text}


def words_of(xml: bytes) -> str:
    """The text between an Office part's marks; a paragraph, cell or line break parts words."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error
    found = []
    for node in root.iter():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name == "t":
            found.append(node.text or "")
        elif name in {"p", "tc", "si", "br", "tab"}:
            found.append(" ")
    return "".join(found)


def of_picture(path: Path, folder: Path) -> dict[str, Any]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(path, formats=["JPEG", "PNG"]) as opened:
            kind = opened.format.lower()
            if opened.width * opened.height > PIXELS:
                raise Refused("pixels")
            # Turned as the camera was held, then written anew from its pixels alone: where and when it was taken, and
            # with what, stay behind.
            picture = ImageOps.exif_transpose(opened)
            transparent = kind == "png" and picture.mode in {"RGBA", "LA", "PA", "P"}
            picture = picture.convert("RGBA" if transparent else "RGB")
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(folder / "clean", format="PNG" if kind == "png" else "JPEG", **({} if kind == "png" else {"quality": 90}))
    small = bare.convert("RGB") if bare.mode == "RGB" else flat(bare)
    small.thumbnail((SIDE, SIDE))
    small.save(folder / "thumbnail", format="JPEG", quality=80)
    return {"kind": kind, "text": "", "clean": "clean", "thumbnail": "thumbnail"}


def flat(picture: Any) -> Any:
    """A picture with transparent parts, on white."""
    from PIL import Image

    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def of_text(path: Path, head: bytes) -> dict[str, Any]:
    if b"\x00" in head or head.startswith(
        (b"\xd0\xcf\x11\xe0", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"MZ", b"\x7fELF")
    ):
        raise Refused("old_office" if head.startswith(b"\xd0\xcf\x11\xe0") else "unknown")
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("unknown")
    start = text.lstrip()[:400].lower()
    if start.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "{\\rtf", "#!")) or "<script" in start:
        raise Refused("page")
    if path.suffix == ".eml" and HEADER_LINE.match(raw):
        return {"kind": "mail", "text": of_mail(raw)}
    (path.parent / "plain").write_text(text, encoding="utf-8")
    return {"kind": "text", "text": text}


def of_mail(raw: bytes) -> str:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    try:
        written = body.get_content() if body else ""
    except (LookupError, UnicodeError):  # an unknown encoding: the headers are still searched
        written = ""
    return "\n".join([str(message["subject"] or ""), str(message["from"] or ""), str(written)])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        told = read(path, folder)
        told["text"] = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]+", " ", told["text"])[:TEXT]
    except Refused as refusal:
        told = {"refused": str(refusal)}
    except MemoryError:
        told = {"refused": "unpacks"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
