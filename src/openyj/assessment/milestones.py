"""The day that assessments know on an offence's way: when an assessment about it was first completed."""

from __future__ import annotations

from openyj.assessment.models import AssessmentOffence
from openyj.casework.slots import GK, Route, Stage, Step, Whose, among, milestones, stages

# Before a decision out of court, which rests on it; after a court's, which it follows.
stages.add("assessment", Stage("Assessment completed", "assessment", {
    Route.OUT_OF_COURT: Step(50, Whose.SERVICE, GK), Route.COURT: Step(80, Whose.SERVICE, GK),
}))  # fmt: skip


@milestones.contribute("assessment")
def assessed(*, offences):
    rows = AssessmentOffence.objects.standing().filter(
        among("offence", offences), assessment__in_error_at=None, assessment__first_completed_on__isnull=False
    )
    return rows, {
        "offence": "offence_id",
        "day": "assessment__first_completed_on",
        "decided": None,
        "object_id": "assessment_id",
    }
