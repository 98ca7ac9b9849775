"""Actions, what was said about them, and the time limits and bank holidays the work is held to."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import DateField, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.actions import rag
from openyj.core import clock
from openyj.core.components import Tag
from openyj.people.kept import KeptFile
from openyj.people.models import Child, within_reach
from openyj.people.record import OfChildQuerySet, Recorded, RecordQuerySet, in_error_is_whole
from openyj.reference.models import DateRange


def about(user: User, of_child: Permission, of_service: Permission) -> Q:
    """Actions about children within reach of `user` for one permission, and the service's own where they have the
    other."""
    mine = Q(child=None, service=user.service_id) if user.may(of_service) else Q(pk__in=[])
    return (Q(child__isnull=False) & within_reach(user, of_child, path="child")) | mine


class ActionQuerySet(OfChildQuerySet):
    def visible_to(self, user: User) -> ActionQuerySet:
        """The service's own actions for those who may see these; actions about a child for those who may see the
        child, and for nobody else, owner or not."""
        return self.filter(about(user, Permission.SEE_CHILDREN, Permission.SEE_ACTIONS))

    def changeable_by(self, user: User) -> ActionQuerySet:
        """What `user` may change, move and correct."""
        return self.filter(about(user, Permission.CHANGE_CHILDREN, Permission.CHANGE_ACTIONS))

    def answerable_by(self, user: User) -> ActionQuerySet:
        """What `user` may note progress on and say done: what they may change, and what they own."""
        return self.visible_to(user).filter(
            Q(owner=user) | about(user, Permission.CHANGE_CHILDREN, Permission.CHANGE_ACTIONS)
        )

    def not_masked(self, user: User) -> ActionQuerySet:
        """Leave out what is about a need-to-know child whom `user` may not name yet: a list must not say whose it is.
        It stands on the child's own record, which asks for a reason."""
        named = Child.objects.visible_to(user).with_masks(user).filter(masked=False)
        return self.filter(Q(child=None) | Q(child__in=named))

    def of_service(self) -> ActionQuerySet:
        """Actions that are about no child."""
        return self.filter(child=None)

    def open(self) -> ActionQuerySet:
        """What still has to be done."""
        return self.standing().filter(done_on=None)

    def owned_by(self, user: User) -> ActionQuerySet:
        return self.filter(owner=user)

    def with_rag(self, today: date | None = None) -> ActionQuerySet:
        """With `rag_by_dates`, `rag` (what is shown) and `last_heard_on`, on `today`; see `actions.rag`."""
        notes = ActionNote.objects.filter(action=OuterRef("pk")).order_by().values("action")
        last = Subquery(notes.annotate(last=Max(TruncDate("at"))).values("last"), output_field=DateField())
        today = today or clock.today()
        heard = self.annotate(last_heard_on=Greatest("set_on", Coalesce(last, "set_on")))
        return heard.annotate(rag_by_dates=rag.by_dates(today)).annotate(rag=rag.shown())


