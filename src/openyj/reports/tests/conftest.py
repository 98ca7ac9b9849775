"""What every test of court reports stands on: 4 June 2026, a Thursday, a manager, the author, and a child with an
offence heard on 1 June."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.core import clock

TODAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def author(sign_in):
    """A practitioner's client."""
    return sign_in("practitioner")


@pytest.fixture
def offence(child):
    from openyj.casework.tests.factories import make_offence

    return make_offence(child)


@pytest.fixture
def hearing(child, offence):
    from openyj.casework.tests.factories import make_hearing

    return make_hearing(child, offence, hearing_date=date(2026, 6, 1), court_name="Northmere Youth Court")
