"""Management board attendance (KPI 8): each rule bites, two writings agree, services stand alone, and a quarter
without a board is never 0 of 5."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.measures import ALL, CannotBeComputed, Period, Quarter, Workbench, counted, figures
from openyj.measures.references import board_attendance
from openyj.measures.tests.boards import Row, meeting, several_boards, tables
from openyj.measures.tests.test_agreement import by_duckdb
from openyj.measures.workbench import DECLARED
from openyj.tables import CaseTables

MEASURE = ALL["board-attendance"]
AS_OF = date(2021, 3, 31)
APRIL, MAY, JUNE = date(2020, 4, 20), date(2020, 5, 18), date(2020, 6, 15)
ALL_FIVE = "SOCIAL_CARE EDUCATION POLICE PROBATION HEALTH"
# By rule: the meetings, and (senior, delegate, new partner, out of) with it and without it.
CASES: dict[str, tuple[list[list[Row]], tuple[int, ...], tuple[int, ...]]] = {
    "KPI8-1": (
        [meeting(1, APRIL, senior="POLICE"), meeting(2, MAY, senior="HEALTH", held=False)],
        (1, 0, 0, 5),
        (2, 0, 0, 5),
    ),
    "KPI8-2": ([meeting(1, APRIL, senior="POLICE OTHER", new="OTHER")], (1, 0, 0, 5), (2, 0, 1, 6)),
    "KPI8-3": (
        [meeting(1, APRIL, senior="POLICE"), meeting(2, JUNE, senior="HEALTH")],
        (1, 0, 0, 5),
        (2, 0, 0, 5),
    ),
    "KPI8-4": ([meeting(1, APRIL, senior="POLICE", delegate="HEALTH")], (1, 1, 0, 5), (2, 1, 0, 5)),
    "KPI8-5": (
        [meeting(1, APRIL, senior="POLICE"), meeting(2, MAY, senior="POLICE HEALTH")],
        (2, 0, 0, 5),
        (3, 0, 0, 10),
    ),
    "KPI8-6": ([meeting(1, APRIL, senior="POLICE", delegate="POLICE HEALTH")], (1, 2, 0, 5), (1, 1, 0, 5)),
    "KPI8-7": ([meeting(1, APRIL, senior="POLICE", new="POLICE HEALTH")], (1, 0, 1, 5), (1, 0, 2, 5)),
}
SPOKEN_OF = {"KPI8-3": date(2020, 5, 31)}


def sums(rows: list[Row]) -> tuple[int, ...]:
    return (*(sum(row[name] for row in rows) for name in ("senior", "delegate", "new_partner")), len(rows))


@pytest.mark.parametrize("rule", MEASURE.rules)
@pytest.mark.parametrize("engine", ["evaluation", "duckdb"])
def test_every_rule_bites(rule: str, engine: str) -> None:
    meetings, holding, off = CASES[rule]
    bench, as_of = Workbench(tables(*meetings), threads=1), SPOKEN_OF.get(rule, AS_OF)

    def found(without: frozenset[str]) -> tuple[int, ...]:
        expression = MEASURE.cohort(DECLARED, as_of, without=without)
        rows = bench.evaluated(expression) if engine == "evaluation" else by_duckdb(bench, expression)
        return sums(rows.to_pylist())

    assert found(frozenset()) == holding
    assert found(frozenset([rule])) == off
    reference = board_attendance.counted([row for rows in meetings for row in rows], as_of)
    assert sums(reference) == holding


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["service"], row["quarter"], row["sector"]))


def cohort(held: CaseTables, as_of: date) -> list[Row]:
    bench = Workbench(held, threads=1)
    return in_order(bench.query(f"SELECT * FROM {bench.cohort(MEASURE, as_of)}").to_pylist())


@settings(max_examples=60, deadline=None)
@given(services=several_boards(), as_of=st.sampled_from((date(2020, 4, 1), date(2020, 7, 1), AS_OF)))
def test_cohort_is_what_the_plain_reference_counts_service_by_service(services, as_of) -> None:
    """And so it is a function of one service's rows: the whole is the union of the services, each by itself."""
    expected = [row for rows in services for row in board_attendance.counted(rows, as_of)]
    assert cohort(tables(*services), as_of) == in_order(expected)
    assert in_order([row for rows in services for row in cohort(tables(rows), as_of)]) == in_order(expected)


