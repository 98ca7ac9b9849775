"""Findings a person has looked at and dismissed, so that a reviewed Plan stays quiet.

A dismissals file is YAML, a list of entries with ``rule``, ``figures`` and ``why``; a finding is dismissed when
its rule and its figures are those. Lines are not compared, so the Plan may be edited around them; when a figure
changes the finding comes back.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from openyj.plancheck.checking import Result
from openyj.plancheck.reading.guard import CannotRead
from openyj.plancheck.rules.finding import Finding

LARGEST = 1024 * 1024  # bytes


def dismissals_from(path: Path) -> set[tuple[str, tuple[str, ...]]]:
    """The rule and the figures of every dismissed finding; raises ``CannotRead`` for a file that is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise CannotRead(f"{path}: the file of dismissals is too large.")
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CannotRead(f"{path}: the file of dismissals cannot be read ({error.__class__.__name__}).") from error
    if entries is None:
        return set()
    if not isinstance(entries, list):
        raise CannotRead(f"{path}: a file of dismissals is a list of entries with rule, figures and why.")
    found = set()
    for n, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("figures"), list) or not entry.get("rule"):
            raise CannotRead(f"{path}: entry {n} has no rule or no list of figures.")
        if not str(entry.get("why") or "").strip():
            raise CannotRead(f"{path}: entry {n} does not say why. Write the reason, for the next reader.")
        found.add((str(entry["rule"]), tuple(str(f) for f in entry["figures"])))
    return found


def dismiss(result: Result, dismissed: set[tuple[str, tuple[str, ...]]]) -> Result:
    """The result without the dismissed findings, which are kept apart and counted."""

    def is_dismissed(finding: Finding) -> bool:
        return (finding.rule, finding.figures) in dismissed

    found = [*result.findings, *result.undecided]
    return Result(
        result.document,
        [f for f in result.findings if not is_dismissed(f)],
        [f for f in result.undecided if not is_dismissed(f)],
        [f for f in found if is_dismissed(f)],
    )


def as_entries(findings: list[Finding]) -> str:
    """Entries to be put into a dismissals file, their reasons still to be written."""
    entries = [{"rule": f.rule, "figures": list(f.figures), "why": "", "message": f.message} for f in findings]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
