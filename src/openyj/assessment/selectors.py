"""What the pages about assessments read."""

from __future__ import annotations

from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.assessment.models import Assessment, AssessmentVersion, with_versions
from openyj.people.models import Child
from openyj.questionnaires.models import QuestionSet, State


def sets_to_answer(user: User) -> list[QuestionSet]:
    """The latest version of each question set that somebody of this role answers."""
    found = QuestionSet.objects.of_use("assessment").latest()
    return [each for each in found if user.role in each.definition.answered_by]


def assessments_of(child: Child, user: User) -> QuerySet[Assessment]:
    """A child's assessments, latest first; those recorded in error too, to be struck."""
    return with_versions(Assessment.objects.of(child, user))


def waiting_for(user: User) -> QuerySet[AssessmentVersion]:
    """Completed versions this person may countersign, the longest waiting first; not their own."""
    rows = AssessmentVersion.objects.visible_to(user, Permission.COUNTERSIGN).standing()
    rows = rows.filter(state=State.WAITING, assessment__in_error_at=None, child__in_error_at=None)
    rows = rows.exclude(completed_by=user).select_related("assessment", "child", "completed_by", "question_set")
    return rows.order_by("completed_at", "id")


def returned_to(user: User) -> QuerySet[AssessmentVersion]:
    """Versions this person completed that came back and are not being corrected yet."""
    rows = AssessmentVersion.objects.visible_to(user, Permission.ASSESS_CHILDREN).standing()
    rows = rows.filter(
        state=State.RETURNED, completed_by=user, assessment__state=State.RETURNED, assessment__in_error_at=None
    )
    return rows.select_related("assessment", "child", "read_by").order_by("read_at", "id")


def being_written_by(user: User) -> QuerySet[AssessmentVersion]:
    """Versions this person began and has not completed."""
    rows = AssessmentVersion.objects.visible_to(user, Permission.ASSESS_CHILDREN).standing()
    rows = rows.filter(state=State.ANSWERING, recorded_by=user, assessment__in_error_at=None)
    return rows.select_related("assessment", "child").order_by("-recorded_at", "id")
