"""When something is due, by a service's time limits, and how late it is.

Nothing is stored: a deadline is worked out from the facts each time it is read, so that a corrected date of an outcome,
a new limit or an added bank holiday changes it at once.

TL-1  a limit holds for events from its first day to its last; the event's own day decides
TL-2  of several limits on one event the most particular holds: one for its very kind before one for all kinds
TL-3  where one occasion has several events, the day that comes first counts
TL-4  the event's own day is day 0 and is not counted
TL-5  a limit in working days counts no Saturday, Sunday or bank holiday of England and Wales
TL-6  late means that more days have passed than the limit allows, until it was done or, if it is not, until today
TL-7  a service without a limit for an event has no deadline for it; nothing is assumed
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, QuerySet

from openyj.accounts.models import Service
from openyj.actions.days import Calendar
from openyj.actions.models import BankHoliday, TimeLimit, Unit
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.core.slots import Slot
from openyj.core.worded import worded
from openyj.people.models import Child


@dataclass(frozen=True)
class Happened:
    """One event of a child. `cases` are what it is, the most particular first, in the words a limit applies to.
    `ended` is the day it was answered, None while it is not. `url` is where the answer is, or is recorded. Events of
    one `occasion` count once."""

    child: Child
    occasion: Hashable
    what: str
    day: date
    cases: Sequence[str]
    ended: date | None
    url: str
    reason: str = ""


@dataclass(frozen=True)
class Usual:
    """A limit many services have. Its source says where it was read; or, not `known`, that it is general knowledge to
    confirm, and then nobody begins with it who does not say so."""

    applies_to: str
    days: int
    unit: str
    source: str
    known: bool = True


@dataclass(frozen=True)
class Event:
    """What begins a time limit and what ends it, said by the room whose facts these are. `usual` are the limits a
    service may begin with.

    `cases()` are (value, label) of what a limit may apply to. `happened(children=, since=, only_open=)` gives the
    events of these children from a day on, in a number of queries that does not depend on how many there are.
    """

    label: str  # "First contact after an outcome"
    begins: str  # "the outcome"
    ends: str  # "first contact"
    cases: Callable[[], Sequence[tuple[str, str]]]
    happened: Callable[..., Iterable[Happened]]
    usual: Sequence[Usual] = ()


events: Slot[Event] = Slot("what begins a time limit")


@dataclass(frozen=True)
class Deadline:
    """A limit that ran or runs, on one event."""

    limit: TimeLimit
    event: Event
    happened: Happened
    due: date
    passed: int  # days in the limit's unit, until it ended or today
    skipped: Sequence[str]  # the bank holidays that were not counted

    @property
    def late(self) -> int:
        """Days late in the limit's unit; 0 while it is kept."""
        return max(self.passed - self.limit.days, 0)

    @property
    def ended(self) -> date | None:
        return self.happened.ended

    @property
    def tag(self) -> Tag:
        if self.late:
            return Tag("Done late", "orange") if self.ended else Tag("Late", "red")
        return Tag("In time", "green") if self.ended else Tag("Running", "blue")

    @property
    def rule(self) -> str:
        """ "first contact within 5 working days of the outcome, counted from 3 March 2026, not counting weekends" """
        said = f"{self.event.ends} within {self.limit.within} of {self.event.begins}, counted from "
        said += say_date(self.happened.day)
        if self.limit.unit == Unit.WORKING:
            said += ", not counting weekends"
            if self.skipped:
                said += f" or bank holidays ({_and(self.skipped)})"
        return said

    @property
    def words(self) -> str:
        """What is so and by which rule, with the count of days."""
        if self.late:
            head = f"{_days(self.late, self.limit.unit)} late"
        elif self.ended:
            head = f"In time, after {_days(self.passed, self.limit.unit)}"
        elif self.passed == self.limit.days:
            head = f"Due {say_date(self.due)}, the last day"
        else:
            head = f"Due {say_date(self.due)}, {_days(self.limit.days - self.passed, self.limit.unit)} left"
        return f"{head}: {self.rule}"


@worded(service=BigIntegerField())
def limits_of(*, service):
    """The limits a service keeps."""
    return TimeLimit.objects.standing().filter(service=service)


def deadlines(*, children: QuerySet[Child], service: Service | int, only_open: bool = False) -> list[Deadline]:
    """The deadlines of these children by the service's limits, what is due first first. The queries are as many for
    one child as for all: the limits, the bank holidays, and what each event needs."""
    limits = limits_of.rows(service=service.pk if isinstance(service, Service) else service)
    if not limits:
        return []  # TL-7
    today = clock.today()
    held: list[tuple[str, Event, Happened, TimeLimit]] = []
    for name, event in events.items():
        if mine := [limit for limit in limits if limit.event == name]:
            since = min(limit.valid_from for limit in mine)
            for happened in event.happened(children=children, since=since, only_open=only_open):
                limit = limit_for(happened, mine)
                if limit is not None and happened.day <= today:
                    held.append((name, event, happened, limit))
    calendar = read_calendar() if held else Calendar({})
    found: dict[Hashable, Deadline] = {}
    for name, event, happened, limit in held:
        made = deadline_of(limit, event, happened, calendar, today)
        key = (name, happened.child.pk, happened.occasion)
        if key not in found or made.due < found[key].due:  # TL-3
            found[key] = made
    return sorted(found.values(), key=lambda d: (d.due, d.happened.child.pk))


def limit_for(happened: Happened, limits: Iterable[TimeLimit]) -> TimeLimit | None:
    """TL-1, TL-2."""
    holding = {limit.applies_to: limit for limit in limits if limit.holds_on(happened.day)}
    return next((holding[case] for case in (*happened.cases, "") if case in holding), None)


def deadline_of(limit: TimeLimit, event: Event, happened: Happened, calendar: Calendar, today: date) -> Deadline:
    """TL-4 to TL-6."""
    until = max(happened.ended or today, happened.day)
    if limit.unit == Unit.WORKING:
        due, passed = calendar.after(happened.day, limit.days), calendar.passed(happened.day, until)
        skipped = [f"{calendar.holidays[d]}, {say_date(d)}" for d in calendar.between(happened.day, max(due, until))]
    else:
        due, passed, skipped = happened.day + timedelta(days=limit.days), (until - happened.day).days, []
    return Deadline(limit, event, happened, due, passed, skipped)


def read_calendar() -> Calendar:
    """The working days, by the bank holidays that stand."""
    return Calendar(dict(BankHoliday.objects.standing().values_list("day", "name")))


def _days(count: int, unit: str) -> str:
    words = Unit(unit).label
    return f"{count} {words if count != 1 else words.removesuffix('s')}"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, ["; ".join(words[:-1]), words[-1]]))
