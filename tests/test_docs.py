"""The documentation tells the truth about where things are: links, pictures, commands."""

from __future__ import annotations

import re
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
