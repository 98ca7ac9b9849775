"""The how-to for analysts is run as written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from openyj.command import main

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "analyse-without-the-database.md"
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_every_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert [language for language, _ in blocks].count("console") == 2
    names: dict[str, object] = {}
    for language, text in blocks:
        if language == "python":
            exec(compile(text, str(PAGE), "exec"), names)
            continue
        for line in text.splitlines():
            words = shlex.split(line.removeprefix("$ openyj "))
            assert main(words) == 0, line
            assert capsys.readouterr().out or words[0] == "tables", line
