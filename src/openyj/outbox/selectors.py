"""What the pages of messages read."""

from __future__ import annotations

from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_datetime
from openyj.jobs import models as jobs
from openyj.outbox.models import Message, NotWorking, State
from openyj.outbox.providers import GIVEN_UP_AFTER

COLOURS = {State.WAITING: "blue", State.SENT: "purple", State.DELIVERED: "green", State.FAILED: "red"}


def messages_for(user: User) -> QuerySet[Message]:
    return Message.objects.visible_to(user).select_related("by", "to_user", "job")


def not_sent(message: Message) -> bool:
    """Whether the job that was to send it has ended without sending it."""
    ended = (jobs.State.FAILED, jobs.State.GIVEN_UP)
    return message.state == State.WAITING and message.job is not None and message.job.state in ended


def state_tag(message: Message) -> Tag:
    if not_sent(message):
        return Tag("Not sent", "red")
    if message.state == State.SENT and message.provider == "files":
        return Tag("Written to a file", "grey")
    return Tag(message.get_state_display(), COLOURS[message.state])


def what_became_of_it(message: Message) -> str:
    """In a sentence, for whoever asked for it."""
    if not_sent(message):
        return message.job.trouble or "Sending it was given up."
    if message.state == State.FAILED:
        return message.trouble
    if message.state == State.DELIVERED:
        return f"It arrived {say_datetime(message.ended_at)}."
    if message.state == State.SENT and message.provider == "files":
        return f"Written to the file {message.provider_id}, because this site is set up to send nothing."
    if message.state == State.SENT and clock.now() - message.sent_at > GIVEN_UP_AFTER:
        return f"Handed over {say_datetime(message.sent_at)}. Nobody could say whether it arrived."
    if message.state == State.SENT:
        return f"Handed over {say_datetime(message.sent_at)}. Whether it arrived is asked every ten minutes."
    return "It waits to be sent."


def recipient(message: Message) -> str:
    """Who it is for, without an address: one of the staff by name, anybody else by no name."""
    return message.to_user.name if message.to_user else "Somebody outside the staff"


def asked_by(message: Message) -> str:
    return message.by.name if message.by else "The system"


def failing(message: Message) -> NotWorking | None:
    """The note that this message's address does not work, if it stands."""
    return NotWorking.objects.filter(
        service=message.service_id, channel=message.channel, address=message.address, works_again_at=None
    ).first()
