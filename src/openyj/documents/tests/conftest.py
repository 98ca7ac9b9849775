from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True)
def today():
    """The tests' records are of the years before this day."""
    from openyj.core import clock
    from openyj.performance.tests.factories import TODAY

    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def record(service, staff):
    """A service with nine first time entrants in the year to September 2026, eight the year before, money, figures."""
    from openyj.accounts.scope import acting
    from openyj.finance.services import name_money_figure
    from openyj.finance.tests.factories import make_year
    from openyj.performance.tests.factories import entrant, make_figure, make_population

    make_population(service)
    entrant(service, date(2024, 3, 5))  # the tables reach further back than the years compared
    for month in range(1, 9):
        entrant(service, date(2026, month, 5))
        entrant(service, date(2025, month, 5))
    entrant(service, date(2026, 3, 9))
    head = staff("head_of_service")
    make_year(by=head, starts=2025, amounts={"police": {"cash": 100}})
    year = make_year(by=head, starts=2026, amounts={"police": {"cash": 150}, "health": {"in_kind": 50}})
    with acting(by=head):
        money = name_money_figure(year=year, by=head).code
    return SimpleNamespace(
        service=service,
        head=head,
        count=make_figure(service).code,
        before=make_figure(service, period="2025Q2").code,
        rate=make_figure(service, show="rate").code,
        money=money,
    )
