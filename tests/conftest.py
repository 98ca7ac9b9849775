"""The running demo for browser tests: a real server process on a clone of the demo's database."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ops import places, postgres, site
from ops.databases import clone_demo

ROOT = Path(__file__).parent.parent
STATIC = ROOT / ".data" / "test-static"


def collect_static() -> None:
    """The site's static files for the test's server, collected once for the source they come from."""
    sources = sorted(p for p in (ROOT / "src" / "openyj").glob("*/static/**/*") if p.is_file())
    digest = hashlib.sha256("".join(f"{p}{p.stat().st_mtime_ns}" for p in sources).encode()).hexdigest()
    stamp = STATIC / "STAMP"
    with places.waiting_for_others("static"):
        if not stamp.exists() or stamp.read_text() != digest:
            shutil.rmtree(STATIC, ignore_errors=True)
            done = subprocess.run(
                [sys.executable, "manage.py", "collectstatic", "--noinput"],
                env={**postgres.site_environment("postgres"), "OPENYJ_STATIC_ROOT": str(STATIC)},
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            stamp.write_text(digest)


def port_of_its_own() -> int:
    """A port that the system chose. The first free one from 8000 is every other run's choice too, and two servers can
    listen on one port: each would answer some of the other's requests."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@dataclass
class DemoSite:
    """The demo, served. `url` has no slash at its end."""

    database: str
    log: Path
    port: int = 0
    process: subprocess.Popen | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return site.address_of(self.port)

    def start(self) -> None:
        """Start the server; after `kill`, at the same address."""
        self.port = self.port or port_of_its_own()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                site.server_command(self.port, workers=1),
                env={
                    **postgres.site_environment(self.database),
                    "OPENYJ_STATIC_ROOT": str(STATIC),
                    **self.settings,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            if site.answers(self.url):
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"The site does not answer: {self.log.read_text()}")

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def email(self, role: str) -> str:
        """The sign-in of the invented person with this role, or of a neighbour's practitioner for "neighbour"."""
        from openyj.accounts.roles import ROLES
        from openyj.demo.people import demo_people

        people = demo_people()
        if role == "neighbour":
            return people[-1].email
        return next(p.email for p in people if p.label == ROLES[role].label)

    def sign_in(self, page, role: str) -> None:
        """Sign in through the page, as the person with this role (or with this e-mail address)."""
        from openyj.demo.people import PASSWORD

        page.goto(f"{self.url}/sign-in")
        page.get_by_label("E-mail address").fill(role if "@" in role else self.email(role))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)

    def sql(self, query: str) -> str:
        """What the database holds, asked past the site: the first column, a row a line."""
        return postgres.query(query, database=self.database)


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory, request) -> Iterator[DemoSite]:
    """The invented service, served to this module's tests alone."""
    pytest.importorskip("playwright")
    postgres.start()
    collect_static()
    database = f"openyj_test_site{abs(hash(request.node.nodeid)) % 10**6}_{os.getpid()}"
    postgres.drop(database)
    clone_demo(database)
    running = DemoSite(database, tmp_path_factory.mktemp("site") / "site.log")
    running.start()
    yield running
    running.kill()
    postgres.drop(database)
