"""My work: what comes up for a worker's own children on a day, and what a day that has passed left undone; to who
stands for the service in court, hearings of every child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.assessment.models import Assessment, Judgement
from openyj.casework.models import Hearing, HearingOffence, Outcome
from openyj.core import clock
from openyj.home.due import Due

AHEAD = timedelta(days=14)
COURT_OFFICER = "court_officer"
BEHIND = timedelta(days=60)  # a hearing without an outcome is asked about for so long


def hearings(user: User) -> Iterator[Due]:
    """Hearings of this person's children, to a court officer of any child: those ahead, and those that passed and left
    an offence without an outcome. A need-to-know record is named to its worker and to nobody else."""
    today = clock.today()
    decided = Outcome.objects.standing().filter(offence=OuterRef("offence"))
    undecided = HearingOffence.objects.standing().filter(
        ~Exists(decided), hearing=OuterRef("pk"), offence__in_error_at=None
    )
    later = Hearing.objects.standing().filter(
        child=OuterRef("child"), hearing_date__gt=OuterRef("hearing_date"), links__in_error_at=None,
        links__offence__hearing_links__hearing=OuterRef("pk"),
    )  # fmt: skip
    whose = Q() if user.role == COURT_OFFICER else Q(child__worker=user)
    rows = Hearing.objects.visible_to(user, Permission.CHANGE_CHILDREN).standing().filter(whose)
    rows = rows.filter(child__in_error_at=None, hearing_date__range=(today - BEHIND, today + AHEAD))
    rows = rows.annotate(waits=Exists(undecided), goes_on=Exists(later)).select_related("child")
    for row in rows.order_by("hearing_date", "pk"):
        where = f" at {row.court_name}" if row.court_name else ""
        name = row.child.name if row.child.worker_id == user.pk else row.child.shown_name
        if row.hearing_date >= today:
            why = f"In court {'today' if row.hearing_date == today else 'soon'}{where}"
            yield f"{name}: hearing", why, page_of(row), row.hearing_date
        elif row.waits and not row.goes_on:
            why = f"It was in court{where} and no outcome is recorded: record the outcome, or the next hearing"
            add = reverse("casework:add_outcome", args=[row.child_id])
            yield f"{name}: hearing", why, add, row.hearing_date


def page_of(row: Hearing) -> str:
    return reverse("people:fact", args=[row.child_id, "hearing", row.pk])


def reviews(user: User) -> Iterator[Due]:
    """Assessments of this person's children that say they are to be reviewed soon or by now, and were not."""
    later = Assessment.objects.standing().filter(
        child=OuterRef("child"), first_completed_on__gt=OuterRef("assessment__first_completed_on")
    )
    rows = Judgement.objects.visible_to(user, Permission.ASSESS_CHILDREN).standing().filter(child__worker=user)
    rows = rows.filter(
        ~Exists(later), child__in_error_at=None, assessment__in_error_at=None, review_on__lte=clock.today() + AHEAD
    ).select_related("child", "assessment")
    for row in rows.order_by("review_on", "pk"):
        over = row.review_on < clock.today()
        why = "The day set for its review has passed" if over else "Its review was set for this day"
        yield f"{row.child.name}: {row.assessment.title}", why, row.assessment.get_absolute_url(), row.review_on
