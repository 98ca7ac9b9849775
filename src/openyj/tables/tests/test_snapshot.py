"""A snapshot says what it is and shows any change."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openyj.tables import BY_NAME, CaseTables
from openyj.tables.folder import in_order
from openyj.tables.snapshot import MANIFEST, Manifest, Tampered, freeze, open_snapshot
from openyj.tables.tests.rows import case_tables, sound

FACTS = {
    "taken_at": datetime(2022, 4, 1, 6, 0, tzinfo=UTC),
    "as_of": date(2022, 3, 31),
    "source": "a test",
    "code_version": "0.1.0",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    freeze(case_tables(sound()), tmp_path / "s", **FACTS)
    return tmp_path / "s"


def test_snapshot_gives_the_tables_back_and_says_what_they_are(folder: Path) -> None:
    found = open_snapshot(folder)
    held = case_tables(sound())
    assert {name: in_order(BY_NAME[name], held[name]) for name in held} == dict(found.tables)
    manifest = found.manifest
    assert (manifest.taken_at, manifest.as_of, manifest.source) == (FACTS["taken_at"], FACTS["as_of"], "a test")
    assert manifest.mappings == {"legal_outcome": "shipped", "disposal_type": "shipped"}
    assert manifest.populations == ({"source": "drawn", "invented": True, "years": [2021], "services": 1},)
    assert manifest.tables["child"].rows == 1
    assert set(manifest.tables) == set(found.tables)


def test_same_facts_make_the_same_snapshot(folder: Path, tmp_path: Path) -> None:
    again = freeze(case_tables(sound()), tmp_path / "t", **FACTS)
    assert again.digest == open_snapshot(folder).manifest.digest
    assert open_snapshot(folder, again.digest).manifest == again


def test_own_mapping_and_no_population_are_said(tmp_path: Path) -> None:
    held = case_tables(sound())
    own = held.replacing({"legal_outcome": held["legal_outcome"].slice(1)})
    own = CaseTables({name: table for name, table in own.items() if name != "population"})
    manifest = freeze(own, tmp_path / "s", **FACTS)
    assert manifest.mappings == {"legal_outcome": "supplied", "disposal_type": "shipped"}
    assert manifest.populations == ()


def test_changed_missing_and_added_files_are_named(folder: Path) -> None:
    (folder / "child.parquet").write_bytes((folder / "hearing.parquet").read_bytes())
    (folder / "offence.parquet").unlink()
    (folder / "offence.csv").write_text("offence_id\n", encoding="utf-8")
    with pytest.raises(Tampered) as refusal:
        open_snapshot(folder)
    said = ["offence.parquet is missing", "child.parquet was changed", "offence.csv was added"]
    assert all(part in str(refusal.value) for part in said)


def test_one_bit_is_enough(folder: Path) -> None:
    path = folder / "child.parquet"
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)
    with pytest.raises(Tampered, match=r"child\.parquet was changed"):
        open_snapshot(folder)


def test_changed_manifest_is_found_by_the_digest_kept_elsewhere(folder: Path) -> None:
    digest = open_snapshot(folder).manifest.digest
    held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    held["source"] = "somewhere else"
    (folder / MANIFEST).write_text(json.dumps(held), encoding="utf-8")
    assert open_snapshot(folder).manifest.source == "somewhere else"
    with pytest.raises(Tampered, match=r"manifest\.json is not the one that was written"):
        open_snapshot(folder, digest)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', '{"format": 1}', "not json"])
def test_unreadable_manifest_is_refused(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(Tampered, match="cannot be read as a manifest"):
        open_snapshot(folder)


def test_folder_without_manifest_is_no_snapshot(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    with pytest.raises(FileNotFoundError, match="it is no snapshot, or one that was cut off"):
        open_snapshot(folder)


def test_snapshot_is_never_written_over(folder: Path) -> None:
    with pytest.raises(FileExistsError, match="already holds a snapshot"):
        freeze(case_tables(sound()), folder, **FACTS)


def test_time_needs_its_zone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="with its time zone"):
        freeze(case_tables(sound()), tmp_path, **FACTS | {"taken_at": datetime(2022, 4, 1)})


def test_manifest_reads_back_as_itself(folder: Path) -> None:
    manifest = open_snapshot(folder).manifest
    assert Manifest.from_json(manifest.as_json()) == manifest
