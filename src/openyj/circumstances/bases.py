"""What the models of circumstances share: columns of codes and days, what cannot be true of them, and an episode."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from openyj.people.record import AboutChild, AboutChildQuerySet
from openyj.reference.models import choices
from openyj.tables.circumstances import HOURS_IN_A_WEEK


def code(list_name: str, label: str = "", *, required: bool = False) -> models.CharField:
    """A code of a code list of the case-level tables; None is not recorded."""
    left_out = {} if required else {"null": True, "blank": True}
    return models.CharField(label or None, max_length=60, choices=choices(list_name), **left_out)


def hours(label: str) -> models.FloatField:
    """Hours of a week."""
    limits = [MinValueValidator(0), MaxValueValidator(HOURS_IN_A_WEEK)]
    return models.FloatField(label, null=True, blank=True, validators=limits)


def in_order(name: str, first: str, last: str) -> models.CheckConstraint:
    """The last day is not before the first, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{first: None}) | Q(**{last: None}) | Q(**{f"{last}__gte": F(first)}), name=name
    )


def day(label: str) -> models.DateField:
    """A day that may not be known, or not have come."""
    return models.DateField(label, null=True, blank=True)


def any_day(name: str, *columns: str) -> models.CheckConstraint:
    """One of several days at least is known."""
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name)


def needs(name: str, first: str, last: str) -> models.CheckConstraint:
    """What has ended has begun."""
    return models.CheckConstraint(condition=Q(**{last: None}) | Q(**{f"{first}__isnull": False}), name=name)


def not_both(name: str, one: str, other: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{one: None}) | Q(**{other: None}), name=name)


def at_most_a_week(name: str, *columns: str) -> models.CheckConstraint:
    """Hours of a week are from none to all."""
    condition = Q()
    for column in columns:
        condition &= Q(**{column: None}) | Q(**{f"{column}__gte": 0, f"{column}__lte": HOURS_IN_A_WEEK})
    return models.CheckConstraint(condition=condition, name=name)


class EpisodeQuerySet(AboutChildQuerySet):
    def holding_on(self, day: date):
        """Episodes that have begun and not ended on `day`; their last day counts."""
        return self.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


class Episode(AboutChild):
    """Something that holds from a first day to a last day, both counted. Several may hold at once."""

    start_date = models.DateField("from")
    end_date = models.DateField("until", null=True, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-start_date", "-id"]
