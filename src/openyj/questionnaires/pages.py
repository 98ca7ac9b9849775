"""What a page of questions shows: the list of sections, one section, and the form that was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.text import slugify

from openyj.accounts.drafts import drafted_fields
from openyj.accounts.models import Draft, User
from openyj.core.components import Tag
from openyj.questionnaires.comparing import section_changes
from openyj.questionnaires.forms import SectionForm
from openyj.questionnaires.models import AnswerSheet, SectionAnswers, SectionComment
from openyj.questionnaires.standing import SectionStanding, Standing, stand


@dataclass(frozen=True)
class Task:
    """A section in the list: how far it is, and whether this person typed answers there that are not saved."""

    standing: SectionStanding
    url: str
    tag: Tag | None
    typed: bool
    comments: Sequence[SectionComment] = ()

    @property
    def status_id(self) -> str:
        return f"status-{slugify(self.standing.section.key)}"


def tag_of(standing: SectionStanding) -> Tag | None:
    """How far a section is, in words; None for done, which needs no colour."""
    if not standing.shown:
        return Tag("Not needed", "grey")
    if not standing.begun and standing.missing:
        return Tag("Not started", "blue")
    if count := len(standing.missing):
        return Tag(f"{count} to answer", "yellow")
    if not standing.begun:
        return Tag("Optional", "grey")
    return None


def drafts_at(user: User, urls: Mapping[str, str]) -> set[str]:
    """The sections (by key, given their addresses) where this person typed what they did not save."""
    kept = set(Draft.objects.filter(user=user, path__in=urls.values()).values_list("path", flat=True))
    return {key for key, url in urls.items() if url in kept}


def tasks(
    standing: Standing, urls: Mapping[str, str], typed: set[str], comments: Sequence[SectionComment] = ()
) -> list[Task]:
    """The list of sections."""
    return [
        Task(
            each,
            urls[each.section.key],
            tag_of(each),
            each.section.key in typed,
            [comment for comment in comments if comment.section == each.section.key],
        )
        for each in standing.sections
    ]


def section_form(request: HttpRequest, sheet: AnswerSheet, row: SectionAnswers, standing: Standing) -> SectionForm:
    """The section as it was sent; else as its draft was left; else as it is saved. A button that adds or takes out a
    row of a group sends the form too, and shows it again with the row."""
    definition = sheet.question_set.definition
    section = definition.section(row.section)
    shown = dict(definition=definition, section=section, saved=row.answers, version=row.version)
    shown["counted"] = counted_before(standing, row.section)
    if request.method == "POST":
        key, number = removed(request.POST)
        groups = {question.key for question in section.questions if question.type == "group"}
        more = request.POST.get("and_add", "")
        return SectionForm(
            request.POST,
            more=more if more in groups else "",
            less=(key, number) if key in groups else None,
            **shown,
        )
    drafted = drafted_fields(request)
    form = SectionForm(drafted, **shown)
    if drafted is not None:
        form.forget_errors()
    return form


def removed(sent: QueryDict) -> tuple[str, int]:
    """The group and row a "Remove" button names: "people_2"."""
    key, _, number = sent.get("and_remove", "").rpartition("_")
    return (key, int(number)) if number.isascii() and number.isdecimal() and len(number) < 4 else ("", 0)


def only_rearranges(request: HttpRequest) -> bool:
    """Whether what was sent only adds or takes out a row of a group."""
    return request.method == "POST" and ("and_add" in request.POST or "and_remove" in request.POST)


def counted_before(standing: Standing, key: str) -> dict[str, Any]:
    """The counted answers of every other section: what conditions on this page may look at."""
    here = {line.question.key for line in standing.section(key).lines}
    return {question: answer for question, answer in standing.counted.items() if question not in here}


@dataclass(frozen=True)
class Clash:
    """A colleague saved this section while this person was typing in it."""

    who: str
    at: datetime | None
    rows: list


def clash_of(standing: Standing, current: SectionAnswers, typed: Mapping[str, Any]) -> Clash:
    """What is saved beside what was typed, question by question, where they differ."""
    definition = standing.definition
    others = {each.section.key: each for each in standing.sections}
    answers = {key: {line.question.key: line.answer for line in each.lines} for key, each in others.items()}
    saved = stand(definition, answers | {current.section: current.answers}).section(current.section)
    mine = stand(definition, answers | {current.section: typed}).section(current.section)
    earlier = {line.question.key: line for line in saved.lines}
    return Clash(str(current.saved_by or "Somebody"), current.saved_at, list(section_changes(mine, earlier)))


def neighbours(standing: Standing, key: str) -> tuple[int, int, str]:
    """(place, how many, key of the next) among the sections that are shown; "" after the last."""
    shown = [each.section.key for each in standing.sections if each.shown or each.section.key == key]
    place = shown.index(key)
    return place + 1, len(shown), shown[place + 1] if place + 1 < len(shown) else ""
