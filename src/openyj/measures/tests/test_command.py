"""``openyj measure`` as an analyst types it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import openyj
from openyj.command import main
from openyj.measures.tests.drawn import Drawn, tables
from openyj.tables import BY_NAME, CaseTables, write_folder
from openyj.tables.snapshot import freeze

SRC = str(Path(openyj.__file__).parents[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(drawn(), tmp_path / "cases")
    return tmp_path / "cases"


def drawn() -> CaseTables:
    lives = [Drawn(1), Drawn(2, locality="Vale", sex="2")]
    for life, on in zip(lives, (date(2021, 4, 5), date(2021, 7, 5)), strict=True):
        life.dealt_with("YOUTH_CAUTION", on)
    return tables(*lives)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


def test_measure_by_quarter_and_locality_as_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "first-time-entrants", "--data", str(folder), "--by", "quarter,locality"]) == 0
    said = capsys.readouterr()
    assert said.err == "As of 2021-07-05, the latest outcome in the tables; --as-of says otherwise\n"
    rows = [line.split() for line in said.out.splitlines()]
    assert rows[0][:7] == ["measure", "show", "period", "start", "end", "locality", "value"]
    assert [row[1:7] for row in rows[2:] if row[1] == "count"] == [
        ["count", "2021Q1", "2021-04-01", "2021-06-30", "Hill", "1.00"],
        ["count", "2021Q1", "2021-04-01", "2021-06-30", "Vale", "0.00"],
        ["count", "2021Q2", "2021-07-01", "2021-09-30", "Hill", "0.00"],
        ["count", "2021Q2", "2021-07-01", "2021-09-30", "Vale", "1.00"],
    ]


def test_csv_and_json_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["measure", "reoffending", "--data", str(folder), "--by", "quarter,sex", "--as-of", "2026-01-01"]
    main([*words, "--last", "2021Q2", "--format", "csv"])
    as_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    main([*words, "--last", "2021Q2", "--format", "json"])
    as_json = json.loads(capsys.readouterr().out)
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in as_json] == as_csv
    assert as_json[0] | {"low": None, "high": None} == {
        "measure": "reoffending",
        "show": "cohort",
        "period": "2021Q1",
        "start": "2021-04-01",
        "end": "2021-06-30",
        "sex": "Female",
        "value": 0.0,
        "numerator": 0,
        "denominator": None,
        "low": None,
        "high": None,
        "complete": True,
        "note": None,
    }


def test_rows_are_the_counted_units(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["measure", "first-time-entrants", "--data", str(folder), "--rows", "--format", "json"])
    assert [row["child_id"] for row in json.loads(capsys.readouterr().out)] == [1001, 2001]


def test_snapshot_brings_its_day_and_must_be_untouched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"taken_at": datetime(2022, 1, 1, tzinfo=UTC), "source": "a test", "code_version": "0"}
    freeze(drawn(), tmp_path / "s", as_of=date(2021, 12, 31), **facts)
    words = ["measure", "custody", "--data", str(tmp_path / "s")]
    assert main(words) == 0
    assert capsys.readouterr().err == "As of 2021-12-31, the snapshot's day\n"
    (tmp_path / "s" / "child.parquet").write_bytes(b"")
    assert "is not as it was frozen: child.parquet was changed" in refused(capsys, *words)


def test_shipped_mapping_is_used_and_said_when_none_is_supplied(folder: Path, capsys) -> None:
    (folder / "legal_outcome.parquet").unlink()
    main(["measure", "first-time-entrants", "--data", str(folder), "--as-of", "2021-09-30"])
    assert capsys.readouterr().err == "legal_outcome not supplied: the project's own mapping is used\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--by", "shoe_size"], "cannot be broken down by shoe_size. Choose from service, locality"),
        (["--by", "quarter,year"], "Choose one of quarter, rolling_year, year, not quarter and year"),
        (["--service", "East"], "There is no service 'East' in the tables. Known: North"),
        (["--as-of", "31/03/2021"], "'31/03/2021' is not a date. Write one like 2024-03-31"),
        (["--first", "2021"], "'2021' is not a quarter. Write one like 2023Q4"),
        (["--format", "xlsx"], "invalid choice: 'xlsx'"),
    ],
)
def test_bad_option_is_refused_and_the_message_says_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert message in refused(capsys, "measure", "first-time-entrants", "--data", str(folder), *words)


def test_table_that_is_missing_is_named_and_nothing_is_zero(folder: Path, capsys) -> None:
    (folder / "hearing.parquet").unlink()
    said = refused(capsys, "measure", "custody", "--data", str(folder))
    assert said.endswith("error: cannot be computed: table hearing was not supplied")
    (folder / "offence_legal_outcome.parquet").unlink()
    said = refused(capsys, "measure", "custody", "--data", str(folder))
    assert "table offence_legal_outcome was not supplied. Put it into" in said


def test_folder_that_is_none_and_tables_without_outcomes(tmp_path: Path, capsys) -> None:
    assert "is not a folder" in refused(capsys, "measure", "custody", "--data", str(tmp_path / "nowhere"))
    write_folder(tables(Drawn(1)), tmp_path / "empty")
    said = refused(capsys, "measure", "custody", "--data", str(tmp_path / "empty"))
    assert said.endswith("The tables hold no outcome. Give the day to speak of with --as-of")


def test_unfit_table_is_refused_by_column(folder: Path, capsys) -> None:
    (folder / "hearing.parquet").unlink()
    others = [name for name in BY_NAME["hearing"].schema().names if name != "court_type"]
    (folder / "hearing.csv").write_text(",".join(others) + "\n", encoding="utf-8")
    said = refused(capsys, "measure", "custody", "--data", str(folder))
    assert "SHAPE-3 hearing court_type: The column is missing" in said


def test_list_and_describe(capsys: pytest.CaptureFixture[str]) -> None:
    main(["measure", "list"])
    assert capsys.readouterr().out.splitlines()[1] == "custody               Use of custody"
    main(["measure", "describe", "custody"])
    assert capsys.readouterr().out.startswith("# Use of custody\n")


def test_no_command_and_unknown_command_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "required: COMMAND" in refused(capsys)
    assert "invalid choice: 'dance'" in refused(capsys, "dance")


def test_measuring_never_imports_django(folder: Path) -> None:
    words = ["measure", "reoffending", "--data", str(folder)]
    code = f"import sys; from openyj.command import main; main({words}); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env={"PYTHONPATH": SRC})
    assert done.returncode == 0, done.stderr
