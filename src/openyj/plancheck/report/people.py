"""The report for people: grouped by how sure and how much it matters, with the sentence around each figure."""

from __future__ import annotations

from textwrap import fill

from openyj.plancheck.checking import Result
from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules.finding import HIGH, MEDIUM, Finding

WIDTH = 96
AROUND = 70  # characters of the text shown on either side of a figure
MOST_LINES = 3  # places quoted for one finding

GROUPS = (
    (HIGH, 3, "Sure, and about money or a national measure"),
    (HIGH, 0, "Sure"),
    (MEDIUM, 3, "Likely, and about money or a national measure: look at these"),
    (MEDIUM, 0, "Likely: look at these"),
)


def report(name: str, result: Result) -> str:
    """The whole report on one Plan."""
    parts = [_head(name, result)]
    left = list(result.findings)
    for confidence, weight, title in GROUPS:
        group = [f for f in left if f.confidence == confidence and f.weight >= weight]
        left = [f for f in left if f not in group]
        if group:
            parts.append(_group(title, group, result.document))
    if result.undecided:
        parts.append(_group("Undecided: this file does not say enough", result.undecided, result.document))
    return "\n\n".join(parts) + "\n"


def _head(name: str, result: Result) -> str:
    n, undecided, dismissed = len(result.findings), len(result.undecided), len(result.dismissed)
    words = "nothing contradicts itself" if not n else f"{n} contradiction{'s' * (n != 1)}"
    more = [f"{undecided} undecided"] * bool(undecided) + [f"{dismissed} dismissed before"] * bool(dismissed)
    return f"{name}: {', '.join([words, *more])}."


def _group(title: str, findings: list[Finding], document: Document) -> str:
    return "\n\n".join([f"{title}\n{'-' * len(title)}", *(_finding(f, document) for f in findings)])


def _finding(finding: Finding, document: Document) -> str:
    rows = [_wrapped("* ", finding.message)]
    for line, figure in places(finding, document)[:MOST_LINES]:
        rows.append(_wrapped(f"    {document.place_of(line)}: ", around(document.text_of(line), figure)))
    if finding.arithmetic:
        rows.append(_wrapped("    Worked out: ", finding.arithmetic))
    if finding.remedy:
        rows.append(_wrapped("    To make it right: ", finding.remedy))
    rows.append(f"    Rule: {finding.rule}")
    return "\n".join(rows)


def places(finding: Finding, document: Document) -> list[tuple[int, str]]:
    """Each line of a finding with the figure that stands in it, lines that hold one of its figures first."""
    found = []
    for line in finding.lines:
        text = document.text_of(line)
        figure = next((f for f in finding.figures if f.strip("*( )") in text), "")
        found.append((line, figure))
    return sorted(found, key=lambda f: not f[1])


def around(text: str, figure: str) -> str:
    """The text about a figure, cut at both sides where it is long."""
    text = " ".join(text.split())
    at = max(text.find(figure), 0)
    start, end = max(0, at - AROUND), min(len(text), at + len(figure) + AROUND)
    return ("..." if start else "") + text[start:end].strip() + ("..." if end < len(text) else "")


def _wrapped(lead: str, text: str) -> str:
    return fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * 6)
