"""Referrals: who asked for what about which child, what was decided, and the words they are described in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import BooleanField, Case, CharField, DateField, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.casework.models import Offence
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.people.models import MASK, Allocation, Child, Plain, within_reach
from openyj.people.record import AboutChild, Recorded, RecordQuerySet, in_error_is_whole


class KindQuerySet(models.QuerySet):
    def of(self, listed: str) -> KindQuerySet:
        """The kinds of one list."""
        return self.filter(listed=listed)

    def usable_on(self, day: date) -> KindQuerySet:
        """What could be chosen on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class ReferralKind(Versioned):
    """A word of one of the lists a referral is described with. Shipped, or added by an administrator; for every
    service on this site, as legal outcomes are."""

    class Listed(models.TextChoices):
        SOURCE = "source", "Who refers"
        PURPOSE = "purpose", "What for"
        WORK = "work", "Kind of work accepted"
        REFUSAL = "refusal", "Why not accepted"

    listed = models.CharField("list", max_length=10, choices=Listed)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)
    shipped = models.BooleanField(default=False)

    objects = KindQuerySet.as_manager()

    class Meta:
        ordering = ["listed", "label"]
        constraints = [
            models.UniqueConstraint(fields=["listed", "code"], name="referral_kind_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="referral_kind_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class State(models.TextChoices):
    """How far a referral is."""

    WAITING = "waiting", "Needs a decision"
    ASKED = "asked", "Waiting for more"
    ACCEPTED = "accepted", "Accepted, no worker yet"
    ALLOCATED = "allocated", "Allocated"
    REFUSED = "refused", "Not accepted"


OPEN = (State.WAITING, State.ASKED, State.ACCEPTED)
COLOURS = {
    State.WAITING: "orange",
    State.ASKED: "yellow",
    State.ACCEPTED: "blue",
    State.ALLOCATED: "green",
    State.REFUSED: "grey",
}
# Which states a step may lead to from each. What is allocated is handed over on the child's record.
MOVES = {
    State.WAITING: {State.ASKED, State.ACCEPTED, State.REFUSED},
    State.ASKED: {State.WAITING, State.ACCEPTED, State.REFUSED},
    State.ACCEPTED: {State.ALLOCATED, State.WAITING},
    State.ALLOCATED: set(),
    State.REFUSED: {State.WAITING},
}


class ReferralQuerySet(RecordQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_REFERRALS) -> ReferralQuerySet:
        """Referrals about children `user` may see, and those of their service whose child is not identified yet."""
        if not user.may(permission):
            return self.none()
        unknown = Q(child=None, service=user.service_id)
        return self.filter(
            unknown | (Q(child__isnull=False) & within_reach(user, Permission.SEE_CHILDREN, path="child"))
        )

    def of(self, child: Child, user: User) -> ReferralQuerySet:
        """The referrals of this child, if `user` may read referrals and see the child."""
        return self.filter(child=child).visible_to(user)

    def with_masks(self, user: User) -> ReferralQuerySet:
        """Say in `masked` whether the child is need-to-know and not yet opened by `user`; and the names and the date
        of birth a list sorts by, nothing for what is masked: an order must not say what the list does not."""
        secret = Child.objects.with_masks(user).filter(pk=OuterRef("child"), masked=True)
        hidden = When(masked=True, then=Value(None))
        known = When(child__isnull=False, then=Plain("child__family_name"))
        known_given = When(child__isnull=False, then=Plain("child__given_name"))
        born = When(child__isnull=False, then=F("child__date_of_birth"))
        return self.annotate(masked=Exists(secret, output_field=BooleanField())).annotate(
            by_family=Case(hidden, known, default=Plain("family_name"), output_field=CharField()),
            by_given=Case(hidden, known_given, default=Plain("given_name"), output_field=CharField()),
            shown_birth=Case(hidden, born, default=F("date_of_birth"), output_field=DateField()),
        )

    def open(self) -> ReferralQuerySet:
        """What still waits for somebody."""
        return self.standing().filter(state__in=OPEN)


class Referral(Recorded):
    """Somebody asks the service to work with a child. The child may not be identified yet: then the referral is the
    service's, with the names it was given. Nothing here says who a victim is."""

    class Victims(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known yet"

    class Consent(models.TextChoices):
        """Whether the service may get in touch with those who were harmed."""

        YES = "yes", "Yes, they may be contacted"
        NO = "no", "No, they do not want to be contacted"
        NOT_ASKED = "not_asked", "Nobody has asked them yet"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    given_name = models.CharField("first name as referred", max_length=80, blank=True)
    family_name = models.CharField("family name as referred", max_length=80, blank=True)
    date_of_birth = models.DateField("date of birth as referred", null=True, blank=True)
    received_on = models.DateField()
    source = models.ForeignKey(ReferralKind, on_delete=models.PROTECT, related_name="+", verbose_name="who refers")
    source_name = models.CharField("name of who refers", max_length=120)
    source_post = models.CharField("post or team of who refers", max_length=120, blank=True)
    source_contact = models.CharField("how to reach them", max_length=120, blank=True)
    purpose = models.ForeignKey(ReferralKind, on_delete=models.PROTECT, related_name="+", verbose_name="what for")
    what = models.TextField("what happened, or what the concern is", max_length=3000)
    police_reference = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField("somebody must act today")
    urgent_words = models.CharField("what must be done today", max_length=500, blank=True)
    victims = models.CharField("was anybody harmed", max_length=10, choices=Victims)
    consent = models.CharField("may they be contacted", max_length=10, choices=Consent, blank=True)
    consent_on = models.DateField("asked on", null=True, blank=True)
    consent_by = models.CharField("asked by", max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_on = models.DateField(null=True, blank=True)
    work = models.ForeignKey(
        ReferralKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kind of work"
    )
    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    allocated_on = models.DateField(null=True, blank=True)
    offences = models.ManyToManyField(Offence, through="ReferralOffence", related_name="referrals")

    objects = ReferralQuerySet.as_manager()
    path_to_child = "child"

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            in_error_is_whole("referral_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="referral_and_service"),
            models.CheckConstraint(
                condition=Q(child__isnull=False) | ~Q(given_name="", family_name=""), name="referral_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(urgent=False, urgent_words="") | (Q(urgent=True) & ~Q(urgent_words="")),
                name="referral_urgent_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(victims="yes") & ~Q(consent="")) | (~Q(victims="yes") & Q(consent="")),
                name="referral_consent_where_somebody_was_harmed",
            ),
            models.CheckConstraint(
                condition=(Q(consent__in=["yes", "no"], consent_on__isnull=False) & ~Q(consent_by=""))
                | (~Q(consent__in=["yes", "no"]) & Q(consent_on=None, consent_by="")),
                name="referral_consent_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, state__in=["waiting", "asked"])
                | Q(decided_on__isnull=False, state__in=["accepted", "allocated", "refused"]),
                name="referral_decided_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "allocated"], work__isnull=False, child__isnull=False)
                | (~Q(state__in=["accepted", "allocated"]) & Q(work=None)),
                name="referral_accepted_says_what_work",
            ),
            models.CheckConstraint(
                condition=Q(state="allocated", allocation__isnull=False, allocated_on__isnull=False)
                | (~Q(state="allocated") & Q(allocation=None, allocated_on=None)),
                name="referral_allocated_has_an_allocation",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "-received_on"], name="referral_by_day"),
            models.Index(fields=["service", "state"], condition=Q(in_error_at=None), name="referral_by_state"),
            models.Index(fields=["child"], name="referral_of_child"),
        ]

    def __str__(self) -> str:
        return f"Referral of {say_date(self.received_on)}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.pk])

    @property
    def named(self) -> str:
        """The child as the referral names them."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def shown_name(self) -> str:
        """Whom a list says it is about; a need-to-know record does not say whose it is. See `with_masks`."""
        if self.child_id is None:
            return self.named
        return MASK if getattr(self, "masked", self.child.restricted) else self.child.name

    @property
    def is_open(self) -> bool:
        return self.stands and self.state in OPEN

    @property
    def tag(self) -> Tag:
        """How far it is, for a page."""
        if not self.stands:
            return Tag("Recorded in error", "red")
        return Tag(State(self.state).label, COLOURS[State(self.state)])

    @property
    def waits(self) -> int:
        """Days from the day it was received until it was decided, or until today."""
        return ((self.decided_on or clock.today()) - self.received_on).days

    @property
    def misses(self) -> list[str]:
        """What has not been found out yet and stands in nobody's way, in words."""
        found = []
        if self.child_id is None:
            found.append("The child is not identified")
        if self.victims == self.Victims.NOT_KNOWN:
            found.append("Nobody has said whether anybody was harmed")
        if self.consent == self.Consent.NOT_ASKED:
            found.append("Nobody has asked those who were harmed whether they may be contacted")
        return found


class ReferralOffence(AboutChild):
    """A referral is about an offence on the child's record."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="referral_links")

    class Meta:
        constraints = [
            in_error_is_whole("referral_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["referral", "offence"], condition=Q(in_error_at=None), name="referral_offence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral}: {self.offence}"


class ReferralStep(models.Model):
    """What was done about a referral on a day, and by whom. Only added to: a decision that was wrong is opened again by
    another step, with the reason."""

    class Kind(models.TextChoices):
        IDENTIFIED = "identified", "Child identified"
        NOT_THIS_CHILD = "not_child", "It was another child"
        ASKED = "asked", "Asked for more"
        ANSWERED = "answered", "More has come"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Not accepted"
        ALLOCATED = "allocated", "Allocated"
        REOPENED = "reopened", "Opened again"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    why = models.ForeignKey(ReferralKind, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    told = models.CharField("who was told", max_length=200, blank=True)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        db_table_comment = "Only ever added to"
        indexes = [models.Index(fields=["referral", "-at"])]
