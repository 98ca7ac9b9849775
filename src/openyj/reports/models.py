"""Court reports: what a court asked for, the Word files of it, who gatekept, signed and was sent it."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.protection import ADD_ONLY
from openyj.accounts.roles import Permission
from openyj.casework.models import Hearing, Offence
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.files.models import StoredFile
from openyj.people.models import MASK, Child, within_reach
from openyj.people.record import AboutChild, AboutChildQuerySet, in_error_is_whole


class KindQuerySet(models.QuerySet):
    def usable_on(self, day: date) -> KindQuerySet:
        """What could be chosen on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class ReportKind(Versioned):
    """A kind of report a court asks for, with the headings under which its author writes. Shipped, or added by an
    administrator, for every service on this site. The headings are general knowledge, no official form."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    headings = ArrayField(models.CharField(max_length=120), verbose_name="headings for the author")
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)
    shipped = models.BooleanField(default=False)

    objects = KindQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="report_kind_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.label


class State(models.TextChoices):
    """How far a report is."""

    WRITING = "writing", "Being written"
    WAITING = "waiting", "With the gatekeeper"
    RETURNED = "returned", "Returned with comments"
    APPROVED = "approved", "Approved, not signed"
    SIGNED = "signed", "Signed, not sent"
    SENT = "sent", "Sent to the court"
    WITHDRAWN = "withdrawn", "No longer needed"


DONE = (State.SENT, State.WITHDRAWN)
COLOURS = {
    State.WRITING: "blue",
    State.WAITING: "yellow",
    State.RETURNED: "orange",
    State.APPROVED: "teal",
    State.SIGNED: "purple",
    State.SENT: "green",
    State.WITHDRAWN: "grey",
}
# Which states a step may lead to from each. A new file leads back to writing from everywhere but the gatekeeper's desk:
# what was approved or signed was another file.
MOVES = {
    State.WRITING: {State.WRITING, State.WAITING, State.WITHDRAWN},
    State.WAITING: {State.RETURNED, State.APPROVED, State.WITHDRAWN},
    State.RETURNED: {State.WRITING, State.WITHDRAWN},
    State.APPROVED: {State.SIGNED, State.WRITING, State.WITHDRAWN},
    State.SIGNED: {State.SENT, State.WRITING, State.WITHDRAWN},
    State.SENT: {State.SENT, State.WRITING},
    State.WITHDRAWN: {State.WRITING},
}


class ReportQuerySet(AboutChildQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_REPORTS) -> ReportQuerySet:
        """Reports about children `user` may see, for those who may read reports."""
        if not user.may(permission):
            return self.none()
        return self.filter(within_reach(user, Permission.SEE_CHILDREN, path="child"))

    def of(self, child: Child, user: User) -> ReportQuerySet:
        return super().of(child, user) if user.may(Permission.SEE_REPORTS) else self.none()

    def open(self) -> ReportQuerySet:
        """What somebody still has to do something about."""
        return self.standing().exclude(state__in=DONE)


class CourtReport(AboutChild):
    """One report that a court asked for when it adjourned a hearing."""

    kind = models.ForeignKey(ReportKind, on_delete=models.PROTECT, related_name="+", verbose_name="kind of report")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, related_name="court_reports", verbose_name="hearing that asked for it"
    )
    asked_on = models.DateField("asked for on")
    adjourned_to = models.DateField("hearing it is for", null=True, blank=True)
    due_on = models.DateField("due at the court")
    persistent = models.BooleanField("persistent young offender")
    asked_for = models.TextField("what the court asked for", max_length=2000, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="court_reports")
    gatekeeper = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("how far it is", max_length=10, choices=State, default=State.WRITING)
    sent_on = models.DateField("sent to the court on", null=True, blank=True)
    late_reason = models.CharField("why it was late", max_length=300, blank=True)
    offences = models.ManyToManyField(Offence, through="ReportOffence", related_name="court_reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            in_error_is_whole("court_report_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="court_report_and_service"),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="court_report_due_after_asked"),
            models.CheckConstraint(
                condition=Q(adjourned_to=None) | Q(adjourned_to__gte=F("asked_on")), name="court_report_for_a_later_day"
            ),
            models.CheckConstraint(
                condition=Q(gatekeeper=None) | ~Q(gatekeeper=F("author")), name="court_report_author_keeps_no_gate"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False), name="court_report_sent_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__lte=F("due_on")) | ~Q(late_reason=""),
                name="court_report_late_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "due_on"], name="court_report_by_due"),
            models.Index(fields=["child"], name="court_report_of_child"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} asked for on {say_date(self.asked_on)}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def shown_name(self) -> str:
        """Whom a list says it is about. Of a row read by `selectors.listed`."""
        return MASK if self.masked else self.child.name

    @property
    def is_open(self) -> bool:
        return self.stands and self.state not in DONE

    @property
    def is_late(self) -> bool:
        """Whether it was sent after the day it was due, or that day has gone by without it."""
        if self.sent_on:
            return self.sent_on > self.due_on
        return self.is_open and clock.today() > self.due_on

    @property
    def tag(self) -> Tag:
        """How far it is, for a page."""
        if not self.stands:
            return Tag("Recorded in error", "red")
        return Tag(State(self.state).label, COLOURS[State(self.state)])


class ReportOffence(AboutChild):
    """A report is about an offence."""

    report = models.ForeignKey(CourtReport, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="report_links")

    class Meta:
        constraints = [
            in_error_is_whole("report_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["report", "offence"], condition=Q(in_error_at=None), name="report_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.offence}"


class ReportVersion(AboutChild):
    """One Word file of a report. What was decided on it stays with it; a better file is another version."""

    class Verdict(models.TextChoices):
        RETURNED = "returned", "Returned with comments"
        APPROVED = "approved", "Approved"

    report = models.ForeignKey(CourtReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="file")
    note = models.CharField("what is new in it", max_length=300, blank=True)
    submitted_at = models.DateTimeField("given to the gatekeeper", null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    comments = models.TextField(max_length=4000, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gatekept by"
    )
    read_at = models.DateTimeField("gatekept", null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            in_error_is_whole("report_version_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="report_version_and_service"),
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(verdict="", read_by=None, read_at=None)
                | (~Q(verdict="") & Q(read_by__isnull=False, read_at__isnull=False, submitted_at__isnull=False)),
                name="report_version_read_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(read_by=None) | ~Q(read_by=F("recorded_by")), name="report_version_read_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(comments=""), name="report_version_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class ReportSignature(models.Model):
    """Somebody signed one version: their name, the day, and the SHA-256 of the very file. Never changed, and no version
    is signed twice."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(ReportVersion, on_delete=models.PROTECT, related_name="signature")
    name = models.CharField(max_length=120)
    day = models.DateField()
    digest = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table_comment = ADD_ONLY
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="report_signature_has_a_name")]


