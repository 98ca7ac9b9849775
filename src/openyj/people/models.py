"""A child's record at one service, where they lived, and the limits on who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, Func, OuterRef, Q, TextField, Value, When
from django.urls import reverse
from django.utils import timezone

from openyj.accounts.models import Locality, Service, Team, User
from openyj.accounts.roles import Permission, Scope
from openyj.core import clock
from openyj.core.dates import age_on, say_date
from openyj.people.kept import KeptFile
from openyj.people.record import AboutChild, Recorded, RecordQuerySet, in_error_is_whole
from openyj.reference.models import DateRange, choices

MASK = "A record that only those who need to know may open"


class Plain(Func):
    """Text without accents and capitals, for searching and sorting names."""

    function = "openyj_plain"
    output_field = TextField()


class Person(models.Model):
    """One human being, whatever records services hold of them. Holds nothing but the link."""

    made_at = models.DateTimeField(auto_now_add=True)


@dataclass(frozen=True)
class Reader:
    """What `within_reach` asks of a user: of somebody, or placeholders for whoever has this reach (`core.worded`)."""

    pk: object
    service_id: object
    team_id: object
    reach: Scope

    def scope(self, permission: Permission) -> Scope:
        return self.reach


def within_reach(user: User | Reader, permission: Permission, *, path: str = "") -> Q:
    """The condition that a row is about a child within reach of `user` for `permission`. `path` leads from the row to
    the child; without it the row is the child. Written once for children and for every fact about them."""
    scope = user.scope(permission)
    if scope is None:
        return Q(pk__in=[])
    # Exists, because exclude() over two conditions of a related row would not ask them of the same row.
    conflict = Conflict.objects.filter(child=OuterRef(f"{path}_id" if path else "pk"), user=user.pk, in_error_at=None)
    reach = Q(service=user.service_id) & ~Q(Exists(conflict))
    to_child = f"{path}__" if path else ""
    if scope == Scope.OWN:
        return reach & Q(**{f"{to_child}worker": user.pk})
    if scope == Scope.TEAM:
        mine = Q(**{f"{to_child}worker": user.pk})
        return reach & (mine | Q(**{f"{to_child}team": user.team_id}) if user.team_id else mine)
    return reach


def reaches(user: User, permission: Permission, child: Child) -> bool:
    """`within_reach` of one child whom `user` is known to see: of the service and without a conflict, then."""
    scope = user.scope(permission)
    theirs = child.worker_id == user.pk
    if scope == Scope.TEAM:
        return theirs or (user.team_id is not None and child.team_id == user.team_id)
    return theirs if scope == Scope.OWN else scope is not None


class ChildQuerySet(RecordQuerySet):
    def visible_to(self, user: User | Reader, permission: Permission = Permission.SEE_CHILDREN) -> ChildQuerySet:
        """The children `user` may see (or, for another permission, act on). A conflict of interest hides a child;
        a need-to-know record is still found here, and opening it asks why (`people.access`)."""
        return self.filter(within_reach(user, permission))

    def with_masks(self, user: User) -> ChildQuerySet:
        """Say of each child in `masked` whether `user` may not yet see who it is: the record is need-to-know, the
        user is not its worker and has not given a reason today. A list of children without this masks them all."""
        # The database wrote the time of the opening, so its day is compared with the real one, not `core.clock`'s.
        opened = Opening.objects.standing().filter(
            child=OuterRef("pk"), user=user, recorded_at__date=timezone.localdate()
        )
        return self.annotate(
            masked=Case(
                When(restricted_reason="", then=Value(False)),
                When(worker=user, then=Value(False)),
                When(Exists(opened), then=Value(False)),
                default=Value(True),
                output_field=BooleanField(),
            )
        )


class Child(Recorded):
    """A child as one service records them."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    number = models.CharField("our number", max_length=30, help_text="The number your service gives this child")
    originating_number = models.CharField("number at the originating service", max_length=40, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    known_as = models.CharField("name in use", max_length=80, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=choices("sex"), null=True, blank=True)
    ethnicity = models.CharField(max_length=4, choices=choices("ethnicity"), null=True, blank=True)
    how_to_work_with_me = models.TextField(blank=True, max_length=2000)
    restricted_reason = models.CharField("why only those who need to know may open it", max_length=300, blank=True)
    # Worked out by the database whenever a name changes, so that a search does not take every name apart again.
    name_parts = models.GeneratedField(
        expression=Func("given_name", "family_name", "known_as", function="openyj_name_parts"),
        output_field=ArrayField(TextField()),
        db_persist=True,
    )

    # Whose reach was settled when this child was got (`people.access.get_child`); never stored.
    reached_by: int | None = None

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        ordering = [Plain("family_name"), Plain("given_name"), "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "service"], name="child_and_service"),
            models.UniqueConstraint(fields=["service", "number"], name="child_numbered_once"),
            in_error_is_whole("child_in_error_is_whole"),
        ]
        indexes = [
            models.Index(fields=["person"]),
            models.Index(
                fields=["originating_number", "date_of_birth"],
                condition=~Q(originating_number=""),
                name="child_by_origin",
            ),
            models.Index(fields=["service", "worker"]),
            models.Index(fields=["service", "date_of_birth"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:child", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in use: what the child is called first, the family name last."""
        return f"{self.known_as or self.given_name} {self.family_name}"

    @property
    def restricted(self) -> bool:
        return bool(self.restricted_reason)

    @property
    def shown_name(self) -> str:
        """The name as a list may show it: a need-to-know record does not say whose it is. See `with_masks`."""
        return MASK if getattr(self, "masked", self.restricted) else self.name

    def age_on(self, day: date) -> int | None:
        """Completed years on `day`; None where the date of birth is not recorded."""
        return age_on(self.date_of_birth, day) if self.date_of_birth else None

    @property
    def age(self) -> int | None:
        return self.age_on(clock.today())


class Address(AboutChild):
    """Where a child lives or lived, from a day to the day they left. One primary address at a time."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="addresses")
    start_date = models.DateField("from")
    end_date = models.DateField("until", null=True, blank=True)
    lines = models.CharField("address", max_length=300)
    postcode = models.CharField(max_length=10, blank=True)
    accommodation_type = models.CharField(
        "kind of accommodation", max_length=60, choices=choices("accommodation_type"), null=True, blank=True
    )
    suitability = models.CharField(max_length=12, choices=choices("suitability"), null=True, blank=True)
    primary = models.BooleanField("main address", default=True)

    class Meta:
        verbose_name_plural = "addresses"
        ordering = ["-start_date", "-id"]
        constraints = [
            in_error_is_whole("address_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="address_dates_in_order"
            ),
            ExclusionConstraint(
                name="one_primary_address_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(primary=True, in_error_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lines}, {self.postcode}".strip(", ")


class ChildName(AboutChild):
    """A name of a child beside those on their papers. `Child.known_as` is the one they want to be called now; the
    services of people keep the two together. Since when a child that was loaded is called so is not known."""

    class Use(models.TextChoices):
        CALLED = "called", "What the child wants to be called"
        FORMER = "former", "Former name"
        OTHER = "other", "Other name"

    use = models.CharField("kind of name", max_length=10, choices=Use.choices)
    name = models.CharField(max_length=80)
    said_as = models.CharField("how it is said", max_length=120, blank=True)
    said_by = models.CharField("who says so", max_length=120, blank=True)
    start_date = models.DateField("since", null=True, blank=True)
    end_date = models.DateField("until", null=True, blank=True)
    name_parts = models.GeneratedField(
        expression=Func("name", Value(""), Value(""), function="openyj_name_parts"),
        output_field=ArrayField(TextField()),
        db_persist=True,
    )

    class Meta:
        ordering = [F("end_date").desc(nulls_first=True), F("start_date").desc(nulls_last=True), "-id"]
        verbose_name = "name"
        constraints = [
            in_error_is_whole("child_name_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(start_date=None) | Q(end_date__gte=F("start_date")),
                name="child_name_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(use="called", end_date=None, in_error_at=None),
                name="called_one_name_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(AboutChild):
    """A number somebody else gave the child. Our own numbers are `Child.number` and `Child.originating_number`."""

    class Scheme(models.TextChoices):
        PNC = "pnc", "Police (PNC) number"
        UPN = "upn", "Unique pupil number (UPN)"
        NHS = "nhs", "NHS number"
        SOCIAL_CARE = "social-care", "Children’s social care number"
        YJS = "yjs", "Number at another youth justice service"
        CUSTODY = "custody", "Number in custody"
        OTHER = "other", "Other number"

    scheme = models.CharField("which number", max_length=12, choices=Scheme.choices)
    value = models.CharField("number", max_length=40)
    which = models.CharField("of which service", max_length=80, blank=True)
    given_by = models.CharField("who gave it to us", max_length=120)
    start_date = models.DateField("since", null=True, blank=True)
    end_date = models.DateField("until", null=True, blank=True)
    # Letters and figures alone, because one office writes a stroke or a blank where another does not.
    plain = models.GeneratedField(
        expression=Func(
            "value",
            template="upper(regexp_replace(%(expressions)s, '[^[:alnum:]]', '', 'g'))",
            output_field=TextField(),
        ),
        output_field=TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["scheme", F("start_date").desc(nulls_last=True), "-id"]
        verbose_name = "number"
        constraints = [
            in_error_is_whole("identifier_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(start_date=None) | Q(end_date__gte=F("start_date")),
                name="identifier_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["service", "plain"])]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Conflict(AboutChild):
    """A member of staff who may not open a child's record: family, neighbour, victim. It is not shown to them."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            in_error_is_whole("conflict_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["child", "user"], condition=Q(in_error_at=None), name="conflict_noted_once"
            ),
        ]


class Opening(AboutChild):
    """A need-to-know record opened by someone who gave a reason, to be reviewed by a manager."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=500)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [in_error_is_whole("opening_in_error_is_whole")]


class Allocation(AboutChild):
    """Who works with a child, from a day to the day they handed over. `Child.worker` is the worker of the one that goes
    on; the services of people keep the two together. Who worked with a child that was loaded is not known before."""

    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    start_date = models.DateField("from")
    end_date = models.DateField("until", null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-start_date", "-id"]
        constraints = [
            in_error_is_whole("allocation_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="allocation_and_service"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="allocation_dates_in_order"
            ),
            ExclusionConstraint(
                name="one_worker_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(in_error_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} from {say_date(self.start_date)}"


class ChildFile(KeptFile, AboutChild):
    """A file on a child's record: a letter, a report, a photograph."""

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [in_error_is_whole("child_file_in_error_is_whole")]
        indexes = [models.Index(fields=["child", "recorded_at"])]

    def get_absolute_url(self) -> str:
        return reverse("people:fact", args=[self.child_id, "file", self.pk])

    @property
    def open_url(self) -> str:
        return reverse("people:open_file", args=[self.child_id, self.pk])

    @property
    def small_url(self) -> str:
        return reverse("people:small_file", args=[self.child_id, self.pk])
