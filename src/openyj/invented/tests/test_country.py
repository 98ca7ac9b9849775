"""The invented country: the same bytes every time, whole or not at all, as large as the published figures say."""

from __future__ import annotations

import hashlib
from pathlib import Path

from openyj.invented.country import Country, write_country

SMALL = Country(seed=7, services=12, years=3, scale=0.05)


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def test_the_same_country_twice_is_the_same_bytes(tmp_path):
    write_country(SMALL, tmp_path / "first")
    write_country(SMALL, tmp_path / "again")
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "again")
    assert len(bytes_of(tmp_path / "first")) == 15
