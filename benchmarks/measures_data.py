"""The snapshots that the measures are timed on: the invented country at several sizes, made once and kept."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pyarrow import parquet

from openyj.command import main as openyj
from openyj.tables import linked, read_folder, write_folder
from ops.places import DATA

SERVICES, YEARS = 157, 10
KEPT = DATA / "benchmarks"


@dataclass(frozen=True)
class Made:
    """A folder of case-level tables and how many rows each has."""

    folder: Path
    rows: dict[str, int]


def snapshot(size: float) -> Made:
    """The country so many times its size, records of one child already linked so that no engine has to.

    It is the country of `openyj demo-data` with its own seed: the same bytes wherever it is made.
    """
    folder = KEPT / f"country-{size:g}"
    if not folder.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as temporary:
            made, done = Path(temporary) / "made", Path(temporary) / "linked"
            words = ["demo-data", "--services", str(SERVICES), "--years", str(YEARS), "--scale", f"{size:g}"]
            openyj([*words, "--out", str(made)])
            write_folder(linked(read_folder(made)), done)
            shutil.move(done, folder)
    return Made(folder, {path.stem: parquet.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))})
