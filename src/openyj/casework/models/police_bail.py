"""Police bail: how a child waits for the police or, after charge, for the court, by the police's decision."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from openyj.casework.models.offence import Offence
from openyj.people.record import AboutChild, AboutChildQuerySet, in_error_is_whole
from openyj.reference.models import choices
from openyj.tables.offence_codes import UNDER_INVESTIGATION


class PoliceBailQuerySet(AboutChildQuerySet):
    def now(self, day: date) -> PoliceBailQuerySet:
        """What runs on `day`; a last day counts."""
        return self.standing().filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


class PoliceBail(AboutChild):
    """A child released by the police for some offences, from a day to a last day. The court's bail is not here."""

    status = models.CharField(max_length=30, choices=choices("police_bail_status"))
    start_date = models.DateField("from")
    end_date = models.DateField("until", null=True, blank=True)
    conditions = models.CharField(max_length=1000, blank=True)
    police = models.CharField("police force and station", max_length=120, blank=True)
    offences = models.ManyToManyField(Offence, through="PoliceBailOffence", related_name="police_bails")

    objects = PoliceBailQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "-id"]
        constraints = [
            in_error_is_whole("police_bail_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="police_bail_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="police_bail_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(status=UNDER_INVESTIGATION) | Q(conditions=""), name="no_conditions_without_bail"
            ),
        ]
        indexes = [models.Index(fields=["child"], condition=Q(in_error_at=None), name="police_bail_of_child")]

    def __str__(self) -> str:
        return self.get_status_display()


class PoliceBailOffence(AboutChild):
    """Police bail is for an offence."""

    police_bail = models.ForeignKey(PoliceBail, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="police_bail_links")

    class Meta:
        constraints = [
            in_error_is_whole("police_bail_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["police_bail", "offence"], condition=Q(in_error_at=None), name="police_bail_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.police_bail}: {self.offence}"
