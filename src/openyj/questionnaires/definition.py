"""What a question set asks, as frozen facts. Made from data that `checking` has found right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

TEXT, LONG_TEXT, CHOICE, CHOICES, SCALE, DATE, GROUP = TYPES = (
    "text",
    "long text",
    "choice",
    "choices",
    "scale",
    "date",
    "group",
)
LONGEST = {TEXT: 200, LONG_TEXT: 8000}  # characters, where a question does not say
MOST_ROWS = 20  # of a group, where it does not say


@dataclass(frozen=True)
class Question:
    """One question. `options` are (key, label); `scale` (lowest, highest, what each means); `questions` those of a
    group; `feeds` the typed field it fills, as "target.field"."""

    key: str
    ask: str
    type: str
    help: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    scale: tuple[int, int, str, str] = (0, 0, "", "")
    when: str | None = None
    shown_when: Mapping[str, Any] | None = None
    feeds: str = ""
    questions: tuple[Question, ...] = ()
    at_most: int = 0
    one: str = ""

    @cached_property
    def labels(self) -> dict[str, str]:
        return dict(self.options)

    @property
    def steps(self) -> list[tuple[int, str]]:
        """The steps of a scale with what its ends mean."""
        low, high, least, most = self.scale
        ends = {low: least, high: most}
        return [(n, f"{n} {ends[n]}" if ends.get(n) else str(n)) for n in range(low, high + 1)]


@dataclass(frozen=True)
class Section:
    """One page of questions. `known` are facts of the record shown beside them; `seen_by` roles, none for the set's;
    `childs` says that the child answers it, on a device that is handed over."""

    key: str
    title: str
    questions: tuple[Question, ...]
    about: str = ""
    known: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    shown_when: Mapping[str, Any] | None = None
    childs: bool = False


@dataclass(frozen=True)
class Definition:
    """A whole question set: one version of it."""

    key: str
    version: int
    title: str
    use: str
    local: bool
    source: str
    about: str
    seen_by: tuple[str, ...]
    answered_by: tuple[str, ...]
    countersigned_by: tuple[str, ...]
    sections: tuple[Section, ...] = field(repr=False)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions()}

    def questions(self) -> Iterator[Question]:
        """Every question in order; those of a group are its own."""
        for section in self.sections:
            yield from section.questions

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def sees(self, role: str, section: Section) -> bool:
        """Whether somebody of `role` may read the answers of `section`."""
        return role in self.readers(section)

    def readers(self, section: Section) -> tuple[str, ...]:
        """The roles that may read the answers of `section`."""
        return tuple(role for role in self.seen_by if not section.seen_by or role in section.seen_by)


def defined(data: Mapping[str, Any]) -> Definition:
    """The definition that checked data describe."""
    return Definition(
        key=data["question set"],
        version=data["version"],
        title=data["title"],
        use=data["use"],
        local=data["local"],
        source=data["source"],
        about=data.get("about", ""),
        seen_by=tuple(data["seen by"]),
        answered_by=tuple(data["answered by"]),
        countersigned_by=tuple(data["countersigned by"]),
        sections=tuple(section(each) for each in data["sections"]),
    )


def section(data: Mapping[str, Any]) -> Section:
    return Section(
        key=data["section"],
        title=data["title"],
        about=data.get("about", ""),
        known=tuple(data.get("known", ())),
        seen_by=tuple(data.get("seen by", ())),
        shown_when=data.get("shown when"),
        childs=data.get("answered by") == "child",
        questions=tuple(question(each) for each in data["questions"]),
    )


def question(data: Mapping[str, Any]) -> Question:
    scale = data.get("scale", {})
    return Question(
        key=data["question"],
        ask=data["ask"],
        type=data["type"],
        help=data.get("help", ""),
        required=data.get("required", False),
        options=tuple((str(key), label) for key, label in data.get("options", {}).items()),
        longest=data.get("longest", LONGEST.get(data["type"], 0)),
        scale=(
            scale.get("lowest", 0),
            scale.get("highest", 0),
            scale.get("lowest means", ""),
            scale.get("highest means", ""),
        ),
        when=data.get("when"),
        shown_when=data.get("shown when"),
        feeds=data.get("feeds", ""),
        questions=tuple(question(each) for each in data.get("questions", ())),
        at_most=data.get("at most", MOST_ROWS),
        one=data.get("one", ""),
    )
