"""The rules of casework, asked directly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from openyj.casework import services
from openyj.casework.services import estimated_end

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 6, 29), 11, date(2027, 5, 28)),  # the YJB's own calculator's test case: 334 days
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2023, 8, 31), 6, date(2024, 2, 28)),
        (date(2026, 6, 4), 0.5, None),
        (date(2026, 6, 4), 0, None),
        (date(2026, 6, 4), -3, None),
        (date(2026, 6, 4), 1_000_000, None),
    ],
)
def test_estimated_end(start, months, end):
    assert estimated_end(start, months) == end


def test_the_calculators_case_has_334_days():
    assert (estimated_end(date(2026, 6, 29), 11) - date(2026, 6, 29)).days + 1 == 334


@given(start=DAYS, months=st.integers(1, 60))
def test_a_longer_term_never_ends_earlier(start, months):
    shorter, longer = estimated_end(start, months), estimated_end(start, months + 1)
    assert start <= shorter < longer
    assert timedelta(28) <= longer - shorter <= timedelta(31)


@pytest.mark.django_db
@pytest.mark.parametrize("arrest", [date(2026, 2, 28), date(2009, 1, 1)])
def test_services_refuse_what_the_forms_refuse(service, staff, arrest):
    from openyj.people.tests.factories import make_child

    with pytest.raises(ValidationError):
        services.add_offence(
            child=make_child(service), by=staff("manager"), offence_date=date(2026, 3, 1), arrest_date=arrest,
            description="X",
        )  # fmt: skip
