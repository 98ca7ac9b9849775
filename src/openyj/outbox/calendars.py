"""A person's own dates as a calendar feed: neutral titles, no place, no name, behind a secret address.

    @dates.contribute("hearings")
    def hearings(user: User) -> Iterable[Entry]:
        yield Entry(key=f"hearing-{hearing.pk}", day=hearing.held_on, what="Appointment")

A room that has dated things registers them here from its AppConfig.ready. It is asked as that person, under their
row-level security, and gives what is theirs.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from icalendar import Calendar as Feed
from icalendar import Event

from openyj.accounts.models import User
from openyj.accounts.scope import acting, reading_every_service
from openyj.core import clock
from openyj.core.slots import Slot
from openyj.outbox.models import Calendar

PAST, AHEAD = timedelta(days=31), timedelta(days=366)  # what a feed holds around today


@dataclass(frozen=True)
class Entry:
    """A day in a person's calendar. There is no field for a text: a phone on a table shows the title to anybody."""

    key: str  # the same for the same thing, also when its day changes; never shown
    day: date
    what: Literal["Appointment", "Reminder"]


dates: Slot[Callable[[User], Iterable[Entry]]] = Slot("a person's dates")


@transaction.atomic
def make_address(*, by: User) -> str:
    """A new secret for `by`'s calendar, shown this once; an earlier one stops working."""
    revoke_address(by=by)
    secret = secrets.token_urlsafe(32)
    Calendar.objects.create(service=by.service, user=by, hashed=hashed(secret))
    return secret


@transaction.atomic
def revoke_address(*, by: User) -> None:
    """Let `by`'s calendar address stop working at once. Twice does it once."""
    Calendar.objects.filter(user=by, revoked_at=None).update(revoked_at=clock.now())


def address_of(user: User) -> Calendar | None:
    return Calendar.objects.filter(user=user, revoked_at=None).first()


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret: str) -> User | None:
    """Whose calendar this is; None for a secret that was never given or was revoked, and for whoever has left."""
    with reading_every_service():  # nobody is signed in; only the owner leaves this block
        found = (
            Calendar.objects.filter(hashed=hashed(secret), revoked_at=None)
            .select_related("user", "user__service")
            .first()
        )
    return found.user if found and found.user.may_sign_in else None


def feed_of(user: User) -> bytes:
    """The calendar file of a person, read as them."""
    feed = Feed()
    feed.add("prodid", "-//Calendar//EN")
    feed.add("version", "2.0")
    first, last = clock.today() - PAST, clock.today() + AHEAD
    with acting(by=user):
        entries = {entry.key: entry for of_room in dates for entry in of_room(user) if first <= entry.day <= last}
    for entry in sorted(entries.values(), key=lambda e: (e.day, e.key)):
        event = Event()
        event.add("uid", f"{hashed(f'{user.pk} {entry.key}')[:32]}@calendar")
        event.add("dtstamp", clock.now())
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.what)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return feed.to_ical()
