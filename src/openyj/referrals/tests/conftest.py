"""What every test of referrals stands on: 4 June 2026, business support."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.core import clock


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(date(2026, 6, 4)):
        yield


@pytest.fixture
def support(sign_in):
    """A client of business support."""
    return sign_in("business_support")
