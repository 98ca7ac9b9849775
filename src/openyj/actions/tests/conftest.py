"""Every test of actions is on 4 June 2026."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.core import clock


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(date(2026, 6, 4)):
        yield
