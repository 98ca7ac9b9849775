"""Counting days: calendar days, or working days by the bank holidays of England and Wales.

The day of the event is day 0. A working day is a day from Monday to Friday that is no bank holiday. A limit of 5
working days is kept while no more than 5 working days have passed; so what was due on a Friday and is done on the
Saturday is not late, for no further working day has passed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


class Calendar:
    """The working days, given the bank holidays by day with their names."""

    def __init__(self, holidays: Mapping[date, str]) -> None:
        self.holidays = {day: name for day, name in sorted(holidays.items()) if day.weekday() < SATURDAY}
        self._in_order = list(self.holidays)

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def passed(self, start: date, end: date) -> int:
        """How many working days have passed at `end`, not counting the day of `start`. Refuses an end before the
        start: that is a mistake in a date, not a number."""
        if end < start:
            raise ValueError("The end is before the start")
        weeks, rest = divmod((end - start).days, 7)
        weekdays = 5 * weeks + sum((start + n * DAY).weekday() < SATURDAY for n in range(1, rest + 1))
        return weekdays - len(self.between(start, end))

    def after(self, start: date, days: int) -> date:
        """The last day on which no more than `days` working days have passed that is itself a working day: when the
        limit is up."""
        day = start
        while days:
            day += DAY
            days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> list[date]:
        """The bank holidays after `start` and up to `end` that fall on a weekday."""
        return self._in_order[bisect_right(self._in_order, start) : bisect_right(self._in_order, end)]
