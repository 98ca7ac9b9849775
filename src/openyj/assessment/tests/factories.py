"""Assessments made for tests, through the services where a person would make them."""

from __future__ import annotations

from typing import Any

from openyj.accounts.models import User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment import services
from openyj.assessment.models import Assessment, AssessmentVersion
from openyj.core import clock
from openyj.people.models import Address, Child
from openyj.people.tests.factories import make_address
from openyj.questionnaires.definition import (
    CHOICE,
    CHOICES,
    DATE,
    GROUP,
    LONG_TEXT,
    SCALE,
    TEXT,
    Definition,
    Question,
)
from openyj.questionnaires.models import QuestionSet, State
from openyj.questionnaires.services import save_section, seen_version

KEY = "prevention-and-diversion"


def pdat() -> QuestionSet:
    """The shipped set, as the prepared database holds it."""
    return QuestionSet.objects.latest().get(key=KEY)


def full_answers(definition: Definition, word: str = "Said") -> dict[str, dict[str, Any]]:
    """An answer to every question, hidden ones too: `word` wherever one may write."""
    return {s.key: {q.key: answer(q, word) for q in s.questions} for s in definition.sections}


def answer(question: Question, word: str) -> Any:
    first = question.options[0][0] if question.options else ""
    return {
        TEXT: word,
        LONG_TEXT: f"{word} and more",
        CHOICE: first,
        CHOICES: [first],
        SCALE: question.scale[1],
        DATE: "2026-12-01" if question.when and "future" in question.when else "2026-05-01",
        GROUP: [{part.key: answer(part, word) for part in question.questions}],
    }[question.type]


def begin(child: Child, by: User, **fields: Any) -> AssessmentVersion:
    """A first version with nothing answered, for prevention."""
    given = {"question_set": pdat(), "why": Assessment.Why.PREVENTION, "offences": []} | fields
    with acting(by=by):
        return services.begin(child=child, by=by, **given).versions.select_related("assessment").get()


def answer_all(sheet: AssessmentVersion, by: User, word: str = "Said", **changes: dict[str, Any]) -> None:
    """Save every section; `changes` by section with underscores for hyphens."""
    answers = full_answers(sheet.question_set.definition, word)
    with acting(by=by):
        for row in sheet.sections.all():
            given = answers[row.section] | changes.get(row.section.replace("-", "_"), {})
            save_section(row=row, version=row.version, answers=given, by=by)


def complete(sheet: AssessmentVersion, by: User) -> AssessmentVersion:
    """Complete a version as it is now."""
    with acting(by=by):
        sheet.refresh_from_db()
        return services.complete(sheet=sheet, seen=seen_version(sheet), by=by)


def make_completed(child: Child, by: User, word: str = "Said", **changes: dict[str, Any]) -> AssessmentVersion:
    """A version with every question answered, waiting to be countersigned."""
    with acting(by=None, services=EVERY_SERVICE):
        if not Address.objects.standing().filter(child=child, primary=True, end_date=None).exists():
            make_address(child, start_date=clock.today(), lines=word)
    with acting(by=by):
        sheet = begin(child, by)
        answer_all(sheet, by, word, **changes)
        return complete(sheet, by)


def make_corrected(child: Child, by: User, reader: User, word: str = "Said") -> AssessmentVersion:
    """A second version that waits, of one that was returned with comments."""
    sheet = make_completed(child, by, word)
    with acting(by=reader):
        comments = {"": f"{word} in all", "health": f"{word} of health"}
        services.decide(sheet=sheet, version=sheet.version, state=State.RETURNED, comments=comments, by=reader)
    with acting(by=by):
        sheet.refresh_from_db()
        second = services.correct(sheet=sheet, by=by)
        return complete(second, by)
