"""The rules of the rota: each refused in words, and what a month then shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.actions.models import BankHoliday
from openyj.outbox.calendars import dates
from openyj.rota import selectors, services
from openyj.rota.models import Duty, Part
from openyj.rota.tests.conftest import TODAY

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
MONDAY = date(2026, 6, 8)


@pytest.fixture
def by(manager):
    with acting(by=manager.user):
        yield manager.user


def plan(by, person, first, last=None, **more) -> list[Duty]:
    given = {"weekdays": set(range(7)), "parts": [Part.MORNING]} | more
    return services.plan(by=by, person=person, first=first, last=last or first, **given)


def test_a_month_is_planned_in_one_go(by, duty_worker):
    made = plan(by, duty_worker, date(2026, 6, 8), date(2026, 6, 30), weekdays={0, 2}, parts=["1_morning", "3_on_call"])
    assert len(made) == 2 * 7 and {duty.day.weekday() for duty in made} == {0, 2}


def test_nobody_is_twice_in_one_part_of_a_day(by, duty_worker, staff):
    plan(by, duty_worker, MONDAY)
    with pytest.raises(ValidationError, match="is on duty already: morning, 8 June 2026"):
        plan(by, duty_worker, MONDAY - ONE_DAY, MONDAY)
    assert Duty.objects.count() == 1  # nothing of the refused plan
    with pytest.raises(IntegrityError, match="duty_of_a_person_once"), transaction.atomic():
        services.add(by, duty_worker, MONDAY, Part.MORNING, "", "", "")
    plan(by, duty_worker, MONDAY, parts=[Part.AFTERNOON])
    plan(by, staff("practitioner"), MONDAY)  # two may be in court at once


def test_a_leaver_and_another_services_worker_are_on_no_rota(by, staff, other_service):
    leaver = staff("practitioner", is_active=False)
    leaving = staff("practitioner", expires_on=MONDAY)
    for person in (leaver, staff("practitioner", service=other_service)):
        with pytest.raises(ValidationError, match="does not work at this service"):
            plan(by, person, MONDAY)
    with pytest.raises(ValidationError, match="does not work at this service on 9 June 2026"):
        plan(by, leaving, MONDAY, MONDAY + ONE_DAY)
    plan(by, leaving, MONDAY)


def test_a_day_that_has_gone_by_needs_a_reason(by, duty_worker):
    with pytest.raises(ValidationError, match="3 June 2026 has gone by"):
        plan(by, duty_worker, TODAY - ONE_DAY)
    assert plan(by, duty_worker, TODAY - ONE_DAY, reason="Stood in for somebody ill")[0].reason


@pytest.mark.parametrize(
    "first,last,weekdays,message",
    [
        (MONDAY, MONDAY - ONE_DAY, {0}, "Enter that day or a later one"),
        (MONDAY, MONDAY + 400 * ONE_DAY, {0}, "at most a year"),
        (MONDAY, MONDAY, {3}, "None of these weekdays"),
    ],
)
def test_days_that_cannot_be_are_refused(by, duty_worker, first, last, weekdays, message):
    with pytest.raises(ValidationError, match=message):
        plan(by, duty_worker, first, last, weekdays=weekdays)


def test_a_week_is_copied_into_several(by, duty_worker):
    plan(by, duty_worker, MONDAY, MONDAY + ONE_DAY, place="Northmere", phone="07700 900123")
    done = services.copy_week(by=by, week=MONDAY + 3 * ONE_DAY, into=MONDAY + 10 * ONE_DAY, weeks=2)
    assert [duty.day for duty in done.duties] == [MONDAY + n * ONE_DAY for n in (7, 8, 14, 15)]
    assert {(duty.place, duty.phone) for duty in done.duties} == {("Northmere", "07700 900123")}
    with pytest.raises(ValidationError, match="Everybody is on duty there already"):
        services.copy_week(by=by, week=MONDAY, into=MONDAY + 7 * ONE_DAY, weeks=2)


def test_a_copied_week_leaves_out_who_has_left_and_says_so(by, duty_worker, staff):
    leaving = staff("practitioner", expires_on=MONDAY + 7 * ONE_DAY)
    plan(by, duty_worker, MONDAY)
    plan(by, leaving, MONDAY, MONDAY + ONE_DAY)
    done = services.copy_week(by=by, week=MONDAY, into=MONDAY + 7 * ONE_DAY)
    assert len(done.duties) == 2 and done.left_out == [f"{leaving} no longer works here on 16 June 2026"]


@pytest.mark.parametrize("week,into", [(MONDAY, MONDAY), (date(2026, 5, 4), date(2026, 5, 11))])
def test_a_week_is_copied_forward_and_not_into_the_past(by, week, into):
    with pytest.raises(ValidationError, match="Enter a day"):
        services.copy_week(by=by, week=week, into=into)


def test_an_empty_week_is_not_copied(by):
    with pytest.raises(ValidationError, match="Nobody is on duty in that week"):
        services.copy_week(by=by, week=MONDAY, into=MONDAY + 7 * ONE_DAY)


def test_a_swap_says_why_and_leaves_what_was_planned(by, duty_worker, staff):
    other = staff("practitioner")
    (duty,) = plan(by, duty_worker, MONDAY, place="Northmere")
    with pytest.raises(ValidationError, match="Say why"):
        services.swap(duty=duty, version=1, by=by, person=other, reason="")
    made = services.swap(duty=duty, version=1, by=by, person=other, reason="Training")
    duty.refresh_from_db()
    assert (made.person, made.place, made.reason, duty.stands) == (other, "Northmere", "Training", False)
    assert f"Swapped with {other}: Training" in duty.in_error_reason
    with pytest.raises(ChangedUnderneath):
        services.swap(duty=duty, version=1, by=by, person=other, reason="Again")


def test_nobody_takes_over_what_they_have(by, duty_worker, staff):
    other = staff("practitioner")
    (duty,) = plan(by, duty_worker, MONDAY)
    plan(by, other, MONDAY)
    with pytest.raises(ValidationError, match="on duty already"):
        services.swap(duty=duty, version=1, by=by, person=other, reason="Training")
    with pytest.raises(ValidationError, match="does not work at this service"):
        services.swap(duty=duty, version=1, by=by, person=staff("practitioner", is_active=False), reason="Training")


def gaps(user, day) -> list[str]:
    (row,) = selectors.rows_between(user, day, day)
    return [cell.part.label for cell in row.cells if cell.is_gap]


def test_gaps_are_where_somebody_has_to_be_and_nobody_is(by, duty_worker):
    saturday, sunday = MONDAY + 5 * ONE_DAY, MONDAY + 6 * ONE_DAY
    assert gaps(by, MONDAY) == ["Morning", "Afternoon"]
    assert (gaps(by, saturday), gaps(by, sunday)) == (["Morning"], [])
    plan(by, duty_worker, MONDAY)
    assert gaps(by, MONDAY) == ["Afternoon"]
    BankHoliday.objects.create(day=MONDAY, name="Invented", source="A test")
    assert gaps(by, MONDAY) == []
    services.set_cover(by=by, seen=0, needed=["other:3_on_call"])
    assert gaps(by, MONDAY) == ["Out of hours"] and gaps(by, saturday) == []
    with pytest.raises(ChangedUnderneath):
        services.set_cover(by=by, seen=0, needed=[])


def test_duties_are_in_their_persons_calendar(by, duty_worker):
    (duty,) = plan(by, duty_worker, MONDAY)
    feed = dict(dates.items())["duties"]
    assert [entry.day for entry in feed(duty_worker)] == [MONDAY] and list(feed(by)) == []
    services.take_off(duty=duty, version=1, by=by, reason="Court does not sit")
    assert list(feed(duty_worker)) == []
