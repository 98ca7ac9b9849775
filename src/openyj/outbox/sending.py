"""The two jobs of the outbox: hand one message to the provider; ask what became of those that were handed over."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.declaring import CannotBeDone, system_job
from openyj.jobs.running import Work
from openyj.outbox.discretion import refuse_what_gives_away
from openyj.outbox.models import Message, State
from openyj.outbox.providers import GIVEN_UP_AFTER, NOT_ACCEPTED, BadAddress, Notify, provider
from openyj.outbox.services import did_not_arrive, refuse_unsafe

AT_A_TIME = 200


class GivesAway(CannotBeDone):
    words = (
        "The message would have said what service it comes from, where that is or whom it is about, so it was not "
        "sent. Change its words, then send it again."
    )


class NotSafe(CannotBeDone):
    words = (
        "The address is no longer recorded as safe to contact, so the message was not sent. Look at the child’s record."
    )


@system_job("Send a message")
def deliver(work: Work, *, message: int) -> str:
    """Hand a message over, once. Its text and its address are checked once more: names of the
    service may have changed since, or who reads what is sent there."""
    found = Message.objects.select_for_update(of=("self",)).select_related("service").get(pk=message)
    if found.state != State.WAITING:
        return found.get_absolute_url()
    refuse(found)
    by = provider()
    try:
        found.provider_id = by.send(found)
    except BadAddress:
        did_not_arrive(message=found, trouble=NOT_ACCEPTED, address_is_wrong=True)
        return found.get_absolute_url()
    found.provider, found.state, found.sent_at = by.name, State.SENT, clock.now()
    found.save()
    return found.get_absolute_url()


def refuse(message: Message) -> None:
    try:
        refuse_what_gives_away(f"{message.subject}\n{message.body}", message.service)
    except ValidationError:
        raise GivesAway from None
    if message.to_user_id is None:
        try:
            refuse_unsafe(message.service, message.channel, message.address)
        except ValidationError:
            raise NotSafe from None


def some_under_way() -> bool:
    """Whether any message waits for an answer of Notify's: otherwise there is nothing to ask."""
    with acting(by=None, services=EVERY_SERVICE):
        return provider().name == Notify.name and under_way().exists()


def under_way():
    recent = clock.now() - GIVEN_UP_AFTER
    return Message.objects.filter(state=State.SENT, provider=Notify.name, sent_at__gte=recent)


@system_job("Ask what became of messages", cron="*/10 * * * *", when=some_under_way)
def ask_what_became_of_them(work: Work) -> None:
    by = provider()
    if by.name != Notify.name:
        return
    for message in under_way().select_related("service").order_by("sent_at")[:AT_A_TIME]:
        outcome = by.outcome(message)
        if outcome is None:
            continue
        if outcome.delivered:
            message.state, message.ended_at = State.DELIVERED, clock.now()
            message.save()
        else:
            did_not_arrive(message=message, trouble=outcome.trouble, address_is_wrong=outcome.wrong)
