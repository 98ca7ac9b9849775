"""How the answers stand: which questions are shown, which count, what is missing, what is kept and not counted.

One pass in the order of the set, because conditions look at earlier questions only. Nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from openyj.core.dates import say_date
from openyj.questionnaires import definition as kinds
from openyj.questionnaires.conditions import holds
from openyj.questionnaires.definition import DATE, GROUP, Definition, Question, Section

BySection = Mapping[str, Mapping[str, Any]]  # section: question: answer


@dataclass(frozen=True)
class Line:
    """One question and its answer. `shown` says whether the answers before it bring it up; only then it counts."""

    question: Question
    answer: Any
    shown: bool

    @property
    def answered(self) -> bool:
        return self.answer not in (None, "", [])

    @property
    def counts(self) -> bool:
        return self.shown and self.answered

    @cached_property
    def missing(self) -> str:
        """What must still be answered here before the set can be completed; "" for nothing."""
        question = self.question
        if not self.shown:
            return ""
        if question.required and not self.answered:
            return question.ask
        for number, row in enumerate(self.answer if question.type == GROUP and self.answer else (), 1):
            for part in question.questions:
                if part.required and row.get(part.key) in (None, "", []):
                    return f"{question.one} {number}: {part.ask}"
        return ""

    @property
    def anchor(self) -> str:
        """The id of the question's first control on the page of its section."""
        if self.question.type == GROUP:
            return f"group-{self.question.key}"
        return f"id_{self.question.key}" + ("" if self.question.type in (kinds.TEXT, kinds.LONG_TEXT) else "_0")

    @property
    def words(self) -> str:
        """The answer as a person reads it; "" for none. Of a group, `rows` says more."""
        return in_words(self.question, self.answer)

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows of a group: ("Person 1", [(question, answer), ...])."""
        if self.question.type != GROUP:
            return []
        return [
            (
                f"{self.question.one} {number}",
                [(part.ask, in_words(part, row.get(part.key))) for part in self.question.questions],
            )
            for number, row in enumerate(self.answer or (), 1)
        ]


def in_words(question: Question, answer: Any) -> str:
    """An answer as a person reads it."""
    if answer in (None, "", []):
        return ""
    match question.type:
        case kinds.CHOICE:
            return question.labels.get(answer, str(answer))
        case kinds.CHOICES:
            return "; ".join(question.labels.get(each, str(each)) for each in answer)
        case kinds.SCALE:
            step = dict(question.steps).get(answer, str(answer))
            low, high, *_ = question.scale
            return f"{answer} on a scale from {low} to {high}{step.removeprefix(str(answer)).replace(' ', ': ', 1)}"
        case kinds.DATE:
            return say_date(date.fromisoformat(answer))
        case kinds.GROUP:
            rows = [
                ", ".join(words for part in question.questions if (words := in_words(part, row.get(part.key))))
                for row in answer
            ]
            return "; ".join(rows)
    return str(answer)


@dataclass(frozen=True)
class SectionStanding:
    """One section. A section that is not shown has nothing to answer."""

    section: Section
    shown: bool
    lines: list[Line]

    @cached_property
    def asked(self) -> list[Line]:
        """The questions that are shown."""
        return [line for line in self.lines if line.shown]

    @cached_property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.missing]

    @cached_property
    def unanswered(self) -> list[Line]:
        """Shown, not answered, and it may stay so."""
        return [line for line in self.lines if line.shown and not line.answered and not line.missing]

    @cached_property
    def hidden(self) -> list[Line]:
        """Answered, but later hidden by another answer: kept, not counted, not printed."""
        return [line for line in self.lines if line.answered and not line.shown]

    @property
    def begun(self) -> bool:
        return any(line.answered for line in self.lines)


@dataclass(frozen=True)
class Standing:
    """A whole set of answers."""

    definition: Definition
    sections: list[SectionStanding]
    counted: Mapping[str, Any] = field(repr=False)

    def section(self, key: str) -> SectionStanding | None:
        return next((each for each in self.sections if each.section.key == key), None)

    @cached_property
    def missing(self) -> list[tuple[SectionStanding, Line]]:
        return [(section, line) for section in self.sections for line in section.missing]

    @cached_property
    def hidden(self) -> list[tuple[SectionStanding, Line]]:
        return [(section, line) for section in self.sections for line in section.hidden]

    def feeds(self) -> Iterator[tuple[str, str, Any]]:
        """(target, field, answer) of every counted answer that feeds a typed field."""
        for question in self.definition.questions():
            if question.feeds and question.key in self.counted:
                target, name = question.feeds.split(".")
                answer = self.counted[question.key]
                yield target, name, date.fromisoformat(answer) if question.type == DATE else answer


def stand(definition: Definition, answers: BySection) -> Standing:
    """How `answers` stand. An answer to a question that is not shown does not count for what comes after it."""
    counted: dict[str, Any] = {}
    sections = []
    for section in definition.sections:
        shown = holds(section.shown_when, counted)
        given = answers.get(section.key, {})
        lines = []
        for question in section.questions:
            line = Line(question, given.get(question.key), shown and holds(question.shown_when, counted))
            lines.append(line)
            if line.counts:
                counted[question.key] = line.answer
        sections.append(SectionStanding(section, shown, lines))
    return Standing(definition, sections, counted)
