"""A title that says one year in the contents and another where the thing itself stands.

Contents, lists of appendices and headings are matched by their number or, for sections, by nearly all their
words. Only a year against another year counts: a heading is often shorter than its line in the contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openyj.plancheck.facts.appendices import PAGE, appendices_in, stems
from openyj.plancheck.facts.periods import periods_in
from openyj.plancheck.reading.document import Document, is_heading
from openyj.plancheck.rules.finding import HIGH, Finding

ID = "contents-and-heading-disagree"
TITLE = "The contents and the heading name different years"

FRONT = 160  # lines; the contents stand at the front


def check(document: Document) -> Iterator[Finding]:
    """Titles of appendices, then of sections."""
    for appendix in appendices_in(document).values():
        yield from _years(appendix.titles)
    entries = [
        (PAGE.sub("", "\t" + line.text).strip(), line.number)
        for line in document.lines[:FRONT]
        if PAGE.search("\t" + line.text.rstrip()) and re.search(r"[A-Za-z]{4}", line.text) and len(line.text) < 140
    ]
    if len(entries) < 4:
        return
    last = max(number for _, number in entries)
    headings = [(x.text.strip(), x.number) for x in document.lines[last:] if is_heading(x.text) and periods_in(x.text)]
    for title, number in entries:
        if not periods_in(title) or re.match(r"\W*append", title, re.I):
            continue
        words = stems(title)
        for heading, line in headings:
            other = stems(heading)
            if len(words) >= 2 and len(words & other) >= 0.8 * len(words | other):
                found = list(_years([(title, number), (heading, line)]))
                if found:
                    yield found[0]
                break


def _years(titles: list[tuple[str, int]]) -> Iterator[Finding]:
    """The first two titles of one thing whose years differ."""
    dated = [(title, line, periods_in(title)) for title, line in titles]
    dated = [d for d in dated if len(d[2]) == 1]
    for title, line, periods in dated[1:]:
        first_title, first_line, first = dated[0]
        overlaps = first[0].first <= periods[0].last and periods[0].first <= first[0].last
        alike = stems(first_title) & stems(title)
        if not overlaps and alike and first[0].months == periods[0].months:
            yield Finding(
                ID,
                (first[0].text, periods[0].text),
                (first_line, line),
                HIGH,
                f'"{first_title}" in the contents is "{title}" where it stands: {first[0].text} and {periods[0].text}.',
                remedy="Name the same year in both places.",
                weight=1,
            )
            return
