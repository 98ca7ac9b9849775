"""Every measure on Spark is what it is on DuckDB, row for row, on lives drawn towards the edges."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pyarrow import parquet

import openyj
from openyj.command import main
from openyj.measures import ALL, OF_CHILDREN, CannotBeComputed, Measure, Workbench, as_table, counted, figures
from openyj.measures.on_spark import SparkWorkbench, brought, session, why_not_here
from openyj.measures.statement import compiled
from openyj.measures.tests.boards import meeting
from openyj.measures.tests.drawn import Drawn, tables
from openyj.measures.tests.lives import AS_OF, lives, mapping
from openyj.tables import CaseTables, Unfit, linked, write_folder
from openyj.tables.snapshot import Tampered, freeze

SRC = str(Path(openyj.__file__).parents[1])
EACH = pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
DAYS = pytest.mark.parametrize("as_of", AS_OF, ids=str)
# Rules whose absence changes the shape of the query, not only a condition in it.
WITHOUT = ("FTE-2b", "FTE-4a", "FTE-4b", "FTE-7", "CUST-4b", "CUST-7", "REOFF-2", "REOFF-5a", "REOFF-7", "REOFF-12")

if (reason := why_not_here()) and os.environ.get("CI"):
    raise RuntimeError(f"In CI the measures must run on Spark. {reason}")
pytestmark = pytest.mark.skipif(reason is not None, reason=str(reason))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests: it takes seconds to start."""
    with session("local[2]") as running:
        yield running


def many_lives(number: int) -> CaseTables:
    """Lives that move between services, are recorded twice, have open dates; some are the same child elsewhere."""
    people: list[Drawn] = []
    numbers = itertools.count(1)

    @seed(20261122)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        people.append(data.draw(lives(next(numbers))))

    draw()
    for one, other in zip(people[::6], people[1::6], strict=False):
        for life in (one, other):
            life.rows["child"][0] |= {
                "originating_yot_person_id": f"ID{one.person}",
                "date_of_birth": date(2004, 2, 29),
            }
    boards = [row for n in range(1, 9) for row in meeting(n, date(2020, n, 28), senior="POLICE HEALTH", new="HEALTH")]
    return tables(*people, legal_outcome=mapping(), board_attendance=boards)


@pytest.fixture(scope="module")
def drawn() -> CaseTables:
    return many_lives(150)


