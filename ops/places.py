"""Where this checkout keeps what it makes: secrets, the database's files, logs. One place to look, one to delete."""

from __future__ import annotations

import fcntl
import getpass
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
ENOUGH_DISK = 1_500_000_000  # bytes: libraries, the database's files and one backup of the invented service


class Problem(Exception):
    """Something a person has to know or do before we can go on. Its text is printed without a traceback."""


def running_as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def checkout_name(root: Path = ROOT) -> str:
    """A short name that tells this checkout from another on the same machine."""
    return hashlib.sha256(str(root).encode()).hexdigest()[:10]


def database_home(root: Path = ROOT) -> Path:
    """The folder of the database's files.

    PostgreSQL refuses to run as root, so there the files live where an unprivileged user can reach them.
    """
    if running_as_root():
        return Path("/var/lib/openyj") / checkout_name(root)
    return root / ".data" / "postgres"


def socket_folder(root: Path = ROOT) -> Path:
    """The folder of the server's socket. Its whole path may have 107 characters, so a deep checkout uses /tmp."""
    home = database_home(root)
    if len(str(home)) < 80:
        return home
    return Path(tempfile.gettempdir()) / f"openyj-{getpass.getuser()}-{checkout_name(root)}"


def read_secrets(data: Path = DATA) -> dict[str, str]:
    """The passwords and keys of this checkout, made at the first call and readable by its owner only."""
    path = data / "secrets.json"
    names = ("superuser", "owner", "app", "secret_key")
    try:
        kept = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        kept = {}
    if not all(kept.get(name) for name in names):
        kept = {name: kept.get(name) or secrets.token_urlsafe(40) for name in names}
        data.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_text(json.dumps(kept))
        part.replace(path)
    return kept


def require_disk(folder: Path, needed: int = ENOUGH_DISK) -> None:
    """Stop before half a set-up fills the disk."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Problem(
            f"Not enough disk space: {free / 1e9:.1f} GB free at {folder}, {needed / 1e9:.1f} GB needed.\n"
            "Free some space and run the same command again; nothing has been changed."
        )


@contextmanager
def waiting_for_others(what: str, data: Path = DATA) -> Iterator[None]:
    """Let two commands started together do `what` one after the other instead of both at once."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / f"{what}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
