"""``openyj tables`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from openyj.command import main
from openyj.tables import write_folder
from openyj.tables.tests.rows import case_tables, sound, with_change


def test_sound_tables_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(case_tables(sound()), tmp_path)
    assert main(["tables", "check", "--data", str(tmp_path), "--as-of", "2022-03-31"]) == 0
    assert capsys.readouterr().err.endswith("Nothing wrong was found\n")


def test_errors_are_listed_counted_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(with_change("child", sex="F"), tmp_path)
    assert main(["tables", "check", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("error CODE-1 child 1 sex: 'F' is not a code of the list sex.")
    assert said.err.endswith("CODE-1: 1 error\n")


def test_warnings_alone_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(with_change("child", date_of_birth=None), tmp_path)
    assert main(["tables", "check", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().err.endswith("CHD-1: 1 warning\n")


def test_wrong_shape_is_listed_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "transfer.csv").write_text("transfer_id,person,child_id,transfer_date\n", encoding="utf-8")
    assert main(["tables", "check", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        "error SHAPE-3 transfer description: The column is missing. Add it, even if empty\n"
    )


@pytest.mark.parametrize(("folder", "message"), [("", "holds no case-level table"), ("nowhere", "is not a folder")])
def test_nothing_to_check_is_refused(tmp_path: Path, capsys, folder: str, message: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tables", "check", "--data", str(tmp_path / folder)])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_describe_lists_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "describe"]) == 0
    assert "### offence_legal_outcome\n" in capsys.readouterr().out
