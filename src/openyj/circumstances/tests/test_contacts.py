"""Safe ways to contact a child: what is not safe is said, is on no paper and is never sent to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.sending import on, rows
from openyj.circumstances.contacts import may_be_sent_to
from openyj.circumstances.models import ContactDetail
from openyj.circumstances.tests.samples import SAMPLES
from openyj.circumstances.tests.test_pages import add, page_of
from openyj.core import clock
from openyj.jobs.tests.running import run_due
from openyj.outbox.kinds import KINDS, message_kind
from openyj.outbox.models import Message, State
from openyj.outbox.services import send
from openyj.people.tests.factories import make_address, make_child

pytestmark = pytest.mark.django_db
NUMBER, TYPED = "07700900123", "07700 900123"


@pytest.fixture
def reminder(settings, tmp_path):
    """A kind of text message that is only there for a test, written to a folder of its own."""
    settings.OUTBOX_FOLDER = tmp_path / "outbox"
    yield message_kind("test.safe-reminder", "Reminder", channel="text", body="See you soon.")
    del KINDS["test.safe-reminder"]


def make_contact(child, **fields) -> ContactDetail:
    made = {"way": "phone", "whose": "the child", "value": NUMBER, "safe": "SAFE"}
    made |= {"start_date": date(2026, 5, 1), "review_on": date(2026, 8, 1)}
    with acting(by=None, services=EVERY_SERVICE):
        return ContactDetail.objects.create(child=child, **made | fields)


@pytest.mark.parametrize(
    ("safe", "warning"),
    [
        ("NOT_SAFE", "Not safe. Do not ring, write or visit here"),
        ("NOT_KNOWN", "Nobody knows whether this is safe."),
        ("SAFE", ""),
    ],
)
def test_what_is_not_safe_is_warned_of_and_is_on_no_paper(manager, child, safe, warning):
    add(manager, child, "contact", safe=safe)
    row = rows(ContactDetail)[0]
    about, fact = page_of(manager, child, "/about"), page_of(manager, child, f"/contact/{row.pk}")
    assert TYPED in about and TYPED in fact
    if safe == "SAFE":
        assert "Not safe." not in about and "app-no-print" not in about and "This is not printed" not in fact
        assert TYPED in page_of(manager, child, "/print") and TYPED in page_of(manager, child, "")
    else:
        assert warning in about and 'govuk-summary-card app-no-print"' in about
        assert "This is not printed" in fact and '<div class="app-no-print">' in fact
        for page in ("/print", "", "/timeline"):
            text = page_of(manager, child, page)
            assert TYPED not in text and NUMBER not in text, page
        assert "1 left out, because it is not safe on paper" in page_of(manager, child, "/print")
    # What a row once said may be worse than what it says now: its history stays on the screen.
    assert '<tr class="govuk-table__row app-no-print"' in page_of(manager, child, "/history")
    assert NUMBER in page_of(manager, child, "/history")


def test_safe_once_is_no_longer_when_nobody_asked_again(manager, child):
    make_contact(child, review_on=date(2026, 6, 3))
    page = page_of(manager, child, "/about")
    assert "It was to be asked again by 3 June 2026" in page and "app-no-print" in page
    assert TYPED not in page_of(manager, child, "/print") and "safe once, to be asked again" in page_of(
        manager, child, ""
    )


def test_what_ended_is_on_no_paper(manager, child):
    make_contact(child, end_date=date(2026, 6, 3))
    assert TYPED not in page_of(manager, child, "/print")
    assert '<tr class="govuk-table__row app-no-print">' in page_of(manager, child, "/about")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": ""}, "Enter the number or e-mail address"),
        ({"value": "12"}, "Enter a UK telephone number"),
        ({"way": "email", "value": "nobody"}, "Enter a valid e"),
        ({"way": "address"}, "Select an address of the record"),
        ({"safe": ""}, "Answer: Is it safe to use?"),
        (on("review_on", 30, 4, 2026), "Enter a day after they were asked (1 May 2026)"),
        (on("start_date", 3, 6, 2010), "before the child was born"),
        (on("end_date", 30, 4, 2026), "It cannot end before it began"),
    ],
)
def test_a_way_to_contact_is_refused(manager, child, change, message):
    answer = add(manager, child, "contact", **change)
    assert answer.status_code == 200 and message in answer.content.decode(), answer.content.decode()
    assert rows(ContactDetail) == []


def test_a_letter_goes_to_an_address_of_this_record_only(manager, service, child):
    mine, theirs = make_address(child), make_address(make_child(service), lines="9 Elsewhere")
    letter = {"way": "address", "value": "", "whose": "mother"}
    answer = add(manager, child, "contact", **letter, address=theirs.pk)
    assert answer.status_code == 200 and "9 Elsewhere" not in answer.content.decode()
    answer = add(manager, child, "contact", way="address", address=mine.pk)
    assert "Leave this empty for a letter or visit" in answer.content.decode()
    answer = add(manager, child, "contact", address=mine.pk)
    assert "Select an address only for a letter or visit" in answer.content.decode()
    assert add(manager, child, "contact", **letter, address=mine.pk).status_code == 302
    assert "1 Harbour Row" in page_of(manager, child, "/about")


def test_a_new_number_ends_the_old(manager, child):
    row = make_contact(child)
    sent = SAMPLES["contact"][0] | {"value": "07700 900456", "version": 1} | on("start_date", 1, 6, 2026)
    address = f"/children/{child.pk}/circumstances/contact/{row.pk}/next"
    assert manager.post(address, sent).status_code == 302
    assert {(each.value, each.end_date) for each in rows(ContactDetail)} == {
        (NUMBER, date(2026, 5, 31)),
        ("07700900456", None),
    }


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({}, True),
        ({"safe": "NOT_SAFE"}, False),
        ({"safe": "NOT_KNOWN"}, False),
        ({"review_on": date(2026, 6, 3)}, False),
        ({"end_date": date(2026, 6, 3)}, False),
        ({"start_date": date(2026, 6, 5)}, False),
        ({"value": "07700900124"}, False),
        ({"way": "email", "value": "a@example.invalid"}, False),
        (None, False),
    ],
)
def test_a_message_goes_only_to_what_is_recorded_as_safe(manager, child, reminder, fields, sent):
    if fields is not None:
        make_contact(child, **fields)
    with acting(by=manager.user):
        if sent:
            assert send(reminder, to="+44 7700 900123", by=manager.user).state == State.WAITING
        else:
            with pytest.raises(ValidationError, match="not recorded as safe to contact"):
                send(reminder, to="+44 7700 900123", by=manager.user)
            assert not Message.objects.exists()


def test_one_record_that_says_not_safe_is_enough(manager, service, other_service, child):
    make_contact(child)
    make_contact(make_child(other_service), safe="NOT_SAFE")
    with acting(by=None, services=EVERY_SERVICE):
        assert may_be_sent_to(service, "text", NUMBER)
    make_contact(make_child(service), safe="NOT_SAFE")
    with acting(by=manager.user):
        assert not may_be_sent_to(service, "text", NUMBER)


def test_a_message_that_waits_is_not_sent_when_it_is_no_longer_safe(manager, child, reminder):
    row = make_contact(child)
    with acting(by=manager.user):
        send(reminder, to=NUMBER, by=manager.user)
    with acting(by=None, services=EVERY_SERVICE):
        ContactDetail.objects.filter(pk=row.pk).update(safe="NOT_SAFE", version=2)
    [job] = run_due()
    assert "no longer recorded as safe" in job.trouble


def test_a_day_before_the_review_is_safe_and_the_day_after_is_not(manager, service, child):
    row = make_contact(child)
    for days, safe in ((0, True), (1, False)):
        with clock.fixed(row.review_on + timedelta(days=days)), acting(by=manager.user):
            assert may_be_sent_to(service, "text", NUMBER) is safe
