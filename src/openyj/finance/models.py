"""Financial years, the partners who contribute, and what each gave in which way."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole


class MoneyQuerySet(RecordQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_MONEY):
        """The rows of the user's own service, for those who may; nothing for anyone else."""
        return self.filter(service=user.service_id) if user.may(permission) else self.none()


class FinancialYear(Versioned):
    """One year of a service's money, 1 April to 31 March. Its version covers the whole table of contributions."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="financial_years")
    starts = models.PositiveSmallIntegerField("first calendar year")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MoneyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["service", "starts"], name="financial_year_once"),
            models.UniqueConstraint(fields=["id", "service"], name="financial_year_and_service"),
            models.CheckConstraint(condition=Q(starts__gte=1998, starts__lte=2150), name="financial_year_is_a_year"),
        ]

    def __str__(self) -> str:
        return label_of(self.starts)

    @property
    def label(self) -> str:
        return label_of(self.starts)

    def get_absolute_url(self) -> str:
        return reverse("finance:year", args=[self.starts])


def label_of(starts: int) -> str:
    """2019/20 for the year that begins on 1 April 2019."""
    return f"{starts}/{(starts + 1) % 100:02d}"


def year_of(day: date) -> int:
    """The calendar year in which the financial year of `day` began."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


class Partner(Versioned):
    """Someone who contributes, named as this service names them, from a first year to a last."""

    class Kind(models.TextChoices):
        """Rows of the budget table in published Plans (case-data.md section 10). Each partner counts as one of them."""

        POLICE = "police", "Police"
        PCC = "pcc", "Police and Crime Commissioner"
        PROBATION = "probation", "Probation"
        HEALTH = "health", "Health"
        LOCAL_AUTHORITY = "local_authority", "Local authority"
        GRANT = "grant", "Youth justice grant"
        OTHER = "other", "Other"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=80)
    kind = models.CharField("counts as", max_length=20, choices=Kind.choices)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = MoneyQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="partner_named_once"),
            models.UniqueConstraint(fields=["id", "service"], name="partner_and_service"),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")), name="partner_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stream(models.TextChoices):
    """The ways of giving that published tables tell apart; a column each."""

    CASH = "cash", "Cash"
    STAFFING = "staffing", "Staffing"
    IN_KIND = "in_kind", "Payments in kind"
    DELEGATED = "delegated", "Other delegated funds"


class Contribution(Recorded):
    """What one partner gave in one year in one way, in pounds. Negative where money was taken back."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="contributions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contributions")
    stream = models.CharField(max_length=20, choices=Stream.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    objects = MoneyQuerySet.as_manager()

    class Meta:
        ordering = ["year", "partner", "stream"]
        constraints = [
            in_error_is_whole("contribution_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["year", "partner", "stream"], condition=Q(in_error_at=None), name="contribution_once"
            ),
        ]


class PartnerNote(Recorded):
    """A remark on what a partner gave in a year, such as "1 full-time police officer"."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="notes")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=200)

    objects = MoneyQuerySet.as_manager()

    class Meta:
        constraints = [
            in_error_is_whole("partner_note_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["year", "partner"], condition=Q(in_error_at=None), name="partner_note_once"
            ),
        ]


class MoneyFigure(models.Model):
    """A sum that a text may quote by its code: a year's total, a partner's, a way of giving, or a change."""

    class Shows(models.TextChoices):
        AMOUNT = "amount", "the amount"
        CHANGE = "change", "the change from the year before, in pounds"
        CHANGE_PERCENT = "change_percent", "the change from the year before, in per cent"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=7, unique=True)
    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="figures")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stream = models.CharField(max_length=20, choices=Stream.choices, blank=True)
    shows = models.CharField(max_length=20, choices=Shows.choices, default=Shows.AMOUNT)
    named_at = models.DateTimeField(auto_now_add=True)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MoneyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "partner", "stream", "shows"], nulls_distinct=False, name="money_figure_named_once"
            )
        ]

    def __str__(self) -> str:
        whose = self.partner.name if self.partner else "All partners"
        how = self.get_stream_display().lower() if self.stream else "all contributions"
        what = "" if self.shows == self.Shows.AMOUNT else f": {self.get_shows_display()}"
        return f"{whose}, {how}, {self.year.label}{what}"

    def get_absolute_url(self) -> str:
        return reverse("finance:figure", args=[self.code])
