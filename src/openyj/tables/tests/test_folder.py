"""Tables in a folder: what is written comes back, the same bytes for the same rows, and bad files are explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from openyj.tables import CaseTables, Unfit, read_folder, write_folder
from openyj.tables.description import described
from openyj.tables.tests.rows import case_tables, sound

REFERENCE = Path(__file__).parents[4] / "docs" / "reference" / "tables.md"


def two_children() -> CaseTables:
    rows = sound()
    rows["child"] = [rows["child"][0] | {"child_id": n, "person": 4 - n} for n in (1, 2, 3)]
    rows["offence"] = rows["hearing"] = []
    rows = {name: rows[name] for name in ("child", "offence", "service")}
    return CaseTables.from_rows(rows)


def test_what_is_written_is_read_back_with_empty_tables_kept(tmp_path: Path) -> None:
    held = case_tables(sound())
    write_folder(held, tmp_path)
    found = read_folder(tmp_path)
    assert list(found) == list(held)
    assert {name: found[name].sort_by(first(found[name])) for name in found} == {
        name: held[name].sort_by(first(held[name])) for name in held
    }
    assert "offence" in read_folder(written(two_children(), tmp_path / "two"))


ONLY = {"child": ["person", "service", "sex"], "service": ["service"], "hearing": ["hearing_id"]}


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_only_the_tables_and_columns_asked_for_are_read(tmp_path: Path, suffix: str) -> None:
    """And these with the values they have."""
    whole = two_children()
    if suffix == "parquet":
        write_folder(whole, tmp_path)
    else:
        for name, table in whole.items():
            csv.write_csv(table, tmp_path / f"{name}.csv")
    (tmp_path / f"offence.{suffix}").write_text("no table")
    found = read_folder(tmp_path, ONLY)
    assert list(found) == ["service", "child"]
    assert found["child"].column_names == ["person", "service", "sex"]
    expected = whole["child"].select(["service", "person", "sex"]).sort_by("person")
    assert found["child"].sort_by("person").to_pylist() == expected.to_pylist()
    assert list(found.replacing({}).of_persons([1])["child"]["person"].to_pylist()) == [1]
    with pytest.raises(Unfit, match="offence"):
        read_folder(tmp_path)


def test_a_file_is_refused_for_a_column_that_is_not_read(tmp_path: Path) -> None:
    """A table that is not the declared one is a mistake, whatever of it is asked for."""
    table = two_children()["child"]
    parquet.write_table(table.append_column("shoe_size", pa.nulls(len(table))), tmp_path / "child.parquet")
    with pytest.raises(Unfit, match="SHAPE-2 child shoe_size"):
        read_folder(tmp_path, ONLY)
    parquet.write_table(table.drop_columns("date_of_birth"), tmp_path / "child.parquet")
    with pytest.raises(Unfit, match="SHAPE-3 child date_of_birth"):
        read_folder(tmp_path, ONLY)


def first(table) -> str:
    return table.column_names[0]


def written(tables: CaseTables, folder: Path) -> Path:
    write_folder(tables, folder)
    return folder


def test_rows_are_written_by_person_and_the_bytes_do_not_depend_on_their_order(tmp_path: Path) -> None:
    held = two_children()
    turned = held.replacing({"child": held["child"].take([2, 0, 1])})
    for name, tables in (("a", held), ("b", turned)):
        write_folder(tables, tmp_path / name)
    assert read_folder(tmp_path / "a")["child"]["person"].to_pylist() == [1, 2, 3]
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["child.parquet", "offence.parquet", "service.parquet"]
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_two_sets_are_never_mixed(tmp_path: Path) -> None:
    write_folder(two_children(), tmp_path)
    with pytest.raises(FileExistsError, match=r"already holds child\.parquet, offence\.parquet"):
        write_folder(two_children(), tmp_path)


def test_csv_with_a_header_is_read_as_the_declared_types(tmp_path: Path) -> None:
    held = case_tables(sound())
    for name, table in held.items():
        csv.write_csv(table, tmp_path / f"{name}.csv")
    assert {name: table for name, table in read_folder(tmp_path).items()} == dict(held)


def test_csv_empty_cell_is_null_and_text_keeps_its_zeros(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text(
        "child_id,person,service,locality,current_yot_id,originating_yot_person_id,date_of_birth,sex,ethnicity,deleted\n"
        '1,1,North,,007,N/A,2006-05-15,1,,false\n2,2,"North, upper",Hill,,,,,NS,true\n',
        encoding="utf-8",
    )
    first, second = read_folder(tmp_path)["child"].to_pylist()
    assert (first["locality"], first["current_yot_id"], first["originating_yot_person_id"]) == (None, "007", "N/A")
    assert (first["date_of_birth"], first["deleted"]) == (date(2006, 5, 15), False)
    assert (second["service"], second["date_of_birth"], second["ethnicity"]) == ("North, upper", None, "NS")


def test_csv_value_of_another_type_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "hearing.csv").write_text(
        "hearing_id,person,child_id,hearing_date,court_type\n"
        "1,1,1,2021-03-01,\ntwo,1,1,01/03/2021,\n3,1,1,2021-02-30,\n",
        encoding="utf-8",
    )
    with pytest.raises(Unfit) as refusal:
        read_folder(tmp_path)
    assert [(fault.column, fault.message) for fault in refusal.value.faults] == [
        ("hearing_id", "Not a number: line 3: 'two'"),
        ("hearing_date", "Not a date like 2024-01-31: line 3: '01/03/2021'; line 4: '2021-02-30'"),
    ]


@pytest.mark.parametrize("name", ["child.csv", "child.parquet"])
def test_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00\xff nonsense, \n with, commas, \n")
    with pytest.raises(Unfit, match="child"):
        read_folder(tmp_path)


def test_a_column_written_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("child_id,child_id\n1,2\n", encoding="utf-8")
    with pytest.raises(Unfit, match="SHAPE-8 child child_id: 2 columns have this name"):
        read_folder(tmp_path)


def test_both_kinds_of_file_of_one_table_are_refused(tmp_path: Path) -> None:
    write_folder(two_children(), tmp_path)
    (tmp_path / "child.csv").write_text("child_id\n", encoding="utf-8")
    with pytest.raises(Unfit, match=r"Both child\.parquet and child\.csv are there\. Remove one"):
        read_folder(tmp_path)


def test_other_files_are_left_alone_and_a_folder_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    assert len(read_folder(tmp_path)) == 0
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        read_folder(tmp_path / "notes.txt")


def test_reference_page_is_current() -> None:
    """When it is not: `openyj tables describe > docs/reference/tables.md`."""
    assert described() == REFERENCE.read_text(encoding="utf-8")
