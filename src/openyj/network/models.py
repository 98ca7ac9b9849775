"""The people around a child, each as one child's dated fact, and the words for what they are to the child."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from openyj.accounts.models import Versioned
from openyj.people.models import Person
from openyj.people.record import AboutChild, AboutChildQuerySet, in_error_is_whole
from openyj.referrals.models import ReferralKind

# The words for children of the same family, who may have a record of their own.
SIBLINGS = {"sibling", "half-sibling", "step-sibling"}
# Of the list of who refers, those that are no agency a professional could come from.
NO_AGENCY = {"parent", "self"}


class RelationshipQuerySet(models.QuerySet):
    def usable_on(self, day: date) -> RelationshipQuerySet:
        """What could be chosen on `day`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Relationship(Versioned):
    """What somebody is to a child: "Mother". Shipped, or added by an administrator; for every service on this site."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)
    shipped = models.BooleanField(default=False)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="relationship_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Answer(models.TextChoices):
    """An answer to a question; empty is that nobody wrote it down."""

    YES = "YES", "Yes"
    NO = "NO", "No"
    NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"


class Responsibility(models.TextChoices):
    """Whether somebody has parental responsibility. The words are the project's own."""

    YES = "YES", "Yes"
    SHARED = "SHARED", "Yes, shared with somebody else"
    CARE_ORDER = "CARE_ORDER", "Yes, with the local authority, which has a care order"
    NO = "NO", "No"
    NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"


HAS_RESPONSIBILITY = (Responsibility.YES, Responsibility.SHARED, Responsibility.CARE_ORDER)


class Safety(models.TextChoices):
    """Whether it is safe to get in touch with somebody."""

    SAFE = "SAFE", "Safe"
    CARE = "CARE", "Safe only as said here"
    NOT_SAFE = "NOT_SAFE", "Not safe"
    NOT_KNOWN = "NOT_KNOWN", "Recorded as unknown"


class Caution(models.TextChoices):
    """Why to read before getting in touch; empty where there is nothing to heed."""

    NO_CONTACT = "NO_CONTACT", "Must not be contacted"
    RISK = "RISK", "A risk to the child or to others"
    BOTH = "BOTH", "A risk, and must not be contacted"


def answer(label: str, kind: type[models.TextChoices] = Answer) -> models.CharField:
    """An answer, or None: not recorded."""
    return models.CharField(label, max_length=12, choices=kind, null=True, blank=True)


class AroundQuerySet(AboutChildQuerySet):
    def now(self, day: date) -> AroundQuerySet:
        """Who is around the child on `day`; a last day counts."""
        return self.filter(Q(start_date=None) | Q(start_date__lte=day)).filter(
            Q(end_date=None) | Q(end_date__gte=day), in_error_at=None
        )


class Around(AboutChild):
    """Somebody around a child, from a day (where one is known) to a last day."""

    start_date = models.DateField("from", null=True, blank=True)
    end_date = models.DateField("until", null=True, blank=True)

    objects = AroundQuerySet.as_manager()

    class Meta:
        abstract = True

    def still(self, day: date) -> bool:
        """Whether they are around the child on `day`, as `AroundQuerySet.now` asks."""
        begun = self.start_date is None or self.start_date <= day
        return begun and (self.end_date is None or self.end_date >= day)


