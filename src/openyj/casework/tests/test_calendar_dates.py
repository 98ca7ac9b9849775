"""Whose days in court and last days of programmes stand in whose calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Hearing
from openyj.casework.tests.factories import make_hearing, make_offence, make_programme
from openyj.core import clock
from openyj.outbox.calendars import feed_of
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 4)


def summaries(user) -> list[tuple]:
    from icalendar import Calendar

    with clock.fixed(DAY):
        return [(e.start, str(e["SUMMARY"])) for e in Calendar.from_ical(feed_of(user)).events]


def test_a_worker_has_the_days_of_their_children_and_nobody_elses(staff, service, other_service):
    mine, colleague, manager = staff("practitioner"), staff("practitioner"), staff("manager")
    neighbour = staff("practitioner", service=other_service)
    child = make_child(service, worker=mine)
    make_hearing(child, hearing_date=DAY)
    make_hearing(make_child(service, worker=colleague), hearing_date=DAY)
    make_hearing(make_child(other_service, worker=neighbour), hearing_date=DAY)
    programme = make_programme(child, make_offence(child), start_date=DAY, end_date=DAY + timedelta(days=9))
    assert summaries(mine) == [(DAY, "Appointment"), (programme.end_date, "Reminder")]
    assert summaries(colleague) == summaries(neighbour) == [(DAY, "Appointment")]
    assert summaries(manager) == []


def test_what_was_recorded_in_error_and_whom_one_may_not_see_is_left_out(staff, service):
    mine = staff("practitioner")
    child = make_child(service, worker=mine)
    hearing = make_hearing(child, hearing_date=DAY)
    other = make_child(service, worker=mine)
    make_hearing(other, hearing_date=DAY)
    make_conflict(other, mine)
    assert summaries(mine) == [(DAY, "Appointment")]
    with acting(by=None, services=EVERY_SERVICE):
        Hearing.objects.filter(pk=hearing.pk).update(in_error_at=clock.now(), in_error_reason="Another child's")
    assert summaries(mine) == []
