"""The worker is started again whenever it ends, and ends when told, also one that does not listen."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from ops import worker
from ops.worker import Keeper


@pytest.fixture
def keeper(monkeypatch):
    monkeypatch.setattr(worker, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(worker, "LONGEST_WAIT", 0.02)
    return Keeper("openyj_none")


def run_instead(monkeypatch, program: str) -> None:
    monkeypatch.setattr(worker, "worker_command", lambda: [sys.executable, "-c", program])


def wait_for(true) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_worker_that_ends_is_started_again(keeper, monkeypatch, tmp_path):
    starts = tmp_path / "starts"
    starts.touch()
    run_instead(monkeypatch, f"open({str(starts)!r}, 'a').write('x'); import os; os.kill(os.getpid(), 9)")
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    wait_for(lambda: len(starts.read_text()) >= 3)
    keeper.stopping = True
    thread.join(20)
    assert not thread.is_alive()


def test_a_worker_that_does_not_listen_is_killed(keeper, monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "PATIENCE", 0.2)
    deaf = tmp_path / "deaf"
    ignore = "import signal, time; signal.signal(15, signal.SIG_IGN)"
    run_instead(monkeypatch, f"{ignore}; open({str(deaf)!r}, 'w').close(); time.sleep(60)")
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    wait_for(deaf.exists)
    with pytest.raises(SystemExit):
        keeper.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert keeper.process.returncode == -9
