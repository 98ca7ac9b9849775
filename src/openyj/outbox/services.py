"""Asking for a message to be sent, an administrator's words, an address that works again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from openyj.accounts.models import Service, User
from openyj.accounts.versions import save_version
from openyj.core import clock
from openyj.jobs.services import start
from openyj.outbox.discretion import refuse_what_gives_away
from openyj.outbox.kinds import MessageKind, filled, places_in
from openyj.outbox.models import Message, NotWorking, State, Wording


@transaction.atomic
def send(
    kind: MessageKind,
    *,
    to: User | str,
    by: User | None,
    service: Service | None = None,
    never: Iterable[str] = (),
    **facts: Any,
) -> Message:
    """Ask for a message to be sent, in the transaction that is open: rolled back, it is never sent.

    `to` is one of the staff or, as the kind's channel says, an e-mail address or a mobile number. `by` is who is told
    when it does not arrive; None for the system, which says whose `service` it is. `never` are words that this message
    above all must not hold: the names of the child it is about. Refuses (ValidationError, in words) a text that gives
    away what it must not, an address that does not work, and one outside the staff that nobody vouches for.
    """
    kind.check(facts)
    service = service or (by.service if by else to.service)
    address = normal(kind.channel, to.email if isinstance(to, User) else to)
    refuse_not_working(service, kind.channel, address)
    if not isinstance(to, User):
        refuse_unsafe(service, kind.channel, address)
    subject, body = words_of(kind, service)
    subject, body = filled(subject, facts), filled(body, facts)
    refuse_what_gives_away(f"{subject}\n{body}", service, never)
    message = Message.objects.create(
        service=service,
        by=by,
        to_user=to if isinstance(to, User) else None,
        name=kind.name,
        channel=kind.channel,
        address=address,
        subject=subject,
        body=body,
    )
    from openyj.outbox.sending import deliver

    message.job = start(deliver, service=service, key=f"message {message.pk}", message=message.pk)
    message.save(update_fields=["job"])
    return message


def normal(channel: str, address: str) -> str:
    """An address in the one way it is kept. Raises ValidationError for none."""
    address = address.strip()
    if channel == "email":
        validate_email(address)
        return address.lower()
    number = re.sub(r"[\s()-]", "", address)
    number = re.sub(r"^(\+44|0044)", "0", number)
    if not re.fullmatch(r"07\d{9}", number):
        raise ValidationError("Enter a UK mobile number, for example 07700 900123.", code="address")
    return number


def refuse_not_working(service: Service, channel: str, address: str) -> None:
    known = NotWorking.objects.filter(service=service, channel=channel, address=address, works_again_at=None).first()
    if known:
        raise ValidationError(
            f"Nothing was sent: the last message to this address did not arrive. {known.trouble} "
            "Check the address; an administrator can say that it works again.",
            code="address",
        )


# Each says of a service, a channel and an address in its one way whether it is recorded as safe to send to. Rooms that
# record how people may be reached add theirs; where none says yes, nothing is sent.
VOUCHING: list[Callable[[Service, str, str], bool]] = []


def refuse_unsafe(service: Service, channel: str, address: str) -> None:
    """Refuse an address of somebody outside the staff that is not recorded as safe: whoever reads it may be whom the
    child is in danger from."""
    if not any(vouches(service, channel, address) for vouches in VOUCHING):
        raise ValidationError(
            "Nothing was sent: this address is not recorded as safe to contact. Ask the child, and record it on their "
            "record under About the child.",
            code="address",
        )


def words_of(kind: MessageKind, service: Service) -> tuple[str, str]:
    """Subject and body of a kind: the service's own words where it has some."""
    own = Wording.objects.filter(service=service, name=kind.name).first()
    return (own.subject, own.body) if own else (kind.subject, kind.body)


def change_wording(*, kind: MessageKind, by: User, version: int | None, subject: str, body: str) -> Wording:
    """The service's own words for a kind of message. Refuses words that give away what a message must not say, and
    braces that hold something this kind does not know."""
    for field, text in (("subject", subject), ("body", body)):
        try:
            unknown = places_in(text) - set(kind.takes)
        except ValueError as problem:
            raise ValidationError(f"Look at the braces. {problem}.", code=field) from problem
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in kind.takes) or "nothing"
            raise ValidationError(f"Take {{{min(unknown)}}} out. This message knows {known}.", code=field)
        try:
            refuse_what_gives_away(text, by.service)
        except ValidationError as refusal:
            raise ValidationError(refusal.message, code=field) from refusal
    own = Wording.objects.filter(service=by.service, name=kind.name).first()
    if own is None:
        return Wording.objects.create(service=by.service, name=kind.name, subject=subject, body=body)
    return save_version(own, version=version or 0, changes={"subject": subject, "body": body})


@transaction.atomic
def did_not_arrive(*, message: Message, trouble: str, address_is_wrong: bool) -> None:
    """Mark a message as failed and, where the address is why, the address as not working."""
    message.state, message.trouble, message.ended_at = State.FAILED, trouble, clock.now()
    message.save()
    if address_is_wrong:
        NotWorking.objects.get_or_create(
            service=message.service,
            channel=message.channel,
            address=message.address,
            works_again_at=None,
            defaults={"trouble": trouble},
        )


@transaction.atomic
def works_again(*, message: Message, by: User) -> None:
    """Say that the address of a message that did not arrive works again. Saying it twice says it once."""
    NotWorking.objects.filter(
        service=by.service_id, channel=message.channel, address=message.address, works_again_at=None
    ).update(works_again_at=clock.now(), works_again_by=by)
