"""Backup and restore: the whole database in one file, and back. One command each."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ops import postgres, site
from ops.places import DATA, Problem, require_disk


def backup(target: Path | None, *, database: str = site.DATABASE) -> str:
    """Write `database` to `target` (default: .data/backups/ with the time in its name), readable by its owner only.

    Everything is in the database: record, files, snapshots, history, who looked at what. The secrets of this checkout
    are not in it; passwords of people are, as hashes."""
    postgres.start()
    if not postgres.exists(database):
        raise Problem("There is no demo yet, so there is nothing to back up. ./run demo makes it.")
    if target is None:
        now = datetime.now(ZoneInfo("Europe/London"))
        target = DATA / "backups" / f"{database}-{now:%Y-%m-%d-%H%M%S}.backup"
    target = target.absolute()
    if target.exists():
        raise Problem(f"{target} is already there. Name another file; a backup never replaces a backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    require_disk(target.parent, int(postgres.query(f"SELECT pg_database_size('{database}')")) + 50_000_000)
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    try:
        with part.open("wb") as file:
            dump(database, file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return f"Backed up to {target} ({target.stat().st_size / 1e6:.1f} MB). Keep it as safe as the record itself."


def dump(database: str, file) -> None:
    """pg_dump, as the superuser, because row-level security would leave rows out for anyone else."""
    done = postgres.run_program(
        "pg_dump", "-h", str(postgres.socket_folder()), "-U", "postgres", "--format=custom", database,
        check=False, text=False, stdout=file, stderr=subprocess.PIPE,
    )  # fmt: skip
    if done.returncode:
        raise Problem(f"The backup failed, and no file was written:\n{done.stderr.decode()}")


def restore(source: Path, *, yes: bool, database: str = site.DATABASE) -> str:
    """Put `database` back as it was in `source`. It is restored beside the present one first and takes its place only
    when it is whole and a database of this site, so a damaged file, or another one, changes nothing; the present one
    is dropped last."""
    postgres.start()
    if not source.is_file():
        raise Problem(f"{source} is not there. ./run backup says where it wrote a backup.")
    question = "This replaces everything in the demo's database by the backup."
    if postgres.exists(database) and not yes and not agreed(question):
        return "Nothing was changed."
    fresh = f"{database}_restored"
    postgres.drop(fresh)
    postgres.create(fresh)
    with source.open("rb") as file:
        done = postgres.run_program(
            "pg_restore", "-h", str(postgres.socket_folder()), "-U", "postgres", "-d", fresh, "--exit-on-error",
            check=False, text=False, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
    if done.returncode:
        postgres.drop(fresh)
        raise Problem(f"{source} could not be restored; the database is as it was.\n{done.stderr.decode()[-600:]}")
    if postgres.query("SELECT to_regclass('accounts_user') IS NOT NULL", database=fresh) != "t":
        postgres.drop(fresh)
        raise Problem(f"{source} is a backup of something else; the database is as it was.")
    was_running = site.stop_site()
    postgres.put_in_place(fresh, database)
    (DATA / "prepared").unlink(missing_ok=True)  # the code may be newer than the backup
    again = " Start the site again with ./run demo." if was_running else ""
    return f"Restored from {source}.{again}"


def agreed(question: str) -> bool:
    """Whether the person types yes. Nobody there to ask is a no."""
    try:
        return input(f"{question} Type yes to go on: ").strip().lower() == "yes"
    except EOFError:
        print()
        return False
