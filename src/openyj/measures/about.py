"""What a measure is about: whom the tables list, what tells which quarters they cover, and how its rows stand.

A definition is a function of one subject's rows and a day. The subject of most is a person; of some it is a service,
whose board has no rows of any person (docs/decisions/0021).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """``listed``: the table whose services and localities appear in a figure even with nothing counted. ``happens``:
    the table and the column of days from the earliest of which on the tables cover a quarter, and ``event`` what such
    a row is. ``order``: the columns that put counted rows in order. ``nothing``: why there is no value without any."""

    listed: str
    happens: tuple[str, str]
    event: str
    order: tuple[str, ...]
    nothing: str


CHILDREN = About(
    "child",
    ("offence_legal_outcome", "outcome_date"),
    "outcome",
    ("date", "person", "outcome_id"),
    "nobody is in the cohort",
)
BOARDS = About(
    "board_attendance",
    ("board_attendance", "meeting_date"),
    "meeting of the management board",
    ("date", "service", "sector"),
    "no board that was held is recorded",
)
