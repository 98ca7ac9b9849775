"""A real worker in a process of its own, which the tests may kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ops import postgres
from ops.places import ROOT

# The examples are no room of the site: the worker has to be told of them.
PROGRAM = (
    "import django; django.setup(); import openyj.jobs.tests.examples; "
    "from django.core.management import call_command; call_command('work', silent=1.0)"
)


class WorkerProcess:
    """`start`, `kill` (as a power cut would) and `stop` (as ./run stop would)."""

    def __init__(self, database: str, log: Path, environment: dict[str, str] | None = None):
        self.database, self.log, self.environment = database, log, environment or {}
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM],
                env={**postgres.site_environment(self.database, mode="test"), **self.environment},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        self.end(signal.SIGTERM)

    def end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(30)

    @property
    def was_killed(self) -> bool:
        return self.process is not None and self.process.poll() == -signal.SIGKILL


def wait_for(what: Callable[[], object], seconds: float = 40) -> object:
    """What `what` gives as soon as it is true. Fails after `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"It did not come about in {seconds} seconds")
