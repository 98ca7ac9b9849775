"""The Plan as it came, in DOCX, with a comment beside each place that a finding names.

Only comments are added: no word of the Plan is changed. A finding in a table is commented in the row it names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.text.run import Run

from openyj.plancheck.checking import Result
from openyj.plancheck.reading.guard import CannotRead
from openyj.plancheck.reading.word import W, elements_by_line
from openyj.plancheck.rules.finding import Finding

AUTHOR = "Plan checker"
INITIALS = "PC"


def commented(source: Path, target: Path, result: Result) -> int:
    """Write ``target``, a copy of ``source`` with comments; gives back how many were placed.

    Raises ``CannotRead`` when the source is no DOCX, and ``ValueError`` when it would be overwritten.
    """
    if result.document.kind != "docx":
        raise CannotRead("Comments can only be written beside the text of a .docx file.")
    if target.resolve() == source.resolve():
        raise ValueError("The copy with comments must have another name than the Plan.")
    word = docx.Document(str(source))
    elements = elements_by_line(word.element.body)
    placed = 0
    for finding in [*result.findings, *result.undecided]:
        for line in _where(finding, result):
            run = _first_run(elements.get(line))
            if run is not None:
                word.add_comment(runs=Run(run, word._body), text=_words(finding), author=AUTHOR, initials=INITIALS)
                placed += 1
    word.save(str(target))
    return placed


def _where(finding: Finding, result: Result) -> tuple[int, ...]:
    """Two places at most, those that hold the first and the last figure named."""
    holding = [n for n in finding.lines if any(f in result.document.text_of(n) for f in finding.figures)]
    lines = holding or list(finding.lines)
    return tuple(dict.fromkeys([lines[0], lines[-1]])) if lines else ()


def _words(finding: Finding) -> str:
    sure = "Not decided: " if not finding.decided else ""
    parts = [sure + finding.message, finding.arithmetic, finding.remedy]
    return " ".join(p if p.endswith((".", "?")) else p + "." for p in parts if p)


def _first_run(element: Any) -> Any:
    if element is None:
        return None
    return next((r for r in element.iter(f"{W}r") if r.find(f"{W}t") is not None), None)
