"""Offences: what a child is said to have done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import choices


class Offence(AboutChild):
    """One offence a child is said to have committed."""

    offence_date = models.DateField("date of the offence", null=True, blank=True)
    arrest_date = models.DateField("date of arrest", null=True, blank=True)
    description = models.CharField("what happened", max_length=600)
    cjs_code = models.CharField("offence code", max_length=20, null=True, blank=True)
    category = models.CharField(max_length=60, choices=choices("yjb_offence_category"), null=True, blank=True)
    seriousness_score = models.PositiveSmallIntegerField("YJB seriousness score", null=True, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.description
