"""One meeting: its agenda and papers, who was there, what was decided, what arose, its minutes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.accounts.protection import ADD_ONLY
from openyj.accounts.roles import Permission
from openyj.actions.models import Action
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.files.models import StoredFile
from openyj.meetings.models.board import Agency, Level, MeetingKind, MeetingsQuerySet, Membership, StandingItem
from openyj.people.record import Recorded, in_error_is_whole


class MeetingQuerySet(MeetingsQuerySet):
    def held(self) -> MeetingQuerySet:
        """Meetings that took place."""
        return self.standing().filter(state=Meeting.State.HELD)

    def to_come(self, today: date | None = None) -> MeetingQuerySet:
        """Planned from today on, soonest first."""
        rows = self.standing().filter(state=Meeting.State.PLANNED, day__gte=today or clock.today())
        return rows.order_by("day", "begins", "pk")


class Meeting(Recorded):
    """A meeting on a day: planned, then held or cancelled. Its version covers its attendance too."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField("date")
    begins = models.TimeField("begins at")
    ends = models.TimeField("ends at", null=True, blank=True)
    place = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField("why it was cancelled", max_length=300, blank=True)
    also_there = models.TextField("others who were there", max_length=1000, blank=True)
    corrected_because = models.CharField("why who was there was corrected", max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-begins", "-id"]
        constraints = [
            in_error_is_whole("meeting_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="meeting_and_service"),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(cancelled_because="")
                | ~Q(state="cancelled") & Q(cancelled_because=""),
                name="meeting_cancelled_has_reason",
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=models.F("begins")), name="meeting_ends_after"),
        ]
        indexes = [models.Index(fields=["kind", "day"])]

    def __str__(self) -> str:
        return f"{self.kind}, {say_date(self.day)}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def state_tag(self) -> Tag:
        colours = {"planned": "blue", "held": "green", "cancelled": "grey"}
        return Tag(self.get_state_display(), colours[self.state])


class AgendaItem(Recorded):
    """One thing on the agenda, in its place, with who leads it, and after the meeting what was said about it."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", "For information"
        DISCUSSION = "discussion", "For discussion"
        DECISION = "decision", "For decision"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    lead = models.CharField("who leads", max_length=120, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.DISCUSSION)
    standing_item = models.ForeignKey(
        StandingItem, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    said = models.TextField("what was said", max_length=8000, blank=True)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            in_error_is_whole("agenda_item_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="agenda_item_and_service"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"


class PaperQuerySet(MeetingsQuerySet):
    def readable_by(self, user: User) -> PaperQuerySet:
        """Without those about a child, for who may look at no child's record."""
        return self if user.may(Permission.SEE_CHILDREN) else self.filter(about_child=False)


class Paper(Recorded):
    """A paper an item needs, from somebody of the staff or somebody named in words. It is expected until its file has
    come; when it is due follows from the meeting's day and its terms. One about a child is in no pack or minutes."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=160)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    owner_name = models.CharField("owner outside the staff list", max_length=120, blank=True)
    stored = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="file"
    )
    came_on = models.DateField("came on", null=True, blank=True)
    about_child = models.BooleanField("about a child", default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            in_error_is_whole("paper_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="paper_and_service"),
            models.CheckConstraint(
                condition=Q(owner=None) & ~Q(owner_name="") | Q(owner__isnull=False, owner_name=""),
                name="paper_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(stored=None, came_on=None) | Q(stored__isnull=False, came_on__isnull=False),
                name="paper_came_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owned_by_words(self) -> str:
        return self.owner.name if self.owner_id else self.owner_name


class AttendanceQuerySet(MeetingsQuerySet):
    def counting(self) -> AttendanceQuerySet:
        """Rows of meetings that took place, neither recorded in error. What KPI 8 reads."""
        return self.standing().filter(meeting__in_error_at=None, meeting__state=Meeting.State.HELD)

    def attended(self) -> AttendanceQuerySet:
        """The seats that were taken, by the member or a substitute."""
        return self.filter(how__in=Attendance.ATTENDED)


class Attendance(Recorded):
    """Whether a member's seat was taken at a meeting, and by whom. `agency` and `level` are those of who sat there; of
    an empty seat, those of the member."""

    class How(models.TextChoices):
        PRESENT = "present", "Present"
        SUBSTITUTE = "substitute", "A substitute came"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent without apologies"

    ATTENDED = (How.PRESENT, How.SUBSTITUTE)

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendances")
    how = models.CharField("attendance", max_length=12, choices=How)
    substitute = models.CharField("who came instead", max_length=120, blank=True)
    substitute_post = models.CharField("their post", max_length=120, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("seniority", max_length=10, choices=Level)
    new_partner = models.BooleanField("new partner", default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            in_error_is_whole("attendance_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="attendance_and_service"),
            models.UniqueConstraint(
                fields=["meeting", "membership"], condition=Q(in_error_at=None), name="attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(how="substitute") & ~Q(substitute="")
                | ~Q(how="substitute") & Q(substitute="", substitute_post=""),
                name="attendance_substitute_is_named",
            ),
            models.CheckConstraint(
                condition=Q(new_partner=False) | Q(how__in=["present", "substitute"]),
                name="attendance_new_partner_came",
            ),
        ]

    @property
    def attended(self) -> bool:
        return self.how in self.ATTENDED

    @property
    def who(self) -> str:
        """Who sat there: the member, or "Jo Brown for Sam Smith"."""
        return f"{self.substitute} for {self.membership.name}" if self.substitute else self.membership.name


class Decision(Recorded):
    """What a meeting decided on an item, and why. At a meeting that was not quorate it is only noted, until a later
    quorate meeting answers it: then `answers` is the noted one and `verdict` what became of it."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        NOT_CONFIRMED = "not_confirmed", "Not confirmed"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was decided", max_length=2000)
    reason = models.TextField("why", max_length=2000)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="noted before"
    )
    verdict = models.CharField(max_length=15, choices=Verdict, blank=True)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            in_error_is_whole("decision_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="decision_and_service"),
            models.UniqueConstraint(
                fields=["answers"], condition=Q(in_error_at=None, answers__isnull=False), name="decision_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(answers=None, verdict="") | Q(answers__isnull=False) & ~Q(verdict=""),
                name="decision_that_answers_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Dissent(Recorded):
    """Somebody who was there did not agree with a decision, and why."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="dissents", verbose_name="who")
    reason = models.TextField("why", max_length=1000)

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "id"]
        constraints = [
            in_error_is_whole("dissent_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["decision", "attendance"], condition=Q(in_error_at=None), name="dissent_once"
            ),
        ]


class Arising(Recorded):
    """An action that arose from an item: the thread from the register back to the meeting."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="arisings")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="meeting_arisings")

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            in_error_is_whole("arising_in_error_is_whole"),
            models.UniqueConstraint(fields=["action"], condition=Q(in_error_at=None), name="action_arose_once"),
        ]


class Minutes(models.Model):
    """A meeting's minutes as a later meeting agreed them, frozen; a correction is the next number. Only added to."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    agreed_at = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", verbose_name="agreed at")
    note = models.CharField("what was corrected", max_length=300, blank=True)
    content = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = MeetingsQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "-number"]
        verbose_name_plural = "minutes"
        db_table_comment = ADD_ONLY
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_numbered_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="minutes_corrected_say_what"),
        ]
