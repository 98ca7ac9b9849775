"""What was changed of a meeting after it was held: day, time, place and who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openyj.accounts.models import History
from openyj.meetings.models import Attendance, Meeting
from openyj.people import history


@dataclass(frozen=True)
class Change:
    """One correction: of whom or what, from what to what."""

    at: datetime
    who: str
    about: str
    lines: list[tuple[str, str, str]]  # what, before, after


def changes_since_held(meeting: Meeting) -> list[Change]:
    """Corrections since somebody first said who was there, latest first."""
    if not meeting.is_held:
        return []
    seats = dict(meeting.attendances.values_list("pk", "membership__name"))
    own = History.objects.filter(table=Meeting._meta.db_table, row=meeting.pk, action="update")
    became_held = own.filter(after__state=Meeting.State.HELD).order_by("-pk").values_list("pk", flat=True).first()
    of_seats = History.objects.filter(table=Attendance._meta.db_table, row__in=list(seats), action="update")
    rows = (own.filter(pk__gt=became_held or 0) | of_seats).order_by("-at", "-pk")
    found = []
    for entry in history.tell(rows):
        lines = [(line.label, line.before, line.after) for line in entry.lines]
        if lines:
            is_seat = entry.about.lower() == str(Attendance._meta.verbose_name)
            found.append(Change(entry.at, entry.who, seats[entry.row] if is_seat else "The meeting", lines))
    return found