@settings(max_examples=40, deadline=None)
@given(services=several_boards(), data=st.data())
def test_duckdb_and_evaluation_give_the_same_rows_with_and_without_each_rule(services, data) -> None:
    bench = Workbench(tables(*services), threads=1)
    off = data.draw(st.sets(st.sampled_from(sorted(MEASURE.rules)), max_size=2))
    expression = MEASURE.cohort(DECLARED, AS_OF, without=frozenset(off))
    key = str
    assert sorted(bench.evaluated(expression).to_pylist(), key=key) == sorted(
        by_duckdb(bench, expression).to_pylist(), key=key
    )


@settings(max_examples=40, deadline=None)
@given(services=several_boards(), again=st.data())
def test_another_board_of_a_quarter_never_takes_a_sector_away(services, again) -> None:
    """What KPI8-5 says of several boards: with one more held in a quarter that has one, every count stays or grows."""
    held = [row for row in services[0] if row["held"]]
    if not held:
        return
    more = meeting(99, again.draw(st.sampled_from([row["meeting_date"] for row in held])), senior="POLICE")
    before, after = (board_attendance.counted(rows, AS_OF) for rows in (services[0], services[0] + more))
    assert [row["sector"] for row in before] == [row["sector"] for row in after]
    for name in ("senior", "delegate", "new_partner", "boards"):
        assert all(one[name] <= other[name] for one, other in zip(before, after, strict=True))
    assert cohort(tables(services[0], more), AS_OF) == in_order(after)


def seniors(held: CaseTables, as_of: date = AS_OF, **asked) -> list[tuple]:
    found = [each for each in figures(MEASURE, held, as_of, **asked) if each.show == "senior"]
    return [(each.period.label, each.value, each.numerator, each.denominator, each.why_not) for each in found]


def test_quarter_without_a_board_says_so_and_is_never_0_of_5() -> None:
    held = tables(
        meeting(1, date(2020, 5, 1), senior="POLICE"),
        meeting(2, date(2020, 8, 1), senior=ALL_FIVE, held=False),
        meeting(3, date(2020, 11, 1)),
    )
    nothing = "cannot be computed: no board that was held is recorded in 2020Q2"
    assert seniors(held, date(2020, 12, 31)) == [
        ("2020Q1", 1.0, 1, 5, None),
        ("2020Q2", None, 0, 0, nothing),
        ("2020Q3", 0.0, 0, 5, None),
    ]
    late = seniors(held, date(2021, 3, 31), period="rolling_year")
    assert late == [("2020Q4", None, 1, 10, f"{nothing} and 2020Q4")]


def test_year_is_the_sum_of_its_quarters_out_of_20() -> None:
    held = tables(*(meeting(n, date(2020 + n // 4, n % 4 * 3 + 1, 9), senior="POLICE HEALTH") for n in range(1, 5)))
    assert seniors(held, period="year") == [("2020/21", 8.0, 8, 20, None)]
    assert seniors(held, period="year", by=["sector"])[0] == ("2020/21", 4.0, 4, 4, None)


def test_service_that_has_recorded_no_board_of_a_quarter_is_said_beside_one_that_has() -> None:
    held = tables(meeting(1, APRIL, senior="POLICE"), meeting(1, date(2020, 8, 1), senior="POLICE", service="South"))
    found = figures(MEASURE, held, date(2020, 9, 30), by=["service"])
    assert [
        (e.period.label, e.breakdown["service"], e.numerator, e.denominator) for e in found if e.show == "senior"
    ] == [
        ("2020Q1", "North", 1, 5),
        ("2020Q1", "South", 0, 0),
        ("2020Q2", "North", 0, 0),
        ("2020Q2", "South", 1, 5),
    ]


def test_counted_rows_are_those_of_the_figure() -> None:
    held = tables(meeting(1, APRIL, senior="POLICE HEALTH"), meeting(2, APRIL, senior="POLICE", service="South"))
    rows = counted(MEASURE, held, AS_OF, service="North", period=Period("quarter", Quarter(2020, 1)))
    assert [row["sector"] for row in rows.to_pylist() if row["senior"]] == ["Health", "Police"]
    assert len(rows) == 5
    named = counted(MEASURE, held, AS_OF, where={"sector": "Police"})
    assert [(row["service"], row["senior"]) for row in named.to_pylist()] == [("North", True), ("South", True)]


def test_table_never_supplied_is_named() -> None:
    with pytest.raises(CannotBeComputed, match="table board_attendance was not supplied"):
        figures(MEASURE, CaseTables({}), AS_OF)
    assert figures(MEASURE, tables(), AS_OF) == []
