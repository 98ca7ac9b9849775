"""The virtual environment: made once, filled from the hashed lock, filled again only when the lock changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from ops.places import ROOT, Problem, require_disk, waiting_for_others

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(*, tests: bool) -> None:
    """Install what the site needs, and with `tests` what the tests and checks need. Seconds when nothing changed."""
    lock = ROOT / "requirements" / ("test.txt" if tests else "site.txt")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with waiting_for_others("environment"):
        if not tests and holds("test.txt"):
            return  # the test lock holds everything of the site's
        if holds(lock.name, wanted):
            return
        require_disk(ROOT)
        make()
        print(f"Installing libraries from {lock.relative_to(ROOT)} (a few minutes the first time) ...", flush=True)
        install(lock)


def ensure_spark() -> None:
    """Install Spark, which only its own tests and benchmarks need, on top of the tests' libraries. It is 430 MB to
    fetch and unpacks to 470 MB: a minute on a fast line, once."""
    lock = ROOT / "requirements" / "spark.txt"
    with waiting_for_others("environment"):
        if holds(lock.name):
            return
        require_disk(ROOT)
        print("Installing Spark for its tests (430 MB to fetch, about a minute on a fast line, once) ...", flush=True)
        install(lock)


def install(lock: Path) -> None:
    """Fill the environment from a lock and remember which one it was."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
         "-r", str(lock)],
        env={**os.environ, "PIP_NO_INPUT": "1"},
    )  # fmt: skip
    if done.returncode:
        raise Problem("The libraries could not be installed; pip's own message is above. Nothing else was done.")
    stamp(lock.name).write_text(wanted)


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def holds(lock: str, wanted: str | None = None) -> bool:
    """Whether the environment was filled from this very lock, and its Python still runs."""
    if wanted is None:
        wanted = hashlib.sha256((ROOT / "requirements" / lock).read_bytes()).hexdigest()
    try:
        return stamp(lock).read_text() == wanted and PYTHON.exists()
    except FileNotFoundError:
        return False


def make() -> None:
    """A virtual environment with pip; one whose Python is gone or that was cut short is made anew."""
    if PYTHON.exists() and works():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError, OSError) as reason:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Problem(
            f"A virtual environment could not be made ({reason}).\n"
            "On Debian or Ubuntu type: sudo apt-get install python3-venv\nthen run the same command again."
        ) from reason


def works() -> bool:
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0


def inside() -> bool:
    """Whether this process already runs in the environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def hand_over(arguments: list[str]) -> int:
    """Go on with the same arguments, from the same folder, in the environment's Python."""
    return subprocess.call([str(PYTHON), str(ROOT / "run"), *arguments], cwd=os.environ.get("OPENYJ_CALLED_FROM"))
