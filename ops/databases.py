"""Databases for tests: a prepared one and one with the demo in it, made once and copied for each run (0.2 s)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from ops import places, postgres
from ops.places import ROOT

SOURCE = ROOT / "src" / "openyj"
PREPARED_FROM = (
    "*/migrations/*.py",
    "*/sql/*.sql",
    "*/protection.py",
    "*/models.py",
    "*/models/*.py",
    "*/milestones.py",
    "*/data/**/*",
    "*/question_sets/*",
    "*/shipped*.py",
)
DEMO_FROM = ("invented", "demo", "exchange", "plans", "finance", "documents", "performance", "tables", "caselevel")


def clone_prepared(name: str) -> None:
    """Make the database `name` with every migration, guard and shipped row."""
    with places.waiting_for_others("template"):  # a template may have no other user while it is copied
        postgres.create(name, template=prepared())


def clone_demo(name: str) -> None:
    """Make the database `name` with the invented service in it."""
    with places.waiting_for_others("template"):
        template = prepared()
        paths = (p for room in DEMO_FROM for p in (SOURCE / room).rglob("*.py") if "tests" not in p.parts)
        filled = made_once("openyj_demotemplate_", paths, template, lambda part: fill(part, template))
        postgres.create(name, template=filled)


def prepared() -> str:
    paths = (p for kind in PREPARED_FROM for p in SOURCE.glob(kind) if p.is_file())
    return made_once("openyj_template_", paths, "", prepare)


def prepare(part: str) -> None:
    postgres.create(part)
    postgres.run_manage("prepare", database=part, role="owner", mode="test")


def fill(part: str, template: str) -> None:
    postgres.create(part, template=template)
    postgres.run_manage("load_demo", database=part)
    postgres.query("ANALYZE", database=part)


def made_once(prefix: str, paths: Iterable[Path], salt: str, make: Callable[[str], None]) -> str:
    """The database made from the files at `paths` as they are; made anew, and the old one dropped, when they change."""
    digest = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        digest.update(path.read_bytes())
    name = prefix + digest.hexdigest()[:12]
    if not postgres.exists(name):
        for old in postgres.databases(prefix):
            postgres.drop(old)
        part = "openyj_part"
        postgres.drop(part)
        make(part)
        postgres.rename(part, name)
    return name


def drop_left_behind() -> None:
    """Drop the databases of test runs that were killed."""
    for name in postgres.databases("openyj_test_"):
        process = name.rsplit("_", 1)[1]
        if process.isdigit() and Path("/proc").exists() and not Path(f"/proc/{process}").exists():
            postgres.drop(name)