class Action(Recorded):
    """Something somebody has to do by a day, about a child or about the service. Who reads and changes one about a
    child is who reads and changes the child's record."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    what = models.CharField("what has to be done", max_length=300)
    why = models.TextField("why", max_length=1000, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    owner_name = models.CharField("owner outside the staff list", max_length=120, blank=True)
    set_on = models.DateField("agreed on", default=clock.today)
    due_on = models.DateField("due")
    success = models.TextField("how we will know it worked", max_length=1000, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    evidence = models.TextField("impact and evidence", max_length=2000, blank=True)
    rag_by_hand = models.CharField("colour set by hand", max_length=1, choices=rag.BY_HAND, blank=True)
    rag_reason = models.CharField("reason for the colour", max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()
    path_to_child = "child"

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            in_error_is_whole("action_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="action_and_service"),
            models.CheckConstraint(condition=Q(due_on__gte=F("set_on")), name="action_due_after_it_was_agreed"),
            models.CheckConstraint(
                condition=Q(owner=None) & ~Q(owner_name="") | Q(owner__isnull=False, owner_name=""),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, evidence="") | Q(done_on__isnull=False) & ~Q(evidence=""),
                name="action_done_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(rag_by_hand="", rag_reason="") | ~Q(rag_by_hand="") & ~Q(rag_reason=""),
                name="action_colour_by_hand_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "due_on"], condition=Q(done_on=None), name="action_open_by_due"),
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="action_open_by_owner"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("actions:action", args=[self.pk])

    @property
    def owned_by_words(self) -> str:
        """Who has to do it: a member of staff, or a partner as it was typed."""
        return self.owner.name if self.owner_id else self.owner_name

    @property
    def rag_why(self) -> str:
        """Why the dates give their letter. Of a row read by `with_rag`."""
        return rag.why(
            letter=self.rag_by_dates, due_on=self.due_on, last_heard_on=self.last_heard_on, today=clock.today()
        )

    @property
    def rag_because(self) -> str:
        """The reason for the colour that is shown; of one set by hand, what the dates say too."""
        if not self.rag_is_by_hand:
            return self.rag_why
        dates = f"{self.rag_by_dates} {rag.Rag(self.rag_by_dates).label}: {self.rag_why.lower()}"
        return f"Set by hand: {self.rag_reason} (by its dates {dates})"

    @property
    def rag_words(self) -> str:
        """Letter, colour and reason: "R Red: 3 days overdue"."""
        because = self.rag_because
        joint = ", " if self.rag_is_by_hand else ": "
        return f"{self.rag} {rag.Rag(self.rag).label}{joint}{because[0].lower()}{because[1:]}"

    @property
    def rag_is_by_hand(self) -> bool:
        return bool(self.rag_by_hand) and self.done_on is None

    @property
    def rag_tag(self) -> Tag:
        """For a page: the words on their colour."""
        return Tag(f"{self.rag} {rag.Rag(self.rag).label}", rag.COLOURS[self.rag])


class ActionNote(models.Model):
    """What was said about an action on a day: progress, done, opened again, moved, coloured by hand. Only added to."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "Progress"
        DONE = "done", "Done"
        REOPENED = "reopened", "Opened again"
        MOVED = "moved", "Due date moved"
        COLOUR = "colour", "Colour set by hand"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROGRESS)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        db_table_comment = "Only ever added to"
        indexes = [models.Index(fields=["action", "-at"])]


class ActionFileQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> ActionFileQuerySet:
        """The files of actions `user` may see."""
        return self.filter(action__in=Action.objects.visible_to(user))


class ActionFile(KeptFile):
    """Evidence of what was done about an action. `child` is the action's: who reads it is who reads the record."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="files")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActionFileQuerySet.as_manager()
    path_to_child = "child"

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [in_error_is_whole("action_file_in_error_is_whole")]

    def get_absolute_url(self) -> str:
        return reverse("actions:file", args=[self.action_id, self.pk])

    @property
    def open_url(self) -> str:
        return reverse("actions:open_file", args=[self.action_id, self.pk])

    @property
    def small_url(self) -> str:
        return reverse("actions:small_file", args=[self.action_id, self.pk])


class Reminder(Versioned):
    """How often a person is told by message what is due and late. Without a row: weekly."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", "Every working day"
        WEEKLY = "weekly", "Once a week, on Monday"
        NEVER = "never", "Not at all"

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY)


class BankHoliday(Recorded):
    """A day on which nobody is expected to work in England and Wales besides Saturdays and Sundays. Shipped, or added
    by an administrator; the same for every service on this site."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    shipped = models.BooleanField(default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            in_error_is_whole("bank_holiday_in_error_is_whole"),
            models.UniqueConstraint(fields=["day"], condition=Q(in_error_at=None), name="bank_holiday_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.TextChoices):
    """What a time limit counts."""

    WORKING = "working", "working days"
    CALENDAR = "calendar", "calendar days"


class TimeLimitQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> TimeLimitQuerySet:
        """The limits of the user's own service."""
        return self.filter(service=user.service_id)


class TimeLimit(Recorded):
    """How many days a service allows from an event to what answers it, between two days. The event's own day is not
    counted. What holds is decided by the day of the event, so a new limit leaves older work under the old one."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="time_limits")
    event = models.CharField(max_length=60)
    applies_to = models.CharField(max_length=80, blank=True)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.WORKING)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    objects = TimeLimitQuerySet.as_manager()

    class Meta:
        ordering = ["event", "applies_to", "-valid_from"]
        constraints = [
            in_error_is_whole("time_limit_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="time_limit_and_service"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="time_limit_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=1000), name="time_limit_of_some_days"),
            ExclusionConstraint(
                name="one_time_limit_a_day",
                condition=Q(in_error_at=None),
                expressions=[
                    ("service", RangeOperators.EQUAL),
                    ("event", RangeOperators.EQUAL),
                    ("applies_to", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def within(self) -> str:
        """ "5 working days" """
        unit = Unit(self.unit).label
        return f"{self.days} {unit if self.days != 1 else unit.removesuffix('s')}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
