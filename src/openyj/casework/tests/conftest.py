"""What every test of casework stands on: an offence of the child, on 4 June 2026.

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
def offence(child):
    from openyj.casework.tests.factories import make_offence

    return make_offence(child)
