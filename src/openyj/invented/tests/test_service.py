"""The invented tables: the same every time, valid, believable within ranges, and nobody's."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.invented.places import MAIN
from openyj.invented.report import summary
from openyj.invented.service import UNTIL, YEARS, service
from openyj.tables import validate


@pytest.fixture(scope="module")
def tables():
    return service()


def test_service_called_twice_gives_the_same_tables(tables):
    again = service()
    assert all(again[name].equals(tables[name]) for name in tables)
    assert not service(seed=1)["child"].equals(tables["child"])


def test_service_has_no_validity_errors(tables):
    assert [str(f) for f in validate(tables, UNTIL) if f.severity == "error"] == []


def test_service_is_believable_within_ranges(tables):
    main = summary(tables, MAIN.service, UNTIL, YEARS)
    assert 380 <= main.children <= 480
    assert all(40 <= count <= 95 for count in main.entrants)
    assert main.entrants[-1] < main.entrants[0]
    assert main.diverted[-1] > main.diverted[0]
    assert 5 <= main.custodial <= 12
    assert 0.25 <= main.reoffended / main.followed <= 0.40
    assert 0.80 <= main.boys <= 0.90
    assert 0.25 <= main.offences_of_busiest_tenth <= 0.60


def test_service_refuses_no_years():
    with pytest.raises(ValueError, match="at least one year"):
        service(years=0, until=date(2025, 1, 1))
