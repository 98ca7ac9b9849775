"""What every test stands on: the real PostgreSQL, two roles, a database cloned from a prepared one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from ops import places, postgres

ROOT = Path(__file__).parent
os.environ["OPENYJ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openyj.site.settings")
# The name is replaced by `django_db_setup`; a test that touches the database without asking for it must fail.
os.environ["DATABASE_URL"] = postgres.url("openyj_no_test_database")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in this thread


def pytest_configure() -> None:
    import django

    django.setup()


def prepared_template() -> str:
    """The name of a database with every migration, guard and shipped row, made anew when any of those changed."""
    kinds = ("*/migrations/*.py", "*/sql/*.sql", "*/protection.py", "*/models.py", "*/data/**/*", "*/shipped*.py")
    paths = sorted({p for kind in kinds for p in (ROOT / "src" / "openyj").glob(kind) if p.is_file()})
    name = f"openyj_template_{hashlib.sha256(b''.join(p.read_bytes() for p in paths)).hexdigest()[:12]}"
    if not postgres.exists(name):
        for old in postgres.databases("openyj_template_"):
            postgres.drop(old)
        postgres.drop("openyj_part")
        postgres.create("openyj_part")
        postgres.run_manage("prepare", database="openyj_part", role="owner", mode="test")
        postgres.rename("openyj_part", name)
    return name


def cloned(name: str) -> None:
    """Make the database `name` as a copy of the prepared one. One process at a time: a template may have no other
    user while it is copied."""
    with places.waiting_for_others("template"):
        postgres.create(name, template=prepared_template())


def drop_left_behind() -> None:
    """Drop the databases of test runs that were killed."""
    for name in postgres.databases("openyj_test_"):
        process = name.rsplit("_", 1)[1]
        if process.isdigit() and not Path(f"/proc/{process}").exists() and Path("/proc").exists():
            postgres.drop(name)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """A clone of the prepared database for this worker, reached as the site reaches it: as openyj_app."""
    from django.db import connections

    postgres.start()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"openyj_test_{worker}_{os.getpid()}"
    drop_left_behind()
    cloned(name)
    with django_db_blocker.unblock():
        connection = connections["default"]
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
    postgres.drop(name)


@pytest.fixture
def service(db):
    """The invented service that most tests are about."""
    from openyj.accounts.models import Service

    return Service.objects.create(code="T1", name="Aldermere", region="West Midlands", invented=True)


@pytest.fixture
def other_service(db):
    """Another service, whose staff may see nothing of the first."""
    from openyj.accounts.models import Service

    return Service.objects.create(code="T2", name="Brackwater", region="West Midlands", invented=True)


@pytest.fixture
def staff(service):
    """Makes a member of staff: `staff("manager")`, `staff("practitioner", team=team)`."""
    from openyj.accounts.models import User

    def make(role: str, *, service=service, **fields) -> User:
        number = User.objects.count() + 1
        return User.objects.create_user(
            f"{role}{number}@example.invalid", name=f"{role.title()} {number}", role=role, service=service, **fields
        )

    return make


@pytest.fixture
def sign_in(staff):
    """Signs someone in: `sign_in("manager")` or `sign_in(user)` gives a client; the person is `client.user`."""
    from django.test import Client

    def make(who, **fields) -> Client:
        user = staff(who, **fields) if isinstance(who, str) else who
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return make
