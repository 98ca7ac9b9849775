"""Keeps a worker for background work running: `python -m ops.worker DATABASE` starts it again when it ends.

A worker may be killed at any moment without harm (openyj.jobs), so stopping one is simple: ask, wait a little, kill.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time

from ops import postgres
from ops.places import ROOT

PATIENCE = 8  # seconds a job in hand may take to end when the worker is told to stop
FIRST_WAIT, LONGEST_WAIT = 1, 30  # seconds before a worker that ended is started again
STEADY = 60  # a worker that lived this many seconds did not fail at its start


def worker_command() -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), "work"]


class Keeper:
    """One worker at a time, started again whenever it ends, until `stop`."""

    def __init__(self, database: str):
        self.database = database
        self.process: subprocess.Popen | None = None
        self.stopping = False

    def keep(self) -> None:
        """Run until told to stop. One that fails again and again is started less and less often."""
        wait = FIRST_WAIT
        while not self.stopping:
            began = time.monotonic()
            self.process = subprocess.Popen(
                worker_command(), env=postgres.site_environment(self.database), cwd=ROOT, stdin=subprocess.DEVNULL
            )
            self.process.wait()
            if self.stopping:
                return
            wait = FIRST_WAIT if time.monotonic() - began > STEADY else min(wait * 2, LONGEST_WAIT)
            time.sleep(wait)

    def stop(self, *_signal: object) -> None:
        """Tell the worker to finish what it has in hand; kill it when that takes long."""
        self.stopping = True
        if self.process is None or self.process.poll() is not None:
            sys.exit(0)
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        sys.exit(0)


def main(database: str) -> None:
    keeper = Keeper(database)
    signal.signal(signal.SIGTERM, keeper.stop)
    keeper.keep()


if __name__ == "__main__":
    main(sys.argv[1])
