"""Reference data. What is recorded (a legal outcome) and what it counts as are kept apart, and both are dated."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from openyj.accounts.models import Service, User, Versioned
from openyj.tables import codes


def choices(list_name: str) -> list[tuple[str, str]]:
    """A code list of the case-level tables as a field's choices."""
    return list(codes.LISTS[list_name].labels().items())


class DateRange(Func):
    """The days from a first to a last, both counted; an open end is the end of time."""

    function = "daterange"
    output_field = DateRangeField()


class LegalOutcomeQuerySet(models.QuerySet):
    def usable_on(self, day: date) -> LegalOutcomeQuerySet:
        """Outcomes that could be given on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class LegalOutcome(Versioned):
    """A legal outcome as this service records it. Shipped, or added by an administrator the day it begins."""

    code = models.CharField(max_length=80, unique=True)
    label = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    shipped = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    objects = LegalOutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="legal_outcome_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.label


class MeaningQuerySet(models.QuerySet):
    def standing(self) -> MeaningQuerySet:
        """Leave out what was recorded in error."""
        return self.filter(in_error_at=None)

    def on(self, day: date) -> MeaningQuerySet:
        """What holds on `day`."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class LegalOutcomeMeaning(Versioned):
    """What a legal outcome counts as between two days: group and seriousness in measures, its code in the return.

    Never overwritten: a change closes this row the day before and begins another; a mistake is marked as recorded in
    error and a right one stands for the same days.
    """

    legal_outcome = models.ForeignKey(LegalOutcome, on_delete=models.PROTECT, related_name="meanings")
    outcome_group = models.CharField(max_length=20, choices=choices("outcome_group"))
    seriousness_rank = models.PositiveSmallIntegerField()
    return_code = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    in_error_at = models.DateTimeField(null=True, blank=True)
    in_error_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    in_error_reason = models.CharField(max_length=300, blank=True)

    objects = MeaningQuerySet.as_manager()

    class Meta:
        ordering = ["legal_outcome", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_error_at=None, in_error_reason="")
                | (Q(in_error_at__isnull=False) & ~Q(in_error_reason="")),
                name="meaning_in_error_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="meaning_dates_in_order"
            ),
            ExclusionConstraint(
                name="one_meaning_a_day",
                condition=Q(in_error_at=None),
                expressions=[
                    ("legal_outcome", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class DisposalType(models.Model):
    """A kind of intervention programme."""

    code = models.CharField(max_length=80, unique=True)
    label = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=choices("disposal_kind"))
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class OffenceCode(models.Model):
    """An offence as a code list names it. A handful are shipped; the open lists load with `load_code_lists`."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=1200)
    category = models.CharField(max_length=60, choices=choices("yjb_offence_category"), blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class SeriousnessScore(models.Model):
    """The YJB's seriousness score of an offence code, 1 to 8. Not public: empty until a service imports it."""

    code = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_score_a_day"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=8), name="seriousness_from_1_to_8"),
        ]


class Population(Versioned):
    """Residents aged 10 to 17 of a service's area, mid-year estimate. No row: rates cannot be computed, never 0."""

    of_service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    aged_10_to_17 = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["of_service", "year"]
        constraints = [models.UniqueConstraint(fields=["of_service", "year"], name="one_population_a_year")]


class Family(models.Model):
    """One service that another is compared with. Directional: being A's family does not make A yours."""

    of_service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="family")
    area = models.CharField(max_length=80)
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_service", "area", "valid_from"], name="family_named_once")]


class PublishedRate(models.Model):
    """A published figure of an area and year, as it was published. Null: published as missing, or, where the note says
    so, published as something that cannot be a rate."""

    measure = models.CharField(max_length=40)
    measure_label = models.CharField(max_length=120)
    year_type = models.CharField(max_length=30)
    year = models.CharField(max_length=20)
    area = models.CharField(max_length=80)
    region = models.CharField(max_length=60, blank=True)
    value = models.FloatField(null=True)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "year_type", "year", "area"], name="published_once")]
        indexes = [models.Index(fields=["measure", "area"])]
