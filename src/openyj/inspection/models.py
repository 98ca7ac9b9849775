"""An inspection's report, what it recommends, and which actions answer a recommendation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.actions.models import Action
from openyj.people.record import Recorded, RecordQuerySet, in_error_is_whole


class InspectionQuerySet(RecordQuerySet):
    def visible_to(self, user: User, permission: Permission = Permission.SEE_ACTIONS) -> InspectionQuerySet:
        """The rows of the user's own service, for those who may; nothing for anyone else."""
        return self.filter(service=user.service_id) if user.may(permission) else self.none()


class Report(Recorded):
    """A report somebody wrote about the service: an inspection, a peer review, an audit."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="inspection_reports")
    title = models.CharField(max_length=160)
    by_whom = models.CharField("who inspected", max_length=120)
    published_on = models.DateField("published on")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            in_error_is_whole("report_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="report_and_service"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspection:plan", args=[self.pk])


class Recommendation(Recorded):
    """One thing a report asks for, numbered as the report numbers it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=10)
    text = models.TextField("what is recommended", max_length=1000)
    addressed_to = models.CharField("to whom", max_length=120, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "id"]
        constraints = [
            in_error_is_whole("recommendation_in_error_is_whole"),
            models.UniqueConstraint(fields=["id", "service"], name="recommendation_and_service"),
            models.UniqueConstraint(
                fields=["report", "number"], condition=Q(in_error_at=None), name="recommendation_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"


class Answer(Recorded):
    """An action answers a recommendation. One action may answer several, and says for each how the Plan puts it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="answers")
    plan_wording = models.TextField("wording in the Plan", max_length=1000, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "id"]
        constraints = [
            in_error_is_whole("answer_in_error_is_whole"),
            models.UniqueConstraint(
                fields=["recommendation", "action"], condition=Q(in_error_at=None), name="answer_once"
            ),
        ]
