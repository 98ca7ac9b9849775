"""The demo: prepared, served with its worker for background work, stopped, thrown away."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ops import assets, postgres
from ops.places import DATA, ROOT, Problem

DATABASE = "openyj_demo"
FIRST_PORT = 8000
LOG = DATA / "site.log"
RUNNING = DATA / "site.running"  # the process and address of the site that `demo` started
WORKER_LOG = DATA / "worker.log"
WORKER = DATA / "worker.running"  # the process that keeps the worker running


def prepare_demo() -> None:
    """Design system, database, migrations, static files, invented service: each made if need be, each healed if a
    first run was cut short. Seconds when everything is there."""
    assets.install(ROOT, dev=False)
    postgres.start()
    if not postgres.exists(DATABASE):
        postgres.create(DATABASE)
    stamp, wanted = DATA / "prepared", source_digest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Preparing the database ...", flush=True)
        postgres.run_manage("prepare", database=DATABASE, role="owner")
        postgres.run_manage("collectstatic", "--noinput", "--clear", database=DATABASE)
        stamp.write_text(wanted)
    if postgres.query("SELECT count(*) FROM accounts_user", database=DATABASE) == "0":
        print("Inventing a youth justice service ...", flush=True)
        postgres.run_manage("load_demo", database=DATABASE)
        postgres.query("ANALYZE", database=DATABASE)  # else the first pages are planned for empty tables


def source_digest() -> str:
    """Changes when anything that migrations, shipped data or static files come from changes, or the database is new."""
    made = (postgres.database_home() / "made").stat().st_mtime_ns
    digest = hashlib.sha256(str(made).encode())
    for kind in ("migrations/*.py", "sql/*", "data/**/*", "static/**/*", "*.py"):
        for path in sorted((ROOT / "src" / "openyj").glob(f"*/{kind}")):
            if path.is_file():
                digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def address_of(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def free_port(asked: int | None) -> int:
    """The port to serve on: the one asked for, or the first free one from 8000."""
    for port in [asked] if asked else range(FIRST_PORT, FIRST_PORT + 50):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    if asked:
        raise Problem(f"Port {asked} is in use. Choose another, for example: ./run demo --port {asked + 1}")
    raise Problem("No free port from 8000 to 8049. Choose one: ./run demo --port 9000")


def server_command(port: int, workers: int = 2) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", "--no-ws",
        "openyj.site.wsgi:application",
    ]  # fmt: skip


def serve(port: int | None) -> int:
    port = free_port(port)
    print(how_to_sign_in(address_of(port)), flush=True)
    ours = start_worker()
    try:
        return subprocess.call(server_command(port), env=postgres.site_environment(DATABASE))
    finally:
        if ours:
            stop_worker()


def serve_in_background(port: int | None) -> str:
    """Start the site and wait until it answers; a site already started from here is left running. Its address."""
    running = address_running()
    if running and (port is None or running == address_of(port)):
        if (DATA / "served").exists() and (DATA / "served").read_text() == source_digest():
            start_worker()
            return running
        stop_site()  # the code has changed since it was started
        port = port or int(running.rsplit(":", 1)[1])
    elif running:
        free_port(port)  # refused before the running site is stopped, not after
        stop_site()
    chosen = free_port(port)
    stop_worker()  # one left by a site that was killed may run older code
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            server_command(chosen),
            env=postgres.site_environment(DATABASE),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    RUNNING.write_text(f"{process.pid} {address_of(chosen)}")
    (DATA / "served").write_text(source_digest())
    for _ in range(150):
        if answers(address_of(chosen)):
            start_worker()
            return address_of(chosen)
        if process.poll() is not None:
            break
        time.sleep(0.2)
    stop_site()
    raise Problem(f"The site does not start. The end of {LOG}:\n" + "\n".join(LOG.read_text().splitlines()[-8:]))


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/alive", timeout=5) as response:
            return response.status == 204
    except (urllib.error.URLError, OSError):
        return False


def address_running() -> str | None:
    """The address of the site started from here, if it answers."""
    try:
        address = RUNNING.read_text().split()[1]
    except (FileNotFoundError, IndexError):
        return None
    return address if answers(address) else None


def start_worker() -> bool:
    """Start the worker for background work; should it end, it is started again. False when one runs already."""
    if process_in(WORKER):
        return False
    with WORKER_LOG.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.worker", DATABASE],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    WORKER.write_text(str(process.pid))
    return True


def stop_worker() -> bool:
    """Stop the worker; what it had in hand is done at its next start. False when none ran."""
    return stop_process(WORKER)


def stop_site() -> bool:
    """Stop the site that `demo` started, and its worker. False when no site runs."""
    stop_worker()
    return stop_process(RUNNING)


def process_in(file: Path) -> int | None:
    """The process that `file` names, if it lives and is ours: after a crash the number may be someone else's."""
    try:
        pid = int(file.read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return pid if "openyj" in command_line(pid) else None


def stop_process(file: Path) -> bool:
    """End the process that `file` names, and what it started. False when there is none."""
    pid = process_in(file)
    file.unlink(missing_ok=True)
    if pid is None:
        return False
    os.killpg(pid, signal.SIGTERM)
    for _ in range(100):
        if not command_line(pid):
            return True
        time.sleep(0.1)
    os.killpg(pid, signal.SIGKILL)
    return True


def command_line(pid: int) -> str:
    """What a process was started as, or nothing when it is gone. A small machine may have no `ps`."""
    if Path("/proc").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
        except OSError:
            return ""
    done = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return done.stdout.strip()


def stop() -> list[str]:
    """Stop site, worker and database; a line each on what was done."""
    worker = "Background work is stopped." if stop_worker() else "Background work was not running."
    site = "The site is stopped." if stop_site() else "The site was not running."
    database = "The database is stopped." if postgres.stop() else "The database was not running."
    return [site, worker, database]


def reset() -> None:
    """Throw the demo's database away, and a database server whose making was cut short with it."""
    stop_site()
    postgres.start()
    postgres.drop(DATABASE)
    (DATA / "prepared").unlink(missing_ok=True)


def how_to_sign_in(address: str) -> str:
    sys.path.insert(0, str(ROOT / "src"))
    from openyj.demo.people import PASSWORD, SIGN_INS  # found only once the libraries are installed

    lines = [f"    {label:<16} {email}" for label, email in SIGN_INS.items()]
    return "\n".join(
        [
            "",
            f"Open Youth Justice is at {address}",
            "Everyone in it is invented. Sign in as any of these, with the password below:",
            *lines,
            f"    password         {PASSWORD}",
            "./run stop stops it.",
        ]
    )
