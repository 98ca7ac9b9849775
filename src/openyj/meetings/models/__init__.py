"""What a meeting is made of: the board it is a meeting of, and what happened at it."""

from openyj.meetings.models.board import Agency, Level, MeetingKind, MeetingsQuerySet, Membership, StandingItem, Terms
from openyj.meetings.models.meeting import (
    AgendaItem,
    Arising,
    Attendance,
    Decision,
    Dissent,
    Meeting,
    Minutes,
    Paper,
)

__all__ = [
    "Agency",
    "AgendaItem",
    "Arising",
    "Attendance",
    "Decision",
    "Dissent",
    "Level",
    "Meeting",
    "MeetingKind",
    "MeetingsQuerySet",
    "Membership",
    "Minutes",
    "Paper",
    "StandingItem",
    "Terms",
]
