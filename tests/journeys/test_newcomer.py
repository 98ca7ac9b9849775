"""Journey 1, the newcomer: clone, ./run demo, look; a second start; stop, reset; what goes wrong and heals.

A copy of the checkout runs with this one's libraries, because installing them is no part of what is tested here; the
whole way on an empty machine is what CI does when it starts.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ops import places

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.slow


class Checkout:
    """A fresh copy of the project, as after `git clone`."""

    def __init__(self, folder: Path):
        self.folder = folder
        tracked = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for name in tracked.stdout.split("\n"):
            if name and (ROOT / name).is_file():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        vendor = Path("src/openyj/core/static/vendor")
        shutil.copytree(ROOT / vendor, folder / vendor)

    def run(self, *arguments: str, typed: str = "", code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "run", *arguments],
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def dump(self, database: str, into: Path) -> None:
        """A backup of another database of this checkout's server."""
        program = "from ops import keeping; keeping.dump({!r}, open({!r}, 'wb'))"
        words = [str(self.folder / ".venv/bin/python"), "-c", program.format(database, str(into))]
        subprocess.run(words, cwd=self.folder, check=True)

    def demo(self, *arguments: str) -> str:
        """The address that `./run demo` says the site is at."""
        said = self.run("demo", *arguments)
        return next(word for word in said.split() if word.startswith("http://"))


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.read().decode()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    made = Checkout(tmp_path_factory.mktemp("newcomer"))
    yield made
    made.run("stop")
    made.run("reset", "--yes")
    made.run("stop")
    shutil.rmtree(places.database_home(made.folder), ignore_errors=True)


@pytest.fixture(scope="module")
def address(checkout) -> str:
    return checkout.demo()


def test_first_page_says_what_this_is_and_who_can_sign_in(address):
    from openyj.accounts.roles import ROLES
    from openyj.demo.people import PASSWORD, SIGN_INS

    text = page(address)
    assert "youth justice service" in text and PASSWORD in text
    for role in ROLES.values():
        assert role.label in text and role.looks_first_at in text.replace("&#x27;", "'")
    assert all(email in text for email in SIGN_INS.values())


def test_a_second_start_prepares_nothing_anew_and_keeps_the_address(checkout, address):
    said = checkout.run("demo")
    assert address in said
    assert "Preparing" not in said and "Inventing" not in said and "Installing" not in said


def test_what_was_recorded_survives_a_stop_and_a_start(checkout, address):
    said = checkout.run("stop")
    for what in ("The site is", "Background work is", "The database is"):
        assert f"{what} stopped" in said
    with pytest.raises(OSError):
        page(address)
    assert "was not running" in checkout.run("stop")
    assert page(checkout.demo()).count("@") > 5


def test_a_killed_database_and_a_strange_process_number_heal(checkout, address):
    home = places.database_home(checkout.folder)
    pid_file = home / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    for _ in range(100):
        if not Path(f"/proc/{lines[0]}").exists():
            break
        time.sleep(0.1)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))  # the number is another program's now
    assert page(checkout.demo())


