"""The measures and their plain-Python references agree on the invented service, whole."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.invented.boards import board_attendance
from openyj.invented.country_places import country_places
from openyj.invented.service import SEED, UNTIL, service
from openyj.measures import ALL, OF_CHILDREN, Measure, Workbench, figures
from openyj.measures.references import board_attendance as reference
from openyj.measures.tests.test_agreement import by_reference, in_order
from openyj.measures.workbench import read_by
from openyj.tables import CaseTables


@pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
def test_cohort_of_the_invented_service_is_what_the_plain_reference_counts(measure: Measure) -> None:
    bench = Workbench(service(seed=7, children=120))
    found = in_order(bench.query(f"SELECT * FROM {bench.cohort(measure, UNTIL)}").to_pylist())
    assert found
    assert found == by_reference(measure, bench.tables, UNTIL)


@pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
def test_figures_need_no_table_but_those_a_measure_is_said_to_read(measure: Measure) -> None:
    whole = service(seed=7, children=60)
    read = CaseTables({name: table for name, table in whole.items() if name in read_by([measure])})
    assert len(read) < len(whole)
    for by in ([], list(measure.by)[:1]):
        assert list(figures(measure, read, UNTIL, by=by)) == list(figures(measure, whole, UNTIL, by=by))


def boards() -> CaseTables:
    """Ten years of boards of sixty invented services."""
    places = country_places(SEED, 60, 0.4, range(2015, 2027))
    return CaseTables({"board_attendance": board_attendance(SEED, places, date(2016, 10, 1), UNTIL)})


def test_boards_of_invented_services_are_counted_as_the_plain_reference_counts_them() -> None:
    held = boards()
    by_service: dict[str, list] = {}
    for row in held["board_attendance"].to_pylist():
        by_service.setdefault(row["service"], []).append(row)
    expected = [unit for rows in by_service.values() for unit in reference.counted(rows, UNTIL)]
    bench = Workbench(held)
    found = bench.query(f"SELECT * FROM {bench.cohort(ALL['board-attendance'], UNTIL)}").to_pylist()
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert len(found) > 10_000


def test_attendance_is_believable() -> None:
    """Most sectors most of the time; social care most often, education and health less; some quarters without."""
    held = boards()
    seniors = [each for each in figures(ALL["board-attendance"], held, UNTIL, period="year") if each.show == "senior"]
    assert all(0.6 < each.numerator / each.denominator < 0.9 for each in seniors)
    by = {
        each.breakdown["sector"]: each.numerator / each.denominator
        for each in figures(ALL["board-attendance"], held, UNTIL, by=["sector"], period="year")
        if each.show == "senior" and each.period.label == "2024/25"
    }
    assert by["Local authority children's social care"] > by["Police"] > by["Local authority education"]
    quarters = [
        each
        for each in figures(ALL["board-attendance"], held, UNTIL, by=["service"])
        if (each.show == "senior" and each.complete) or each.why_not
    ]
    assert 0.02 < sum(each.value is None for each in quarters) / len(quarters) < 0.2
