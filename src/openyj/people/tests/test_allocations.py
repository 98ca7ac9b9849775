"""Who works with a child, since when: one at a time, from the child's own field and from a hand-over alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.core import clock
from openyj.people import services
from openyj.people.models import Allocation, Child
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def manager(staff):
    return staff("manager")


def hand(child, worker, manager, on=TODAY, **more):
    return services.hand_over(child=child, worker=worker, on=on, by=manager, **more)


def read(child):
    """(worker, from, until) of every standing allocation, and who the child's worker is."""
    with acting(by=None, services=EVERY_SERVICE):
        rows = Allocation.objects.standing().filter(child=child).order_by("start_date", "pk")
        return [(a.worker, a.start_date, a.end_date) for a in rows], Child.objects.get(pk=child.pk).worker


def test_a_hand_over_ends_one_allocation_and_begins_the_next(child, staff, manager):
    first, second = staff("practitioner"), staff("practitioner")
    began = TODAY - timedelta(days=30)
    hand(child, first, manager, began, why="Knows the family")
    hand(child, second, manager)
    assert read(child) == ([(first, began, TODAY), (second, TODAY, None)], second)
    hand(child, None, manager)
    assert read(child)[1] is None and read(child)[0][-1] == (second, TODAY, TODAY)


def test_changing_the_childs_worker_is_an_allocation_from_today(child, staff, manager):
    worker = staff("practitioner")
    services.change_child(row=child, version=child.version, by=manager, known_as="Cez", worker=worker)
    assert read(child) == ([(worker, TODAY, None)], worker)
    with acting(by=manager):
        again = Child.objects.get(pk=child.pk)
    services.change_child(row=again, version=again.version, by=manager, known_as="Ceri", worker=worker)
    assert len(read(child)[0]) == 1


def test_adding_a_child_with_a_worker_begins_their_allocation(staff, manager):
    worker = staff("practitioner")
    made = services.add_child(by=manager, given_name="Ceri", family_name="Morgan", worker=worker)
    assert read(made) == ([(worker, TODAY, None)], worker)


def test_a_loaded_worker_without_an_allocation_hands_over_as_any_other(service, staff, manager):
    before, after = staff("practitioner"), staff("practitioner")
    child = make_child(service, worker=before)
    hand(child, after, manager)
    assert read(child) == ([(after, TODAY, None)], after)


def test_a_worker_with_a_conflict_of_interest_is_refused(child, staff, manager):
    worker = staff("practitioner")
    make_conflict(child, worker)
    with pytest.raises(ValidationError, match="may not work with this child"):
        hand(child, worker, manager)
    assert read(child) == ([], None)


def test_a_leaver_and_another_services_worker_are_refused(child, staff, manager, other_service):
    for worker in (staff("practitioner", is_active=False), staff("practitioner", service=other_service)):
        with pytest.raises(ValidationError, match="works at this service"):
            hand(child, worker, manager)


@pytest.mark.parametrize(
    "on,says", [(TODAY + timedelta(days=1), "begins today"), (date(2009, 1, 1), "before the child was born")]
)
def test_an_impossible_day_is_refused(on, says, child, staff, manager):
    with pytest.raises(ValidationError, match=says):
        hand(child, staff("practitioner"), manager, on)


def test_a_day_before_the_present_allocation_is_refused(child, staff, manager):
    hand(child, staff("practitioner"), manager, TODAY - timedelta(days=5))
    with pytest.raises(ValidationError, match="Enter that day or a later one"):
        hand(child, staff("practitioner"), manager, TODAY - timedelta(days=6))


def test_the_same_worker_twice_is_refused(child, staff, manager):
    worker = staff("practitioner")
    hand(child, worker, manager)
    with pytest.raises(ValidationError, match="already"):
        hand(child, worker, manager)


def test_the_database_refuses_two_workers_at_once(child, staff):
    about = {"child": child, "service": child.service, "start_date": TODAY}
    with acting(by=None, services=EVERY_SERVICE):
        Allocation.objects.create(**about, worker=staff("practitioner"))
        with pytest.raises(IntegrityError, match="one_worker_at_a_time"), transaction.atomic():
            Allocation.objects.create(**about, worker=staff("practitioner"))


def test_a_changed_day_may_not_reach_into_another_allocation(child, staff, manager):
    hand(child, staff("practitioner"), manager, TODAY - timedelta(days=30))
    row = hand(child, staff("practitioner"), manager, TODAY - timedelta(days=10))
    with pytest.raises(ValidationError, match="was the worker from"):
        services.change_allocation(
            row=row, version=row.version, by=manager, start_date=TODAY - timedelta(days=11), why=""
        )
    services.change_allocation(
        row=row, version=row.version, by=manager, start_date=TODAY - timedelta(days=9), why="Moved"
    )
    with pytest.raises(ChangedUnderneath):
        services.change_allocation(row=row, version=1, by=manager, start_date=TODAY, why="")


def test_the_wrong_worker_is_recorded_in_error_and_leaves_none(child, staff, sign_in):
    manager = sign_in("manager")
    row = hand(child, staff("practitioner"), manager.user, TODAY - timedelta(days=3))
    page = reverse("people:in_error", args=[child.pk, "allocation", row.pk])
    assert manager.get(page).status_code == 200
    manager.post(page, {"reason": "It was meant for a colleague", "version": row.version})
    assert read(child) == ([], None)
    page = manager.get(reverse("people:details", args=[child.pk])).content.decode()
    assert "It was meant for a colleague" in page and "Nobody has been allocated yet" not in page


def test_one_that_ended_leaves_the_present_worker(child, staff, sign_in):
    manager = sign_in("manager")
    first, second = staff("practitioner"), staff("practitioner")
    row = hand(child, first, manager.user, TODAY - timedelta(days=3))
    hand(child, second, manager.user)
    page = reverse("people:in_error", args=[child.pk, "allocation", row.pk])
    manager.post(page, {"reason": "They never met the child", "version": 2})
    assert read(child) == ([(second, TODAY, None)], second)


def test_the_record_shows_who_worked_with_the_child_and_its_form_leaves_out_who_may_not(child, staff, sign_in):
    manager = sign_in("manager")
    worker, neighbour = staff("practitioner"), staff("practitioner")
    hand(child, worker, manager.user, TODAY - timedelta(days=3), why="Speaks Welsh")
    make_conflict(child, neighbour)
    details = manager.get(reverse("people:details", args=[child.pk])).content.decode()
    assert "Speaks Welsh" in details and "1 June 2026" in details
    assert "Allocated to" in manager.get(reverse("people:timeline", args=[child.pk])).content.decode()
    form = manager.get(reverse("people:change_details", args=[child.pk])).context["form"]
    assert neighbour not in form.fields["worker"].queryset and worker in form.fields["worker"].queryset


def test_a_form_sent_with_the_day_changed_shows_both_versions(child, staff, sign_in):
    manager = sign_in("manager")
    row = hand(child, staff("practitioner"), manager.user, TODAY - timedelta(days=3))
    services.change_allocation(row=row, version=1, by=manager.user, start_date=TODAY - timedelta(days=2), why="Theirs")
    page = reverse("people:change_fact", args=[child.pk, "allocation", row.pk])
    day = {"start_date_day": "1", "start_date_month": "6", "start_date_year": "2026"}
    response = manager.post(page, {**day, "why": "Mine", "version": 1})
    assert response.status_code == 409
    assert "Theirs" in response.content.decode() and "Mine" in response.content.decode()
