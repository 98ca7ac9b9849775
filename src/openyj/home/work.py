"""My work: what needs this person, most pressing first, each row saying why it is there.

Every group is one query (some two), however many rows it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from openyj.accounts.models import Draft, User
from openyj.accounts.roles import Permission
from openyj.assessment.selectors import being_written_by, returned_to, waiting_for
from openyj.casework.models import Outcome, Programme
from openyj.core import clock
from openyj.core.dates import say_datetime
from openyj.home import coming, due, on_duty, referred, reported
from openyj.home.failures import failures
from openyj.people.models import Child, Opening
from openyj.plans.models import Plan

SHOWN = 15  # rows of a group on the page; the rest are counted
SOON = timedelta(days=14)
NOT_WORKERS = {"data_officer", "court_officer"}  # who record facts about children and work with none


@dataclass(frozen=True)
class Row:
    """One thing to do or to look at. `when` is the day it turns on, where there is one."""

    what: str
    why: str
    url: str
    when: date | None = None


@dataclass(frozen=True)
class Group:
    """Rows of one kind. `more` counts those that are not shown; `empty` is said when there are none; `is_due` whether
    a row's day is the day it is due, and not the day from which something is missing."""

    title: str
    rows: list[Row]
    more: int = 0
    empty: str = ""
    is_due: bool = True

    @property
    def total(self) -> int:
        return len(self.rows) + self.more

    @property
    def is_dated(self) -> bool:
        """Whether any row turns on a day: a column of empty dates says nothing."""
        return any(row.when for row in self.rows)


def my_work(user: User) -> list[Group]:
    """The groups this person's role has, those without rows left out unless they say something when empty."""
    groups = [make(user) for make in (*TO_DO, *TO_KNOW)]
    return [g for g in groups if g is not None and (g.rows or g.empty)]


def one_queue(user: User) -> list[Group]:
    """Everything that needs this person as one list: by its day, what is late first; then, in the order of the groups,
    what is due on no day, as a missing fact of years ago."""
    dated, undated, more = [], [], 0
    for make in TO_DO:
        if not (group := make(user)):
            continue
        more += group.more
        for row in group.rows:
            (dated if row.when and group.is_due else undated).append(replace(row, why=f"{group.title}. {row.why}"))
    rows = [*sorted(dated, key=lambda row: row.when), *undated]
    return [Group("Everything that needs you, by day", rows, more)] if rows else []


def shown(title: str, rows: Iterable[Row], empty: str = "") -> Group:
    rows = list(rows)
    return Group(title, rows[:SHOWN], max(len(rows) - SHOWN, 0), empty)


def unfinished_forms(user: User) -> Group:
    drafts = Draft.objects.filter(user=user).order_by("-saved_at")
    return shown(
        "Forms you began and did not save",
        (Row("Go on with the form", f"Kept {say_datetime(d.saved_at)}", d.path) for d in drafts),
    )


def what_failed(user: User) -> Group:
    return shown("What failed", (Row(*each) for each in failures(user)))


def openings_to_review(user: User) -> Group | None:
    if not user.may(Permission.REVIEW_ACCESS):
        return None
    openings = Opening.objects.visible_to(user).standing().filter(reviewed_at=None).select_related("user")
    return shown(
        "Need-to-know records opened with a reason",
        (
            Row(f"{o.user.name} opened a record", "The reason waits for a manager", reverse("people:openings"))
            for o in openings
        ),
    )


def sections_to_write(user: User) -> Group | None:
    """Sections of the latest Plan that nobody has written, in the Plan's order."""
    if not user.may(Permission.WRITE_PLAN):
        return None
    latest = Plan.objects.visible_to(user).first()
    if latest is None:
        return None
    unwritten = latest.sections.filter(text="").order_by("order")
    return shown(
        f"{latest.title}: sections to write",
        (
            Row(s.heading, "Nobody has written it yet", reverse("plans:section", args=[latest.starts, s.key]))
            for s in unwritten
        ),
    )


