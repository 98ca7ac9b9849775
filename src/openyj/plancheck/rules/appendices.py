"""A reference to an appendix that is not there, or that is something else.

A number above the last appendix, or left out of the list of them, misses. A reference that names what is to be
found ("the Outcomes Framework can be seen at Appendix 7") is held against the titles: when they say that another
appendix is that, it is the wrong number; when nothing in the appendix it names is about it, its number is used
for two things. A document that lists no appendices, as a report with papers attached, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from openyj.plancheck.facts.appendices import Appendix, Reference, appendices_in, references_in, stems
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, UNDECIDED, Finding

ID = "appendix-reference"
TITLE = "A reference to an appendix that misses"

FEWEST = 2  # appendices a document must list before one can be missing
NEAREST = 16  # words before a reference that may say what is to be found there; those before speak of other things
OWN_TEXT = 80  # lines of an appendix that are looked through for what a reference says of it
ATTACHED = re.compile(
    r"(?:is|are|was|were)\s+(?:also\s+)?(?:attached|included|contained|set out|shown|reproduced"
    r"|provided|detailed|outlined)\b[^.]{0,25}$"
    r"|\bcan be (?:seen|found)\b[^.]{0,12}$|\bis at\s*$",
    re.I,
)


def check(document: Document) -> Iterator[Finding]:
    """Every reference against the appendices there are."""
    appendices = appendices_in(document)
    if len(appendices) < FEWEST:
        return
    for appendix in appendices.values():
        yield from _two_titles(appendix)
    numbered = [int(k) for k in appendices if k.isdigit()]
    listed = _listed(appendices)
    for reference in references_in(document, appendices):
        after = reference.sentence.partition(reference.printed)[2]
        if re.match(r"\s*(?:of|to|in) (?!this|our)", after):
            continue  # an appendix of another document
        if reference.key not in appendices:
            yield from _missing(reference, numbered, listed)
        else:
            yield from _other(document, reference, appendices)


def _two_titles(appendix: Appendix) -> Iterator[Finding]:
    """One number for two things: its titles, in the contents and where it stands, share no telling word."""
    titles = [(t, line) for t, line in appendix.titles if stems(t) and line not in appendix.below]
    for title, line in titles[1:]:
        first, at = titles[0]
        if len(stems(title)) >= 2 and len(stems(first)) >= 2 and not stems(title) & stems(first):
            yield Finding(
                ID,
                (appendix.printed,),
                (at, line),
                MEDIUM,
                f'{appendix.printed} is "{first}" in one place and "{title}" in another.',
                remedy="Give each appendix a number of its own.",
                weight=1,
            )
            return


def _listed(appendices: dict[str, Appendix]) -> bool:
    """Whether the Plan lists its appendices: then one that is not in the list is missing, not lost on the way."""
    lines = sorted(line for a in appendices.values() for _, line in a.titles)
    return any(b - a <= 3 for a, b in pairwise(lines))


def _missing(reference: Reference, numbered: list[int], complete: bool) -> Iterator[Finding]:
    listed = ", ".join(str(n) for n in sorted(numbered))
    if reference.key.isdigit() and numbered and not complete:
        yield Finding(
            ID,
            (reference.printed,),
            (reference.line,),
            UNDECIDED,
            f"{reference.printed} is referred to; headings are found of {listed}. The heading may have been lost.",
            remedy="See whether the appendix is there.",
            weight=1,
        )
    elif reference.key.isdigit() and numbered:
        yield Finding(
            ID,
            (reference.printed,),
            (reference.line,),
            HIGH,
            f"{reference.printed} is referred to; the appendices are {listed}.",
            remedy="Correct the number, or add the appendix.",
            weight=1,
        )
    elif numbered:
        yield Finding(
            ID,
            (reference.printed,),
            (reference.line,),
            UNDECIDED,
            f"{reference.printed} is referred to; this Plan numbers its appendices ({listed}). "
            "It may belong to a report that was taken over whole.",
            remedy="Say which document the appendix belongs to.",
            weight=1,
        )


def _other(document: Document, reference: Reference, appendices: dict[str, Appendix]) -> Iterator[Finding]:
    said = stems(_what(reference))
    named = appendices[reference.key]
    own = stems(" ".join(t for t, _ in named.titles))
    if not said or said & own or not own:
        return
    fits = []
    for other in appendices.values():
        for title, _ in other.titles:
            words = stems(title)
            shared = words & said
            if (
                other is not named
                and shared
                and (len(shared) >= 2 or shared == words)
                and len(shared) >= 0.5 * len(words)
            ):
                fits.append((len(shared), other, title))
    title = named.titles[0][0]
    lines = (reference.line, named.titles[-1][1])
    if fits:
        _, other, other_title = max(fits, key=lambda f: f[0])
        yield Finding(
            ID,
            (reference.printed, other.printed),
            tuple(sorted({*lines, other.titles[0][1]})),
            HIGH,
            f'{reference.printed} is cited for what {other.printed} is ("{other_title}"); '
            f'{named.printed} is "{title}".',
            remedy=f"Cite {other.printed}.",
            weight=1,
        )
        return
    if not ATTACHED.search(reference.clause.rstrip(" .")):
        return
    begins = named.begins
    body = " ".join(line.text for line in document.lines[begins - 1 : begins - 1 + OWN_TEXT])
    if len(said) >= 2 and len(stems(body)) > 8 and not said & stems(body):
        yield Finding(
            ID,
            (reference.printed, named.printed),
            lines,
            MEDIUM,
            f'{reference.printed} is cited for something else than it is: {named.printed} is "{title}", and nothing in '
            "it is about what the reference names.",
            remedy="Give the second thing a number of its own, or correct the reference.",
            weight=1,
        )


def _what(reference: Reference) -> str:
    """What the reference says is to be found there: its clause, or the words after "Appendix N for"."""
    after = reference.sentence.partition(reference.printed)[2]
    told = re.match(r"\s*for\s+([^.;]{3,80})|\s*[-–:]\s*([^.;]{3,60})", after)
    if told:
        return told.group(1) or told.group(2)
    last = re.split(r"(?<=[a-z])[.;]\s", reference.clause.rstrip(" .;"))[-1]
    return " ".join(last.split()[-NEAREST:])
