"""Meetings in the calendar feed of a member who has a sign-in."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.meetings.models import Meeting, Membership
from openyj.outbox.calendars import Entry, dates


@dates.contribute("meetings")
def meetings(user: User) -> Iterator[Entry]:
    """The meetings that were not cancelled, on whose day this person is a member."""
    if not user.may(Permission.SEE_MEETINGS):
        return
    for seat in Membership.objects.standing().filter(user=user):
        rows = Meeting.objects.visible_to(user).standing().exclude(state=Meeting.State.CANCELLED)
        rows = rows.filter(kind=seat.kind_id, day__gte=seat.valid_from)
        for meeting in rows.filter(day__lte=seat.valid_to) if seat.valid_to else rows:
            yield Entry(key=f"meeting-{meeting.pk}", day=meeting.day, what="Appointment")
