"""An invented duty rota: a week planned, copied, a swap, and a gap to find. Through the services a person would
use; the same every time."""

from __future__ import annotations

from datetime import timedelta

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.core import clock
from openyj.demo.reports import on
from openyj.rota import services
from openyj.rota.models import Duty, Part, monday_of

A_WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
COURT = "Quillmoor Youth Court"
PHONES = ("07700 900156", "07700 900157", "07700 900158", "07700 900159", "07700 900160")
WEEKS = 5
LAST_PLANNED = 4  # days from Monday that are planned; Friday is nobody’s: a gap that the page shows


def add_rota(*, service: Service) -> None:
    """Last week, this one and the three after it."""
    staff = list(User.objects.filter(service=service, role="practitioner").order_by("pk")[: len(PHONES)])
    manager = User.objects.filter(service=service, role="manager").order_by("pk").first()
    begins = monday_of(clock.today()) - A_WEEK
    with acting(by=manager):
        with on(begins):
            for number, (person, phone) in enumerate(zip(staff, PHONES, strict=False)):
                weekday = number if number < LAST_PLANNED else 5  # the last has Saturday, and Friday is left
                day = begins + weekday * ONE_DAY
                parts = [Part.MORNING, Part.AFTERNOON] if weekday < 5 else [Part.MORNING, Part.ON_CALL]
                services.plan(by=manager, person=person, first=day, last=day, weekdays={weekday}, parts=parts,
                              place=COURT, phone=phone)  # fmt: skip
            services.copy_week(by=manager, week=begins, into=begins + A_WEEK, weeks=WEEKS - 1)
        swapped = Duty.objects.standing().filter(day__gt=clock.today(), person=staff[1]).order_by("day", "part").first()
        services.swap(duty=swapped, version=swapped.version, by=manager, person=staff[2], reason="Training that day",
                      phone=PHONES[2])  # fmt: skip
