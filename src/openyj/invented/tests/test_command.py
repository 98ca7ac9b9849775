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
        ["--services", "1"],
        ["--services", "378"],
        ["--services", "many"],
        ["--scale", "2"],
        ["--scale", "0", "--services", "3"],
        ["--scale", "nan", "--services", "3"],
        ["--scale", "101", "--services", "3"],
        ["--children", "20", "--services", "3"],
    ],
)
def test_demo_data_says_which_word_is_wrong(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["demo-data", "--out", str(tmp_path / "new"), *words])
    assert refused.value.code == 2
    assert words[0] in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_demo_data_writes_a_country_and_says_what_is_in_it(tmp_path, capsys):
    out = tmp_path / "country"
    words = ["demo-data", "--services", "5", "--years", "2", "--scale", "3", "--seed", "3"]
    assert main([*words, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    read = read_folder(out)
    assert len(read["service"]) == 5
    for name, table in read.items():
        size = (out / f"{name}.parquet").stat().st_size
        assert f"{name:36}{len(table):>12,}{size:>14,}" in said
    assert "last quarter missing, told up to 2026-06-30" in said
    assert "recorded twice, not found: " in said


def test_demo_data_of_a_country_refuses_a_folder_in_use(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(SystemExit) as refused:
        main(["demo-data", "--services", "3", "--years", "1", "--scale", "0.1", "--out", str(tmp_path)])
    assert refused.value.code == 2
    assert "Name an empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
