"""What casework puts into its workers' own calendars: days, never a child or a court."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.accounts.models import User
from openyj.casework.models import Hearing, Programme
from openyj.outbox.calendars import Entry, dates


@dates.contribute("hearings")
def hearings(user: User) -> Iterator[Entry]:
    """The days in court of the children a person works with."""
    for pk, day in theirs(Hearing, user).values_list("pk", "hearing_date"):
        yield Entry(f"hearing-{pk}", day, "Appointment")


@dates.contribute("programme ends")
def programme_ends(user: User) -> Iterator[Entry]:
    """The last days of the programmes of the children a person works with."""
    for pk, day in theirs(Programme, user).exclude(end_date=None).values_list("pk", "end_date"):
        yield Entry(f"programme-{pk}", day, "Reminder")


def theirs(model, user: User):
    return model.objects.visible_to(user).standing().filter(child__worker=user)
