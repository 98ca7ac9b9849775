"""What assessments add to a child's record: a kind of fact, a page, a part of the timeline, a card of the overview."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BigIntegerField, Case, CharField, F, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.assessment import feeding, forms, services  # noqa: F401 (feeding registers what may be fed)
from openyj.assessment.models import (
    Assessment,
    AssessmentOffence,
    AssessmentVersion,
    Judgement,
    with_versions,
)
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.core.worded import worded
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register
from openyj.people.models import Child
from openyj.people.selectors import told
from openyj.people.slots import Block, RecordPage
from openyj.questionnaires.models import State

SEE = Permission.SEE_ASSESSMENTS

slots.pages.add("assessment:assessments", RecordPage("Assessments", "assessment:assessments", SEE), order=40)


def say_assessment(row: Assessment) -> Iterator[tuple[str, object]]:
    yield "Why it is made", row.get_why_display()
    yield "Offences", "; ".join(str(offence) for offence in row.about) or "None"
    yield "State", row.get_state_display()
    yield "Begun on", say_date(row.started_on)
    yield "First completed on", say_date(row.first_completed_on) or "Not yet"
    yield "Countersigned on", say_date(row.countersigned_on) or "Not yet"
    if judgement := getattr(row, "judgement", None):
        yield from say_judgement(judgement)


def say_judgement(row: Judgement) -> Iterator[tuple[str, object]]:
    yield "Safety and wellbeing", row.get_safety_wellbeing_display()
    yield "Risk of serious harm to others", row.get_harm_to_others_display()
    yield "Likelihood of further offending", row.get_offending_display()
    yield "To be reviewed on", say_date(row.review_on)


def hangs_on_assessment(row: Assessment) -> Hanging:
    """Its versions, its judgement and its places at offences go with it."""
    judged = Judgement.objects.standing().filter(assessment=row)
    return Hanging(goes_with_it=[*row.versions.all(), *judged, *row.links.standing().select_related("offence")])


register(
    Kind(
        "assessment", "assessment", Assessment, "assessment:assessments", forms.AssessmentForm, say_assessment,
        change=services.change, hanging=hangs_on_assessment,
        read=lambda rows: with_versions(rows).select_related("judgement"),
        parts={
            AssessmentVersion: "version of an assessment",
            Judgement: "judgement of an assessment",
            AssessmentOffence: "offence of an assessment",
        },
        address=lambda row: row.get_absolute_url(),
        permission=SEE,
    )
)  # fmt: skip


@slots.timeline.contribute("assessment")
def assessments(*, child):
    """The day an assessment was completed first, else the day it was begun, and how it is now."""
    states = [When(state=state, then=Value(f": {state.label.lower()}")) for state in State]
    return Assessment.objects.standing().filter(child=child), {
        "date": Case(When(first_completed_on__isnull=False, then=F("first_completed_on")), default=F("started_on")),
        "title": Concat(F("title"), Case(*states, output_field=CharField()), output_field=CharField()),
        "detail": None,
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@worded(child=BigIntegerField())
def latest(*, child):
    """The assessment of a child that was begun last, if there is one."""
    return Assessment.objects.standing().filter(child=child).select_related("judgement")[:1]


@slots.blocks.contribute("assessments", order=15)
def latest_assessment(*, child: Child, user: User, may_change: bool) -> Block | None:
    """How the latest assessment is and what it judges."""
    if not user.may(SEE):
        return None
    rows = []
    for row in told(latest, child, user):
        rows = [(row.title, f"{row.get_state_display()}, begun {say_date(row.started_on)}")]
        rows += [(label, value) for label, value in say_judgement(row.judgement) if value] if judged(row) else []
    links = [Link("All assessments", reverse("assessment:assessments", args=[child.pk]))]
    return Block("Latest assessment", rows, "No assessment is recorded.", links)


def judged(row: Assessment) -> bool:
    return getattr(row, "judgement", None) is not None
