"""What the evaluation of a definition rests on: keys, firsts, values and parts, each beside the plainest way."""

from __future__ import annotations

from datetime import date

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.measures import ALL, OF_CHILDREN, Workbench
from openyj.measures.evaluation import Evaluation, NotUnderstood, in_parts, parts
from openyj.measures.evaluation.keys import NOWHERE, Places, firsts, matches, matches_between, packed
from openyj.measures.tests.boards import meeting
from openyj.measures.tests.drawn import Drawn, tables
from openyj.tables import CaseTables

NEAR = st.integers(-5, 5)
FAR = st.sampled_from((-(2**60), -1, 0, 7, 2**60))
KEYS = st.lists(st.one_of(NEAR, FAR), max_size=12).map(lambda found: np.array(found, np.int64))


@given(KEYS, KEYS)
def test_places_are_those_of_the_keys(keys: np.ndarray, wanted: np.ndarray) -> None:
    found = Places(keys)
    assert found.unique == (len(set(keys)) == len(keys))
    if found.unique:
        there = {key: place for place, key in enumerate(keys.tolist())}
        assert found.of(wanted).tolist() == [there.get(key, NOWHERE) for key in wanted.tolist()]


@given(KEYS, KEYS)
def test_matches_are_every_pair_with_the_same_key(left: np.ndarray, right: np.ndarray) -> None:
    rows, at = matches(left, right)
    rows = np.arange(len(left)) if rows is None else rows
    expected = [(i, j) for i, one in enumerate(left) for j, other in enumerate(right) if one == other]
    assert sorted(zip(rows.tolist(), at.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(NEAR, NEAR, NEAR), max_size=8), st.lists(st.tuples(NEAR, NEAR), max_size=8))
def test_matches_between_are_those_whose_day_is_from_low_to_high(left: list, right: list) -> None:
    ours = [np.array([row[n] for row in left], np.int64) for n in range(3)]
    theirs = [np.array([row[n] for row in right], np.int64) for n in range(2)]
    rows, at = matches_between(*ours, *theirs)
    rows = np.arange(len(left)) if rows is None else rows
    expected = [
        (i, j)
        for i, (key, low, high) in enumerate(left)
        for j, (other, day) in enumerate(right)
        if key == other and low <= day <= high
    ]
    assert sorted(zip(rows.tolist(), at.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(NEAR, NEAR, NEAR), max_size=12))
def test_firsts_are_the_least_rows_of_their_groups(rows: list) -> None:
    group, one, two = (np.array([row[n] for row in rows], np.int64) for n in range(3))
    expected = [
        min((i for i, row in enumerate(rows) if row[0] == each), key=lambda i: (*rows[i][1:], i))
        for each in sorted(set(group.tolist()))
    ]
    assert firsts(group, [one, two]).tolist() == expected


@given(st.lists(st.tuples(FAR, FAR, FAR), min_size=1, max_size=8))
def test_packed_columns_are_alike_and_in_order_where_the_rows_are(rows: list) -> None:
    whole = packed([np.array([row[n] for row in rows], np.int64) for n in range(3)]).tolist()
    assert [sorted(whole).index(key) for key in whole] == [sorted(rows).index(row) for row in rows]


def test_parts_hold_every_row_once_and_each_person_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH_IT", 3)
    held = tables(*(entrant(number) for number in range(1, 11)))
    found = in_parts(held, 3)
    assert len(found) == 3
    persons = [set(part["child"]["person"].to_pylist()) for part in found]
    assert sorted(person for part in persons for person in part) == list(range(1, 11))
    for name in held:
        own = [part[name] for part in found]
        assert pa.concat_tables(own) == held[name] if "person" in held[name].column_names else own == [held[name]] * 3


def test_rows_out_of_order_of_persons_are_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WORTH_IT", 1)
    assert len(in_parts(tables(entrant(2), entrant(1)), 2)) == 1


def test_cohort_of_parts_is_that_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    held = tables(*(entrant(number) for number in range(1, 11)))
    whole = [cohort(held, name) for name in OF_CHILDREN]
    monkeypatch.setattr(parts, "WORTH_IT", 3)
    assert len(in_parts(held, 2)) == 2
    assert [cohort(held, name) for name in OF_CHILDREN] == whole
    assert len(whole[0]) == 10


def test_what_reads_no_person_s_rows_is_worked_out_once_however_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of no person stand whole in each part."""
    boards = meeting(1, date(2021, 4, 20), senior="POLICE")
    held = tables(*(entrant(number) for number in range(1, 11)), board_attendance=boards)
    monkeypatch.setattr(parts, "WORTH_IT", 3)
    assert len(in_parts(held, 2)) == 2
    bench = Workbench(held, threads=2)
    name = bench.cohort(ALL["board-attendance"], date(2026, 1, 1))
    assert len(bench.query(f"SELECT * FROM {name}")) == 5


@pytest.mark.parametrize("name", sorted(ALL))
def test_some_columns_of_a_cohort_are_those_of_its_rows(name: str) -> None:
    """And nothing else of them is worked out; whoever asks for the whole afterwards has it."""
    boards = meeting(1, date(2021, 4, 20), senior="POLICE")
    held = tables(*(entrant(number) for number in range(1, 11)), board_attendance=boards)
    bench, as_of = Workbench(held), date(2026, 1, 1)
    some = bench.cohort(ALL[name], as_of, {"service", "quarter"})
    assert bench.cohort(ALL[name], as_of, ["quarter", "service"]) == some
    found = bench.query(f"SELECT * FROM {some}")
    assert set(found.column_names) == {"service", "quarter"}
    whole = bench.cohort(ALL[name], as_of)
    assert (
        bench.query(f"SELECT service, quarter FROM {whole}").to_pylist()
        == found.select(["service", "quarter"]).to_pylist()
    )
    assert bench.cohort(ALL[name], as_of, {"service"}) == whole


def cohort(held: CaseTables, name: str) -> list[dict]:
    bench = Workbench(held, threads=2)
    found = bench.query(f"SELECT * FROM {bench.cohort(ALL[name], date(2026, 1, 1))}").to_pylist()
    return sorted(found, key=lambda row: row["outcome_id"])


def entrant(person: int) -> Drawn:
    life = Drawn(person)
    life.dealt_with("YOUTH_CAUTION", date(2021, 4, person))
    return life


def test_what_is_not_understood_is_left_to_duckdb() -> None:
    """A measure whose definition takes a mean is still computed."""
    t = ibis.table({"person": "int64", "day": "date"}, name="given")
    given_table = pa.table({"person": [1, 1], "day": pa.array([date(2021, 1, 1), date(2021, 2, 1)])})
    evaluation = Evaluation({"given": given_table}, {})
    with pytest.raises(NotUnderstood, match="Mean"):
        evaluation.table(t.group_by("person").agg(mean=t.person.mean()))
    with pytest.raises(NotUnderstood, match="Sort"):
        evaluation.table(t.order_by("day"))


def test_workbenches_do_not_see_each_others_tables() -> None:
    """They share one DuckDB, and what one person may see another may not."""
    one, other = Workbench(tables(entrant(1))), Workbench(CaseTables({}))
    assert len(one.query("SELECT * FROM child")) == 1
    name = one.cohort(ALL["custody"], date(2026, 1, 1))
    for hidden in ("child", name):
        with pytest.raises(Exception, match="does not exist"):
            other.query(f"SELECT * FROM {hidden}")
