"""The day of every test of court is 4 June 2026; the child of it is 14.

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
def hearing(child):
    """1 April 2026: the child was remanded to youth detention accommodation for theft from a shop."""
    from openyj.casework.tests.factories import make_hearing, make_offence

    return make_hearing(
        child, make_offence(child), hearing_date=date(2026, 4, 1), court_name="Aldermere Youth Court",
        remand_proposal="BAIL_ISS", remand_decision="REMAND_TO_YOUTH_DETENTION_ACCOMMODATION",
    )  # fmt: skip


@pytest.fixture
def officer(sign_in):
    """A court officer's client."""
    return sign_in("court_officer")
