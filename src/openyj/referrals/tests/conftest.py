"""What every test of referrals stands on: 4 June 2026, a manager, business support, a child.

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
    """A manager's client; the person is `manager.user`."""
    return sign_in("manager")


@pytest.fixture
def support(sign_in):
    """A client of business support."""
    return sign_in("business_support")


@pytest.fixture
def child(service):
    from openyj.people.tests.factories import make_child

    return make_child(service)
