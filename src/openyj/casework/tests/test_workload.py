"""Programmes in the workload number: those that run, by their kind, and with them a child who is handed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Programme
from openyj.casework.workload import USUAL
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.tests.factories import make_child
from openyj.reference.models import DisposalType, choices
from openyj.workload import selectors
from openyj.workload.slots import parts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 4)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


def make_programme(child: Child, kind: str = "community", **fields) -> Programme:
    given = {"start_date": TODAY - 30 * ONE_DAY, "disposal_type": DisposalType.objects.filter(kind=kind).first()}
    with acting(by=None, services=EVERY_SERVICE):
        return Programme.objects.create(child=child, **given | fields)


def numbers(reader):
    with acting(by=reader):
        return {each.user: each.load.shown for each in selectors.workloads(reader)}


@pytest.mark.parametrize("kind,weight", USUAL.items())
def test_a_programme_that_runs_weighs_by_its_kind(kind, weight, service, staff):
    manager, worker = staff("manager"), staff("practitioner")
    make_programme(make_child(service, worker=worker), kind)
    assert numbers(manager)[worker] == 1 + weight


def test_every_kind_of_programme_has_a_part():
    assert {f"programme:{kind}" for kind, _ in choices("disposal_kind")} <= dict(parts.items()).keys()


@pytest.mark.parametrize(
    "fields,counts",
    [
        ({"end_date": TODAY}, True),
        ({"end_date": TODAY - ONE_DAY}, False),
        ({"start_date": TODAY}, True),
        ({"start_date": TODAY + ONE_DAY}, False),
        ({"in_error_at": "2026-06-01T12:00Z", "in_error_reason": "Another child’s"}, False),
    ],
)
def test_it_counts_from_its_first_day_to_its_last(fields, counts, service, staff):
    manager, worker = staff("manager"), staff("practitioner")
    make_programme(make_child(service, worker=worker), **fields)
    assert numbers(manager)[worker] == (4 if counts else 1)


def test_who_takes_a_child_takes_their_programmes_as_the_preview_says(service, staff):
    manager, one, other = staff("manager"), staff("practitioner"), staff("practitioner")
    child, alone = make_child(service, worker=one), make_child(service)
    for each in (child, alone, make_child(service, worker=other)):
        make_programme(each)
    for taken, before in ((child, one), (alone, None)):
        with acting(by=manager):
            promised = {each.user: each.after.shown for each in selectors.choices(taken)}
        assert promised == {manager: 4, one: 8 if taken == alone else 4, other: 8}
        for worker in (manager, one, other):
            with acting(by=manager):
                Child.objects.filter(pk=taken.pk).update(worker=worker)
            assert numbers(manager)[worker] == promised[worker]
        with acting(by=manager):
            Child.objects.filter(pk=taken.pk).update(worker=before)


def test_it_asks_as_often_for_three_as_for_one(service, staff):
    manager = staff("manager")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            numbers(manager)
        return len(queries)

    make_programme(make_child(service, worker=staff("practitioner")))
    count()  # the parts are put into SQL once
    one = count()
    for _ in range(2):
        make_programme(make_child(service, worker=staff("practitioner")))
    assert count() == one
