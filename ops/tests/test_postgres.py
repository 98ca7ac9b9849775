"""A server whose passwords are gone, because the folder was cloned anew, is set aside and never stands in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.slow


class Place:
    """The part of a checkout that runs the database, in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(ROOT / "ops", folder / "ops", ignore=shutil.ignore_patterns("__pycache__", "tests"))

    def run(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", f"from ops import places, postgres; {program}"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=200,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def home(self) -> Path:
        return Path(self.run("print(postgres.database_home())").strip())


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path / "checkout")
    yield place
    home = place.home
    place.run("postgres.remove()")
    for aside in home.parent.glob(f"{home.name}-*"):
        shutil.rmtree(aside)


def aside(place) -> list[Path]:
    home = place.home
    return list(home.parent.glob(f"{home.name}-*"))


@pytest.mark.parametrize("old_stamp", [False, True], ids=["stamped", "stamped by an older version"])
def test_the_databases_of_an_earlier_copy_in_the_same_folder_are_kept_aside(place, old_stamp):
    place.run("postgres.start(); postgres.create('somebodys')")
    if old_stamp:
        (place.home / "made").write_text("")
    (place.folder / ".data" / "secrets.json").unlink()
    said = place.run("postgres.start(); print(postgres.answers(), postgres.databases('somebodys'))")
    assert "True []" in said
    (kept,) = aside(place)
    assert str(kept) in said
    assert (kept / "data" / "PG_VERSION").exists()


def test_our_own_databases_stay_also_when_an_older_version_stamped_them(place):
    place.run("postgres.start(); postgres.create('ours'); postgres.stop()")
    made = place.home / "made"
    made.write_text("")
    secrets = place.folder / ".data" / "secrets.json"
    os.utime(secrets, (made.stat().st_mtime - 60,) * 2)
    assert "['ours']" in place.run("postgres.start(); print(postgres.databases('ours'))")
    made.write_text(place.run("print(postgres.fingerprint(), end='')"))
    os.utime(secrets)  # read, copied or restored later: the fingerprint is what counts
    assert "['ours']" in place.run("postgres.start(); print(postgres.databases('ours'))")
    assert json.loads(secrets.read_text())["superuser"]
    assert aside(place) == []
