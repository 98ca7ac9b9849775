"""A message is asked for in its transaction, sent once, and what became of it is found out."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from openyj.accounts.models import Locality
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.core import clock
from openyj.jobs.models import Job
from openyj.jobs.models import State as JobState
from openyj.jobs.services import start
from openyj.jobs.tests.running import run_due
from openyj.outbox import sending
from openyj.outbox.kinds import KINDS, TEST, message_kind
from openyj.outbox.models import Message, NotWorking, State
from openyj.outbox.providers import NO_SUCH_ADDRESS, NOT_ACCEPTED
from openyj.outbox.selectors import what_became_of_it
from openyj.outbox.sending import ask_what_became_of_them, some_under_way
from openyj.outbox.services import change_wording, normal, send, works_again

pytestmark = pytest.mark.django_db
CANARY = "canary.address@example.invalid"


@pytest.fixture
def reminder():
    """A kind of text message that is only there for a test."""
    yield message_kind("test.reminder", "Reminder", channel="text", body="See you on {day}.", takes={"day": date})
    del KINDS["test.reminder"]


def test_a_message_is_a_readable_file_by_default(sender, folder):
    message = send(TEST, to=sender, by=sender)
    assert message.state == State.WAITING and not folder.exists()
    run_due()
    message.refresh_from_db()
    assert (message.state, message.provider) == (State.SENT, "files")
    [file] = folder.iterdir()
    assert f"To: {sender.email}" in file.read_text() and TEST.body in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_is_sent_where_the_write_is_rolled_back(sender, folder):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(TEST, to=sender, by=sender)
        raise ZeroDivisionError
    run_due()
    assert not folder.exists() and Message.objects.count() == 0


def test_sent_twice_by_a_killed_worker_there_is_one_file(sender, folder):
    message = send(TEST, to=sender, by=sender)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sending.provider().send(message)  # handed over, and then the worker dies before its commit
        raise ZeroDivisionError
    run_due()
    assert len(list(folder.iterdir())) == 1


def test_notify_takes_words_and_a_reference_and_nothing_else(sender, notify):
    message = send(TEST, to=sender, by=sender)
    run_due()
    [asked] = notify.taken.values()
    assert asked == {
        "email_address": sender.email,
        "template_id": "an-email-template",
        "personalisation": {"subject": TEST.subject, "body": TEST.body},
        "reference": str(message.reference),
    }
    message.refresh_from_db()
    assert (message.state, message.provider) == (State.SENT, "notify")


def test_a_text_message(sender, notify, reminder):
    send(reminder, to="+44 7700 900123", by=sender, day=date(2026, 6, 4))
    run_due()
    [asked] = notify.taken.values()
    assert asked["phone_number"] == "07700900123"
    assert asked["personalisation"] == {"body": "See you on 4 June 2026."}


def test_notify_took_it_but_the_answer_was_lost_so_it_is_not_sent_again(sender, notify):
    message = send(TEST, to=sender, by=sender)
    notify.lose_answer = True
    [job] = run_due()
    assert (job.state, len(notify.taken)) == (JobState.WAITING, 1)
    notify.lose_answer = False
    with clock.fixed(job.next_try_at + timedelta(seconds=1)):
        [job] = run_due()
    message.refresh_from_db()
    assert (job.state, message.state, len(notify.taken)) == (JobState.DONE, State.SENT, 1)
    assert message.provider_id in notify.taken


@pytest.mark.parametrize("becomes,state", [("delivered", State.DELIVERED), ("permanent-failure", State.FAILED)])
def test_what_became_of_it_is_asked(sender, notify, becomes, state):
    message = send(TEST, to=sender, by=sender)
    run_due()
    start(ask_what_became_of_them)
    run_due()
    message.refresh_from_db()
    assert message.state == State.SENT, "it is still on its way"
    notify.becomes = becomes
    start(ask_what_became_of_them)
    run_due()
    message.refresh_from_db()
    assert message.state == state and message.ended_at
    assert not some_under_way()


def test_nobody_is_asked_where_nothing_is_under_way(sender, settings, notify):
    assert not some_under_way()
    send(TEST, to=sender, by=sender)
    run_due()
    assert some_under_way()
    later = clock.now() + timedelta(days=5)
    with clock.fixed(later):
        assert not some_under_way()
        assert "Nobody could say" in what_became_of_it(Message.objects.get())
    settings.NOTIFY_API_KEY = ""
    assert not some_under_way()
    start(ask_what_became_of_them)
    assert [job.state for job in run_due()] == [JobState.DONE]


def test_a_bounce_marks_the_address_until_somebody_says_it_works(sender, notify):
    message = send(TEST, to=sender, by=sender)
    run_due()
    notify.becomes = "permanent-failure"
    start(ask_what_became_of_them)
    run_due()
    message.refresh_from_db()
    assert message.trouble == NO_SUCH_ADDRESS
    with pytest.raises(ValidationError, match="the last message to this address did not arrive"):
        send(TEST, to=sender, by=sender)
    assert Message.objects.count() == 1
    for _ in range(2):
        works_again(message=message, by=sender)
    assert NotWorking.objects.get().works_again_by == sender
    assert send(TEST, to=sender, by=sender).state == State.WAITING


def test_a_full_box_does_not_mark_the_address(sender, notify):
    send(TEST, to=sender, by=sender)
    run_due()
    notify.becomes = "temporary-failure"
    start(ask_what_became_of_them)
    run_due()
    assert Message.objects.get().state == State.FAILED
    assert not NotWorking.objects.exists()


def test_an_address_notify_does_not_take(sender, notify):
    notify.answers = [400]
    send(TEST, to=sender, by=sender)
    [job] = run_due()
    message = Message.objects.get()
    assert (job.state, message.state, message.trouble) == (JobState.DONE, State.FAILED, NOT_ACCEPTED)
    assert NotWorking.objects.get().address == sender.email


def test_a_wrong_key_is_said_in_words_and_a_busy_notify_is_tried_again(sender, notify):
    notify.answers = [403]
    send(TEST, to=sender, by=sender)
    [job] = run_due()
    assert job.state == JobState.FAILED and "Notify refused the key" in job.trouble
    notify.answers = [500]
    send(TEST, to=sender, by=sender)
    [job] = run_due()
    assert job.state == JobState.WAITING and job.next_try_at
    assert not NotWorking.objects.exists()


def test_no_address_is_logged_or_kept_by_the_job(sender, notify, caplog):
    from openyj.accounts.logs import PlainLine

    notify.answers = [500, 400]
    with caplog.at_level(logging.DEBUG):
        send(TEST, to=CANARY, by=sender)
        [job] = run_due()
    with acting(by=None, services=EVERY_SERVICE):
        kept = str(Job.objects.values().get(pk=job.pk))
    handled = [r for r in caplog.records if r.levelno >= logging.INFO]
    assert CANARY not in kept and CANARY not in "\n".join(PlainLine().format(r) for r in handled)


def test_the_text_is_checked_when_asked_for_and_again_when_it_goes(sender, service, folder):
    with pytest.raises(ValidationError, match="Take out “test”"):
        send(TEST, to=sender, by=sender, never=["test"])
    send(TEST, to=sender, by=sender)
    Locality.objects.create(service=service, name="Messages")
    [job] = run_due()
    assert job.state == JobState.FAILED and "so it was not sent" in job.trouble
    assert not folder.exists()


def test_a_services_own_words(sender, service):
    with pytest.raises(ValidationError, match="Take out “Aldermere”"):
        change_wording(kind=TEST, by=sender, version=None, subject="Aldermere calls", body="Hello")
    with pytest.raises(ValidationError, match=r"Take \{name\} out\. This message knows nothing"):
        change_wording(kind=TEST, by=sender, version=None, subject="Hello", body="Dear {name}")
    change_wording(kind=TEST, by=sender, version=None, subject="Helo", body="Prawf yw hwn.")
    assert send(TEST, to=sender, by=sender).body == "Prawf yw hwn."


def test_what_a_kind_does_not_take_is_refused(sender, reminder):
    with pytest.raises(TypeError, match="takes"):
        send(TEST, to=sender, by=sender, name="Sam")
    with pytest.raises(TypeError, match="another kind of day"):
        send(reminder, to="07700900123", by=sender, day="tomorrow at the court")


@pytest.mark.parametrize("number", ["07700 900 123", "+44 (7700) 900-123", "0044 7700900123"])
def test_a_mobile_number_is_kept_in_one_way(number):
    assert normal("text", number) == "07700900123"


@pytest.mark.parametrize("channel,address", [("text", "0161 496 0000"), ("text", "Sam"), ("email", "Sam")])
def test_what_is_no_address_is_refused(channel, address):
    with pytest.raises(ValidationError):
        normal(channel, address)
