"""Assessments of a child, their versions and answers, and the judgements they end in."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.assessment import levels
from openyj.casework.models import Offence
from openyj.core.dates import say_date, say_datetime
from openyj.people.models import Child
from openyj.people.record import AboutChild, AboutChildQuerySet, in_error_is_whole
from openyj.questionnaires.models import AnswerSheet, SectionAnswers, SectionComment, State, sheet_is_whole


def with_versions(rows: models.QuerySet) -> models.QuerySet:
    """Assessments with their versions, latest first, and the offences they are about: what their pages need."""
    versions = AssessmentVersion.objects.select_related("question_set", "recorded_by", "completed_by", "read_by")
    offences = AssessmentOffence.objects.standing().filter(offence__in_error_at=None).select_related("offence")
    return rows.select_related("child", "in_error_by").prefetch_related(
        models.Prefetch("versions", versions.order_by("-number")),
        models.Prefetch("links", offences, to_attr="about_links"),
    )


class AssessedQuerySet(AboutChildQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_ASSESSMENTS):
        """The rows about children whose assessments `user` may read."""
        return super().visible_to(user, permission)

    def of(self, child: Child, user: User):
        """The rows about this child, if `user` may read a child's assessments."""
        return super().of(child, user) if user.may(Permission.SEE_ASSESSMENTS) else self.none()


class Assessed(AboutChild):
    """A part of an assessment of a child: read by those who may read assessments."""

    objects = AssessedQuerySet.as_manager()

    class Meta:
        abstract = True


class Assessment(Assessed):
    """One assessment of a child. Its answers are in versions: the one that is corrected stays as it was."""

    class Why(models.TextChoices):
        OUT_OF_COURT = "out_of_court", "For a decision out of court"
        PREVENTION = "prevention", "For prevention: there is no offence to decide"

    title = models.CharField("question set", max_length=300)
    why = models.CharField("why it is made", max_length=15, choices=Why)
    started_on = models.DateField("begun on")
    # What happened, as typed facts beside the versions, for the timeline and for whatever counts assessments.
    state = models.CharField(max_length=15, choices=State, default=State.ANSWERING)
    first_completed_on = models.DateField("first completed on", null=True, blank=True)
    countersigned_on = models.DateField(null=True, blank=True)
    offences = models.ManyToManyField(Offence, through="AssessmentOffence", related_name="assessments")

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            in_error_is_whole("assessment_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="assessment_and_service"),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {say_date(self.started_on)}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:assessment", args=[self.child_id, self.pk])

    @property
    def latest(self) -> AssessmentVersion:
        """The version that stands now."""
        return self.versions.all()[0]

    @property
    def about(self) -> list[Offence]:
        """The offences it is about, as `with_versions` read them; else asked for."""
        links = getattr(self, "about_links", None)
        if links is None:
            links = self.links.standing().filter(offence__in_error_at=None).select_related("offence")
        return [link.offence for link in links]


class AssessmentOffence(Assessed):
    """An assessment is about an offence."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="links")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="assessment_links")

    class Meta:
        constraints = [
            in_error_is_whole("assessment_offence_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["assessment", "offence"], condition=models.Q(in_error_at=None), name="assessment_offence_once"
            ),
        ]


class AssessmentVersion(AnswerSheet, Assessed):
    """One version of an assessment's answers."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["-number"]
        constraints = [
            in_error_is_whole("assessment_version_in_error_is_whole"),
            sheet_is_whole("assessment_version_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="assessment_version_and_service"),
            models.UniqueConstraint(fields=["assessment", "number"], name="assessment_version_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class AssessmentSection(SectionAnswers, Assessed):
    """The answers of one section of a version."""

    sheet = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="sections")

    class Meta:
        constraints = [
            in_error_is_whole("assessment_section_in_error_is_whole"),
            models.UniqueConstraint(fields=["sheet", "section"], name="assessment_section_once"),
            models.UniqueConstraint(fields=["id", "service"], name="assessment_section_and_service"),
        ]


class AssessmentComment(SectionComment, Assessed):
    """What the manager who read a version says of a section."""

    sheet = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="comments")

    class Meta:
        ordering = ["id"]
        constraints = [in_error_is_whole("assessment_comment_in_error_is_whole")]


class Judgement(Assessed):
    """What an assessment judges, as typed fields that completion fills. Figures read these, never the answers."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="judgement")
    made_on = models.DateField()
    safety_wellbeing = models.CharField(
        "safety and wellbeing", max_length=20, choices=levels.safety_wellbeing, null=True, blank=True
    )
    harm_to_others = models.CharField(
        "risk of serious harm to others", max_length=20, choices=levels.harm_to_others, null=True, blank=True
    )
    offending = models.CharField(
        "likelihood of further offending", max_length=20, choices=levels.offending, null=True, blank=True
    )
    review_on = models.DateField("to be reviewed on", null=True, blank=True)

    class Meta:
        constraints = [in_error_is_whole("judgement_in_error_is_whole")]

    def __str__(self) -> str:
        return f"Judgement of {say_date(self.made_on)}"


class HandOverQuerySet(AssessedQuerySet):
    def open_at(self, moment: datetime) -> HandOverQuerySet:
        """The devices that are with a child at this moment."""
        return self.standing().filter(ended_at=None, ends_at__gt=moment)


class HandOver(Assessed):
    """A device handed to the child to answer one section: by whom and when (`recorded_by`, `recorded_at`), until when
    at the latest, and how it ended."""

    class Ended(models.TextChoices):
        BACK = "back", "Handed back"
        THROWN_AWAY = "thrown_away", "Handed back; what was typed and not sent was thrown away"
        LEFT = "left", "Ended by itself: the device was left alone or its time was over"
        STOPPED = "stopped", "Ended from the assessment"

    section = models.ForeignKey(AssessmentSection, on_delete=models.PROTECT, related_name="hand_overs")
    ends_at = models.DateTimeField("ends at the latest at")
    sent_at = models.DateTimeField("the child sent answers at", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField("how it ended", max_length=15, choices=Ended, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            in_error_is_whole("hand_over_in_error_is_whole"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended="") | models.Q(ended_at__isnull=False) & ~models.Q(ended=""),
                name="hand_over_end_is_whole",
            ),
            models.UniqueConstraint(
                fields=["section"], condition=models.Q(ended_at=None, in_error_at=None), name="hand_over_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Handed over {say_datetime(self.recorded_at)}"
