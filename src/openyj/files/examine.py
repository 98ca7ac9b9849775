"""What an uploaded file is, judged by its content in a process of its own, and whether it may be kept."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from openyj.files import reader
from openyj.files.kinds import KINDS, WHAT_IS_KEPT, Kind

SECONDS = 60
REFUSALS = {
    "damaged": (
        "This file is damaged and cannot be opened. Open it where it was made, save it again, and choose it once more."
    ),
    "locked": "This file is locked with a password. Save a copy without the password, and choose that.",
    "macros": "This file holds a program (macros). Save it as .docx, .xlsx or .pptx without macros, and choose that.",
    "unpacks": "This file would unpack to far more than a document holds, so it was not opened.",
    "archive": "This is a folder packed in one file. Choose the files in it one at a time.",
    "pixels": "This picture is larger than 60 million pixels. Save it smaller, and choose that.",
    "old_office": (
        "This is an old Office file or a saved Outlook message (.doc, .xls, .msg). "
        "Save it as .docx, .xlsx, .pdf or .eml, and choose that."
    ),
    "page": "This is a web page, a script or rich text, which can do harm. Save it as a PDF, and choose that.",
    "unknown": f"This kind of file is not kept. These are: {WHAT_IS_KEPT}.",
}


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its kind, its bytes as they will be kept, its text, and a picture's thumbnail."""

    kind: Kind
    content: bytes
    text: str
    thumbnail: bytes | None


def examine(upload: UploadedFile) -> Examined:
    """Look at an uploaded file. Raises ValidationError with a sentence that says what to do when it is not kept."""
    if not upload.size:
        raise ValidationError("The file is empty. Choose another.")
    if upload.size > settings.FILES_MOST_BYTES:
        most = settings.FILES_MOST_BYTES // 1024**2
        has = upload.size / 1024**2
        raise ValidationError(
            f"The file has {has:.1f} MB. The most that is kept is {most} MB. Save it smaller, or in parts."
        )
    with written_out(upload) as path:
        scan(path)
        folder = path.parent
        told = ask_reader(path, folder)
        kind = KINDS[told["kind"]]
        kept = folder / {"text": "plain"}.get(kind.name, told.get("clean", path.name))
        thumbnail = (folder / told["thumbnail"]).read_bytes() if "thumbnail" in told else None
        return Examined(kind, kept.read_bytes(), told["text"], thumbnail)


@contextmanager
def written_out(upload: UploadedFile) -> Iterator[Path]:
    """The upload as a file in a folder of its own, that is gone afterwards."""
    with TemporaryDirectory(prefix="openyj-file-") as folder:
        # Nothing of the name a person gave reaches a command line but that it calls itself an email.
        path = Path(folder) / ("upload.eml" if (upload.name or "").lower().endswith(".eml") else "upload")
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        yield path


def ask_reader(path: Path, folder: Path) -> dict[str, str]:
    command = [sys.executable, "-I", reader.__file__, str(path), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise ValidationError(REFUSALS["damaged"]) from None
    if "refused" in told:
        raise ValidationError(REFUSALS[told["refused"]])
    return told


def scan(path: Path) -> None:
    """Ask the virus scanner an administrator has set: a command that exits 0 for a clean file and 1 for a bad one.
    Anything else means that nobody looked, and the file is refused too."""
    if not settings.FILES_SCAN_COMMAND:
        return
    try:
        done = subprocess.run(  # noqa: S603
            [*shlex.split(settings.FILES_SCAN_COMMAND), str(path)], capture_output=True, timeout=SECONDS, check=False
        )
        status = done.returncode
    except (OSError, subprocess.TimeoutExpired):
        status = None
    if status == 1:
        raise ValidationError(
            "The virus scanner found something in this file, so it was not kept. Tell whoever sent it."
        )
    if status != 0:
        raise ValidationError(
            "The virus scanner did not answer, so the file was not kept. Try again in a few minutes. If it goes on, "
            "tell your administrator."
        )
