"""Run in a process of its own: the text runs of a PDF's pages, with their places, as JSON on standard output.

It imports nothing of the project, limits its own memory and time, and is given up by ``portable`` when it takes
too long, so that a file made to harm the PDF library harms this process alone.
"""

from __future__ import annotations

import contextlib
import json
import sys

MOST_PAGES = 400
MOST_MEMORY = 2 * 1024**3  # bytes
MOST_SECONDS = 60
MOST_RUNS = 400_000


def main(path: str) -> int:
    """Print ``{"pages": [[[left, bottom, right, top, text], ...], ...]}`` or ``{"error": ...}``."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        print(json.dumps({"error": "password" if locked else "damaged"}))
        return 0
    if len(pdf) > MOST_PAGES:
        print(json.dumps({"error": f"{len(pdf)} pages"}))
        return 0
    pages, runs = [], 0
    for page in pdf:
        text = page.get_textpage()
        found = []
        for i in range(text.count_rects()):
            box = text.get_rect(i)
            found.append([*(round(x, 1) for x in box), text.get_text_bounded(*box)])
        runs += len(found)
        pages.append({"width": round(page.get_width(), 1), "runs": found})
        if runs > MOST_RUNS:
            print(json.dumps({"error": "too long"}))
            return 0
    print(json.dumps({"pages": pages}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
