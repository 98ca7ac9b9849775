"""What failed stands on the page of who asked, and of an administrator who can mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.models import Job
from openyj.outbox.kinds import TEST
from openyj.outbox.services import did_not_arrive, send

pytestmark = pytest.mark.django_db


def make_failed_job(**fields) -> Job:
    with acting(by=None, services=EVERY_SERVICE):
        return Job.objects.create(name="gone.work", state="failed", trouble="No population", **fields)


def test_failed_work_stands_with_who_asked_and_the_administrator(sign_in, service, other_service):
    mine, colleague, administrator = sign_in("manager"), sign_in("manager"), sign_in("administrator")
    job = make_failed_job(service=service, by=mine.user)
    system = make_failed_job()
    make_failed_job(service=other_service)
    pages = {client: client.get("/").content.decode() for client in (mine, colleague, administrator)}
    assert job.get_absolute_url() in pages[mine] and "No population" in pages[mine]
    assert "No population" not in pages[colleague]
    assert job.get_absolute_url() in pages[administrator] and system.get_absolute_url() in pages[administrator]
    assert pages[administrator].count("No population") == 2
    assert system.get_absolute_url() not in pages[mine]


def test_a_message_that_did_not_arrive_stands_for_two_weeks(sign_in, monkeypatch):
    monkeypatch.setattr("openyj.outbox.services.VOUCHING", [lambda service, channel, address: True])
    mine, colleague = sign_in("manager"), sign_in("manager")
    with acting(by=mine.user):
        message = send(TEST, to="somebody@example.invalid", by=mine.user)
        did_not_arrive(message=message, trouble="There is no such address.", address_is_wrong=True)
    assert "There is no such address." in mine.get("/").content.decode()
    assert "There is no such address." not in colleague.get("/").content.decode()
    with clock.fixed(clock.now() + timedelta(days=15)):
        assert "There is no such address." not in mine.get("/").content.decode()
