"""A kind of meeting a service has: who sits on it from when to when, under which terms, and what comes up each time."""

from __future__ import annotations

from calendar import month_name
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.core.dates import say_date
from openyj.meetings.quorum import Role, Rule, Sector, joined
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole
from openyj.reference.models import DateRange


class MeetingsQuerySet(RecordQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_MEETINGS) -> MeetingsQuerySet:
        """The rows of the user's own service, for those who may; nothing for anyone else."""
        return self.filter(service=user.service_id) if user.may(permission) else self.none()


class DatedQuerySet(MeetingsQuerySet):
    def on(self, day: date) -> DatedQuerySet:
        """What holds on `day`."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=name)


def days() -> tuple[DateRange, str]:
    """For an exclusion constraint: the days of two rows may not overlap."""
    return DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS


class Level(models.TextChoices):
    """Whether somebody can commit their agency. KPI 8 counts the two apart."""

    SENIOR = "senior", "Senior partner"
    DELEGATE = "delegate", "Delegate or not senior"


class MeetingKind(Recorded):
    """A kind of meeting this service has. One of them at most is its management board: whose meetings KPI 8 counts."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="meeting_kinds")
    name = models.CharField(max_length=80)
    about = models.CharField("what it is for", max_length=300, blank=True)
    is_board = models.BooleanField("this is the management board", default=False)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "kind of meeting"
        constraints = [
            in_error_is_whole("meeting_kind_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="meeting_kind_and_service"),
            models.UniqueConstraint(
                "service", Lower("name"), condition=Q(in_error_at=None), name="meeting_kind_named_once"
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(is_board=True, in_error_at=None), name="one_management_board"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:kind", args=[self.pk])


class Terms(Recorded):
    """What a kind of meeting is held to between two days: its quorum, and how long before a meeting its papers are due.
    The day of a meeting decides which terms it is held to."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="terms")
    valid_from = models.DateField("from")
    valid_to = models.DateField("to", null=True, blank=True)
    sectors = models.PositiveSmallIntegerField("statutory partners for a quorum")
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role), verbose_name="roles for a quorum", default=list, blank=True
    )
    papers_days = models.PositiveSmallIntegerField("days that papers are due before")
    source = models.CharField("where it is agreed", max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = verbose_name_plural = "terms of reference"
        constraints = [
            in_error_is_whole("terms_in_error_is_whole"),
            dates_in_order("terms_dates_in_order"),
            models.CheckConstraint(condition=Q(sectors__lte=5), name="terms_of_five_sectors"),
            models.CheckConstraint(condition=Q(papers_days__lte=60), name="terms_papers_within_reason"),
            ExclusionConstraint(
                name="one_terms_a_day",
                condition=Q(in_error_at=None),
                expressions=[("kind", RangeOperators.EQUAL), days()],
            ),
        ]

    @property
    def rule(self) -> Rule:
        return Rule(self.sectors, frozenset(self.roles))

    def papers_due(self, day: date) -> date:
        """The day by which the papers of a meeting on `day` are due."""
        return day - timedelta(days=self.papers_days)


class Agency(Recorded):
    """Whom a member comes from, as this service names it, and the sector it counts for."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=20, choices=Sector)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            in_error_is_whole("agency_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="agency_and_service"),
            models.UniqueConstraint("service", Lower("name"), condition=Q(in_error_at=None), name="agency_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Recorded):
    """Somebody sits on a board between two days, for an agency. Another post, agency or role is another membership from
    that day on. Most members have no sign-in; `user` is the sign-in of those who do."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    level = models.CharField("seniority", max_length=10, choices=Level)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="sign-in"
    )
    valid_from = models.DateField("member from")
    valid_to = models.DateField("member to", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "name", "valid_from"]
        constraints = [
            in_error_is_whole("membership_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="membership_and_service"),
            dates_in_order("membership_dates_in_order"),
            ExclusionConstraint(
                name="one_membership_a_day",
                condition=Q(in_error_at=None),
                expressions=[("kind", RangeOperators.EQUAL), (Lower("name"), RangeOperators.EQUAL), days()],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:member", args=[self.pk])

    @property
    def roles_words(self) -> str:
        """ "Chair" or ""; in the order of the roles"""
        return ", ".join(str(role.label) for role in Role if role in self.roles)


class StandingItem(Recorded):
    """What comes up at every meeting of a kind, or at those of some months; put on the agenda when one is planned."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="standing_items")
    title = models.CharField(max_length=160)
    lead = models.CharField("who leads", max_length=120, blank=True)
    months = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    of_quarter = models.BooleanField("about the latest financial quarter that is over", default=False)
    last_on = models.DateField("last comes up on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            in_error_is_whole("standing_item_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="standing_item_and_service"),
            models.CheckConstraint(
                condition=Q(months__contained_by=list(range(1, 13))), name="standing_item_of_real_months"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def when_words(self) -> str:
        """ "Every meeting", or "Meetings in April and July", and until when."""
        months = [month_name[month] for month in sorted(self.months)]
        said = f"Meetings in {joined(months)}" if months else "Every meeting"
        return f"{said}, until {say_date(self.last_on)}" if self.last_on else said

    def comes_up_on(self, day: date) -> bool:
        return (not self.months or day.month in self.months) and (self.last_on is None or day <= self.last_on)
