"""A section that the guidance of the Plan's year asks for and that no heading names.

What the guidance asks for is in ``plan_editions.yaml``, by year. Headings may have been lost on the way to this
file, and a section may go by another name, so this is never more than undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from openyj.plancheck.facts.periods import periods_in
from openyj.plancheck.reading.document import Document, is_heading
from openyj.plancheck.rules.finding import UNDECIDED, Finding

ID = "section-not-found"
TITLE = "A section the guidance asks for that no heading names"

FEWEST_HEADINGS = 8  # below it the file's headings are lost, and nothing can be said
FRONT = 60  # lines in which the Plan names its year


@lru_cache(maxsize=1)
def editions() -> list[dict[str, Any]]:
    """The editions of the guidance, oldest first."""
    return yaml.safe_load(Path(__file__).with_name("plan_editions.yaml").read_text(encoding="utf-8"))


def check(document: Document) -> Iterator[Finding]:
    """One undecided finding for all the sections that are missing."""
    front = " ".join(line.text for line in document.lines[:FRONT])
    if not re.search(r"youth justice", front, re.I) or not re.search(r"\bplan\b", front, re.I):
        return
    year = plan_year(front)
    edition = next((e for e in reversed(editions()) if year and year >= e["from_year"]), None)
    headings = [line.text for line in document.lines if is_heading(line.text) and len(line.text) < 80]
    if edition is None or len(headings) < FEWEST_HEADINGS:
        return
    named = "\n".join(headings)
    missing = [name for name, words in edition["sections"].items() if not re.search(words, named, re.I)]
    if missing:
        yield Finding(
            ID,
            tuple(missing),
            (),
            UNDECIDED,
            f"No heading names: {'; '.join(missing)} (edition of {edition['edition']}: {edition['source']}).",
            remedy="See whether the section is there under another name.",
            weight=1,
        )


def plan_year(front: str) -> int | None:
    """The first year of the period the front of the Plan names most often."""
    years = Counter(p.first // 12 for p in periods_in(front))
    return years.most_common(1)[0][0] if years else None
