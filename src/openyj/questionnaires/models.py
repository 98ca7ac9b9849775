"""Question sets as they were loaded, and what an upper room makes its own tables of answers from.

The engine knows no child. A room derives three models from `AnswerSheet`, `SectionAnswers` and `SectionComment`, each
also a fact about what it is about, so that row-level security, history and access follow from its own tables:

    class AssessmentVersion(AnswerSheet, AboutChild): ...
    class AssessmentSection(SectionAnswers, AboutChild):
        sheet = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="sections")
    class AssessmentComment(SectionComment, AboutChild):
        sheet = models.ForeignKey(AssessmentVersion, on_delete=models.PROTECT, related_name="comments")
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import models
from django.db.models import Q

from openyj.accounts.models import User
from openyj.questionnaires.definition import Definition, defined


class QuestionSetQuerySet(models.QuerySet):
    def latest(self) -> QuestionSetQuerySet:
        """The highest version of each set."""
        return self.order_by("key", "-number").distinct("key")

    def of_use(self, use: str) -> QuestionSetQuerySet:
        return self.filter(use=use)


class QuestionSet(models.Model):
    """One version of a question set. Once answers use it, it never changes: the database refuses it."""

    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField("version")
    title = models.CharField(max_length=300)
    use = models.CharField(max_length=60)
    body = models.TextField(
        "the set as JSON", help_text="Text, for the database’s own JSON forgets the order of options"
    )
    loaded_at = models.DateTimeField(auto_now=True)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-number"]
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="question_set_version_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def definition(self) -> Definition:
        """What it asks. Kept for each version: building 500 questions anew for every page is felt."""
        key = (self.pk, self.loaded_at)
        if key not in MADE:
            if len(MADE) > MOST_KEPT:
                MADE.clear()
            MADE[key] = defined(json.loads(self.body))
        return MADE[key]


MADE: dict[tuple[int, datetime], Definition] = {}
MOST_KEPT = 100


class State(models.TextChoices):
    """How far one version of answers is."""

    ANSWERING = "answering", "Being written"
    WAITING = "waiting", "Waiting for countersignature"
    RETURNED = "returned", "Returned with comments"
    COUNTERSIGNED = "countersigned", "Countersigned"


# The moves there are; a version that was returned or countersigned is over, and the next one takes its place.
MOVES = {State.ANSWERING: {State.WAITING}, State.WAITING: {State.RETURNED, State.COUNTERSIGNED}}


class AnswerSheet(models.Model):
    """One version of the answers to a question set: answered, completed, then returned or countersigned."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version of the answers", default=1)
    state = models.CharField(max_length=15, choices=State, default=State.ANSWERING)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField("returned or countersigned at", null=True, blank=True)
    read_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="returned or countersigned by",
    )

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        return self.state == State.ANSWERING


def sheet_is_whole(name: str) -> models.CheckConstraint:
    """Completed with a time and a person when it is no longer being written; read likewise when it was decided on."""
    decided = Q(state__in=[State.RETURNED, State.COUNTERSIGNED])
    return models.CheckConstraint(
        condition=Q(state=State.ANSWERING, completed_at=None, completed_by=None, read_at=None, read_by=None)
        | Q(state=State.WAITING, completed_at__isnull=False, completed_by__isnull=False, read_at=None, read_by=None)
        | decided
        & Q(completed_at__isnull=False, completed_by__isnull=False, read_at__isnull=False, read_by__isnull=False),
        name=name,
    )


class SectionAnswers(models.Model):
    """The answers of one section, by question; and, once completed, the facts of the record shown beside them.

    `child_answered_at` is when the child sent them themselves; staff can then no longer change them. `saved_by` is
    whoever handed the device over.
    """

    section = models.SlugField(max_length=60)
    answers = models.JSONField(default=dict)
    known = models.JSONField(default=list)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    child_answered_at = models.DateTimeField("answered by the child at", null=True)

    class Meta:
        abstract = True


class SectionComment(models.Model):
    """What the one who read a completed version says of a section, or of the whole where `section` is empty."""

    section = models.SlugField(max_length=60, blank=True)
    text = models.TextField(max_length=4000)

    class Meta:
        abstract = True
