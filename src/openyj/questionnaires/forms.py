"""The page of one section as a form. It checks what was typed and saves nothing; an unanswered question is no fault
here, because a section may be left half done: only completing asks for what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from openyj.core.forms import DateField, Form, InlineRadios
from openyj.questionnaires import definition as kinds
from openyj.questionnaires.conditions import asks_of, in_words, may_hold
from openyj.questionnaires.definition import DATE, GROUP, Definition, Question, Section

ROWS = "rows"  # `key_rows`: how many rows of a group the page showed. Keys hold no underscore, so nothing meets it.


@dataclass(frozen=True)
class GroupRow:
    """One row of a group on the page: "Person 2" and its fields."""

    title: str
    number: int
    fields: list[BoundField]


@dataclass(frozen=True)
class Asked:
    """One question on the page. `condition` is what brings it up, where that is answered on this very page; `only_if`
    says the same in words."""

    question: Question
    field: BoundField | None
    rows: list[GroupRow]
    count: BoundField | None
    condition: Mapping[str, Any] | None
    only_if: str

    @property
    def condition_text(self) -> str:
        """The condition for the page's script."""
        return json.dumps(self.condition)

    @property
    def may_add(self) -> bool:
        return len(self.rows) < self.question.at_most


class SectionForm(Form):
    """The questions of one section that are or may be shown, given what was answered before it.

    `saved` are the section's answers, `counted` those of the sections before. `more` is the key of a group that gets
    another row, `less` (key, row) one that loses a row.
    """

    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        definition: Definition,
        section: Section,
        saved: Mapping[str, Any],
        counted: Mapping[str, Any],
        version: int | None = None,
        more: str = "",
        less: tuple[str, int] | None = None,
    ) -> None:
        self.definition, self.section, self.saved, self.counted = definition, section, saved, counted
        here = {question.key for question in section.questions}
        self.on_page = [q for q in section.questions if may_hold(q.shown_when, counted, here)]
        self.here = here
        if data is not None and less:
            data = without_row(data, next(q for q in self.on_page if q.key == less[0]), less[1])
        self.rows = {
            q.key: min(rows_of(q, data, saved) + (q.key == more), q.at_most) for q in self.on_page if q.type == GROUP
        }
        if data is not None and self.rows:
            data = data.copy()
            for key, count in self.rows.items():
                data[f"{key}_{ROWS}"] = str(count)
        self.base_fields = dict(self._fields())
        super().__init__(data, version=version, initial=dict(self._initial()))
        for field in self.fields.values():  # after the messages were made, which say the label without this
            if getattr(field, "may_stay_empty", False):
                field.label += " (optional)"

    def forget_errors(self) -> None:
        """Show a draft without complaints about what is unfinished."""
        self._errors = ErrorDict()

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        for question in self.on_page:
            if question.type != GROUP:
                yield question.key, field_of(question)
                continue
            yield f"{question.key}_{ROWS}", forms.IntegerField(widget=forms.HiddenInput, required=False)
            for row in range(self.rows[question.key]):
                for part in question.questions:
                    yield f"{question.key}_{row}_{part.key}", field_of(part)

    def _initial(self) -> Iterator[tuple[str, Any]]:
        for question in self.on_page:
            answer = self.saved.get(question.key)
            if question.type != GROUP:
                yield question.key, typed(question, answer)
                continue
            yield f"{question.key}_{ROWS}", self.rows[question.key]
            for row, each in enumerate(answer or ()):
                for part in question.questions:
                    yield f"{question.key}_{row}_{part.key}", typed(part, each.get(part.key))

    @property
    def elsewhere(self) -> dict[str, Any]:
        """The answers of other sections that conditions on this page look at, for the page's script."""
        looked_at = {part["question"] for question in self.on_page for part in asks_of(question.shown_when)}
        return {key: self.counted[key] for key in looked_at if key in self.counted}

    def asked(self) -> Iterator[Asked]:
        """The questions as the page shows them, in order."""
        for question in self.on_page:
            rows = [
                GroupRow(
                    f"{question.one} {row + 1}",
                    row,
                    [self[f"{question.key}_{row}_{part.key}"] for part in question.questions],
                )
                for row in range(self.rows.get(question.key, 0))
            ]
            own = question.shown_when
            live = own if own and any(part["question"] in self.here for part in asks_of(own)) else None
            yield Asked(
                question,
                None if question.type == GROUP else self[question.key],
                rows,
                self[f"{question.key}_{ROWS}"] if question.type == GROUP else None,
                live,
                in_words(live, self.definition.by_key) if live else "",
            )

    def answers(self) -> dict[str, Any]:
        """The section's answers as they are kept: this page's as typed, and those it did not show as they were."""
        shown = {question.key for question in self.on_page}
        kept = {key: answer for key, answer in self.saved.items() if key not in shown}
        for question in self.on_page:
            if question.type == GROUP:
                found = [self._row(question, row) for row in range(self.rows[question.key])]
                answer: Any = [row for row in found if row]
            else:
                answer = plain(self.cleaned_data.get(question.key))
            if answer not in (None, "", []):
                kept[question.key] = answer
        return kept

    def _row(self, question: Question, row: int) -> dict[str, Any]:
        found = {p.key: plain(self.cleaned_data.get(f"{question.key}_{row}_{p.key}")) for p in question.questions}
        return {key: answer for key, answer in found.items() if answer not in (None, "", [])}


