"""The workload of a service as its pages show it: what counts, the weights of the day, hours, and who may look."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import acting
from openyj.people.models import Child
from openyj.people.tests.factories import make_child, make_conflict
from openyj.workload import selectors, services
from openyj.workload.models import Hours, Weight
from openyj.workload.slots import parts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)
ONE_DAY = timedelta(days=1)
GIVEN = {"weight": Decimal(2), "source": "Agreed by managers"}


def numbers(reader) -> dict[str, Decimal]:
    with acting(by=reader):
        return {each.user.name: each.load.shown for each in selectors.workloads(reader)}


def text(response) -> str:
    return response.content.decode()


def test_children_with_a_worker_count(service, staff):
    manager, worker = staff("manager"), staff("practitioner")
    make_child(service, worker=worker)
    make_child(service, worker=worker)
    make_child(service, worker=worker, in_error_at="2026-06-01T12:00Z", in_error_reason="The same child twice")
    make_child(service)  # nobody's
    assert numbers(manager) == {manager.name: 0, worker.name: 2}


def test_another_services_work_does_not_count(staff, other_service):
    reader = staff("manager")
    make_child(other_service, worker=staff("practitioner", service=other_service))
    assert numbers(reader) == {reader.name: 0}


def test_a_weight_holds_from_its_day_and_is_never_overwritten(service, staff):
    administrator, manager, worker = staff("administrator"), staff("manager"), staff("practitioner")
    make_child(service, worker=worker)
    first = services.set_weight(by=administrator, seen=None, part="child", valid_from=TODAY, **GIVEN)
    assert numbers(manager)[worker.name] == 2
    services.set_weight(
        by=administrator, seen=first.pk, part="child", valid_from=TODAY + ONE_DAY, weight=Decimal(5), source="Later"
    )
    assert numbers(manager)[worker.name] == 2
    with acting(by=administrator):
        assert [(w.weight, w.valid_from, w.valid_to) for w in Weight.objects.order_by("pk")] == [
            (2, TODAY, TODAY), (5, TODAY + ONE_DAY, None),
        ]  # fmt: skip


def test_a_weight_set_again_for_the_same_day_is_kept_in_error(staff):
    administrator = staff("administrator")
    first = services.set_weight(by=administrator, seen=None, part="child", valid_from=TODAY, **GIVEN)
    services.set_weight(by=administrator, seen=first.pk, part="child", valid_from=TODAY, weight=Decimal(3), source="-")
    with acting(by=administrator):
        assert [(w.weight, w.stands) for w in Weight.objects.order_by("pk")] == [(2, False), (3, True)]


def test_a_weight_before_what_holds_and_one_set_meanwhile_are_refused(staff):
    administrator = staff("administrator")
    first = services.set_weight(by=administrator, seen=None, part="child", valid_from=TODAY, **GIVEN)
    with pytest.raises(ValidationError, match="began on 4 June 2026"):
        services.set_weight(by=administrator, seen=first.pk, part="child", valid_from=TODAY - ONE_DAY, **GIVEN)
    with pytest.raises(ValidationError, match="A colleague has set this meanwhile"):
        services.set_weight(by=administrator, seen=None, part="child", valid_from=TODAY, **GIVEN)


@pytest.mark.parametrize("change", [{"weight": -1}, {"valid_to": TODAY - ONE_DAY}])
def test_the_database_refuses_a_weight_that_cannot_be(change, staff, service):
    row = {"service": service, "part": "child", "valid_from": TODAY} | GIVEN | change
    with acting(by=staff("administrator")), pytest.raises(IntegrityError), transaction.atomic():
        Weight.objects.create(**row)


def test_the_database_refuses_two_weights_on_one_day(staff, service):
    row = {"service": service, "part": "child", "valid_from": TODAY} | GIVEN
    with acting(by=staff("administrator")), pytest.raises(IntegrityError, match="one_workload_weight_a_day"):
        Weight.objects.create(**row)
        with transaction.atomic():
            Weight.objects.create(**row)


def test_hours_divide_the_points(service, staff):
    administrator, manager, worker = staff("administrator"), staff("manager"), staff("practitioner")
    for _ in range(3):
        make_child(service, worker=worker)
    services.set_hours(by=administrator, seen=None, user=worker, percent=60, valid_from=TODAY)
    assert numbers(manager)[worker.name] == 5


def test_another_services_worker_gets_no_hours(staff, other_service):
    stranger = staff("practitioner", service=other_service)
    with pytest.raises(ValidationError, match="of this service"):
        services.set_hours(by=staff("administrator"), seen=None, user=stranger, percent=60, valid_from=TODAY)


def test_the_preview_is_the_number_that_follows(service, staff):
    """For every worker, whoever had the child before."""
    manager, one, other = staff("manager"), staff("practitioner"), staff("practitioner")
    child = make_child(service, worker=one)
    make_child(service, worker=other)
    with acting(by=manager):
        promised = {each.user: each.after.shown for each in selectors.choices(child)}
        assert promised == {manager: 1, one: 1, other: 2}
    for worker in (manager, other, one):
        with acting(by=manager):
            Child.objects.filter(pk=child.pk).update(worker=worker)
        assert numbers(manager)[worker.name] == promised[worker]


def test_the_least_work_is_offered_first_and_conflicts_and_leavers_are_not(service, staff):
    manager, busy, free = staff("manager"), staff("practitioner"), staff("practitioner")
    make_child(service, worker=busy)
    make_child(service, worker=manager)
    staff("practitioner", is_active=False)
    staff("practitioner", expires_on=TODAY - ONE_DAY)
    staff("data_officer")
    child, barred = make_child(service), staff("practitioner")
    make_conflict(child, barred)
    with acting(by=manager):
        assert [each.user for each in selectors.choices(child)] == [free, manager, busy]


def test_each_sees_what_their_role_reaches(service, staff, sign_in):
    mine, theirs = staff("practitioner"), staff("practitioner")
    make_child(service, worker=theirs, given_name="Secretly")
    assert set(numbers(mine)) == {mine.name}
    client = sign_in(mine)
    assert client.get(reverse("workload:worker", args=[mine.pk])).status_code == 200
    assert client.get(reverse("workload:worker", args=[theirs.pk])).status_code == 404
    for role in ROLES.values():
        if not role.scope(Permission.SEE_WORKLOAD):
            assert sign_in(role.name).get(reverse("workload:workloads")).status_code == 403


def test_another_services_worker_is_not_found(staff, sign_in, other_service):
    stranger = staff("practitioner", service=other_service)
    assert sign_in("manager").get(reverse("workload:worker", args=[stranger.pk])).status_code == 404


def test_the_evidence_names_the_children_the_reader_may_see(service, staff, sign_in):
    worker, manager = staff("practitioner"), sign_in("manager")
    make_child(service, worker=worker, given_name="Openly")
    make_child(service, worker=worker, given_name="Needtoknow", restricted_reason="A relative works here")
    make_conflict(make_child(service, worker=worker, given_name="Conflicted"), manager.user)
    page = text(manager.get(reverse("workload:worker", args=[worker.pk])))
    assert "Openly" in page and "Needtoknow" not in page and "Conflicted" not in page
    assert "A child whose record you may not open" in page and ": 3.0" in page


def test_workloads_ask_as_often_for_three_workers_as_for_one(service, staff, sign_in):
    client = sign_in("manager")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("workload:workloads")).status_code == 200
        return len(queries)

    make_child(service, worker=staff("practitioner"))
    count()  # the parts are put into SQL once
    one = count()
    for _ in range(2):
        make_child(service, worker=staff("practitioner"))
    assert count() == one


def test_a_child_is_allocated_from_the_record_with_the_version_that_was_seen(service, staff, sign_in):
    client, worker, other = sign_in("manager"), staff("practitioner"), staff("practitioner")
    child = make_child(service)
    page = reverse("workload:allocate", args=[child.pk])
    on = {"start_date_day": 4, "start_date_month": 6, "start_date_year": 2026}
    assert f"{worker.name}: 0.0 now, 1.0 after" in text(client.get(page))
    assert client.post(page, {"worker": worker.pk, "version": 1, **on}).url == child.get_absolute_url()
    clash = client.post(page, {"worker": other.pk, "version": 1, **on})
    assert clash.status_code == 409 and worker.name in text(clash)
    assert worker.name in text(client.get(child.get_absolute_url()))


@pytest.mark.parametrize("role", ["practitioner", "business_support", "data_officer"])
def test_who_does_not_decide_does_not_allocate(role, service, sign_in):
    child = make_child(service)
    client = sign_in(role)
    assert client.get(reverse("workload:allocate", args=[child.pk])).status_code == 403
    assert "/allocate" not in text(client.get(child.get_absolute_url()))


def test_an_administrator_sets_weights_and_hours_on_the_page(sign_in, staff):
    client, worker = sign_in("administrator"), staff("practitioner")
    assert "As shipped" in text(client.get(reverse("workload:weights")))
    on = {"valid_from_day": 4, "valid_from_month": 6, "valid_from_year": 2026}
    page = reverse("workload:set_weight", args=["child"])
    client.post(page, {"weight": "1.5", "source": "Managers, 4 June", "version": 0, **on})
    assert "Managers, 4 June" in text(client.get(reverse("workload:weights")))
    assert "A colleague has set this meanwhile" in text(
        client.post(page, {"weight": "2", "source": "-", "version": 0, **on})
    )
    assert "must be 0 or more" in text(client.post(page, {"weight": "-1", "source": "-", "version": 0, **on}))
    client.post(reverse("workload:set_hours"), {"user": worker.pk, "percent": "60", **on})
    assert "60" in text(client.get(reverse("workload:weights")))
    assert client.get(reverse("workload:set_weight", args=["no-such-part"])).status_code == 404
    with acting(by=client.user):
        assert (Weight.objects.get().weight, Hours.objects.get().percent) == (Decimal("1.5"), 60)


def test_every_part_has_a_weight_to_begin_with_that_says_it_is_one():
    assert len(parts.items()) >= 9
    for _, part in parts.items():
        assert part.usual > 0 and "to set as your own" in part.source
