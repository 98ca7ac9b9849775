"""The documentation tells the truth about where things are: links, pictures, commands."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from openyj.command import COMMANDS as OPENYJ
from ops.commands import COMMANDS as RUN

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_and_picture_leads_somewhere(page):
    found = [link for link in LINK.findall(page.read_text()) if not re.match(r"[a-z]+:", link)]
    assert [link for link in found if not (page.parent / link).exists()] == []


def test_every_page_of_the_docs_is_in_its_contents():
    contents = (ROOT / "docs" / "README.md").read_text()
    pages = [page for page in (ROOT / "docs").rglob("*.md") if page.name != "README.md"]
    assert [named(page) for page in pages if f"({page.relative_to(ROOT / 'docs')})" not in contents] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_named_exists(page):
    text = page.read_text()
    assert set(re.findall(r"\./run ([a-z]+)\b", text)) <= {*RUN, "help"}
    assert set(re.findall(r"(?:^|`|run )openyj ([a-z]+(?:-[a-z]+)*)\b", text, re.M)) <= set(OPENYJ)


def tracked(*folders: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_nothing_names_the_place_of_somebodys_checkout():
    """A path of the machine a file was written on helps nobody else, and says who wrote it."""
    home = re.compile(rb"(?<![\w.])(?:/home/[a-z]|/Users/[A-Za-z]|/root/)|" + re.escape(bytes(ROOT)))
    assert [named(path) for path in tracked() if path != Path(__file__) and home.search(path.read_bytes())] == []


def test_the_locks_name_no_address():
    """The libraries come from wherever this machine is set up to take them."""
    assert [named(path) for path in tracked("requirements") if "://" in path.read_text()] == []