class Connection(Around):
    """Somebody of a child's family, or close to the child, as this child's record knows them.

    `person` is who they are: the same person in the networks of several children has one row in each, and each row
    says what is so for that child. A brother or sister with a record of their own is that record's person; their name
    is not repeated here, so that it is read only by who may read their record.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="connections")
    name = models.CharField(max_length=120, blank=True)
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="+", verbose_name="what they are to the child"
    )
    lives_with = answer("lives with the child")
    carer = answer("cares for the child")
    responsibility = answer("parental responsibility", Responsibility)
    responsibility_source = models.CharField("how it is known", max_length=200, blank=True)
    responsibility_known_on = models.DateField("day it was known", null=True, blank=True)
    trusted = answer("the child named them as an adult they trust")
    appropriate_adult = answer("could be appropriate adult")
    may_be_told = answer("may be told about the child’s case")
    told_words = models.CharField("what they may be told", max_length=300, blank=True)
    contact = models.CharField("telephone or e-mail", max_length=120, blank=True)
    safety = answer("safe to contact", Safety)
    safety_words = models.CharField("when and how it is safe, or why it is not", max_length=300, blank=True)
    caution = models.CharField("warning", max_length=12, choices=Caution, blank=True)
    caution_reason = models.CharField("reason of the warning", max_length=500, blank=True)
    caution_order = models.CharField("order", max_length=200, blank=True)

    class Meta:
        ordering = [F("start_date").desc(nulls_last=True), "-id"]
        verbose_name = "person around the child"
        constraints = [
            in_error_is_whole("connection_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="connection_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(
                    Q(responsibility=None, responsibility_source="", responsibility_known_on=None)
                    | (Q(responsibility__isnull=False, responsibility_known_on__isnull=False)
                       & ~Q(responsibility_source=""))
                ),
                name="connection_responsibility_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(caution="", caution_reason="", caution_order="") | (~Q(caution="") & ~Q(caution_reason="")),
                name="connection_caution_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(safety__in=["CARE", "NOT_SAFE"]) | ~Q(safety_words=""), name="connection_safety_says_how"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["child"], name="connection_of_child"),
            models.Index(fields=["person"], name="connection_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.named}, {lower_first(self.relationship.label)}" if self.name else self.named

    def get_absolute_url(self) -> str:
        return reverse("network:connection", args=[self.child_id, self.pk])

    @property
    def named(self) -> str:
        """What they are called here. A brother or sister whose record is linked and one whose name nobody knows are
        called the same, or the words would say that there is a record."""
        return self.name or f"{self.relationship.label} (no name here)"

    @property
    def has_responsibility(self) -> bool:
        return self.responsibility in HAS_RESPONSIBILITY

    @property
    def not_safe(self) -> bool:
        """Whether the way to reach them may be used only after reading, so that it is on no paper."""
        return self.safety == Safety.NOT_SAFE

    @property
    def warning(self) -> str:
        """What to heed before getting in touch, in a sentence; empty where there is nothing."""
        if not self.caution:
            return ""
        order = f" Order: {self.caution_order}." if self.caution_order else ""
        return f"{self.get_caution_display()}. {full_stop(self.caution_reason)}{order}"

    @property
    def safety_warning(self) -> str:
        """That it is not safe to get in touch, in a sentence; empty where that is not recorded."""
        return f"Not safe to contact. {full_stop(self.safety_words)}" if self.not_safe else ""


class Professional(Around):
    """Somebody who works with a child or family for another agency. The service's own worker is an allocation."""

    name = models.CharField(max_length=120)
    job = models.CharField(max_length=120)
    agency_kind = models.ForeignKey(
        ReferralKind, on_delete=models.PROTECT, related_name="+", verbose_name="kind of agency"
    )
    agency = models.CharField("agency or team", max_length=120, blank=True)
    contact = models.CharField("telephone or e-mail", max_length=120, blank=True)
    lead = models.BooleanField("lead professional", default=False)

    class Meta:
        ordering = ["-lead", F("start_date").desc(nulls_last=True), "-id"]
        constraints = [
            in_error_is_whole("professional_in_error_is_whole"),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="professional_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(lead=True, end_date=None, in_error_at=None), name="one_lead_professional"
            ),
        ]
        indexes = [models.Index(fields=["child"], name="professional_of_child")]

    def __str__(self) -> str:
        return f"{self.name}, {lower_first(self.job)}"

    def get_absolute_url(self) -> str:
        return reverse("network:professional", args=[self.child_id, self.pk])


def lower_first(words: str) -> str:
    """In the middle of a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def full_stop(words: str) -> str:
    """A sentence with its end."""
    words = words.strip()
    return words if not words or words[-1] in ".!?" else f"{words}."
