"""What every test of casework stands on: a manager, a child and an offence, on 4 June 2026.

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
def manager(sign_in):
    return sign_in("manager")


@pytest.fixture
def child(service):
    from openyj.people.tests.factories import make_child

    return make_child(service)


@pytest.fixture
def offence(child):
    from openyj.casework.tests.factories import make_offence

    return make_offence(child)