def programmes_to_end(user: User) -> Group | None:
    """Open programmes of this person's children whose outcome ends soon or has ended."""
    if not user.may(Permission.CHANGE_CHILDREN):
        return None
    ending = (
        Programme.objects.visible_to(user, Permission.CHANGE_CHILDREN)
        .standing()
        .filter(child__worker=user, child__in_error_at=None, end_date=None)
        .filter(
            links__in_error_at=None,
            links__offence__outcomes__in_error_at=None,
            links__offence__outcomes__end_date__lte=clock.today() + SOON,
        )
        .annotate(until=F("links__offence__outcomes__end_date"))
        .select_related("child", "disposal_type")
        .order_by("until", "id")
        .distinct()
    )
    rows = {}
    for p in ending:  # an order on several offences is one programme to end
        over = p.until < clock.today()
        why = "The order has ended and the programme is still open" if over else "The order ends soon"
        page = reverse("people:fact", args=[p.child_id, "programme", p.pk])
        rows.setdefault(p.pk, Row(f"{p.child.name}: {p.disposal_type}", why, page, p.until))
    return shown("Programmes ending", rows.values())


def facts_to_complete(user: User) -> Group | None:
    """What is missing and changes a figure: where the child lived on the day of an outcome; a date of birth."""
    if not user.may(Permission.CHANGE_CHILDREN):
        return None
    # A need-to-know record is named to its worker and to nobody else.
    whose = Q(child__worker=user)
    if user.role != "practitioner":
        whose |= Q(child__restricted_reason="")
    outcomes = (
        Outcome.objects.visible_to(user, Permission.CHANGE_CHILDREN)
        .standing()
        .filter(whose, residence=None, child__in_error_at=None, offence__in_error_at=None)
        .select_related("child", "legal_outcome")
        .order_by("-outcome_date", "-id")
    )
    newest = list(outcomes[:SHOWN])
    rows = [
        Row(
            f"{o.child.name}: {o.legal_outcome}",
            "Record where the child lived that day: it decides which service counts the outcome",
            reverse("people:change_fact", args=[o.child_id, "outcome", o.pk]),
            o.outcome_date,
        )
        for o in newest
    ]
    more = outcomes.count() - SHOWN if len(newest) == SHOWN else 0
    return Group("Facts to complete", rows, more, is_due=False)


def time_limits(user: User) -> Group | None:
    """What the work with children is held to and is not answered: to a manager, only what is late."""
    if not user.may(Permission.CHANGE_CHILDREN) or user.role in NOT_WORKERS:
        return None
    title = "Time limits" if user.role == "practitioner" else "Late by a time limit"
    return shown(title, (Row(*each) for each in due.time_limits(user)))


def contacts_to_ask_again(user: User) -> Group | None:
    if not user.may(Permission.CHANGE_CHILDREN) or user.role in NOT_WORKERS:
        return None
    return shown("Ways to contact to ask about again", (Row(*each) for each in due.contacts_to_ask_again(user)))


def own_actions(user: User) -> Group | None:
    if not user.may(Permission.SEE_ACTIONS):
        return None
    return shown("Your actions", (Row(*each) for each in due.own_actions(user)))


def overdue_actions(user: User) -> Group | None:
    """What others own and have not done in time, to those who answer for the service's actions."""
    if not user.may(Permission.CHANGE_ACTIONS):
        return None
    return shown("Overdue actions of others", (Row(*each) for each in due.overdue_of_others(user)))


def meetings(user: User) -> Group | None:
    """Papers owed to a meeting, and what its clerk has to see to."""
    if not user.may(Permission.SEE_MEETINGS):
        return None
    return shown("Meetings", (Row(*each) for each in due.meetings(user)))


def without_worker(user: User) -> Group | None:
    """Children with an open programme and nobody named as their worker."""
    if user.role != "manager":
        return None
    open_now = Programme.objects.standing().filter(service=user.service_id, end_date=None)
    children = (
        Child.objects.visible_to(user, Permission.CHANGE_CHILDREN)
        .standing()
        .filter(worker=None, restricted_reason="", pk__in=open_now.values("child"))
    )
    return shown(
        "Children without a worker",
        (Row(c.name, "An open programme and no worker named", c.get_absolute_url()) for c in children),
    )


def assessments_to_read(user: User) -> Group | None:
    """Completed assessments that wait for this person's countersignature, the longest waiting first."""
    if not user.may(Permission.COUNTERSIGN):
        return None
    return shown(
        "Assessments waiting for your countersignature",
        (
            Row(
                f"{named(v.child, user)}: {v.assessment.title}",
                f"Completed by {v.completed_by}, version {v.number}",
                reverse("assessment:decide", args=[v.child_id, v.assessment_id]),
                localdate(v.completed_at),
            )
            for v in waiting_for(user)
        ),
    )


