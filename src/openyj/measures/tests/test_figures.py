"""Adding up a cohort: periods, groups, populations, what is not final and what cannot be computed."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.measures import (
    ALL,
    OF_CHILDREN,
    CannotBeComputed,
    Figure,
    Period,
    Quarter,
    Workbench,
    as_table,
    counted,
    figures,
)
from openyj.measures.tests.boards import meeting
from openyj.measures.tests.drawn import Drawn, tables
from openyj.measures.tests.lives import AS_OF, mapping, several_lives
from openyj.measures.workbench import read_by
from openyj.tables import CaseTables, read_folder, write_folder

FTE, CUSTODY, REOFFENDING = OF_CHILDREN.values()
AS_OF_DAY = date(2022, 3, 31)


def residents(service: str, year: int, aged_10_to_17: int) -> dict:
    return {
        "service": service,
        "year": year,
        "aged_10_to_17": aged_10_to_17,
        "source": "drawn",
        "invented": True,
    }


def entrant(person: int, on: date, **child: object) -> Drawn:
    life = Drawn(person, **child)
    life.dealt_with("YOUTH_CAUTION", on)
    return life


def values(found: list[Figure], show: str) -> dict[str, float | None]:
    return {each.period.label: each.value for each in found if each.show == show}


def test_quarters_without_anybody_are_there_with_zero_and_an_interval() -> None:
    held = tables(entrant(1, date(2021, 4, 5)), entrant(2, date(2022, 1, 4)))
    found = figures(FTE, held, AS_OF_DAY)
    assert values(found, "count") == {"2021Q1": 1, "2021Q2": 0, "2021Q3": 0, "2021Q4": 1}
    nothing = next(each for each in found if (each.show, each.period.label) == ("count", "2021Q2"))
    assert (nothing.low, nothing.high) == pytest.approx((0, 3.689), abs=0.001)
    assert nothing.complete


def test_rolling_years_add_four_quarters_and_begin_when_the_tables_cover_them() -> None:
    lives = [entrant(n, date(2021, month, 5)) for n, month in enumerate((4, 5, 8, 11), 1)]
    found = figures(FTE, tables(*lives), date(2022, 6, 30), period="rolling_year")
    assert values(found, "count") == {"2021Q4": 4, "2022Q1": 2}
    assert values(figures(FTE, tables(*lives), date(2022, 6, 30), period="year"), "count") == {"2021/22": 4}


def test_period_before_the_tables_begin_cannot_be_computed_and_is_not_zero() -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    asked = figures(FTE, held, AS_OF_DAY, first=Quarter(2020, 4), last=Quarter(2021, 1))
    before, within = (each for each in asked if each.show == "count")
    assert (before.value, before.numerator, before.complete) == (None, None, False)
    assert before.why_not == "the tables hold no outcome before 2021Q1, so they do not cover all of 2020Q4"
    assert within.value == 1


def test_period_after_the_day_cannot_be_computed() -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    found = figures(FTE, held, AS_OF_DAY, first=Quarter(2022, 1), last=Quarter(2022, 1))
    assert {each.why_not for each in found} == {"2022Q1 begins after 2022-03-31"}


def test_tables_without_any_outcome_give_no_figure_rather_than_zero() -> None:
    held = tables(Drawn())
    assert figures(FTE, held, AS_OF_DAY) == []
    (count, _) = figures(FTE, held, AS_OF_DAY, first=Quarter(2021, 4))
    assert (count.value, count.why_not) == (None, "the tables hold no outcome up to 2022-03-31")


def test_period_not_over_is_provisional() -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    *_, open_quarter, _ = figures(FTE, held, date(2021, 8, 1))
    assert open_quarter.period.label == "2021Q2"
    assert (open_quarter.value, open_quarter.complete) == (0, False)
    assert open_quarter.provisional == "the period ends on 2021-09-30; this speaks of 2021-08-01"


@pytest.mark.parametrize(("as_of", "complete"), [(date(2017, 6, 29), False), (date(2017, 6, 30), True)])
def test_reoffending_is_final_when_twelve_and_six_months_have_passed(as_of: date, complete: bool) -> None:
    """The published example: the cohort of October to December 2015 is complete on 30 June 2017."""
    life = Drawn(date_of_birth=date(2001, 5, 15))
    life.dealt_with("YOUTH_CAUTION", date(2015, 11, 2))
    (binary,) = (
        each for each in figures(REOFFENDING, tables(life), as_of, last=Quarter(2015, 3)) if each.show == "binary"
    )
    assert (binary.period.label, binary.value, binary.complete) == ("2015Q3", 0, complete)


def test_rates_of_a_real_plan() -> None:
    """Sefton 2019/20: 51 children are 215 per 100,000 and 62 are 261; one sentence is 0.04 per 1,000."""
    people = residents("North", 2020, 23_750)
    for number, rate in ((51, 215), (62, 261)):
        held = tables(*(entrant(n, date(2021, 1, 4)) for n in range(1, number + 1)), population=[people])
        (found,) = (each for each in figures(FTE, held, AS_OF_DAY, last=Quarter(2020, 4)) if each.show == "rate")
        assert round(found.value) == rate
        assert (found.numerator, found.denominator, found.population_year) == (number, 23_750, 2020)
    life = Drawn()
    life.dealt_with("DETENTION_AND_TRAINING_ORDER", date(2021, 1, 4), heard=date(2021, 1, 4))
    (custody,) = (
        each
        for each in figures(CUSTODY, tables(life, population=[people]), AS_OF_DAY, last=Quarter(2020, 4))
        if each.show == "rate"
    )
    assert round(custody.value, 2) == 0.04
    assert (custody.low, custody.high) == pytest.approx((0.0253 / 23.75, 5.5716 / 23.75), rel=0.01)


def test_rate_without_a_population_cannot_be_computed_and_says_why() -> None:
    held = tables(entrant(1, date(2021, 4, 5)))

    def why(held: CaseTables, **options) -> set[str | None]:
        return {each.why_not for each in figures(FTE, held, date(2021, 6, 30), **options) if each.show == "rate"}

    assert why(held) == {"cannot be computed: table population was not supplied"}
    elsewhere = held.replacing(tables(population=[residents("South", 2021, 10)]))
    elsewhere = held.replacing({"population": elsewhere["population"]})
    assert why(elsewhere) == {"cannot be computed: no population of North for 2021 or before"}
    later = held.replacing({"population": tables(population=[residents("North", 2022, 10)])["population"]})
    assert why(later) == {"cannot be computed: no population of North for 2021 or before"}
    here = held.replacing({"population": tables(population=[residents("North", 2021, 10)])["population"]})
    assert why(here, by=["locality"]) == {"cannot be computed: residents are known by service, not by locality"}
    assert why(here) == {None}


@pytest.mark.parametrize(
    ("quarter", "year"),
    [(Quarter(2020, 4), 2020), (Quarter(2021, 1), 2021), (Quarter(2021, 4), 2021), (Quarter(2022, 1), 2021)],
)
def test_population_is_the_latest_estimate_up_to_the_end_of_the_period(quarter: Quarter, year: int) -> None:
    held = tables(
        entrant(1, date(2021, 1, 4)), population=[residents("North", y, 1000 + y) for y in (2019, 2020, 2021)]
    )
    (rate,) = (
        each for each in figures(FTE, held, date(2022, 6, 30), first=quarter, last=quarter) if each.show == "rate"
    )
    assert (rate.population_year, rate.denominator) == (year, 1000 + year)


def test_rate_of_all_services_adds_their_populations_of_one_year() -> None:
    both = [entrant(1, date(2021, 4, 5)), entrant(2, date(2021, 4, 5), service="South")]
    held = tables(*both, population=[residents("North", 2020, 700), residents("South", 2020, 300)])
    (_, rate) = figures(FTE, held, date(2021, 6, 30))
    assert (rate.numerator, rate.denominator, rate.value) == (2, 1000, 200.0)
    apart = figures(FTE, held, date(2021, 6, 30), by=["service"])
    assert [(each.breakdown["service"], each.denominator) for each in apart if each.show == "rate"] == [
        ("North", 700),
        ("South", 300),
    ]


def test_service_is_asked_after_the_definition() -> None:
    """A child first cautioned in the South is not the North's first time entrant, whatever came later."""
    life = entrant(1, date(2021, 4, 5), service="South")
    life.record(service="North")
    life.dealt_with("REFERRAL_ORDER", date(2021, 7, 5))
    held = tables(life)
    assert values(figures(FTE, held, date(2021, 9, 30), service="North"), "count") == {"2021Q1": 0, "2021Q2": 0}
    assert values(figures(FTE, held, date(2021, 9, 30), service="South"), "count") == {"2021Q1": 1, "2021Q2": 0}


