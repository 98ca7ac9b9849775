"""A measure as one SQL statement says what the workbench says, whatever engine it is written for."""

from __future__ import annotations

from datetime import date

import pytest
import sqlglot

from openyj.command import main
from openyj.measures import ALL, OF_CHILDREN, Measure, Workbench
from openyj.measures.statement import DIALECTS, statement
from openyj.measures.tests.drawn import Drawn, tables
from openyj.tables import CaseTables

AS_OF = date(2026, 1, 1)
EACH = pytest.mark.parametrize("measure", OF_CHILDREN.values(), ids=list(OF_CHILDREN))
# DuckDB's word for a function of Trino's that it has under another name; its own FORMAT is another function.
WORDS = {"FORMAT(": "PRINTF("}


def lives() -> CaseTables:
    """A caution, an offence after it and custody with a release; two children, one of them counted elsewhere."""
    people = [Drawn(1), Drawn(2, locality=None, sex="2")]
    for life in people:
        life.dealt_with("YOUTH_CAUTION", date(2020, 8, 31), residence="LOCAL" if life.person == 1 else "OTHER")
        life.dealt_with("REFERRAL_ORDER", date(2021, 3, 1), heard=date(2021, 2, 1))
        offence = life.offence(date(2021, 5, 1))
        life.hearing(offence, date(2021, 6, 1))
        life.outcome(offence, "DETENTION_AND_TRAINING_ORDER", date(2021, 7, 1))
        life.programme("DTO_CUSTODY", date(2021, 7, 1), date(2021, 11, 30), offences=[offence])
    return tables(*people)


def in_order(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=str)


@EACH
@pytest.mark.parametrize("dialect", DIALECTS)
def test_statement_is_one_statement_of_its_dialect(measure: Measure, dialect: str) -> None:
    known = "spark" if dialect == "spark" else dialect
    (parsed,) = sqlglot.parse(statement(measure, AS_OF, dialect), dialect=known)
    assert parsed is not None and parsed.key == "select"


@EACH
@pytest.mark.parametrize("dialect", ["duckdb", "trino"])
def test_statement_gives_the_rows_of_the_workbench(measure: Measure, dialect: str) -> None:
    """Trino's is read back as Trino's and written for DuckDB. That is not Trino, but it is the whole of what the
    statement says: tables, columns, joins, orders and functions."""
    bench = Workbench(lives(), threads=1)
    sql = statement(measure, AS_OF, dialect)
    if dialect == "trino":
        sql = sqlglot.transpile(sql, read="trino", write="duckdb")[0]
        for word, own in WORDS.items():
            sql = sql.replace(word, own)
    expected = bench.query(f"SELECT * FROM {bench.cohort(measure, AS_OF)}").to_pylist()
    assert in_order(bench.query(sql).to_pylist()) == in_order(expected)
    assert len(expected) > 0


def test_command_writes_the_statement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "sql", "custody", "--dialect", "trino", "--as-of", "2026-01-01"]) == 0
    assert capsys.readouterr().out == statement(ALL["custody"], AS_OF, "trino") + "\n"
    with pytest.raises(SystemExit):
        main(["measure", "sql", "custody", "--dialect", "oracle", "--as-of", "2026-01-01"])
    assert "invalid choice: 'oracle' (choose from" in capsys.readouterr().err
