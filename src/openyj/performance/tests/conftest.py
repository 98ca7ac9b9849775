from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def today():
    """The tests' records are of the years before this day."""
    from openyj.core import clock
    from openyj.performance.tests.factories import TODAY

    with clock.fixed(TODAY):
        yield TODAY
