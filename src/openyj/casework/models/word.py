"""Words that an administrator adds to and ends: kinds of requirement, establishments."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from openyj.accounts.models import Versioned


class CaseWordQuerySet(models.QuerySet):
    def usable_on(self, day: date) -> CaseWordQuerySet:
        """What could be chosen on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class CaseWord(Versioned):
    """A word of a list: "Unpaid work". Shipped, or added by an administrator; for every service on this site."""

    class Listed(models.TextChoices):
        """The lists."""

        REQUIREMENT = "requirement", "Requirements and conditions"
        ESTABLISHMENT = "establishment", "Establishments"

    listed = models.CharField("list", max_length=20, choices=Listed.choices)
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    source = models.CharField("where it comes from", max_length=300)
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)
    shipped = models.BooleanField(default=False)

    objects = CaseWordQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["listed", "code"], name="case_word_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="case_word_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.label
