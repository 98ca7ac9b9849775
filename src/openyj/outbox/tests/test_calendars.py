"""A person's calendar: secret, revocable, theirs, and saying nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar as Feed

from openyj.accounts.scope import acting
from openyj.core import clock
from openyj.outbox.calendars import PAST, Entry, dates, hashed
from openyj.outbox.models import Calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_dates(monkeypatch):
    """Dates of an invented room, instead of the real rooms'."""
    given = {}
    monkeypatch.setattr(dates, "_found", {})
    dates.add("invented", lambda user: given.get(user.pk, []))
    return given


def address(client) -> str:
    page = client.post("/account/calendar/make").content.decode()
    return page.split("<code>")[1].split("</code>")[0].removeprefix("http://testserver")


def entries(client, where: str) -> list[tuple]:
    answer = client.get(where)
    assert answer["Content-Type"].startswith("text/calendar")
    return [(e.start, str(e["SUMMARY"])) for e in Feed.from_ical(answer.content).events]


def test_it_is_shown_once_and_kept_as_a_hash(sign_in, client):
    mine = sign_in("practitioner")
    where = address(mine)
    assert where.split("/c/")[1] not in mine.get("/account/calendar").content.decode()
    with acting(by=mine.user):
        kept = Calendar.objects.get()
    assert kept.hashed == hashed(where.split("/c/")[1].removesuffix(".ics"))
    assert entries(client, where) == []


def test_it_holds_what_is_theirs_with_neutral_titles(sign_in, client, own_dates):
    mine, colleague = sign_in("practitioner"), sign_in("practitioner")
    today = clock.today()
    own_dates[mine.user.pk] = [
        Entry("hearing-1", today, "Appointment"),
        Entry("programme-2", today + timedelta(days=3), "Reminder"),
        Entry("long-ago", today - PAST - timedelta(days=1), "Appointment"),
    ]
    own_dates[colleague.user.pk] = [Entry("hearing-3", today, "Appointment")]
    where = address(mine)
    assert entries(client, where) == [(today, "Appointment"), (today + timedelta(days=3), "Reminder")]
    said = client.get(where).content.decode()
    for word in ("hearing", "programme", mine.user.service.name, mine.user.name, "LOCATION", "DESCRIPTION", "youth"):
        assert word.lower() not in said.lower()


def test_the_same_thing_keeps_its_number_when_its_day_changes(sign_in, client, own_dates):
    mine = sign_in("practitioner")
    where = address(mine)

    def number(day) -> str:
        own_dates[mine.user.pk] = [Entry("hearing-1", day, "Appointment")]
        return str(Feed.from_ical(client.get(where).content).events[0]["UID"])

    assert number(clock.today()) == number(clock.today() + timedelta(days=7))


def test_revoked_replaced_or_left_it_answers_nobody(sign_in, client):
    mine = sign_in("practitioner")
    first = address(mine)
    second = address(mine)
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    type(mine.user).objects.filter(pk=mine.user.pk).update(is_active=False)
    assert client.get(second).status_code == 404
    type(mine.user).objects.filter(pk=mine.user.pk).update(is_active=True)
    for _ in range(2):
        assert mine.post("/account/calendar/revoke", follow=True).status_code == 200
    assert client.get(second).status_code == 404
    assert client.get("/c/guess.ics").status_code == 404


def test_a_colleagues_address_is_not_revoked_with_mine(sign_in, client):
    mine, colleague = sign_in("practitioner"), sign_in("practitioner")
    theirs = address(colleague)
    address(mine)
    mine.post("/account/calendar/revoke")
    assert client.get(theirs).status_code == 200


def test_the_account_page_leads_there(sign_in):
    mine = sign_in("board_member")
    assert "/account/calendar" in mine.get("/account").content.decode()
    assert mine.get("/account/calendar").status_code == 200
