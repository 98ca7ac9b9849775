"""What the pages of court reports read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from openyj.accounts.models import User
from openyj.accounts.roles import ROLES, Permission
from openyj.core import clock
from openyj.documents.differences import Piece, pieces
from openyj.people.models import Child, Conflict, Plain
from openyj.reports.models import (
    DONE,
    CourtReport,
    ReportFacts,
    ReportSending,
    ReportStep,
    ReportVersion,
    State,
)
from openyj.workload.selectors import choices


def listed(user: User) -> QuerySet[CourtReport]:
    """The reports this person may read, with the child named or masked: an order must not say what the list does
    not."""
    secret = Child.objects.with_masks(user).filter(pk=OuterRef("child"), masked=True)
    rows = CourtReport.objects.visible_to(user).standing().filter(child__in_error_at=None)
    rows = rows.annotate(masked=Exists(secret, output_field=BooleanField())).annotate(
        by_family=Case(
            When(masked=True, then=Value(None)), default=Plain("child__family_name"), output_field=CharField()
        )
    )
    return rows.select_related("child", "kind", "author", "gatekeeper", "hearing")


def of_child(child: Child, user: User) -> QuerySet[CourtReport]:
    """A child's reports, latest first; those recorded in error too, to be struck."""
    rows = CourtReport.objects.of(child, user)
    return rows.select_related("kind", "author", "gatekeeper", "in_error_by")


def versions(report: CourtReport) -> QuerySet[ReportVersion]:
    """The files of a report, latest first, with who read and signed them; without the text they are found by."""
    rows = report.versions.standing().select_related("stored", "recorded_by", "read_by", "signature")
    return rows.defer("stored__text")


def sendings(report: CourtReport) -> QuerySet[ReportSending]:
    return report.sendings.select_related("version_sent", "recorded_by", "in_error_by")


def drafts(report: CourtReport) -> QuerySet[ReportFacts]:
    """When drafts were made from the record, latest first."""
    return report.facts.select_related("by").defer("content")


def steps(report: CourtReport) -> QuerySet[ReportStep]:
    return report.steps.select_related("by")


def compare(before: ReportVersion, after: ReportVersion) -> list[Piece]:
    """Two versions in words: what both say, what is gone, what is new. The first line is the file's name."""
    texts = [each.stored.text.partition("\n")[2] for each in (before, after)]
    return pieces(*texts)


@dataclass(frozen=True)
class Author:
    """Somebody a report can be given to: their workload number and the reports they write now."""

    user: User
    number: str
    reports: int

    def __str__(self) -> str:
        what = "court report" if self.reports == 1 else "court reports"
        team = f", {self.user.team}" if self.user.team else ""
        return f"{self.user.name}{team}: workload {self.number}, writes {self.reports} {what} now"


def authors(child: Child) -> Sequence[Author]:
    """Who can write a report about `child`, with the least to do first. Who has a conflict of interest is left out."""
    writing = Counter(
        CourtReport.objects.open().filter(service=child.service_id).order_by().values_list("author", flat=True)
    )
    found = [Author(each.user, each.now.shown, writing[each.user.pk]) for each in choices(child)]
    found = [each for each in found if each.user.may(Permission.WRITE_REPORTS)]
    return sorted(found, key=lambda each: (each.reports, float(each.number), each.user.name))


def gatekeepers(child: Child) -> QuerySet[User]:
    """Who may gatekeep a report about `child`."""
    roles = [role.name for role in ROLES.values() if Permission.GATEKEEP_REPORTS in role.grants]
    barred = Conflict.objects.standing().filter(child=child).values("user")
    return User.objects.working_at(child.service_id).filter(role__in=roles).exclude(pk__in=barred).order_by("name")


def to_write(user: User) -> QuerySet[CourtReport]:
    """What this person has to write, sign or send, by the day it is due."""
    mine = Q(author=user, state__in=[State.WRITING, State.RETURNED, State.APPROVED, State.SIGNED])
    return listed(user).filter(mine).order_by("due_on", "pk")


def to_gatekeep(user: User) -> QuerySet[CourtReport]:
    """What waits for this person, or for anybody who may, by the day it is due; not their own."""
    rows = listed(user).filter(Q(gatekeeper=user) | Q(gatekeeper=None), state=State.WAITING)
    return rows.exclude(author=user).order_by("due_on", "pk")


def late_of_others(user: User) -> QuerySet[CourtReport]:
    """What is not done and past its day, of other authors."""
    rows = listed(user).exclude(state__in=DONE).filter(due_on__lt=clock.today())
    return rows.exclude(author=user).order_by("due_on", "pk")