@pytest.fixture(scope="module")
def folder(drawn: CaseTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "snapshot"
    freeze(drawn, path, taken_at=datetime(2026, 2, 1, tzinfo=UTC), as_of=AS_OF[-1], source="a test", code_version="0")
    return path


@pytest.fixture(scope="module")
def on_spark(spark: Any, folder: Path) -> Iterator[SparkWorkbench]:
    bench = SparkWorkbench(spark, folder)
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def on_duckdb(drawn: CaseTables) -> Workbench:
    return Workbench(drawn, threads=1)


def rows(bench: Workbench, measure: Measure, as_of: date) -> pa.Table:
    found = bench.query(f"SELECT * FROM {bench.cohort(measure, as_of)}")
    return found.sort_by([(column, "ascending") for column in found.column_names])


def test_drawn_lives_are_linked_moving_and_open(drawn: CaseTables) -> None:
    assert len(linked(drawn).persons()) < len(drawn.persons())
    services = drawn["child"].group_by("person").aggregate([("service", "count_distinct")])
    assert max(services["service_count_distinct"].to_pylist()) > 1
    for table, column in (
        ("intervention_programme", "end_date"),
        ("offence", "offence_date"),
        ("child", "date_of_birth"),
    ):
        assert drawn[table][column].null_count


@EACH
@DAYS
def test_cohort_has_the_same_rows_and_types(on_spark, on_duckdb, measure: Measure, as_of: date) -> None:
    found, expected = rows(on_spark, measure, as_of), rows(on_duckdb, measure, as_of)
    assert found.schema == expected.schema
    assert found.to_pylist() == expected.to_pylist()
    assert len(found) > 0 or as_of < AS_OF[-1]


@pytest.mark.parametrize("rule", WITHOUT)
def test_cohort_is_the_same_without_a_rule(on_spark, on_duckdb, rule: str) -> None:
    measure = next(each for each in OF_CHILDREN.values() if rule in each.rules)
    without = dataclasses.replace(
        measure, name=f"{measure.name} {rule}", cohort=partial(measure.cohort, without=frozenset({rule}))
    )
    found = rows(on_spark, without, AS_OF[-1]).to_pylist()
    assert found == rows(on_duckdb, without, AS_OF[-1]).to_pylist()
    assert found != rows(on_duckdb, measure, AS_OF[-1]).to_pylist()


@EACH
@pytest.mark.parametrize("by", [(), ("service",), ("locality", "sex"), ("ethnicity_group", "age_band")], ids=str)
def test_figures_are_the_same(on_spark, on_duckdb, measure: Measure, by: tuple[str, ...]) -> None:
    asked = {"by": by, "period": "rolling_year"}
    found = as_table(figures(measure, on_spark, AS_OF[-1], **asked))
    assert found.to_pylist() == as_table(figures(measure, on_duckdb, AS_OF[-1], **asked)).to_pylist()


def test_boards_are_the_same(on_spark, on_duckdb) -> None:
    boards = ALL["board-attendance"]
    found, expected = rows(on_spark, boards, AS_OF[-1]), rows(on_duckdb, boards, AS_OF[-1])
    assert found.schema == expected.schema
    assert found.to_pylist() == expected.to_pylist()
    assert len(found) == 15, "five sectors in each of three quarters"
    shown, shown_too = (as_table(figures(boards, bench, AS_OF[-1], by=["sector"])) for bench in (on_spark, on_duckdb))
    assert shown.to_pylist() == shown_too.to_pylist()


@EACH
def test_rows_behind_a_figure_are_the_same(on_spark, on_duckdb, measure: Measure) -> None:
    asked = figures(measure, on_duckdb, AS_OF[-1], by=["locality"], period="year", service="North")
    some = {figure.breakdown["locality"]: figure for figure in asked if figure.numerator}
    assert set(some) == {"Hill", None}
    for figure in some.values():
        wanted = {"service": "North", "period": figure.period, "where": figure.breakdown}
        found = counted(measure, on_spark, AS_OF[-1], **wanted).to_pylist()
        assert found == counted(measure, on_duckdb, AS_OF[-1], **wanted).to_pylist()
        assert len(found) > 0


# Where the engines themselves differ: each expression is one that the definitions use.


def same_on_both(spark: Any, expression: ibis.expr.types.Table, given: pa.Table) -> list[dict]:
    spark.createDataFrame(given).createOrReplaceTempView("given")
    bench = Workbench(CaseTables({}))
    bench.connection.register("given", given)
    order = [(column, "ascending") for column in expression.columns]
    found = plain(brought(spark.sql(compiled(expression, "spark"))).sort_by(order))
    assert found == plain(bench.query(compiled(expression, "duckdb")).sort_by(order))
    return found


def plain(table: pa.Table) -> list[dict]:
    """Rows with days as days: a month later or the start of a quarter may come as that day's midnight."""
    rows = table.to_pylist()
    for row in rows:
        for column, value in row.items():
            if isinstance(value, datetime):
                assert (value.hour, value.minute, value.second) == (0, 0, 0)
                row[column] = value.date()
    return rows


def days() -> tuple[ibis.expr.types.Table, pa.Table]:
    every = [date.fromordinal(number) for number in range(date(2019, 12, 1).toordinal(), date(2024, 4, 1).toordinal())]
    made = pa.table(
        {"day": pa.array([*every, date(1, 1, 1), date(1500, 2, 28), date(9997, 12, 31), None], pa.date32())}
    )
    return ibis.table({"day": "date"}, name="given"), made


def test_months_later_end_on_the_last_day_where_there_is_no_such_day(spark: Any) -> None:
    t, given = days()
    later = {f"in_{n}": t.day + ibis.interval(months=n) for n in (1, 6, 12, 18)}
    found = {row["day"]: row for row in same_on_both(spark, t.select("day", **later), given)}
    assert found[date(2020, 1, 31)]["in_1"] == date(2020, 2, 29)
    assert found[date(2020, 2, 29)]["in_12"] == date(2021, 2, 28)
    assert found[date(2020, 8, 31)]["in_18"] == date(2022, 2, 28)


def test_quarters_and_ages_of_every_day_are_the_same(spark: Any) -> None:
    from openyj.measures.facts import age_on, quarter

    t, given = days()
    born = ibis.date(2004, 2, 29)
    asked = t.select(
        "day", label=quarter(t.day), age=age_on(t.day, born).cast("int64"), begins=t.day.truncate("Q").cast("date")
    )
    found = {row["day"]: row for row in same_on_both(spark, asked, given)}
    assert [found[date(2021, 3, 1)][column] for column in ("label", "age", "begins")] == [
        "2020Q4",
        17,
        date(2021, 1, 1),
    ]
    assert found[date(2021, 2, 28)]["age"] == 16


def test_missing_values_come_last_on_both(spark: Any) -> None:
    t = ibis.table({"who": "int64", "day": "date", "id": "int64"}, name="given")
    day = date(2020, 1, 1)
    given = pa.table({"who": [1, 1, 2, 2], "day": pa.array([None, day, day, None], pa.date32()), "id": [1, 2, 3, 4]})
    for order, first in (([t.day, t.id], [2, 3]), ([t.day.desc(), t.id], [2, 3])):
        place = ibis.row_number().over(group_by="who", order_by=order)
        expression = t.mutate(place=place).filter(ibis._.place == 0).select("who", "id")
        assert [row["id"] for row in same_on_both(spark, expression, given)] == first


def test_text_is_compared_letter_by_letter(spark: Any) -> None:
    t = ibis.table({"word": "string"}, name="given")
    words = ["Ynys Môn", "ynys môn", "Ynys Mon", "Ynys Môn ", "", None, "OTHER"]
    expression = t.select(
        "word", same=t.word == "Ynys Môn", other=(t.word == "OTHER").fill_null(False), low=t.word.lower()
    )
    found = {row["word"]: row for row in same_on_both(spark, expression, pa.table({"word": words}))}
    assert [found[word]["same"] for word in words] == [True, False, False, False, False, None, False]
    assert found[None]["other"] is False


def test_day_before_the_gregorian_calendar_is_read_as_it_stands(spark: Any, tmp_path: Path) -> None:
    always = {"legal_outcome": "X", "label": "X", "outcome_group": "Custody", "seriousness_rank": 1}
    old = date(1500, 2, 28)
    write_folder(tables(Drawn(1), legal_outcome=[always | {"valid_from": old, "valid_to": None}]), tmp_path / "old")
    bench = SparkWorkbench(spark, tmp_path / "old")
    assert bench.tables["legal_outcome"]["valid_from"].to_pylist() == [old]


# What is refused.


def test_snapshot_brings_its_day_and_must_be_untouched(spark: Any, folder: Path, on_spark, tmp_path: Path) -> None:
    assert on_spark.as_of == AS_OF[-1]
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (copy / "child.parquet").write_bytes((copy / "hearing.parquet").read_bytes())
    (copy / "offence.parquet").unlink()
    with pytest.raises(Tampered, match=r"offence.parquet is missing; child.parquet was changed. Take it from a backup"):
        SparkWorkbench(spark, copy)
    (copy / "manifest.json").write_text("{}")
    with pytest.raises(Tampered, match="cannot be read as a manifest"):
        SparkWorkbench(spark, copy)


def test_table_that_is_missing_is_named_and_the_shipped_mapping_is_used(spark: Any, tmp_path: Path) -> None:
    write_folder(tables(Drawn(1)), tmp_path / "cases")
    for name in ("hearing", "legal_outcome"):
        (tmp_path / "cases" / f"{name}.parquet").unlink()
    bench = SparkWorkbench(spark, tmp_path / "cases")
    assert (bench.as_of, bench.shipped) == (None, ["legal_outcome"])
    with pytest.raises(CannotBeComputed, match="table hearing was not supplied"):
        bench.cohort(ALL["custody"], AS_OF[0])
    assert rows(bench, ALL["reoffending"], AS_OF[0]).num_rows == 0


def test_columns_and_required_values_are_asked_for(spark: Any, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    write_folder(tables(Drawn(1)), cases)
    child = parquet.read_table(cases / "child.parquet")
    nobody = child.set_column(child.column_names.index("service"), "service", pa.array([None], pa.string()))
    parquet.write_table(nobody, cases / "child.parquet")
    with pytest.raises(Unfit, match=r"SHAPE-5 child service: 1 row\(s\) have no value"):
        SparkWorkbench(spark, cases)
    text = child.drop_columns(["sex"]).set_column(0, child.column_names[0], pa.array(["1"]))
    parquet.write_table(text, cases / "child.parquet")
    with pytest.raises(
        Unfit, match=r"(?s)SHAPE-4 child .*: Cannot be read as .*SHAPE-3 child sex: The column is missing"
    ):
        SparkWorkbench(spark, cases)


def test_doubles_are_refused(spark: Any, tmp_path: Path) -> None:
    life = Drawn(1)
    life.dealt_with("YOUTH_CAUTION", date(2020, 6, 1))
    twice = [row for row in mapping() if row["legal_outcome"] == "YOUTH_CAUTION"] * 2
    write_folder(tables(life, legal_outcome=twice), tmp_path / "cases")
    bench = SparkWorkbench(spark, tmp_path / "cases")
    with pytest.raises(CannotBeComputed, match="appears more than once"):
        bench.cohort(ALL["custody"], AS_OF[-1])


def test_folder_that_is_none_or_holds_no_table(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        SparkWorkbench(spark, tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="holds no case-level table as Parquet"):
        SparkWorkbench(spark, tmp_path)


def test_two_workbenches_of_one_session_do_not_meet(spark: Any, on_spark, on_duckdb, tmp_path: Path) -> None:
    write_folder(tables(Drawn(1)), tmp_path / "empty")
    SparkWorkbench(spark, tmp_path / "empty")
    measure = dataclasses.replace(ALL["custody"], name="custody again")
    assert rows(on_spark, measure, AS_OF[-1]) == rows(on_duckdb, measure, AS_OF[-1])


# As an analyst types it.

WATCHED = """
import json, os, sys
from pathlib import Path
from openyj.measures import command
from openyj.command import main

before = command.compute
def compute(*given):
    # Every address on which the processes of this session listen, while it works.
    inodes = {os.readlink(link) for pid in os.listdir("/proc") if pid.isdigit() and os.getsid(int(pid)) == os.getsid(0)
              for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    for kind in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]:
            local, state, inode = (line.split()[place] for place in (1, 3, 9))
            if state == "0A" and f"socket:[{inode}]" in inodes:
                sys.stderr.write(f"listens on {local.split(':')[0]}\\n")
    return before(*given)
command.compute = compute
sys.exit(main(sys.argv[1:]))
"""
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


@pytest.mark.slow
def test_command_says_the_same_quietly_and_leaves_nothing(folder: Path, tmp_path: Path, capsys) -> None:
    words = ["measure", "reoffending", "--data", str(folder), "--by", "year,service", "--format", "json"]
    main(words)
    expected = capsys.readouterr()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words, "--engine", "spark", "--master", "local[2]"],
        env=os.environ | {"PYTHONPATH": SRC, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        start_new_session=True,
    )
    assert json.loads(done.stdout) == json.loads(expected.out)
    said = done.stderr.splitlines()
    listens = {line.removeprefix("listens on ") for line in said if line.startswith("listens on ")}
    assert listens and listens <= LOOPBACK
    java_itself = "WARNING: Using incubator modules: jdk.incubator.vector"
    assert [
        line for line in said if not line.startswith("listens on ") and line != java_itself
    ] == expected.err.splitlines()
    assert list(tmp_path.iterdir()) == []
