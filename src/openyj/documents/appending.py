"""Runs alone, in a process of its own: sets a document that has pages of others' PDFs at its end.

Called as `python -I appending.py FOLDER SETTING HOW_MANY`. The PDFs are appended-0.pdf and so on in FOLDER. They come
from outside, so what opens them has limits of memory and time and no part of the site in it. Writes set.pdf; for a PDF
that cannot be opened or set it prints that PDF's number and ends with 1.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 3 * 1024**3  # bytes of address space
SECONDS = 100  # of processor
WORDS = 4000  # characters of a page that are said of it where it cannot be seen


def pages_of(path: Path) -> list[dict[str, Any]]:
    """Each page's file, number from 1, whether it lies on its side, and its words."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    found = []
    for number in range(len(pdf)):
        page = pdf[number]
        words = " ".join(page.get_textpage().get_text_range().split())[:WORDS]
        across, down = page.get_size()
        found.append({"file": path.name, "number": number + 1, "on_side": across > down, "words": words})
    return found


def can_be_set(folder: Path, pages: list[dict[str, Any]]) -> bool:
    import typst

    each = (f'#image("{page["file"]}", page: {page["number"]}, alt: "A page")' for page in pages)
    (folder / "alone.typ").write_text("\n".join(each))
    try:
        typst.compile(str(folder / "alone.typ"), root=str(folder), format="pdf")
    except Exception:
        return False
    return True


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    folder, setting, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    found = []
    for number in range(many):
        try:
            found.append(pages_of(folder / f"appended-{number}.pdf"))
        except Exception:
            sys.stdout.write(str(number))
            return 1
    (folder / "appended.json").write_text(json.dumps(found))
    import typst

    try:
        typst.compile(str(folder / setting), output=str(folder / "set.pdf"), root=str(folder), format="pdf")
    except Exception:
        for number, pages in enumerate(found):
            if not can_be_set(folder, pages):
                sys.stdout.write(str(number))
                return 1
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
