"""The clock as a spreadsheet: real numbers, and a sheet that says what they are. No child is in it."""

from __future__ import annotations

from collections.abc import Sequence

from openyj.accounts.models import User
from openyj.casework.slots import Route
from openyj.core import clock, xlsx
from openyj.core.dates import say_datetime
from openyj.core.windows import Window
from openyj.delays.courses import Course
from openyj.delays.figures import BREAKDOWNS, held_lines, stage_lines, whole_lines
from openyj.measures.intervals import MEDIAN

DAYS = ("Decided", "From and to", "Group", "Counted", "Median days", "Lowest (95%)", "Highest (95%)", "Shortest",
        "Longest", "Not known", "Out of order")  # fmt: skip
HELD = ("Decided", "Whose", "Group", "Days", "Share of the days", "Decisions")


def workbook_of(found: Sequence[Course], user: User, window: Window, by: str) -> bytes:
    """The bytes of an .xlsx of these courses: how long each part took, and whose the days were."""
    lines = [("Either way", line) for line in whole_lines(found, by)]
    lines += [(route.label, line) for route in Route for line in stage_lines(found, by, route)]
    days = [
        [
            route, line.part.label, line.group, line.days.count, line.days.median,
            *(line.days.interval or (None, None)), line.days.shortest, line.days.longest,
            None if line.part.exact else line.unknown, line.days.out_of_order,
        ]
        for route, line in lines
    ]  # fmt: skip
    held = [
        [route.label, line.whose, line.group, line.days, round(line.share, 4), line.courses]
        for route in Route
        for line in held_lines(found, by, route)
    ]
    return xlsx.workbook(
        [xlsx.Sheet("How long it takes", DAYS, days), xlsx.Sheet("Whose the days were", HELD, held)],
        notes=[
            ("Service", user.service.name),
            ("Decisions", f"{len(found):,}. {window.label}"),
            ("Broken down by", BREAKDOWNS.get(by, "nothing")),
            ("Data", f"The record as it is: live as of {say_datetime(clock.now())}"),
            ("Counted", "What was decided about a child on one day counts once, by the first decision on an offence."),
            ("Days", "Calendar days from one day to the other. What is not recorded is not known; it is never 0."),
            ("Out of order", "A stage before the one it should follow: counted apart, in no median and no share."),
            ("Interval", f"{MEDIAN}. Fewer than 6 are too few for one."),
            ("Whose", "Set by administrators under reference data; most of it is general knowledge to confirm."),
            ("Suppression", "None. Small numbers are shown as they are: not to be published without suppressing them."),
        ],
        made_by=user.name,
        made_at=clock.now(),
    )  # fmt: skip
