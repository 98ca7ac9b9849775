"""An invented duty rota: a week planned, copied, a swap, and a gap to find. Through the services a person would
use; the same every time."""

from __future__ import annotations

from datetime import date, timedelta

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.days import SATURDAY
from openyj.core import clock
from openyj.demo.reports import on
from openyj.rota import services
from openyj.rota.models import Duty, Part, monday_of

A_WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
COURT = "Quillmoor Youth Court"
PHONES = ("07700 900156", "07700 900157", "07700 900158", "07700 900159", "07700 900160")
WEEKS = 5
IN_COURT = (0, 1, 2, 3, None, 4)  # from Monday; Friday is nobody’s: a gap that the page shows


def add_rota(*, service: Service) -> None:
    """Last week, this one and the three after it."""
    staff = list(User.objects.filter(service=service, role="practitioner").order_by("pk")[: len(PHONES)])
    manager = User.objects.filter(service=service, role="manager").order_by("pk").first()
    begins = monday_of(clock.today()) - A_WEEK
    with acting(by=manager):
        with on(begins):
            for weekday, number in enumerate(IN_COURT):
                parts = [Part.MORNING] if weekday == SATURDAY else [Part.MORNING, Part.AFTERNOON]
                if number is not None:
                    plan(manager, staff[number], PHONES[number], begins + weekday * ONE_DAY, parts, place=COURT)
            for weekday in range(7):  # somebody is on call every evening
                number = weekday % len(staff)
                plan(manager, staff[number], PHONES[number], begins + weekday * ONE_DAY, [Part.ON_CALL])
            services.copy_week(by=manager, week=begins, into=begins + A_WEEK, weeks=WEEKS - 1)
        swapped = Duty.objects.standing().filter(day__gt=clock.today(), person=staff[1]).order_by("day", "part").first()
        services.swap(duty=swapped, version=swapped.version, by=manager, person=staff[2], reason="Training that day",
                      phone=PHONES[2])  # fmt: skip


def plan(by: User, person: User, phone: str, day: date, parts: list[Part], place: str = "") -> None:
    services.plan(by=by, person=person, first=day, last=day, weekdays=set(range(7)), parts=parts, place=place,
                  phone=phone)  # fmt: skip
