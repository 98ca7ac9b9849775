"""The bank holidays of England and Wales: the published list, and for later years the law's and custom's rule.

The rule: Good Friday and Christmas Day are holidays at common law. The Banking and Financial Dealings Act 1971,
Schedule 1, names Easter Monday, the last Mondays of May and August, 26 December unless it is a Sunday, and 27 December
where the 25th or 26th is a Sunday. New Year's Day, the first Monday in May, and a weekday in the place of a holiday
that falls on a Saturday or Sunday are appointed by royal proclamation every year. Proclamations also move a day or add
one (a jubilee, a funeral, a coronation); these are in the published list and follow from no rule.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openyj.actions.models import BankHoliday
from openyj.core import clock

LIST = Path(__file__).parent / "data" / "bank_holidays.csv"
PUBLISHED = "GOV.UK, Bank holidays, England and Wales (Open Government Licence v3.0)"
BY_RULE = "Worked out by the Banking and Financial Dealings Act 1971 and the usual proclamations; not published yet"
AHEAD = 10  # years after the published list
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
DAY = timedelta(days=1)


def load_bank_holidays() -> None:
    """Put the shipped days where none is. A day an administrator added, changed or marked in error stays as it is."""
    have = set(BankHoliday.objects.values_list("day", flat=True))
    BankHoliday.objects.bulk_create(row for row in shipped() if row.day not in have)


def shipped() -> Iterator[BankHoliday]:
    """The published days, then `AHEAD` years by the rule, in order."""
    last = 0
    for day, name in published():
        last = day.year
        yield BankHoliday(day=day, name=name, source=PUBLISHED, shipped=True, recorded_at=clock.now())
    for year in range(last + 1, last + 1 + AHEAD):
        for day, name in by_rule(year):
            yield BankHoliday(day=day, name=name, source=BY_RULE, shipped=True, recorded_at=clock.now())


def published() -> Iterator[tuple[date, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            note = f" ({row['note'][0].lower()}{row['note'][1:]})" if row["note"] else ""
            yield date.fromisoformat(row["day"]), f"{row['name']}{note}"


def by_rule(year: int) -> list[tuple[date, str]]:
    """The usual eight days of a year, in order. What falls on a weekend is observed on the next free weekday."""
    easter = easter_sunday(year)
    fixed = [
        (easter - 2 * DAY, "Good Friday"),
        (easter + DAY, "Easter Monday"),
        (monday_from(date(year, 5, 1)), "Early May bank holiday"),
        (monday_from(date(year, 5, 25)), "Spring bank holiday"),
        (monday_from(date(year, 8, 25)), "Summer bank holiday"),
    ]
    taken = {day for day, _name in fixed}
    days = [
        (date(year, 1, 1), "New Year’s Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ]
    taken |= {day for day, _name in days if day.weekday() < SATURDAY}
    for day, name in days:
        observed = day
        while observed.weekday() >= SATURDAY or (observed != day and observed in taken):
            observed += DAY
        taken.add(observed)
        fixed.append((observed, name if observed == day else f"{name} (substitute day)"))
    return sorted(fixed)


def monday_from(day: date) -> date:
    """The first Monday on or after `day`; from the 25th of a month with 31 days, its last Monday."""
    return day + (MONDAY - day.weekday()) % 7 * DAY


def easter_sunday(year: int) -> date:
    """Easter Day in the Gregorian calendar, by the method of the anonymous correspondent of Nature (1876), which gives
    the day of the tables in the Calendar (New Style) Act 1750."""
    golden, century, of_century = year % 19, year // 100, year % 100
    leap_centuries, rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
