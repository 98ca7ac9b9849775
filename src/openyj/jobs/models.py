"""What was asked for in the background, how far it is, what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.core import clock
from openyj.jobs.declaring import KINDS, Kind


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    GIVEN_UP = "given_up", "Given up"


ENDED = (State.DONE, State.FAILED, State.GIVEN_UP)


class JobQuerySet(models.QuerySet):
    def asked_by(self, user: User) -> JobQuerySet:
        return self.filter(by=user, service=user.service_id)


class Job(models.Model):
    """One piece of background work. Its arguments are numbers, days and words of the code, never a name."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=400, blank=True, help_text="Why it did not end well, without any data")
    led_to = models.CharField(max_length=300, blank=True, help_text="The address of what came of it")

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "service", "by", "key"],
                condition=Q(state=State.WAITING) & ~Q(key=""),
                nulls_distinct=False,
                name="job_waiting_once_a_key",
            ),
        ]
        indexes = [models.Index(fields=["service", "-asked_at"]), models.Index(fields=["by", "-asked_at"])]

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def kind(self) -> Kind | None:
        """What kind of work it is; None when this version of the site does not know it any more."""
        return KINDS.get(self.name)

    @property
    def words(self) -> str:
        return self.kind.words if self.kind else self.name

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class Progress(models.Model):
    """How far a running job is. Kept apart from the job, because it is written while the job's own transaction is open;
    passing, so without history."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    done = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    what = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done:,} of {self.total:,} {self.what}".strip()