def rows_of(question: Question, data: Any, saved: Mapping[str, Any]) -> int:
    """How many rows of a group the page has: what it said itself, else one for each saved, at least one."""
    said = "" if data is None else data.get(f"{question.key}_{ROWS}", "")
    if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 4:
        return min(max(int(said), 1), question.at_most)
    return max(len(saved.get(question.key) or ()), 1)


def without_row(data: Any, question: Question, gone: int) -> Any:
    """What was typed, without one row of a group: the rows after it move up."""
    count = rows_of(question, data, {})
    left = data.copy()
    for row in range(gone, count):
        for name in [name for name in left if name.startswith(f"{question.key}_{row}_")]:
            del left[name]
        after = f"{question.key}_{row + 1}_"
        for name in [name for name in data if name.startswith(after)] if row + 1 < count else ():
            left.setlist(f"{question.key}_{row}_{name.removeprefix(after)}", data.getlist(name))
    left[f"{question.key}_{ROWS}"] = str(max(count - 1, 1))
    return left


def field_of(question: Question) -> forms.Field:
    """The form field of one question. None is required here; `may_stay_empty` says whether completing asks for it."""
    field = bare_field(question)
    field.may_stay_empty = not question.required
    return field


def bare_field(question: Question) -> forms.Field:
    says = {"label": question.ask, "help_text": question.help, "required": False}
    match question.type:
        case kinds.TEXT:
            return forms.CharField(max_length=question.longest, **says)
        case kinds.LONG_TEXT:
            return forms.CharField(max_length=question.longest, widget=forms.Textarea({"rows": 4}), **says)
        case kinds.CHOICE:
            return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **says)
        case kinds.CHOICES:
            return forms.MultipleChoiceField(choices=question.options, widget=forms.CheckboxSelectMultiple, **says)
        case kinds.SCALE:
            return forms.TypedChoiceField(
                choices=question.steps, coerce=int, empty_value=None, widget=InlineRadios, **says
            )
        case kinds.DATE:
            return DateField(
                when=question.when, noun=question.ask if not question.ask.endswith("?") else "Date", **says
            )
    raise ValueError(f"No field for a question of type {question.type}")


def plain(value: Any) -> Any:
    """A cleaned value as it is kept."""
    return value.isoformat() if isinstance(value, date) else value


def typed(question: Question, answer: Any) -> Any:
    """A kept answer as the field shows it."""
    return date.fromisoformat(answer) if question.type == DATE and answer else answer
