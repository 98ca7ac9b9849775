"""Messages and what became of them; addresses that do not work; an administrator's words; calendar addresses."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from openyj.accounts.models import Service, User, Versioned
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.jobs.models import Job
from openyj.outbox.kinds import KINDS, MessageKind


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Did not arrive"


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> MessageQuerySet:
        """One's own; for who watches background work, the service's."""
        messages = self.filter(service=user.service_id)
        return messages if user.may(Permission.WATCH_BACKGROUND_WORK) else messages.filter(by=user)


class Message(models.Model):
    """One message, with the words it was sent with. They name nobody: see `discretion`."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=[("email", "E-mail"), ("text", "Text message")])
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=120, blank=True)
    body = models.CharField(max_length=2000)
    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    provider = models.CharField(max_length=10, blank=True)
    provider_id = models.CharField(max_length=60, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["service", "-asked_at"]), models.Index(fields=["state", "sent_at"])]

    def get_absolute_url(self) -> str:
        return reverse("outbox:message", args=[self.pk])

    @property
    def kind(self) -> MessageKind | None:
        return KINDS.get(self.name)

    @property
    def words(self) -> str:
        return self.kind.words if self.kind else self.name


class NotWorking(models.Model):
    """An address to which a message did not arrive. Nothing more goes there until somebody says that it works."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    since = models.DateTimeField(default=clock.now)
    trouble = models.CharField(max_length=300)
    works_again_at = models.DateTimeField(null=True)
    works_again_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "channel", "address"],
                condition=Q(works_again_at=None),
                name="address_fails_once_at_a_time",
            )
        ]


class Wording(Versioned):
    """A service's own words for a kind of message."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    body = models.CharField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="wording_once_a_kind")]


class Calendar(models.Model):
    """A person's secret calendar address. Only its hash is kept, so it can be shown once and not looked up here."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_calendar_at_a_time")
        ]
