"""What a file is by its content, what is refused, and what is left out of a picture."""

from __future__ import annotations

import io
import shlex
import sys

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from openyj.files import examine as examining
from openyj.files.examine import REFUSALS, examine
from openyj.files.kinds import KINDS
from openyj.files.services import safe_name
from openyj.files.tests import made
from openyj.files.tests.made import upload

HAZEL = "Hazel attended on Tuesday"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", made.pdf(HAZEL), "pdf"),
        ("a.docx", made.word(HAZEL), "word"),
        ("a.xlsx", made.sheet(HAZEL), "sheet"),
        ("a.txt", HAZEL.encode(), "text"),
        ("a.txt", b"\xef\xbb\xbf" + HAZEL.encode(), "text"),
        ("a.eml", made.mail(HAZEL), "mail"),
        ("looks-like-a.jpg", made.pdf(HAZEL), "pdf"),
        ("no ending", made.word(HAZEL), "word"),
    ],
)
def test_a_file_is_what_its_content_says_and_its_text_is_found(name, content, kind):
    found = examine(upload(name, content))
    assert found.kind.name == kind
    assert HAZEL in " ".join(found.text.split())
    assert found.thumbnail is None


@pytest.mark.parametrize(
    ("why", "name", "content"),
    [
        ("damaged", "a.pdf", b"%PDF-1.7 and nothing more"),
        ("damaged", "a.jpg", made.picture()[:300]),
        ("damaged", "a.docx", made.word(HAZEL)[:-200]),
        ("macros", "a.docx", made.packed(word__document_xml=b"<a/>", word__vbaProject_bin=b"x")),
        ("archive", "a.docx", made.packed(readme=b"x")),
        ("unpacks", "a.docx", made.packed(word__document_xml=b" " * (301 * 1024**2))),
        ("old_office", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("page", "a.txt", b"<html><script>alert(1)</script>"),
        ("page", "a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
        ("page", "a.txt", b"{\\rtf1 text}"),
        ("unknown", "a.pdf", b"MZ\x90\x00\x03"),
        ("unknown", "a.bin", bytes(range(256))),
    ],
)
def test_what_is_not_kept_is_refused_with_what_to_do(why, name, content):
    with pytest.raises(ValidationError) as refused:
        examine(upload(name, content))
    assert refused.value.messages == [REFUSALS[why]]


def test_a_locked_pdf_is_refused(tmp_path):
    import pikepdf

    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(made.pdf(HAZEL))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ValidationError, match="locked with a password"):
        examine(upload("a.pdf", path.read_bytes()))


def test_every_word_of_refusal_has_its_sentence():
    from pathlib import Path

    from openyj.files import reader

    said = {part.split('"')[1] for part in Path(reader.__file__).read_text().split("Refused(")[1:] if '"' in part[:3]}
    assert said <= REFUSALS.keys()


def test_an_empty_and_a_large_file_are_refused(settings):
    with pytest.raises(ValidationError, match="empty"):
        examine(upload("a.txt", b""))
    settings.FILES_MOST_BYTES = 3 * 1024**2
    with pytest.raises(ValidationError, match=r"The file has 4\.0 MB\. The most that is kept is 3 MB"):
        examine(upload("a.txt", b"a" * 4 * 1024**2))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_nothing_of_where_and_with_what_it_was_taken(kind):
    before = made.picture(kind)
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825), "the picture of the test says where it was taken"
    found = examine(upload("a.jpg", before))
    for content in (found.content, found.thumbnail):
        after = Image.open(io.BytesIO(content))
        assert not after.getexif() and "exif" not in after.info
        assert b"canary" not in content
    assert KINDS[kind.lower()] == found.kind


def test_a_picture_stands_as_the_camera_was_held():
    found = examine(upload("a.jpg", made.picture(size=(640, 480), turned=6)))
    assert Image.open(io.BytesIO(found.content)).size == (480, 640)
    assert max(Image.open(io.BytesIO(found.thumbnail)).size) == 240


def test_a_transparent_picture_stays_so_and_its_thumbnail_is_on_white():
    clear = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(clear, format="PNG")
    found = examine(upload("a.png", clear.getvalue()))
    assert Image.open(io.BytesIO(found.content)).getpixel((1, 1))[3] == 0
    assert Image.open(io.BytesIO(found.thumbnail)).getpixel((1, 1)) == (255, 255, 255)


def scanner(tmp_path, body: str) -> str:
    path = tmp_path / "scan.py"
    path.write_text(f"import sys\ncontent = open(sys.argv[1], 'rb').read()\n{body}\n")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))}"


@pytest.mark.parametrize(
    ("body", "says"),
    [("sys.exit(b'bad' in content)", None), ("sys.exit(1)", "found something"), ("sys.exit(2)", "did not answer")],
)
def test_the_scanner_is_asked_and_its_silence_is_a_refusal(settings, tmp_path, body, says):
    settings.FILES_SCAN_COMMAND = scanner(tmp_path, body)
    if says is None:
        assert examine(upload("a.txt", b"good")).kind.name == "text"
        says = "found something"
    with pytest.raises(ValidationError, match=says):
        examine(upload("a.txt", b"bad"))


def test_a_scanner_that_is_not_there_or_hangs_is_a_refusal(settings, tmp_path, monkeypatch):
    settings.FILES_SCAN_COMMAND = "/no/such/scanner"
    with pytest.raises(ValidationError, match="did not answer"):
        examine(upload("a.txt", b"good"))
    monkeypatch.setattr(examining, "SECONDS", 0.2)
    settings.FILES_SCAN_COMMAND = scanner(tmp_path, "import time; time.sleep(5)")
    with pytest.raises(ValidationError, match="did not answer"):
        examine(upload("a.txt", b"good"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\Users\\me\\letter.PDF", "letter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("letter.pdf.exe", "letter.pdf.exe.pdf"),
        ("letter\u202efdp.exe", "letter fdp.exe.pdf"),
        ("a\r\nb: c.pdf", "a b: c.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("adroddiad ŵyl.pdf", "adroddiad ŵyl.pdf"),
    ],
)
def test_a_name_says_what_the_file_is_and_does_nothing_else(name, safe):
    assert safe_name(name, KINDS["pdf"]) == safe


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
def test_any_name_is_short_printable_and_ends_as_its_kind(name, kind):
    safe = safe_name(name, KINDS[kind])
    assert safe.endswith(KINDS[kind].ending) and len(safe) <= 120 and len(safe) > len(KINDS[kind].ending)
    assert safe.isprintable() and "/" not in safe and "\\" not in safe
    assert safe_name(safe, KINDS[kind]) == safe
