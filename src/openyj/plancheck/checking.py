"""Run the rules over a Plan and put what they find in order."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from openyj.plancheck.reading.document import Document
from openyj.plancheck.rules import RULES
from openyj.plancheck.rules.finding import CONFIDENCES, Finding


@dataclass
class Result:
    """What was found, surest and weightiest first; what cannot be decided stands apart."""

    document: Document
    findings: list[Finding] = field(default_factory=list)
    undecided: list[Finding] = field(default_factory=list)
    dismissed: list[Finding] = field(default_factory=list)


def check(document: Document, without: Container[str] = ()) -> Result:
    """Every rule over the document. ``without`` names rules to leave out, by id."""
    found = [f for rule in RULES if rule.ID not in without for f in rule.check(document)]
    result = Result(document)
    for finding in sorted(_once(found), key=_order):
        (result.findings if finding.decided else result.undecided).append(finding)
    return result


def _order(finding: Finding) -> tuple[int, int, int]:
    return (CONFIDENCES.index(finding.confidence), -finding.weight, finding.lines[0] if finding.lines else 0)


def _once(found: list[Finding]) -> list[Finding]:
    """One contradiction seen by two rules, the same figures on the same lines, is told once."""
    kept: list[Finding] = []
    for finding in found:
        twin = next(
            (k for k in kept if set(k.figures) == set(finding.figures) and set(k.lines) & set(finding.lines)), None
        )
        if twin is None:
            kept.append(finding)
        elif not twin.decided and finding.decided:
            kept[kept.index(twin)] = finding
    return kept
