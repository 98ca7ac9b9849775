"""What every test of meetings stands on: 4 June 2026, a head of service, a board.

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
def head(sign_in):
    return sign_in("head_of_service")


@pytest.fixture
def board(head):
    from openyj.meetings.tests.factories import make_board

    return make_board(head.user)


@pytest.fixture
def scope(head):
    """What the test does itself, it does as the head of service."""
    from openyj.accounts.scope import acting

    with acting(by=head.user):
        yield
