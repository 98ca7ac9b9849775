"""Getting at one assessment, one of its versions, and what this person may do with it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from openyj.assessment.models import Assessment, AssessmentVersion
from openyj.assessment.selectors import assessments_of
from openyj.people.models import Child
from openyj.questionnaires.models import State
from openyj.questionnaires.standing import SectionStanding, Standing


def find(request: HttpRequest, child: Child, assessment_id: int) -> Assessment:
    """The assessment of this child, or Http404."""
    found = assessments_of(child, request.user).filter(pk=assessment_id).first()
    if found is None:
        raise Http404
    found.child = child  # the one that says what this person may do
    return found


def read(request: HttpRequest, child: Child, assessment_id: int, number: int) -> AssessmentVersion:
    """A version whose answers this person's role may read, or Http404; PermissionDenied where the role may not."""
    sheet = version_of(find(request, child, assessment_id), number)
    check_role(request, sheet, sheet.question_set.definition.seen_by, "read the answers of this assessment")
    return sheet


def version_of(assessment: Assessment, number: int) -> AssessmentVersion:
    sheet = next((each for each in assessment.versions.all() if each.number == number), None)
    if sheet is None:
        raise Http404
    sheet.assessment = assessment
    sheet.child = assessment.child
    return sheet


def open_version(request: HttpRequest, child: Child, assessment_id: int) -> AssessmentVersion:
    """The version that is being written, for somebody whose role answers it. Http404 where the assessment was recorded
    in error. It may be completed by now: saving says so, and only then, so that what was typed is not lost."""
    assessment = find(request, child, assessment_id)
    sheet = version_of(assessment, assessment.latest.number)
    check_role(request, sheet, sheet.question_set.definition.answered_by, "answer this assessment")
    if not assessment.stands:
        raise Http404
    return sheet


def check_role(request: HttpRequest, sheet: AssessmentVersion, roles: tuple[str, ...], what: str) -> None:
    if request.user.role not in roles:
        raise PermissionDenied(f"Your role ({request.user.as_role.label.lower()}) may not {what}.")


def may_answer(request: HttpRequest, sheet: AssessmentVersion) -> bool:
    """Whether this person may go on writing this version."""
    assessment = sheet.assessment
    allowed = request.user.role in sheet.question_set.definition.answered_by
    return sheet.open and assessment.stands and sheet.child.may_assess and allowed


def may_correct(request: HttpRequest, sheet: AssessmentVersion) -> bool:
    """Whether this person may begin the version that corrects this one."""
    assessment = sheet.assessment
    allowed = request.user.role in sheet.question_set.definition.answered_by
    newest = sheet.number == assessment.latest.number
    return sheet.state == State.RETURNED and newest and assessment.stands and sheet.child.may_assess and allowed


def may_decide(request: HttpRequest, sheet: AssessmentVersion) -> bool:
    """Whether this person may return or countersign this version: never their own."""
    allowed = request.user.role in sheet.question_set.definition.countersigned_by
    waiting = sheet.state == State.WAITING and sheet.assessment.stands
    return waiting and sheet.child.may_countersign and allowed and sheet.completed_by_id != request.user.pk


def seen(request: HttpRequest, standing: Standing) -> list[SectionStanding]:
    """The sections that are shown and that this person's role sees."""
    sees = standing.definition.sees
    return [each for each in standing.sections if each.shown and sees(request.user.role, each.section)]


def unseen(request: HttpRequest, standing: Standing) -> list[SectionStanding]:
    """The sections that are kept from this person's role."""
    return [each for each in standing.sections if not standing.definition.sees(request.user.role, each.section)]
