"""The invented boards: seeded, without a fault, believable, and drawn apart from the children."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from openyj.invented.boards import board_attendance
from openyj.invented.country_places import country_places
from openyj.invented.places import PLACES
from openyj.invented.service import SEED, UNTIL, service
from openyj.tables import CaseTables, validate

MANY = country_places(SEED, 60, 0.4, range(2015, 2027))


def drawn(seed: int = SEED) -> pa.Table:
    return board_attendance(seed, MANY, date(2016, 10, 1), UNTIL)


def test_same_seed_is_the_same_and_another_is_not() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(seed=5)


def test_children_change_no_meeting() -> None:
    one, other = (service(children=number, years=2)["board_attendance"] for number in (20, 40))
    assert one == other


def test_rows_have_no_fault() -> None:
    assert validate(CaseTables({"board_attendance": drawn()}), UNTIL) == []


def test_every_quarter_of_the_window_and_no_day_after_it() -> None:
    days = drawn()["meeting_date"]
    assert date(2016, 10, 1) <= pc.min(days).as_py() < date(2017, 1, 1)
    assert date(2026, 7, 1) <= pc.max(days).as_py() <= UNTIL
    assert set(pc.day_of_week(days).to_pylist()) <= {0, 1, 2, 3, 4}


def test_the_three_invented_services_have_boards() -> None:
    found = set(service(children=20, years=2)["board_attendance"]["service"].to_pylist())
    assert found == {place.service for place in PLACES.value}
