"""What day it is. Every rule that asks the time asks here, so a test or a demo can say what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# One value for the whole process, not for one thread: a browser test's server answers in another thread.
_fixed: datetime | None = None


def now() -> datetime:
    """The time in London, with its offset."""
    return _fixed or datetime.now(LONDON)


def today() -> date:
    """The date in London: legal dates are dates there, whatever the server's own clock is set to."""
    return now().date()


@contextmanager
def fixed(moment: date | datetime) -> Iterator[None]:
    """Let `now()` and `today()` say this moment; a bare date is its noon. A time without offset is London's."""
    global _fixed
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12))
    before = _fixed
    _fixed = moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)
    try:
        yield
    finally:
        _fixed = before
