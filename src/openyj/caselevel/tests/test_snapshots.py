"""A snapshot says for ever what it said; the live tables follow the record."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from openyj.accounts.scope import acting
from openyj.caselevel.live import tables_of
from openyj.caselevel.models import Snapshot
from openyj.caselevel.services import take_snapshot
from openyj.casework.models import Offence, Outcome, Transfer
from openyj.casework.tests.factories import make_hearing, make_offence, make_outcome, make_programme
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.tests.factories import make_address, make_child
from openyj.tables.snapshot import Tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(staff, service):
    """A service with one child whose offence was heard and decided, and its data officer."""
    child = make_child(service)
    make_address(child)
    offence = make_offence(child)
    make_outcome(offence)
    make_hearing(child, offence)
    make_programme(child, offence)
    return service, staff("data_officer")


def test_snapshot_keeps_its_rows_when_the_record_changes(loaded):
    service, officer = loaded
    with acting(by=officer):
        before = tables_of(service)
        snapshot = take_snapshot(service=service, by=officer, reason="a test")
        Offence.objects.filter(service=service).update(
            in_error_at=clock.now(), in_error_by=officer, in_error_reason="never happened"
        )
        snapshot.refresh_from_db()
        frozen, now = snapshot.tables(), tables_of(service)
    assert frozen["offence"].to_pylist() == before["offence"].to_pylist()
    assert len(frozen["offence"]) == len(now["child"]) == 1
    for name in ("offence", "offence_legal_outcome", "link_hearing_offence", "link_offence_intervention_programme"):
        assert len(now[name]) == 0, f"{name} outlived its offence"


def test_the_same_rows_are_frozen_once(loaded):
    service, officer = loaded
    with acting(by=officer):
        first = take_snapshot(service=service, by=officer, reason="a draft")
        assert take_snapshot(service=service, by=officer, reason="another").pk == first.pk
        Outcome.objects.filter(service=service).update(term_months=7)
        assert take_snapshot(service=service, by=officer, reason="after a change").pk != first.pk


def test_the_database_refuses_to_change_a_snapshot(loaded):
    service, officer = loaded
    with acting(by=officer):
        snapshot = take_snapshot(service=service, by=officer, reason="a test")
        with pytest.raises(DatabaseError), transaction.atomic():
            Snapshot.objects.filter(pk=snapshot.pk).update(reason="changed")
        with pytest.raises(DatabaseError), transaction.atomic():
            snapshot.delete()


def test_a_damaged_archive_is_noticed(loaded):
    service, officer = loaded
    with acting(by=officer):
        snapshot = take_snapshot(service=service, by=officer, reason="a test")
    snapshot.digest = "0" * 64
    with pytest.raises(Tampered):
        snapshot.tables()


def test_another_service_sees_no_snapshot(loaded, staff, other_service):
    service, officer = loaded
    with acting(by=officer):
        take_snapshot(service=service, by=officer, reason="a test")
    with acting(by=staff("data_officer", service=other_service)):
        assert Snapshot.objects.count() == 0


def test_an_empty_record_gives_empty_tables_and_not_missing_ones(service):
    tables = tables_of(service)
    assert len(tables["child"]) == len(tables["offence_legal_outcome"]) == 0
    assert len(tables["legal_outcome"]) > 20


def test_data_a_person_typed_survives_the_way_through_text(loaded):
    service, officer = loaded
    odd = 'Said "no", then\nleft; été, 10% \\ '
    with acting(by=officer):
        child = Child.objects.filter(service=service).first()
        for text in (odd, "", None):
            Transfer.objects.create(child=child, transfer_date=clock.today(), description=text)
        found = tables_of(service)["transfer"]
        rows = [r["description"] for r in found.to_pylist() if r["child_id"] == child.pk][-3:]
    assert rows == [odd, "", None]
