"""What changed between two sets of answers to the same questions, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openyj.questionnaires.definition import Section
from openyj.questionnaires.standing import SectionStanding, Standing


@dataclass(frozen=True)
class Change:
    """One question whose answer differs. `did` is Added, Taken out or Changed."""

    section: Section
    ask: str
    before: str
    after: str
    did: str


def changes(before: Standing, after: Standing) -> Iterator[Change]:
    """Every question whose counted answer differs, in the order of the later set. Questions are the same where their
    keys are; one that was only asked in one of two versions of a set was not answered in the other."""
    earlier = {line.question.key: line for section in before.sections for line in section.lines}
    for section in after.sections:
        yield from section_changes(section, earlier)
    later = {line.question.key for section in after.sections for line in section.lines}
    for section in before.sections:
        for line in section.lines:
            if line.question.key not in later and line.counts:
                yield Change(section.section, line.question.ask, line.words, "", "Taken out")


def section_changes(section: SectionStanding, earlier: dict) -> Iterator[Change]:
    for line in section.lines:
        was = earlier.get(line.question.key)
        before = was.words if was and was.counts else ""
        after = line.words if line.counts else ""
        if before != after:
            did = "Added" if not before else "Taken out" if not after else "Changed"
            yield Change(section.section, line.question.ask, before, after, did)
