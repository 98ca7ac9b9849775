"""What is generated is kept and current: each measure's SQL and its page. And the words are whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openyj.measures import ALL, Measure
from openyj.measures.description import described
from openyj.measures.measure import Words
from openyj.measures.workbench import PREPARED, definition, sql_of

SQL = Path(__file__).parent / "sql"
PAGES = Path(__file__).parents[4] / "docs" / "reference" / "measures"
AS_OF = date(2024, 3, 31)
EACH = pytest.mark.parametrize("measure", ALL.values(), ids=list(ALL))


@EACH
def test_sql_is_the_sql_that_was_read(measure: Measure) -> None:
    """A change of Ibis or of a definition shows here. When it is meant: read the difference, then run
    `PYTHONPATH=src python -m openyj.measures.tests.test_written`."""
    assert sql(measure) == (SQL / f"{measure.name}.sql").read_text(encoding="utf-8")


def test_sql_of_what_measures_begin_with_is_the_sql_that_was_read() -> None:
    assert prepared() == {name: (SQL / f"{name}.sql").read_text(encoding="utf-8") for name in PREPARED}


@EACH
def test_page_is_current(measure: Measure) -> None:
    """When it is not: `openyj measure describe NAME > docs/reference/measures/NAME.md`."""
    assert described(measure) == (PAGES / f"{measure.name}.md").read_text(encoding="utf-8")


@EACH
def test_every_rule_id_is_said_once_and_as_a_sentence(measure: Measure) -> None:
    assert all(text.endswith(".") for text in measure.rules.values())
    assert len(set(measure.rules.values())) == len(measure.rules)


@pytest.mark.parametrize("text", ["# T\n\nlead\n\n## Numerator\n\nx\n", "no title\n", "# T\n\n## Why it matters\n\n\n"])
def test_words_with_a_section_missing_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="must hold a title and the sections Why it matters, Numerator"):
        Words.read(path)


def sql(measure: Measure) -> str:
    return definition(measure, AS_OF).sql + "\n"


def prepared() -> dict[str, str]:
    return {name: sql_of(expression) + "\n" for name, expression in PREPARED.items()}


if __name__ == "__main__":
    SQL.mkdir(exist_ok=True)
    for name, text in ({each.name: sql(each) for each in ALL.values()} | prepared()).items():
        (SQL / f"{name}.sql").write_text(text, encoding="utf-8")
