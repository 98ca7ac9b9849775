"""What the pages of the rota read."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from openyj.accounts.models import Service, User
from openyj.actions.days import SATURDAY, Calendar
from openyj.actions.deadlines import read_calendar
from openyj.core import clock
from openyj.rota.models import USUAL, Cover, Days, Duty, Part

ROLES = ("practitioner", "manager", "court_officer", "business_support", "data_officer")


@dataclass
class Cell:
    """One part of one day: who is on duty, and whether somebody has to be and nobody is."""

    part: Part
    needed: bool
    duties: list[Duty] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return self.needed and not self.duties


@dataclass(frozen=True)
class DayRow:
    """One day with its parts; `holiday` is the name of a bank holiday."""

    day: date
    cells: list[Cell]
    holiday: str
    today: date

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def has_gone_by(self) -> bool:
        return self.day < self.today

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for cell in self.cells)


def cover_of(service: Service | int) -> tuple[list[str], Cover | None]:
    """What has to be covered, and the row that says so; the usual where the service has said nothing."""
    row = Cover.objects.filter(service=service).first()
    return (USUAL if row is None else row.needed), row


def kind_of(day: date, calendar: Calendar) -> Days:
    """What a day is for the rota. A bank holiday on a Saturday is a Saturday: courts that sit then sit."""
    if day.weekday() == SATURDAY:
        return Days.SATURDAY
    return Days.WORKING if calendar.is_working(day) else Days.OTHER


def rows_between(user: User, first: date, last: date) -> list[DayRow]:
    """Every day from `first` to `last`. Three queries, however many duties there are."""
    calendar = read_calendar()
    needed, _row = cover_of(user.service_id)
    found: dict[tuple[date, str], list[Duty]] = {}
    for duty in Duty.objects.visible_to(user).standing().between(first, last).select_related("person"):
        found.setdefault((duty.day, duty.part), []).append(duty)
    made, today = [], clock.today()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        kind = kind_of(day, calendar)
        cells = [Cell(part, f"{kind}:{part}" in needed, found.get((day, part), [])) for part in Part]
        made.append(DayRow(day, cells, calendar.holidays.get(day, ""), today))
    return made


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def on_duty(user: User, day: date) -> QuerySet[Duty]:
    """Who is on duty on a day, in the day's order."""
    return Duty.objects.visible_to(user).standing().filter(day=day).select_related("person")


def own_next(user: User, *, days: int = 14) -> QuerySet[Duty]:
    """This person's own duties from tomorrow on."""
    today = clock.today()
    rows = Duty.objects.visible_to(user).standing().filter(person=user)
    return rows.between(today + timedelta(days=1), today + timedelta(days=days))


def people(service: Service | int) -> QuerySet[User]:
    """Who can be on duty, by name."""
    return User.objects.working_at(service).filter(role__in=ROLES).order_by("name")


def last_phone(person: User) -> str:
    """The number somebody gave for their latest duty."""
    found = Duty.objects.standing().filter(person=person).exclude(phone="").order_by("-day", "-pk")
    return found.values_list("phone", flat=True).first() or ""