def test_two_records_of_one_child_are_one_entrant() -> None:
    """FTE-5: the same originating id and date of birth."""
    first = entrant(1, date(2021, 4, 5), originating_yot_person_id="7", service="South")
    again = entrant(2, date(2021, 7, 5), originating_yot_person_id="7")
    apart = entrant(3, date(2021, 7, 5), originating_yot_person_id="N/A")
    also = entrant(4, date(2021, 7, 5), originating_yot_person_id="N/A")
    assert values(figures(FTE, tables(first, again), date(2021, 9, 30)), "count") == {"2021Q1": 1, "2021Q2": 0}
    assert values(figures(FTE, tables(apart, also), date(2021, 9, 30)), "count") == {"2021Q2": 2}


def test_localities_of_the_service_appear_even_without_anybody() -> None:
    held = tables(entrant(1, date(2021, 4, 5)), Drawn(2, locality="Vale"), Drawn(3, service="South", locality="Bay"))
    found = figures(FTE, held, date(2021, 6, 30), by=["locality"], service="North")
    assert [(each.breakdown, each.value) for each in found if each.show == "count"] == [
        ({"locality": "Hill"}, 1),
        ({"locality": "Vale"}, 0),
    ]


def test_reoffending_shows_its_three_figures_and_adds_cohorts() -> None:
    """Two cohorts of two children: one of four reoffends, twice."""
    lives = [Drawn(n, date_of_birth=date(2006, 5, 15)) for n in (1, 2, 3, 4)]
    for life, on in zip(lives, (date(2020, 4, 6), date(2020, 5, 4), date(2020, 7, 6), date(2020, 8, 3)), strict=True):
        life.dealt_with("YOUTH_CAUTION", on)
    for committed in (date(2020, 12, 1), date(2020, 12, 2)):
        lives[0].outcome(lives[0].offence(committed), "YOUTH_CAUTION", date(2021, 4, 5))
    held = tables(*lives)
    found = figures(REOFFENDING, held, date(2026, 1, 1), period="year", last=Quarter(2020, 4))
    assert [(each.show, each.value, each.numerator, each.denominator) for each in found] == [
        ("cohort", 4, 4, None),
        ("binary", 25.0, 1, 4),
        ("per_reoffender", 2.0, 2, 1),
        ("per_child", 0.5, 2, 4),
    ]
    assert found[1].low == pytest.approx(4.559, abs=0.001)
    assert (found[2].low, found[2].high) == (None, None)


