"""Dates as people here say them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats

from openyj.core.clock import LONDON


def say_date(day: date | None) -> str:
    """4 June 2026; in Welsh, 4 Mehefin 2026. Nothing for no date."""
    if day is None:
        return ""
    return formats.date_format(_in_london(day), "j F Y", use_l10n=False)


def say_time(moment: datetime | None) -> str:
    """14:02, London time."""
    return "" if moment is None else f"{_in_london(moment):%H:%M}"


def say_datetime(moment: datetime | None) -> str:
    """4 June 2026 at 14:02, London time. A bare date stays a date: no hour is invented for it."""
    if not isinstance(moment, datetime):
        return say_date(moment)
    return f"{say_date(moment)}, {say_time(moment)}"


def say_month(day: date) -> str:
    """June 2026."""
    return formats.date_format(day, "F Y", use_l10n=False)


def age_on(born: date, day: date) -> int:
    """Completed years on `day`: the birthday rule, as the measures count too.

    A person born on 29 February is a year older on 1 March of a common year. Refuses a day before the birth: an
    age below nothing is always a mistake in a date.
    """
    if day < born:
        raise ValueError("The day is before the date of birth")
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _in_london(day: date) -> date:
    return day.astimezone(LONDON) if isinstance(day, datetime) and day.tzinfo else day
