"""Offences: what a child is said to have done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices
from openyj.tables.offence_codes import GRAVITY_RANGES


def gravity_fits() -> Q:
    """An edition of the police's matrix and a score it has, or neither; a reason only beside a score."""
    has = Q()
    for edition, (least, most) in GRAVITY_RANGES.items():
        has |= Q(gravity_matrix=edition, gravity_score__gte=least, gravity_score__lte=most)
    # A check of the database passes where it is NULL, so both are asked for by name.
    both = Q(gravity_matrix__isnull=False, gravity_score__isnull=False)
    return Q(gravity_matrix=None, gravity_score=None, gravity_reason="") | (both & has)


class Offence(AboutChild):
    """One offence a child is said to have committed. Two scores, never one: `seriousness_score` is the YJB's, 1 to 8,
    and follows from the offence code; `gravity_score` is what the police scored by their matrix, and typed."""

    offence_date = models.DateField("date of the offence", null=True, blank=True)
    arrest_date = models.DateField("date of arrest", null=True, blank=True)
    charge_date = models.DateField("date of charge", null=True, blank=True)
    plea = models.CharField(max_length=20, choices=choices("plea"), null=True, blank=True)
    location_postcode = models.CharField("postcode of where it happened", max_length=10, blank=True)
    description = models.CharField("what happened", max_length=600)
    cjs_code = models.CharField("offence code", max_length=20, null=True, blank=True)
    cjs_code_unknown = models.BooleanField("the offence code is not known", null=True, blank=True)
    category = models.CharField(max_length=60, choices=choices("yjb_offence_category"), null=True, blank=True)
    seriousness_score = models.PositiveSmallIntegerField("YJB seriousness score", null=True, blank=True)
    gravity_matrix = models.CharField(
        "edition of the police gravity matrix", max_length=12, choices=choices("gravity_matrix"), null=True, blank=True
    )
    gravity_score = models.PositiveSmallIntegerField("police gravity score", null=True, blank=True)
    gravity_reason = models.CharField(
        "why the decision departs from the police gravity score", max_length=500, blank=True
    )
    knife_related = models.BooleanField("knife or blade involved", null=True, blank=True)
    recordable = models.BooleanField("recordable offence", null=True, blank=True)
    programme_breached = models.ForeignKey(
        "casework.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="breaches"
    )

    class Meta:
        ordering = ["-offence_date", "-id"]
        constraints = [
            in_error_is_whole("offence_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="offence_and_service"),
            models.CheckConstraint(
                condition=Q(arrest_date=None) | Q(offence_date=None) | Q(arrest_date__gte=F("offence_date")),
                name="arrest_not_before_offence",
            ),
            models.CheckConstraint(
                condition=Q(seriousness_score=None) | Q(seriousness_score__gte=1, seriousness_score__lte=8),
                name="offence_seriousness_from_1_to_8",
            ),
            models.CheckConstraint(
                condition=Q(charge_date=None) | Q(offence_date=None) | Q(charge_date__gte=F("offence_date")),
                name="charge_not_before_offence",
            ),
            models.CheckConstraint(condition=gravity_fits(), name="gravity_score_of_its_edition"),
            models.CheckConstraint(
                condition=Q(cjs_code_unknown=None) | Q(cjs_code_unknown=False) | Q(cjs_code=None) | Q(cjs_code=""),
                name="offence_code_or_not_known",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def gravity(self) -> str:
        """The police's score with the most its edition has: "4 of 5"; empty where there is none."""
        return f"{self.gravity_score} of {GRAVITY_RANGES[self.gravity_matrix][1]}" if self.gravity_matrix else ""

    @property
    def age_at_charge(self) -> int | None:
        """Completed years on the day of the charge; never stored, because a date of birth may be corrected."""
        return self.child.age_on(self.charge_date) if self.charge_date else None