def assessments_to_write(user: User) -> Group | None:
    """Assessments that came back to this person, then those they began and have not completed."""
    if not user.may(Permission.ASSESS_CHILDREN):
        return None
    returned = [
        (v, f"Returned to you with comments by {v.read_by}: correct it in a new version", v.read_at)
        for v in returned_to(user)
    ]
    begun = [
        (v, f"You began version {v.number} and did not complete it", v.recorded_at) for v in being_written_by(user)
    ]
    return shown(
        "Your assessments",
        (
            Row(f"{named(v.child, user)}: {v.assessment.title}", why, v.assessment.get_absolute_url(), localdate(at))
            for v, why, at in [*returned, *begun]
        ),
    )


def hearings(user: User) -> Group | None:
    if not user.may(Permission.CHANGE_CHILDREN) or user.role == "data_officer":
        return None
    return shown("Hearings", (Row(*each) for each in coming.hearings(user)))


def reviews_to_make(user: User) -> Group | None:
    if not user.may(Permission.ASSESS_CHILDREN):
        return None
    return shown("Assessments to review", (Row(*each) for each in coming.reviews(user)))


def named(child: Child, user: User) -> str:
    """A child's name as a list may show it to this person: a need-to-know record is named to its worker alone."""
    return child.name if child.worker_id == user.pk else child.shown_name


def referrals_to_decide(user: User) -> Group:
    return shown("Referrals that need a decision", (Row(*each) for each in referred.to_decide(user)))


def referrals_to_allocate(user: User) -> Group:
    return shown("Accepted referrals without a worker", (Row(*each) for each in referred.to_allocate(user)))


def referrals_of_mine(user: User) -> Group:
    return shown("Referrals allocated to you lately", (Row(*each) for each in referred.allocated_lately(user)))


def referrals_incomplete(user: User) -> Group:
    return shown("Referrals that miss something", (Row(*each) for each in referred.incomplete(user)))


def reports_to_write(user: User) -> Group:
    return shown("Court reports you write", (Row(*each) for each in reported.to_write(user)))


def reports_to_gatekeep(user: User) -> Group:
    return shown("Court reports to gatekeep", (Row(*each) for each in reported.to_gatekeep(user)))


def late_reports(user: User) -> Group:
    return shown("Late court reports of others", (Row(*each) for each in reported.late_of_others(user)))


def own_duties(user: User) -> Group:
    return shown("Your next duties", (Row(*each) for each in on_duty.own_next(user)))


def duty_today(user: User) -> Group:
    return shown("On duty today", (Row(*each) for each in on_duty.today(user)))


def own_workload(user: User) -> Group:
    return shown("How much you have", (Row(*each) for each in referred.own_workload(user)))


def my_children(user: User) -> Group | None:
    if not user.may(Permission.CHANGE_CHILDREN) or user.role in NOT_WORKERS:
        return None
    children = Child.objects.visible_to(user).standing().filter(worker=user).select_related("locality")
    rows = [
        Row(
            c.name,
            f"You are their worker. {age_in_words(c)}, {c.locality or 'locality not recorded'}",
            c.get_absolute_url(),
        )
        for c in children
    ]
    if user.role == "manager" and not rows:
        return None
    return Group("Children I work with", rows, empty="No child is allocated to you. Your manager allocates children.")


def age_in_words(child: Child) -> str:
    return "Age not known" if child.age is None else f"Aged {child.age}"


Maker = Callable[[User], Group | None]
# Each in the order of the page. What is only to be known is in no queue: whom somebody works with, how much they have.
TO_DO: list[Maker] = [
    unfinished_forms,
    what_failed,
    referrals_to_decide,
    referrals_to_allocate,
    referrals_incomplete,
    referrals_of_mine,
    reports_to_gatekeep,
    reports_to_write,
    late_reports,
    time_limits,
    hearings,
    contacts_to_ask_again,
    own_actions,
    overdue_actions,
    meetings,
    openings_to_review,
    assessments_to_read,
    assessments_to_write,
    reviews_to_make,
    sections_to_write,
    programmes_to_end,
    facts_to_complete,
    without_worker,
]
TO_KNOW: list[Maker] = [duty_today, own_duties, own_workload, my_children]