def test_share_and_mean_of_nobody_cannot_be_computed() -> None:
    held = tables(entrant(1, date(2020, 4, 6)))
    found = figures(REOFFENDING, held, date(2026, 1, 1), first=Quarter(2020, 1), last=Quarter(2020, 2))
    assert [(each.period.label, each.show, each.value, each.why_not) for each in found] == [
        ("2020Q1", "cohort", 1, None),
        ("2020Q1", "binary", 0, None),
        ("2020Q1", "per_reoffender", None, "cannot be computed: nobody of the cohort reoffended"),
        ("2020Q1", "per_child", 0, None),
        ("2020Q2", "cohort", 0, None),
        ("2020Q2", "binary", None, "cannot be computed: nobody is in the cohort"),
        ("2020Q2", "per_reoffender", None, "cannot be computed: nobody of the cohort reoffended"),
        ("2020Q2", "per_child", None, "cannot be computed: nobody is in the cohort"),
    ]


@pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
def test_table_never_supplied_is_named_and_never_counts_as_empty(measure) -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    without = CaseTables({name: table for name, table in held.items() if name != "offence"})
    with pytest.raises(CannotBeComputed, match=r"^cannot be computed: table offence was not supplied$"):
        figures(measure, without, AS_OF_DAY)
    with pytest.raises(CannotBeComputed, match="table child was not supplied"):
        figures(measure, CaseTables({}), AS_OF_DAY)
    emptied = held.replacing({name: table.slice(0, 0) for name, table in held.items() if name == "hearing"})
    assert figures(measure, emptied, AS_OF_DAY)


