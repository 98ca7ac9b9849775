"""openyj demo-data."""

from __future__ import annotations

import pytest
from pyarrow import parquet

from openyj.command import main
from openyj.invented.service import service
from openyj.tables import read_folder


def test_demo_data_writes_tables_that_read_back_and_details(tmp_path, capsys):
    out = tmp_path / "demo"
    assert main(["demo-data", "--out", str(out), "--seed", "7", "--children", "20", "--years", "2"]) == 0
    made, read = service(7, 20, 2), read_folder(out)
    assert set(read) == set(made)
    assert all(len(read[name]) == len(made[name]) for name in made)
    assert parquet.read_table(out / "details" / "children.parquet").num_rows == len(made["child"])
    assert "QUILLMOOR" in capsys.readouterr().out


def test_demo_data_refuses_a_folder_that_holds_tables(tmp_path, capsys):
    words = ["demo-data", "--out", str(tmp_path), "--children", "5", "--years", "1"]
    assert main(words) == 0
    before = (tmp_path / "child.parquet").read_bytes()
    with pytest.raises(SystemExit) as refused:
        main([*words, "--seed", "9"])
    assert refused.value.code == 2
    assert "Name an empty folder" in capsys.readouterr().err
    assert (tmp_path / "child.parquet").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["--children", "0"],
        ["--years", "none"],
        ["--years", "31"],
        ["--seed", "-1"],
        ["--until", "soon"],
        ["--until", "0001-01-01"],
    ],
)
def test_demo_data_says_which_word_is_wrong(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["demo-data", "--out", str(tmp_path / "new"), *words])
    assert refused.value.code == 2
    assert words[0] in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
