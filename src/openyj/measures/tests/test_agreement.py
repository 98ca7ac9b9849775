"""Two independent writings of each measure say the same of any lives, and so do the two that work one of them out;
and a cohort is a function of one person."""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from openyj.measures import OF_CHILDREN, Measure, Workbench
from openyj.measures.references import custody, first_time_entrants, reoffending
from openyj.measures.tests.drawn import Drawn, lives_in, tables
from openyj.measures.tests.lives import AS_OF, mapping, several_lives
from openyj.measures.workbench import DECLARED, definition, needs, sql_of
from openyj.tables import CaseTables

REFERENCES = {
    "first-time-entrants": first_time_entrants.counted,
    "custody": custody.counted,
    "reoffending": reoffending.counted,
}
EACH = pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))


def cohort(measure: Measure, held: CaseTables, as_of: date) -> list[dict]:
    bench = Workbench(held, threads=1)
    return in_order(bench.query(f"SELECT * FROM {bench.cohort(measure, as_of)}").to_pylist())


def in_order(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: (row["person"], row["date"], row["outcome_id"], str(row)))


def by_reference(measure: Measure, held: CaseTables, as_of: date) -> list[dict]:
    return in_order([row for life in lives_in(held) for row in REFERENCES[measure.name](life, as_of)])


def by_duckdb(bench: Workbench, expression: ir.Table) -> pa.Table:
    """The expression's rows as SQL gives them."""
    for name in needs(expression):
        bench.have(name)
    return bench.query(sql_of(expression))


def alike(found: pa.Table, expected: pa.Table) -> bool:
    assert found.column_names == expected.column_names
    return in_order(found.to_pylist()) == in_order(expected.to_pylist())


@EACH
@settings(max_examples=30, deadline=None)
@given(people=several_lives(), as_of=st.sampled_from(AS_OF))
def test_cohort_is_what_the_plain_reference_counts(measure: Measure, people: list[Drawn], as_of: date) -> None:
    held = tables(*people, legal_outcome=mapping())
    found = cohort(measure, held, as_of)
    event(f"counted: {min(len(found), 3)}")
    assert found == by_reference(measure, held, as_of)


@EACH
@settings(max_examples=30, deadline=None)
@given(people=several_lives(), as_of=st.sampled_from(AS_OF), data=st.data())
def test_duckdb_and_evaluation_give_the_same_rows_with_and_without_each_rule(measure, people, as_of, data) -> None:
    bench = Workbench(tables(*people, legal_outcome=mapping()), threads=1)
    off = data.draw(st.sets(st.sampled_from(sorted(measure.rules)), max_size=2))
    expression = measure.cohort(DECLARED, as_of, without=frozenset(off))
    assert alike(bench.evaluated(expression), by_duckdb(bench, expression))


@EACH
def test_definition_is_worked_out_without_duckdb(measure: Measure) -> None:
    """It may be left to DuckDB, and then takes several times as long: see evaluation/."""
    Workbench(tables(Drawn())).evaluated(definition(measure, AS_OF[0]).expression)


@EACH
@settings(max_examples=10, deadline=None)
@given(people=several_lives(), as_of=st.sampled_from(AS_OF), data=st.data())
def test_cohort_of_all_is_the_union_of_the_cohorts_of_any_parts(measure, people, as_of, data) -> None:
    held = tables(*people, legal_outcome=mapping())
    persons = held.persons()
    part = {person: data.draw(st.integers(0, 1)) for person in persons}
    parts = [held.of_persons(p for p in persons if part[p] == number) for number in range(2)]
    assert in_order([row for each in parts for row in cohort(measure, each, as_of)]) == cohort(measure, held, as_of)