def test_unknown_breakdown_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"cannot be broken down by shoe_size\. Choose from service, locality"):
        figures(FTE, tables(), AS_OF_DAY, by=["shoe_size"])
    with pytest.raises(ValueError, match="has no date"):
        counted(FTE, tables(), AS_OF_DAY, where={"date": "1"})


@pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
@settings(max_examples=8, deadline=None)
@given(people=several_lives(), as_of=st.sampled_from(AS_OF), data=st.data())
def test_figures_of_groups_add_up_and_lead_to_their_rows(measure, people, as_of, data) -> None:
    by = data.draw(st.sampled_from(measure.by))
    bench = Workbench(tables(*people, legal_outcome=mapping()), threads=1)
    count = measure.shows[0].name
    whole = values(figures(measure, bench, as_of), count)
    parts = [each for each in figures(measure, bench, as_of, by=[by]) if each.show == count]
    added = {label: sum(part.value for part in parts if part.period.label == label) for label in whole}
    assert added == whole
    for part in parts:
        if part.value:
            rows = counted(measure, bench, as_of, period=part.period, where=part.breakdown)
            assert len(rows) == part.value
    assert len(counted(measure, bench, as_of)) == sum(whole.values())


def test_counted_keeps_to_service_and_period_and_names_the_records() -> None:
    held = tables(entrant(1, date(2021, 4, 5)), entrant(2, date(2021, 7, 5)), entrant(3, date(2021, 4, 5), service="S"))
    rows = counted(FTE, held, AS_OF_DAY, service="North", period=Period("quarter", Quarter(2021, 1))).to_pylist()
    assert [(row["person"], row["child_id"], row["offence_id"], row["outcome_id"]) for row in rows] == [
        (1, 1001, 1001, 1001)
    ]


def test_as_table_has_a_row_a_figure_even_of_none() -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    found = as_table(figures(FTE, held, date(2021, 6, 30), by=["locality"]))
    assert found.select(["show", "period", "locality", "value", "complete"]).to_pylist() == [
        {"show": "count", "period": "2021Q1", "locality": "Hill", "value": 1.0, "complete": True},
        {"show": "rate", "period": "2021Q1", "locality": "Hill", "value": None, "complete": False},
    ]
    assert len(as_table([])) == 0


@pytest.mark.parametrize("table", ["child", "offence", "offence_legal_outcome", "legal_outcome"])
def test_rows_that_would_be_counted_twice_are_refused(table: str) -> None:
    held = tables(entrant(1, date(2021, 4, 5)))
    doubled = held.replacing({table: pa.concat_tables([held[table], held[table]])})
    with pytest.raises(CannotBeComputed, match="outcome 1001 appears more than once"):
        figures(FTE, doubled, AS_OF_DAY)


@pytest.mark.parametrize("measure", ALL.values(), ids=lambda measure: measure.name)
def test_columns_read_for_a_measure_are_all_it_needs(measure, tmp_path) -> None:
    """Figures by everything it may be broken down by, and the rows behind them, are the same from those columns."""
    drawn = Drawn(1)
    drawn.dealt_with("YOUTH_CAUTION", date(2021, 4, 3))
    drawn.dealt_with("DETENTION_AND_TRAINING_ORDER", date(2021, 9, 3), heard=date(2021, 9, 3))
    held = tables(drawn, board_attendance=meeting(1, date(2021, 4, 20), senior="POLICE"))
    write_folder(held, tmp_path)
    some = read_folder(tmp_path, read_by([measure]))
    assert "sentencing_occasion_id" not in {column for table in some.values() for column in table.column_names}
    for by in ((), *((column,) for column in measure.by)):
        found = figures(measure, some, date(2023, 6, 30), by=by)
        assert found and found == figures(measure, held, date(2023, 6, 30), by=by)
    rows = counted(measure, some, date(2023, 6, 30))
    assert len(rows) and rows.to_pylist() == counted(measure, held, date(2023, 6, 30)).to_pylist()


def test_workbench_sees_no_files() -> None:
    with pytest.raises(duckdb.PermissionException):
        Workbench(tables()).query("SELECT * FROM read_csv('/etc/passwd')")
