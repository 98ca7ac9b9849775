"""Offences, hearings, outcomes, programmes and transfers of a child. Legal facts are dates, Europe/London."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openyj.core.dates import say_date
from openyj.people.record import AboutChild, in_error_is_whole
from openyj.reference.models import DisposalType, LegalOutcome, choices


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


class Hearing(AboutChild):
    """One day in court."""

    hearing_date = models.DateField("date of the hearing")
    court_type = models.CharField("kind of court", max_length=40, choices=choices("court_type"), null=True, blank=True)
    court_name = models.CharField(max_length=120, blank=True)
    offences = models.ManyToManyField(Offence, through="HearingOffence", related_name="hearings")

    class Meta:
        ordering = ["-hearing_date", "-id"]
        constraints = [
            in_error_is_whole("hearing_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="hearing_and_service"),
        ]

    def __str__(self) -> str:
        return f"Hearing of {say_date(self.hearing_date)}"


class HearingOffence(AboutChild):
    """A hearing dealt with an offence."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="hearing_links")

    class Meta:
        constraints = [
            in_error_is_whole("hearing_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["hearing", "offence"], condition=Q(in_error_at=None), name="hearing_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing}: {self.offence}"


class Outcome(AboutChild):
    """One decision on one offence."""

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="outcomes")
    legal_outcome = models.ForeignKey(LegalOutcome, on_delete=models.PROTECT, related_name="+")
    outcome_date = models.DateField("date of the outcome")
    end_date = models.DateField("end of the outcome", null=True, blank=True)
    appeal_status = models.CharField(max_length=40, choices=choices("outcome_appeal_status"), null=True, blank=True)
    residence = models.CharField(
        "where the child lived on that day",
        max_length=5,
        choices=choices("residence_on_legal_outcome_date"),
        null=True,
        blank=True,
    )
    main_or_other = models.CharField(max_length=5, choices=choices("main_or_other"), null=True, blank=True)
    occasion = models.BigIntegerField("sentencing occasion", null=True, blank=True)
    term_months = models.FloatField("length in months", null=True, blank=True)

    class Meta:
        ordering = ["-outcome_date", "-id"]
        constraints = [
            in_error_is_whole("outcome_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="outcome_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("outcome_date")), name="outcome_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "-outcome_date"],
                condition=Q(residence=None, in_error_at=None),
                name="outcome_without_residence",
            )
        ]

    def __str__(self) -> str:
        return self.legal_outcome.label


class FirstContact(AboutChild):
    """The first time somebody of the service was in touch with the child after an outcome. Locally recorded: the return
    has no such item."""

    class How(models.TextChoices):
        """This project's own words, not a national list."""

        AT_HOME = "at_home", "At home"
        OFFICE = "office", "At our office"
        ELSEWHERE = "elsewhere", "Somewhere else, face to face"
        VIDEO = "video", "By video"
        PHONE = "phone", "By telephone"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="first_contacts")
    contact_date = models.DateField("date of first contact")
    how = models.CharField(max_length=10, choices=How.choices)
    late_reason = models.CharField("if it was late: why", max_length=300, blank=True)

    class Meta:
        ordering = ["-contact_date", "-id"]
        constraints = [
            in_error_is_whole("first_contact_in_error_is_whole"),
            models.UniqueConstraint(fields=["outcome"], condition=Q(in_error_at=None), name="first_contact_once"),
        ]

    def __str__(self) -> str:
        return f"First contact of {say_date(self.contact_date)}"


class Programme(AboutChild):
    """What the service does with a child under an outcome. A detention and training order is two: custody, licence."""

    disposal_type = models.ForeignKey(
        DisposalType, on_delete=models.PROTECT, related_name="+", verbose_name="kind of programme"
    )
    start_date = models.DateField("start")
    end_date = models.DateField("end", null=True, blank=True)
    successfully_completed = models.BooleanField(null=True, blank=True)
    offences = models.ManyToManyField(Offence, through="ProgrammeOffence", related_name="programmes")

    class Meta:
        ordering = ["-start_date", "-id"]
        constraints = [
            in_error_is_whole("programme_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="programme_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="programme_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "child"], condition=Q(end_date=None, in_error_at=None), name="programme_open"
            )
        ]

    def __str__(self) -> str:
        return self.disposal_type.label


class ProgrammeOffence(AboutChild):
    """A programme answers to an offence."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="programme_links")

    class Meta:
        constraints = [
            in_error_is_whole("programme_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["programme", "offence"], condition=Q(in_error_at=None), name="programme_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.offence}"


class Transfer(AboutChild):
    """A child's move to or from another service."""

    transfer_date = models.DateField("date of the transfer")
    description = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        ordering = ["-transfer_date", "-id"]
        constraints = [in_error_is_whole("transfer_in_error_is_whole")]

    def __str__(self) -> str:
        return f"Transfer of {say_date(self.transfer_date)}"
