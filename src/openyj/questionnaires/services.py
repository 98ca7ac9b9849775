"""Writing answers. Each in one transaction, as `by` and within their service.

The rows are an upper room's own (see `models`); `about` are the columns it adds to them, such as whose they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.core import clock
from openyj.questionnaires.models import MOVES, AnswerSheet, SectionAnswers, State
from openyj.questionnaires.standing import Standing, stand
from openyj.questionnaires.uses import USES

COMPLETED_MEANWHILE = (
    "This version was completed meanwhile, so its answers can no longer change. Copy what you typed; if it is to be "
    "corrected, whoever reads it returns it with comments."
)

CHILDS_OWN = (
    "The child answered this section themselves, so nobody else changes it. If the child wants to say something else, "
    "hand the tablet over again."
)


def begin_sections(*, sheet: AnswerSheet, copied: AnswerSheet | None = None, **about: Any) -> None:
    """A row for each section of a new version, empty or as it was in the version that is corrected."""
    model = sheet.sections.model
    earlier = {row.section: row for row in copied.sections.all()} if copied else {}
    rows = []
    for section in sheet.question_set.definition.sections:
        row = model(sheet=sheet, section=section.key, **about)
        if section.key in earlier:
            was = earlier[section.key]
            row.answers, row.saved_at, row.saved_by = was.answers, was.saved_at, was.saved_by
            row.child_answered_at = was.child_answered_at
        rows.append(row)
    model.objects.bulk_create(rows)


def answers_of(sheet: AnswerSheet) -> dict[str, Mapping[str, Any]]:
    """The answers of a version by section, in one query."""
    return {row.section: row.answers for row in sheet.sections.all()}


def standing_of(sheet: AnswerSheet) -> Standing:
    return stand(sheet.question_set.definition, answers_of(sheet))


def save_section(*, row: SectionAnswers, version: int, answers: Mapping[str, Any], by: User) -> SectionAnswers:
    """Keep the answers of a section. Raises ChangedUnderneath, and ValidationError once the version is completed or
    the child has answered the section themselves."""
    with acting(by=by):
        lock_open(row.sheet)
        if type(row)._base_manager.exclude(child_answered_at=None).filter(pk=row.pk).exists():
            raise ValidationError(CHILDS_OWN)
        changes = {"answers": answers, "saved_at": clock.now(), "saved_by": by}
        return save_version(row, version=version, changes=changes)


def save_childs_answers(*, row: SectionAnswers, answers: Mapping[str, Any], by: User) -> SectionAnswers:
    """Keep what the child answered on the device that `by` handed over. The same twice is kept once. Raises
    ValidationError once the version is completed."""
    with acting(by=by):
        lock_open(row.sheet)
        held = type(row)._base_manager.select_for_update().get(pk=row.pk)
        if held.child_answered_at and held.answers == answers:
            return held
        now = clock.now()
        changes = {"answers": answers, "saved_at": now, "saved_by": by, "child_answered_at": now}
        return save_version(held, version=held.version, changes=changes)


def lock_open(sheet: AnswerSheet) -> AnswerSheet:
    """Hold a version until the transaction ends, so that nobody completes it while a section is saved."""
    held = type(sheet)._base_manager.select_for_update().get(pk=sheet.pk)
    if not held.open:
        raise ValidationError(COMPLETED_MEANWHILE)
    return held


def seen_version(sheet: AnswerSheet) -> int:
    """A number that grows with every saving of a version or of one of its sections: what a person saw of it all."""
    return sheet.version + sum(sheet.sections.values_list("version", flat=True))


def complete(*, sheet: AnswerSheet, seen: int, known: Mapping[str, Mapping[str, str]], by: User) -> AnswerSheet:
    """Freeze a version with who and when, keep the facts it was answered beside, and fill the typed fields it feeds.

    `seen` is the `seen_version` of the answers that were checked. Raises ValidationError naming what is missing, and
    ChangedUnderneath when somebody saved an answer or completed it meanwhile.
    """
    with acting(by=by):
        held = type(sheet)._base_manager.select_for_update().get(pk=sheet.pk)
        if not held.open or seen_version(held) != seen:
            raise ChangedUnderneath(held)
        standing = standing_of(held)
        if standing.missing:
            raise ValidationError([f"Answer: {line.missing}" for _, line in standing.missing])
        for row in held.sections.all():
            section = standing.definition.section(row.section)
            row.known = [known[name] for name in section.known if name in known] if section else []
            row.save(update_fields=["known"])
        done = {"state": State.WAITING, "completed_at": clock.now(), "completed_by": by}
        save_version(held, version=held.version, changes=done)
        fill(held, standing, by)
        return held


def fill(sheet: AnswerSheet, standing: Standing, by: User) -> None:
    """Write the typed fields the answers feed."""
    targets = USES[standing.definition.use].targets
    values: dict[str, dict[str, Any]] = {}
    for target, name, answer in standing.feeds():
        values.setdefault(target, {})[name] = answer
    for target, fields in values.items():
        targets[target].write(sheet, fields, by)


def decide(
    *, sheet: AnswerSheet, version: int, state: str, comments: Mapping[str, str], by: User, **about: Any
) -> AnswerSheet:
    """Return or countersign a completed version, with comments by section ("" for the whole).

    Refuses one's own work, a return without a comment, and what is not waiting (ChangedUnderneath).
    """
    if sheet.completed_by_id == by.pk:
        raise ValidationError("You completed this yourself. Ask another manager to read it.")
    said = {section: text.strip() for section, text in comments.items() if text.strip()}
    if state == State.RETURNED and not said:
        raise ValidationError("Write at least one comment, so that they know what to change")
    with acting(by=by):
        if state not in MOVES.get(sheet.state, ()):
            raise ChangedUnderneath(sheet)
        changes = {"state": state, "read_at": clock.now(), "read_by": by}
        save_version(sheet, version=version, changes=changes)
        model = sheet.comments.model
        for section, text in said.items():
            model.objects.create(sheet=sheet, section=section, text=text, recorded_by=by, **about)
        return sheet
