"""The site refuses to start where it would be insecure, and says what to set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
SAFE = {
    "OPENYJ_MODE": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "yjs.example",
    "DATABASE_URL": "postgresql://openyj_app:secret@db.example:5432/openyj",
}
SHOWN = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "DEBUG", "DEMO"]


def start(**changes: str | None) -> subprocess.CompletedProcess:
    """Import the settings in a fresh process with only the environment given, and print what matters."""
    given = {name: value for name, value in {**SAFE, **changes}.items() if value is not None}
    code = f"from openyj.site import settings as s; print([bool(getattr(s, n)) for n in {SHOWN!r}])"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), **given}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_production_starts_with_everything_secure():
    done = start()
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[True, True, True, True, False, False]"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY to at least 50 random characters"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY to at least 50 random characters"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS"),
        ({"DATABASE_URL": None}, "Set DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///yjs.db"}, "Set DATABASE_URL"),
        ({"OPENYJ_MODE": "debug"}, "must be production, demo or test"),
    ],
)
def test_an_insecure_production_does_not_start(changes, said):
    done = start(**changes)
    assert done.returncode != 0
    assert said in done.stderr


def test_a_mode_that_is_not_set_is_production():
    assert start(OPENYJ_MODE=None).stdout.strip() == "[True, True, True, True, False, False]"


def test_no_mode_shows_what_went_wrong_to_the_reader():
    for mode in ("production", "demo", "test"):
        assert start(OPENYJ_MODE=mode).stdout.strip().split(", ")[4] == "False", "DEBUG is never on"


def test_a_password_with_odd_characters_is_read_from_the_address():
    code = (
        "from openyj.site.settings import read_database_url as r; "
        "d = r('postgresql://me:p%40ss%2Fword@/openyj?host=%2Frun%2Fpg'); print(d['PASSWORD'], d['HOST'], d['NAME'])"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), **SAFE}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["p@ss/word", "/run/pg", "openyj"]