def test_a_port_in_use_is_said_with_what_to_type(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = checkout.run("demo", "--port", str(port), code=2)
    assert f"Port {port} is in use" in said and f"--port {port + 1}" in said
    assert "Traceback" not in said


def test_a_port_in_use_leaves_the_site_that_runs_running(checkout):
    address = checkout.demo()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        checkout.run("demo", "--port", str(taken.getsockname()[1]), code=2)
    assert page(address)


@pytest.mark.parametrize("words", [["demo", "--prot", "9000"], ["stop", "now"], ["reset", "-y"], ["backup", "--hurry"]])
def test_a_word_a_command_does_not_take_ends_it_before_anything_is_done(checkout, words):
    address = checkout.demo()
    said = checkout.run(*words, code=2)
    assert "unrecognized arguments" in said and "Traceback" not in said
    assert page(address)


def test_every_command_says_what_it_takes(checkout):
    assert "--port" in checkout.run("demo", "--help")
    assert "FILE" in checkout.run("restore", "--help")
    assert not list(checkout.folder.glob("--*"))


def test_nobody_there_to_agree_is_a_no(checkout):
    assert "Nothing was changed" in checkout.run("reset", code=1)


def test_a_file_is_meant_from_the_folder_the_person_stands_in(checkout, tmp_path):
    checkout.demo()
    kept = tmp_path / "mine.backup"
    stand = {"cwd": tmp_path, "capture_output": True, "text": True, "check": False, "timeout": 300}
    run = [sys.executable, str(checkout.folder / "run")]
    assert subprocess.run([*run, "backup", kept.name], **stand).returncode == 0
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "already there" in subprocess.run([*run, "backup", kept.name], **stand).stderr
    done = subprocess.run([*run, "restore", kept.name, "--yes"], **stand)
    assert done.returncode == 0 and "Restored from" in done.stdout, done.stderr
    (tmp_path / "cases").mkdir()
    done = subprocess.run([*run, "openyj", "tables", "check", "--data", "cases"], **stand)
    assert "holds no case-level table" in done.stderr
    assert page(checkout.demo())


def test_what_is_no_backup_of_this_site_changes_nothing(checkout, tmp_path):
    address = checkout.demo()
    (tmp_path / "text").write_text("no backup")
    (tmp_path / "empty").touch()
    assert "could not be restored" in checkout.run("restore", str(tmp_path / "text"), "--yes", code=2)
    assert "could not be restored" in checkout.run("restore", str(tmp_path / "empty"), "--yes", code=2)
    other = tmp_path / "other"
    checkout.dump("template1", other)
    assert "backup of something else" in checkout.run("restore", str(other), "--yes", code=2)
    assert page(address).count("@") > 5


def test_a_backup_that_cannot_be_written_is_said_in_a_line(checkout, tmp_path):
    (tmp_path / "file").touch()
    said = checkout.run("backup", str(tmp_path / "file" / "in-it"), code=2)
    assert "cannot be written" in said and "Traceback" not in said


def test_a_port_that_is_no_port_is_refused(checkout):
    assert "number from 1024 to 65535" in checkout.run("demo", "--port", "web", code=2)


def test_an_unknown_command_lists_the_commands(checkout):
    said = checkout.run("demoo", code=2)
    assert "./run demo" in said and "./run test" in said


def test_a_database_whose_making_was_cut_short_is_made_anew(checkout):
    checkout.run("stop")
    home = places.database_home(checkout.folder)
    (home / "made").unlink()
    (home / "data" / "PG_VERSION").unlink()
    assert page(checkout.demo())


def test_a_load_that_was_cut_short_leaves_nothing_and_is_done_again(checkout):
    """The invented service goes in as one transaction, so a first run that was killed finds an empty database."""
    said = checkout.run("reset", "--yes")
    assert "gone" in said
    process = subprocess.Popen(
        [sys.executable, "run", "demo"], cwd=checkout.folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    for line in process.stdout:
        if "Inventing" in line:
            break
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert page(checkout.demo()).count("@") > 5


def test_reset_asks_and_no_changes_nothing(checkout):
    assert "Nothing was changed" in checkout.run("reset", typed="no\n", code=1)


def test_no_disk_space_is_said_before_anything_is_made(tmp_path):
    with pytest.raises(places.Problem, match="Not enough disk space"):
        places.require_disk(tmp_path / "not" / "there", needed=10**18)
    assert list(tmp_path.iterdir()) == []


def test_the_socket_path_fits_even_in_a_deep_folder():
    deep = Path("/" + "a-rather-long-name/" * 12)
    assert len(str(places.socket_folder(deep) / ".s.PGSQL.5432")) < 107


def test_backup_is_restored_to_the_very_same_rows(checkout, tmp_path):
    """Backed up, damaged, restored: every table has the rows it had."""
    checkout.demo()
    counts = "manage", "count_rows"
    before = checkout.run(*counts)
    file = tmp_path / "one.backup"
    assert "Backed up" in checkout.run("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0, "a backup is read by its owner only"
    checkout.run("reset", "--yes")
    checkout.demo()
    assert "Restored" in checkout.run("restore", str(file), "--yes")
    checkout.demo()
    assert checkout.run(*counts) == before
    assert "already there" in checkout.run("backup", str(file), code=2)


def test_a_damaged_backup_changes_nothing(checkout, tmp_path):
    before = checkout.run("manage", "count_rows")
    file = tmp_path / "half.backup"
    checkout.run("backup", str(file))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    said = checkout.run("restore", str(file), "--yes", code=2)
    assert "could not be restored; the database is as it was" in said
    assert checkout.run("manage", "count_rows") == before
