"""Beginning, completing, reading and correcting an assessment. Each in one transaction, as `by`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.assessment.hand_overs import refuse_while_out
from openyj.assessment.known import known_facts
from openyj.assessment.models import Assessment, AssessmentOffence, AssessmentVersion
from openyj.casework.models import Offence
from openyj.casework.services import TAKEN_OFF
from openyj.core import clock
from openyj.people.models import Child
from openyj.questionnaires import services as engine
from openyj.questionnaires.models import QuestionSet, State


def begin(*, child: Child, by: User, question_set: QuestionSet, why: str, offences: Iterable[Offence]) -> Assessment:
    """A new assessment with its first version, nothing answered. Refuses one for a decision without its offence."""
    offences = list(offences)
    check(why, offences)
    with acting(by=by):
        assessment = Assessment.objects.create(
            child=child, recorded_by=by, title=question_set.title, why=why, started_on=clock.today()
        )
        join(assessment, offences, by)
        add_version(assessment, by, question_set=question_set)
        return assessment


def check(why: str, offences: list[Offence]) -> None:
    if why == Assessment.Why.OUT_OF_COURT and not offences:
        raise ValidationError({"offences": "Select the offence that is to be decided"})


def join(assessment: Assessment, offences: list[Offence], by: User) -> None:
    """Make the standing links exactly those to `offences`. One taken off is marked, never deleted."""
    standing = {each.offence_id: each for each in assessment.links.standing()}
    for offence in offences:
        if offence.pk not in standing:
            AssessmentOffence.objects.create(
                child=assessment.child, assessment=assessment, offence=offence, recorded_by=by
            )
    for number, each in standing.items():
        if number not in {offence.pk for offence in offences}:
            mark = {"in_error_at": timezone.now(), "in_error_by": by, "in_error_reason": TAKEN_OFF}
            save_version(each, version=each.version, changes=mark)


def add_version(
    assessment: Assessment, by: User, *, question_set: QuestionSet, corrects: AssessmentVersion | None = None
) -> AssessmentVersion:
    about = {"child": assessment.child, "service_id": assessment.service_id, "recorded_by": by}
    sheet = AssessmentVersion.objects.create(
        assessment=assessment, question_set=question_set, number=corrects.number + 1 if corrects else 1, **about
    )
    engine.begin_sections(sheet=sheet, copied=corrects, **about)
    return sheet


def change(*, row: Assessment, version: int, by: User, why: str, offences: Iterable[Offence], **_: Any) -> Assessment:
    """Change why an assessment is made and which offences it is about. Raises ChangedUnderneath."""
    offences = list(offences)
    check(why, offences)
    with acting(by=by):
        save_version(row, version=version, changes={"why": why})
        join(row, offences, by)
        return row


def complete(*, sheet: AssessmentVersion, seen: int, by: User) -> AssessmentVersion:
    """Freeze a version and send it to be countersigned. `seen` is the `seen_version` that was checked. Raises
    ValidationError naming what is missing or that a device is still with the child, ChangedUnderneath when an answer
    was saved meanwhile."""
    with acting(by=by):
        refuse_while_out(sheet)
        assessment = sheet.assessment
        done = engine.complete(sheet=sheet, seen=seen, known=known_facts(assessment, by), by=by)
        first = assessment.first_completed_on or clock.today()
        follow(assessment, state=State.WAITING, first_completed_on=first)
        return done


def decide(
    *, sheet: AssessmentVersion, version: int, state: str, comments: Mapping[str, str], by: User
) -> AssessmentVersion:
    """Return a completed version with comments, or countersign it. Refuses one's own."""
    with acting(by=by):
        about = {"child": sheet.child, "service_id": sheet.service_id}
        done = engine.decide(sheet=sheet, version=version, state=state, comments=comments, by=by, **about)
        day = clock.today() if state == State.COUNTERSIGNED else None
        follow(sheet.assessment, state=state, countersigned_on=day)
        return done


def correct(*, sheet: AssessmentVersion, by: User) -> AssessmentVersion:
    """The next version of one that was returned, beginning with its answers. The returned one stays as it is."""
    if sheet.state != State.RETURNED:
        raise ValidationError("Only a version that was returned can be corrected. Open the assessment to see how it is")
    with acting(by=by):
        made = add_version(sheet.assessment, by, question_set=sheet.question_set, corrects=sheet)
        follow(sheet.assessment, state=State.ANSWERING)
        return made


def follow(assessment: Assessment, **changes: Any) -> None:
    """Say on the assessment what its latest version says. The version was locked or made in this transaction."""
    fresh = Assessment.objects.select_for_update().get(pk=assessment.pk)
    save_version(fresh, version=fresh.version, changes=changes)
