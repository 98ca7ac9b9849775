"""Duties in the calendar feed of whoever has them."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.outbox.calendars import Entry, dates
from openyj.rota.models import Duty


@dates.contribute("duties")
def duties(user: User) -> Iterator[Entry]:
    """The duties that stand."""
    if user.may(Permission.SEE_ROTA):
        for duty in Duty.objects.visible_to(user).standing().filter(person=user):
            yield Entry(key=f"duty-{duty.pk}", day=duty.day, what="Appointment")
