"""Staff for the services of a loaded country: an administrator adds people and teams, a manager allots the children, a
head of service records what partners gave.

All of it through the site's own services, so that history and constraints hold as after a page. Invented names.
"""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from openyj.accounts.models import Service, Team, User
from openyj.accounts.scope import acting
from openyj.accounts.services import add_user
from openyj.core import clock
from openyj.finance.models import Partner, Stream
from openyj.finance.services import record_contributions, start_year
from openyj.invented.names import ADULTS
from openyj.people.models import Child
from openyj.people.services import change_child

CASELOAD = 12  # children with an open programme for one practitioner
TEAMS = ("Prevention and diversion", "Court and orders")


def add_staff() -> str:
    """Every service gets an administrator, a head, two teams with a manager each, a data officer, a board member and
    practitioners enough; every child with an open programme a worker and a team."""
    people = children = 0
    for service in Service.objects.filter(oversees="").order_by("code"):
        mine = busy_children(service)
        names = itertools.cycle(ADULTS)
        first = User.objects.create(
            email=f"administrator@{service.code.lower()}.example", name=f"{next(names)} Administrator", service=service,
            role="administrator", password=make_password(None),
        )  # fmt: skip

        def add(role: str, number: int, team: Team | None, *, first=first, names=names) -> User:
            email = f"{role}{number}@{first.service.code.lower()}.example"
            name = f"{next(names)} {role.replace('_', ' ').title()} {number}"
            return add_user(by=first, name=name, email=email, role=role, team=team, expires_on=None)

        with acting(by=first):
            teams = [Team.objects.create(service=service, name=name) for name in TEAMS]
            for role in ("head_of_service", "data_officer", "board_member"):
                add(role, 1, None)
            head = User.objects.get(service=service, role="head_of_service")
            managers = [add("manager", n, team) for n, team in enumerate(teams, 1)]
            count = max(len(mine) // CASELOAD, 2)
            workers = [add("practitioner", n, teams[n % len(teams)]) for n in range(1, count + 1)]
        with acting(by=managers[0]):
            for child, worker in zip(mine, itertools.cycle(workers), strict=False):
                change_child(row=child, version=child.version, by=managers[0], worker=worker, team=worker.team)
        with acting(by=head):
            record_money(service, head)
        people += 6 + len(workers)
        children += len(mine)
    return f"{people:,} people, {children:,} children allotted"


def record_money(service: Service, head: User) -> None:
    """What every partner gave in every way in this financial year and the one before. Invented amounts."""
    now = financial_year_of(clock.today())
    for starts in (now - 1, now):
        year = start_year(service=service, starts=starts, by=head)
        partners = Partner.objects.filter(service=service)
        amounts = {
            (partner.pk, stream.value): Decimal(1000 * (partner.order + column + starts % 10))
            for partner in partners
            for column, stream in enumerate(Stream)
        }
        record_contributions(year=year, version=year.version, amounts=amounts, notes={}, by=head)


def financial_year_of(day: date) -> int:
    """The financial year a day is in, by the year it begins in."""
    return day.year if day.month >= 4 else day.year - 1


def busy_children(service: Service) -> list[Child]:
    """The children of a service with an open programme, by number."""
    with acting(by=None, services=[service]):
        rows = Child.objects.standing().filter(service=service, programmes__end_date=None).distinct()
        return list(rows.filter(programmes__isnull=False, programmes__in_error_at=None).order_by("id"))
