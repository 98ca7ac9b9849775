"""Court reports on my work. One (what, why, address, day) a row, by the day each is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.reports import selectors
from openyj.reports.models import CourtReport, State

Line = tuple[str, str, str, date]
NEXT = {
    State.WRITING: "You write it",
    State.RETURNED: "It came back with comments",
    State.APPROVED: "It is approved: sign it",
    State.SIGNED: "It is signed: send it and note to whom",
}


def to_write(user: User) -> Iterator[Line]:
    """What this person writes, signs or sends."""
    if user.may(Permission.WRITE_REPORTS):
        for each in selectors.to_write(user):
            yield line(each, NEXT[State(each.state)])


def to_gatekeep(user: User) -> Iterator[Line]:
    """What waits for this gatekeeper."""
    if user.may(Permission.GATEKEEP_REPORTS):
        for each in selectors.to_gatekeep(user):
            yield line(each, f"{each.author} wrote it and it waits to be gatekept")


def late_of_others(user: User) -> Iterator[Line]:
    """What others have not sent in time, to those who record reports."""
    if user.may(Permission.ASK_REPORTS):
        for each in selectors.late_of_others(user):
            yield line(each, f"{each.author} has not sent it to the court")


def line(report: CourtReport, why: str) -> Line:
    late = "Late. " if report.is_late else ""
    return f"{report.shown_name}: {report.kind}", f"{late}{why}", report.get_absolute_url(), report.due_on
