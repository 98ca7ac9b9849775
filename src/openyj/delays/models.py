"""Whose the days up to a stage are: dated, for every service on this site."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from openyj.casework.slots import Route, Whose
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole
from openyj.reference.models import DateRange


class Turn(Recorded):
    """Who has it in hand in the days up to a stage of a route, between two days. Shipped, or set by an administrator.
    What holds is decided by the day the stage was reached."""

    route = models.CharField(max_length=15, choices=Route.choices)
    stage = models.CharField(max_length=60)
    whose = models.CharField(max_length=15, choices=Whose.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["route", "stage", "-valid_from"]
        constraints = [
            in_error_is_whole("turn_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="turn_dates_in_order"
            ),
            ExclusionConstraint(
                name="one_turn_a_day",
                condition=Q(in_error_at=None),
                expressions=[
                    ("route", RangeOperators.EQUAL),
                    ("stage", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
