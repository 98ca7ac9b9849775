"""What time limits run from and to assessments. Every number is a local policy to confirm.

After an outcome
AO-1  an assessment about any offence decided that day answers it, also one that was completed before the outcome
AO-2  the day it was first completed counts, whatever was returned and corrected later

Review
RV-1  each completed assessment is to be followed by another; the next one that is completed answers it
RV-2  without a next one it runs only while a programme does
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from openyj.actions.deadlines import Event, Happened, Usual, events
from openyj.actions.models import Unit
from openyj.assessment.models import Assessment, AssessmentOffence
from openyj.casework.first_contacts import cases, cases_of, decided_here
from openyj.casework.models import Programme
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.models import Child

OLDER = "General knowledge, to confirm: older rules that many services keep as local policy"


def outcomes_to_assess(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The outcomes of these children from a day on with the assessment that answered each. One query."""
    about = AssessmentOffence.objects.standing().filter(
        child=OuterRef("child"),
        assessment__in_error_at=None,
        assessment__first_completed_on__isnull=False,
        offence__in_error_at=None,
        offence__outcomes__in_error_at=None,
        offence__outcomes__outcome_date=OuterRef("outcome_date"),
    )  # AO-1, AO-2
    first = about.order_by("assessment__first_completed_on", "assessment_id")
    rows = decided_here(children, since).annotate(
        assessed_on=Subquery(first.values("assessment__first_completed_on")[:1]),
        assessment=Subquery(first.values("assessment_id")[:1]),
    )
    for row in rows.filter(assessed_on=None) if only_open else rows:
        made = reverse("assessment:assessment", args=[row.child_id, row.assessment]) if row.assessment else ""
        yield Happened(
            child=row.child,
            occasion=row.outcome_date,
            what=row.legal_outcome.label,
            day=row.outcome_date,
            cases=cases_of(row),
            ended=row.assessed_on,
            url=made or reverse("assessment:begin", args=[row.child_id]),
        )


def assessments_to_review(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The completed assessments of these children from a day on with the one that followed each. One query."""
    completed = Assessment.objects.standing().filter(first_completed_on__isnull=False)
    later = completed.filter(child=OuterRef("child"), first_completed_on__gt=OuterRef("first_completed_on"))
    following = later.order_by("first_completed_on", "pk")
    today = clock.today()
    running = Programme.objects.standing().filter(
        Q(end_date=None) | Q(end_date__gte=today), child=OuterRef("child"), start_date__lte=today
    )
    rows = (
        completed.filter(child__in=children, child__in_error_at=None, first_completed_on__gte=since)
        .annotate(
            reviewed_on=Subquery(following.values("first_completed_on")[:1]),  # RV-1
            review=Subquery(following.values("pk")[:1]),
        )
        .filter(Q(reviewed_on=None) & Exists(running) | (Q(pk__in=[]) if only_open else Q(reviewed_on__isnull=False)))
        .select_related("child")
        .order_by("first_completed_on", "pk")
    )  # RV-2
    for row in rows:
        made = reverse("assessment:assessment", args=[row.child_id, row.review]) if row.review else ""
        yield Happened(
            child=row.child,
            occasion=row.first_completed_on,
            what=f"the assessment completed on {say_date(row.first_completed_on)}",
            day=row.first_completed_on,
            cases=(f"why:{row.why}",),
            ended=row.reviewed_on,
            url=made or reverse("assessment:begin", args=[row.child_id]),
        )


events.add(
    "assessment",
    Event(
        label="Assessment after an outcome",
        begins="the outcome",
        ends="a completed assessment",
        cases=cases,
        happened=outcomes_to_assess,
        usual=[
            Usual("outcome:REFERRAL_ORDER", 20, Unit.WORKING, f"{OLDER}: by the panel", known=False),
            Usual("group:Community", 15, Unit.WORKING, OLDER, known=False),
            Usual("group:Custody", 15, Unit.WORKING, OLDER, known=False),
        ],
    ),
)
events.add(
    "review",
    Event(
        label="Review of an assessment",
        begins="the assessment",
        ends="a review",
        cases=lambda: [(f"why:{why}", label) for why, label in Assessment.Why.choices],
        happened=assessments_to_review,
        usual=[Usual("", 91, Unit.CALENDAR, f"{OLDER}: at least every 3 months, here 13 weeks", known=False)],
    ),
)
