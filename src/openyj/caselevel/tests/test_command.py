"""`openyj snapshot` on a machine that was not told where the record is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SRC = Path(__file__).parents[3]


def test_without_the_settings_of_a_site_it_says_what_to_do(tmp_path):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SRC)}
    words = [sys.executable, "-m", "openyj.command", "snapshot", "--out", str(tmp_path / "new")]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "the record cannot be opened" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()
