from __future__ import annotations

import pytest

from openyj.outbox.tests.notify_server import KEY, NotifyServer


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where the messages of a test are written."""
    settings.OUTBOX_FOLDER = tmp_path / "outbox"
    return settings.OUTBOX_FOLDER


@pytest.fixture
def notify(settings):
    """GOV.UK Notify, set up and answered by an invented one."""
    server = NotifyServer()
    settings.NOTIFY_API_KEY, settings.NOTIFY_URL = KEY, server.url
    settings.NOTIFY_EMAIL_TEMPLATE, settings.NOTIFY_TEXT_TEMPLATE = "an-email-template", "a-text-template"
    yield server
    server.close()


@pytest.fixture
def sender(staff):
    """A member of staff, who acts."""
    from openyj.accounts.scope import acting

    user = staff("manager")
    with acting(by=user):
        yield user


@pytest.fixture(autouse=True)
def vouched(monkeypatch):
    """Every address is recorded as safe, unless a test says otherwise."""
    from openyj.outbox import services

    monkeypatch.setattr(services, "VOUCHING", [lambda service, channel, address: True])