class ReportSending(AboutChild):
    """A signed version was given to somebody."""

    class To(models.TextChoices):
        COURT = "court", "The court"
        DEFENCE = "defence", "The child’s solicitor"
        CHILD = "child", "The child"
        PARENT = "parent", "A parent or carer"
        OTHER = "other", "Somebody else"

    class How(models.TextChoices):
        """This project's own words."""

        SECURE_MAIL = "secure_mail", "By secure e-mail, sent by hand"
        PORTAL = "portal", "Through the court’s own system"
        PAPER = "paper", "On paper, handed over"
        POST = "post", "By post"
        READ_OUT = "read_out", "Read to them"

    report = models.ForeignKey(CourtReport, on_delete=models.PROTECT, related_name="sendings")
    version_sent = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="sendings")
    to = models.CharField("to whom", max_length=10, choices=To)
    who = models.CharField("name or office", max_length=120)
    how = models.CharField(max_length=15, choices=How)
    on = models.DateField("on")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [in_error_is_whole("report_sending_in_error_is_whole")]

    def __str__(self) -> str:
        return f"{self.get_to_display()}, {say_date(self.on)}"


class ReportFacts(models.Model):
    """What the record said when the Word draft was made, as it stood then: the draft can be made again from it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(CourtReport, on_delete=models.PROTECT, related_name="facts")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        db_table_comment = ADD_ONLY
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_facts_once")]


class ReportStep(models.Model):
    """What was done about a report, and by whom. Only added to."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked for and allocated"
        ALLOCATED = "allocated", "Allocated to somebody else"
        UPLOADED = "uploaded", "New version"
        SUBMITTED = "submitted", "Given to the gatekeeper"
        RETURNED = "returned", "Returned with comments"
        APPROVED = "approved", "Approved"
        SIGNED = "signed", "Signed"
        SENT = "sent", "Sent"
        NOT_SENT = "not_sent", "A sending recorded in error"
        WITHDRAWN = "withdrawn", "No longer needed"
        REOPENED = "reopened", "Taken up again"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(CourtReport, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        db_table_comment = ADD_ONLY
        indexes = [models.Index(fields=["report", "-at"])]
