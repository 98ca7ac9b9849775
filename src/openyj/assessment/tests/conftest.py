"""What every test of assessments stands on: 4 June 2026, a child of a team, its practitioner and a manager.

Models are imported inside, because this file is read before Django is set up.
"""

from __future__ import annotations

from datetime import date

import pytest

from openyj.core import clock


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(date(2026, 6, 4)):
        yield


@pytest.fixture
def team(service):
    from openyj.accounts.models import Team

    return Team.objects.create(service=service, name="Prevention")


@pytest.fixture
def worker(sign_in, team):
    """A practitioner's client; the person is `worker.user`."""
    return sign_in("practitioner", team=team)


@pytest.fixture
def manager(sign_in):
    return sign_in("manager")


@pytest.fixture
def child(service, team, worker):
    from openyj.people.tests.factories import make_address, make_child

    made = make_child(service, team=team, worker=worker.user)
    make_address(made)
    return made
