"""What every test of the rota stands on: Thursday 4 June 2026."""

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
def duty_worker(staff):
    return staff("practitioner")
