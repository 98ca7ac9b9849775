"""What every test of inspections stands on: 4 June 2026, a report with one recommendation.

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
def report(head):
    from openyj.inspection.services import add_report

    return add_report(
        by=head.user, title="Inspection of 2026", by_whom="The inspectorate", published_on=date(2026, 5, 1)
    )


@pytest.fixture
def asked(head, report):
    from openyj.inspection.services import add_recommendation

    return add_recommendation(
        report=report, by=head.user, number="1", text="Contact victims as they wish", addressed_to="The board"
    )
