"""What every test stands on: the real PostgreSQL, two roles, a database cloned from a prepared one."""

from __future__ import annotations

import os

import pytest

from ops import postgres
from ops.databases import clone_prepared, drop_left_behind
from ops.places import DATA

os.environ["OPENYJ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openyj.site.settings")
# The name is replaced by `django_db_setup`; a test that touches the database without asking for it must fail.
os.environ["DATABASE_URL"] = postgres.url("openyj_no_test_database")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in this thread

(DATA / "static").mkdir(parents=True, exist_ok=True)  # the server of static files warns where there is none
# One Chromium a worker, whichever modules it runs: two of them cannot live in one thread.
pytest_plugins = ["tests.browser"]


def pytest_configure() -> None:
    import django
    from hypothesis import settings

    django.setup()
    # No test fails for the time it takes: on a busy machine that says nothing of the code.
    settings.register_profile("without a clock", parent=settings(), deadline=None)
    settings.load_profile("without a clock")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """A clone of the prepared database for this worker, reached as the site reaches it: as openyj_app."""
    from django.db import connections

    postgres.start()
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"openyj_test_{worker}_{os.getpid()}"
    drop_left_behind()
    clone_prepared(name)
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
    """Makes a member of staff: `staff("manager")`, `staff("practitioner", team=team)`. A national or regional user
    belongs to a body of their own, the regional one of the West Midlands."""
    from openyj.accounts.models import Service, User
    from openyj.accounts.roles import ROLES

    def make(role: str, *, service=service, **fields) -> User:
        if (oversees := ROLES[role].oversees) and not service.oversees:
            service, _ = Service.objects.get_or_create(
                code=oversees.upper(),
                defaults={"name": f"{oversees} body".title(), "region": "West Midlands", "oversees": oversees},
            )
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


@pytest.fixture
def manager(sign_in):
    """A manager's client; the person is `manager.user`."""
    return sign_in("manager")


@pytest.fixture
def child(service):
    """A child of the service, of whom nothing else is recorded."""
    from openyj.people.tests.factories import make_child

    return make_child(service)
