"""What a service sets for the workload number: a weight for each part, and hours for each worker, both dated."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from openyj.accounts.models import Service, User
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole
from openyj.reference.models import DateRange


class SetQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> SetQuerySet:
        """What this person's service has set."""
        return self.filter(service=user.service_id)

    def on(self, day: date) -> SetQuerySet:
        """What holds on `day`."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def one_a_day(name: str, of: str) -> list[models.BaseConstraint]:
    """Dates in order, and one row of a service for each `of` on any day."""
    days = DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True))
    return [
        in_error_is_whole(f"{name}_in_error_is_whole"),
        models.CheckConstraint(
            condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=f"{name}_dates_in_order"
        ),
        ExclusionConstraint(
            name=f"one_{name}_a_day",
            expressions=[
                ("service", RangeOperators.EQUAL),
                (of, RangeOperators.EQUAL),
                (days, RangeOperators.OVERLAPS),
            ],
            condition=Q(in_error_at=None),
        ),
    ]


class Weight(Recorded):
    """How much one thing of a part counts, from a day. Without a row, what the part says to begin with."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=60)
    weight = models.DecimalField(max_digits=4, decimal_places=2, validators=[MinValueValidator(0)])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField("where it comes from", max_length=300)

    objects = SetQuerySet.as_manager()

    class Meta:
        ordering = ["part", "-valid_from", "-id"]
        constraints = [
            *one_a_day("workload_weight", "part"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="workload_weight_not_negative"),
        ]


class Hours(Recorded):
    """Which share of full-time hours somebody is contracted for, in per cent, from a day. Without a row: all of it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = SetQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "hours"
        ordering = ["user__name", "-valid_from", "-id"]
        constraints = [
            *one_a_day("workload_hours", "user"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="workload_hours_1_to_100"),
        ]
