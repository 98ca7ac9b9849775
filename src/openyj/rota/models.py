"""Who is on duty when, and which parts of a day somebody has to be."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.core.dates import say_date
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole


class Part(models.TextChoices):
    """A part of a day, in the day's order."""

    MORNING = "1_morning", "Morning"
    AFTERNOON = "2_afternoon", "Afternoon"
    ON_CALL = "3_on_call", "Out of hours"


class DutyQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> DutyQuerySet:
        """The rota of the user's own service, for those who may look at it."""
        return self.filter(service=user.service_id) if user.may(Permission.SEE_ROTA) else self.none()

    def between(self, first: date, last: date) -> DutyQuerySet:
        return self.filter(day__gte=first, day__lte=last)


class Duty(Recorded):
    """Somebody is on duty in one part of one day. Given to somebody else it is taken off, with the reason, and another
    one stands in its place."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    part = models.CharField("part of the day", max_length=12, choices=Part)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")
    place = models.CharField("where", max_length=120, blank=True)
    phone = models.CharField("telephone while on duty", max_length=40, blank=True)
    reason = models.CharField("why it was planned afterwards, or swapped", max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["day", "part", "id"]
        verbose_name_plural = "duties"
        constraints = [
            in_error_is_whole("duty_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="duty_and_service"),
            models.UniqueConstraint(
                fields=["person", "day", "part"], condition=Q(in_error_at=None), name="duty_of_a_person_once"
            ),
        ]
        indexes = [models.Index(fields=["service", "day"], name="duty_by_day")]

    def __str__(self) -> str:
        return f"{self.get_part_display()}, {say_date(self.day)}: {self.person}"

    def get_absolute_url(self) -> str:
        return f"{reverse('rota:month')}?month={self.day:%Y-%m}#day-{self.day.isoformat()}"

    @property
    def said(self) -> str:
        """Who, where and under which number."""
        phone = f"telephone {self.phone}" if self.phone else "no telephone number given"
        return ", ".join(filter(None, [self.place, phone]))


class Days(models.TextChoices):
    """Kinds of day that need cover."""

    WORKING = "working", "Working days"
    SATURDAY = "saturday", "Saturdays"
    OTHER = "other", "Sundays and bank holidays"


# What has to be covered until a service says otherwise: courts sit on working days, and on Saturday mornings for those
# kept overnight. General knowledge, to set as your own.
USUAL = ["working:1_morning", "working:2_afternoon", "saturday:1_morning"]


class Cover(Versioned):
    """Which parts of which days somebody has to be on duty: "saturday:1_morning". One row a service."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="+")
    needed = ArrayField(models.CharField(max_length=24), default=list, blank=True)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
