"""The how-tos for analysts are run as written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from openyj.command import main
from openyj.invented.service import service
from openyj.tables import write_folder

PAGES = Path(__file__).parents[1] / "docs" / "how-to"
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("name", "consoles"), [("analyse-without-the-database", 2), ("run-on-a-cluster", 1)])
def test_every_example_runs(
    name: str, consoles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGES / f"{name}.md"
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert [language for language, _ in blocks].count("console") == consoles
    if name == "run-on-a-cluster":  # begins with a folder of tables
        write_folder(service(children=30), "cases")
    names: dict[str, object] = {}
    for language, text in blocks:
        if language == "python":
            exec(compile(text, str(page), "exec"), names)
            continue
        for line in text.splitlines():
            words = shlex.split(line.removeprefix("$ openyj "))
            assert main(words) == 0, line
            assert capsys.readouterr().out or words[0] == "tables", line
