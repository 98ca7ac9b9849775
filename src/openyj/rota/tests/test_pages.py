"""The pages of the rota: who may, what they show, what is sent twice or late."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.rota import services
from openyj.rota.models import Cover, Duty
from openyj.rota.tests.conftest import TODAY

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def at(name: str, *args) -> str:
    return reverse(f"rota:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def all_duties() -> list[Duty]:
    with acting(by=None, services=EVERY_SERVICE):
        return list(Duty.objects.select_related("person"))


def sent(person, **changes) -> dict:
    return {"person": person.pk, "parts": ["1_morning"], **day("first", TODAY), "phone": "07700 900123"} | changes


@pytest.fixture
def duty(manager, duty_worker):
    manager.post(at("plan"), sent(duty_worker, place="Northmere"))
    return all_duties()[0]


def test_a_duty_is_planned_and_shown_on_the_month_today_and_my_work(manager, duty, duty_worker, sign_in):
    assert (duty.person, duty.day, duty.phone) == (duty_worker, TODAY, "07700 900123")
    page = text(manager.get(duty.get_absolute_url()))
    assert "Duty rota, June 2026" in page and "Northmere, telephone 07700 900123" in page and "Gap" in page
    page = text(sign_in("practitioner").get(at("today")))
    assert 'href="tel:07700 900123"' in page and "Somebody has to be on duty and nobody is" in page
    page = text(sign_in("practitioner").get("/"))
    assert "On duty today" in page and f"Morning: {duty_worker}" in page


def test_a_day_that_has_gone_by_had_nobody_and_is_no_gap_to_fill(manager, duty):
    page = text(manager.get(at("month")))
    assert "Nobody" in page
    gone, to_come = page[: page.index(f"day-{TODAY}")], page[page.index(f"day-{TODAY}") :]
    assert "Gap" not in gone.split("<tbody")[1] and "Gap" in to_come


def test_the_number_given_last_is_used_again(manager, duty, duty_worker):
    manager.post(at("plan"), sent(duty_worker, phone="", **day("first", TODAY + ONE_DAY)))
    assert {each.phone for each in all_duties()} == {"07700 900123"}


def test_sending_twice_plans_once(manager, duty_worker):
    receipt = re.search(r'name="receipt" value="([^"]+)"', text(manager.get(at("plan"))))[1]
    first, second = (manager.post(at("plan"), sent(duty_worker, receipt=receipt)) for _ in range(2))
    assert first.url == second.url and len(all_duties()) == 1


@pytest.mark.parametrize(
    "fields,message",
    [
        ({"person": ""}, "Select who is on duty"),
        ({"parts": []}, "Select at least one part of the day"),
        (day("first", TODAY - ONE_DAY), "has gone by. Say why"),
    ],
)
def test_what_is_missing_is_asked_for(fields, message, manager, duty_worker):
    page = text(manager.post(at("plan"), sent(duty_worker) | fields))
    assert message in page.replace("&#x27;", "'") and not all_duties()


def test_a_week_is_copied(manager, duty):
    page = manager.post(at("copy"), {**day("week", TODAY), **day("into", TODAY + 7 * ONE_DAY), "weeks": 2}, follow=True)
    assert "2 duties copied" in text(page) and len(all_duties()) == 3


def test_a_swap_and_two_who_swap_at_once(manager, duty, staff):
    one, two = staff("practitioner"), staff("practitioner")
    swap = {"person": one.pk, "reason": "Training", "version": 1}
    assert manager.post(at("swap", duty.pk), swap).status_code == 302
    response = manager.post(at("swap", duty.pk), swap | {"person": two.pk, "reason": "Leave"})
    assert response.status_code == 409 and f"Swapped with {one}: Training" in text(response)
    assert "Training" in text(manager.get(at("month")))


def test_a_duty_is_taken_off_and_stays_to_be_read(manager, duty):
    manager.post(at("take_off", duty.pk), {"reason": "Court does not sit", "version": 1})
    with acting(by=None, services=EVERY_SERVICE):
        assert Duty.objects.get().in_error_reason == "Court does not sit"
    assert "Northmere" not in text(manager.get(at("month")))
    assert manager.get(at("swap", duty.pk)).status_code == 302


@pytest.mark.parametrize("role", ["practitioner", "business_support", "head_of_service"])
def test_who_looks_plans_nothing(role, sign_in, duty):
    client = sign_in(role)
    assert client.get(at("month")).status_code == 200 and "Plan a duty" not in text(client.get(at("month")))
    for address in (at("plan"), at("copy"), at("cover"), at("swap", duty.pk), at("take_off", duty.pk)):
        assert client.post(address).status_code == 403


@pytest.mark.parametrize("role", ["board_member", "administrator", "inspector"])
def test_who_has_nothing_to_do_with_it_does_not_see_it(role, sign_in):
    assert sign_in(role).get(at("month")).status_code == 403


def test_another_services_rota_is_not_there(sign_in, staff, other_service, duty):
    other = sign_in(staff("manager", service=other_service))
    assert "Northmere" not in text(other.get(at("month"))) + text(other.get(at("today"))) + text(other.get("/"))
    assert other.get(at("swap", duty.pk)).status_code == 404 and other.post(at("take_off", duty.pk)).status_code == 404


def test_when_somebody_has_to_be_there_is_the_services_own(manager):
    page = text(manager.get(at("cover")))
    assert "Saturdays, morning" in page
    manager.post(at("cover"), {"needed": ["other:3_on_call"], "version": 0})
    with acting(by=manager.user):
        assert Cover.objects.get().needed == ["other:3_on_call"]
    assert manager.post(at("cover"), {"needed": [], "version": 0}).status_code == 409


def test_a_month_that_is_none_is_this_month(manager):
    for asked in ("2026-13", "abc", "٢٠٢٦-06"):
        assert "June 2026" in text(manager.get(at("month"), {"month": asked}))
    assert "February 2027" in text(manager.get(at("month"), {"month": "2027-02"}))


def test_a_month_costs_the_same_for_one_and_for_three(manager, duty, duty_worker):
    def asks() -> int:
        with CaptureQueriesContext(connection) as queries:
            manager.get(at("month"))
        return len(queries)

    asks()
    one = asks()
    with acting(by=manager.user):
        services.plan(
            by=manager.user, person=duty_worker, first=TODAY, last=TODAY + 2 * ONE_DAY, weekdays=set(range(7)),
            parts=["2_afternoon"],
        )  # fmt: skip
    assert asks() == one
