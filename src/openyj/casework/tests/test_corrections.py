"""Twice, two people at once, recorded in error, and who may: the same for every kind of fact."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.casework.models import (
    Hearing,
    HearingOffence,
    Offence,
    Outcome,
    Programme,
    ProgrammeOffence,
    Transfer,
)
from openyj.casework.tests.factories import (
    make_disposal_type,
    make_hearing,
    make_offence,
    make_outcome,
    make_programme,
    make_transfer,
)
from openyj.casework.tests.sending import OFFENCE, add, on, outcome, rows
from openyj.people.tests.factories import make_address, make_child

pytestmark = pytest.mark.django_db


# Twice, and two people


@pytest.mark.parametrize("what", ["offences", "outcomes", "programmes", "hearings", "transfers"])
def test_sending_twice_makes_one(manager, child, offence, what):
    sent = {
        "offences": OFFENCE | {"description": "Twice"},
        "outcomes": outcome(offence),
        "programmes": {"disposal_type": make_disposal_type().pk} | on("start_date", 1, 4, 2026),
        "hearings": {"offences": [offence.pk]} | on("hearing_date", 1, 4, 2026),
        "transfers": on("transfer_date", 1, 4, 2026),
    }[what]
    page = manager.get(f"/children/{child.pk}/{what}/add").content.decode()
    sent["receipt"] = re.search(r'name="receipt" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert add(manager, child, what, sent).status_code == 302
    model = {
        "offences": Offence,
        "outcomes": Outcome,
        "programmes": Programme,
        "hearings": Hearing,
        "transfers": Transfer,
    }
    assert len(rows(model[what])) == (2 if what == "offences" else 1)


def facts_of(child, offence):
    """One fact of every kind, with what a form of it would send."""
    made = make_outcome(offence)
    without = {k: v for k, v in outcome(offence).items() if k != "offences"}
    return {
        "outcome": (made, without | {"appeal_status": "Changed on appeal"}),
        "hearing": (
            make_hearing(child, offence),
            {"offences": [offence.pk], "court_name": "X"} | on("hearing_date", 1, 4, 2026),
        ),
        "programme": (
            make_programme(child, offence),
            {"offences": [offence.pk], "disposal_type": make_disposal_type().pk} | on("start_date", 1, 4, 2026),
        ),
        "transfer": (make_transfer(child), {"description": "X"} | on("transfer_date", 1, 4, 2026)),
        "offence": (offence, OFFENCE | {"description": "Changed"}),
    }


@pytest.mark.parametrize("kind", ["outcome", "hearing", "programme", "transfer", "offence"])
def test_every_kind_changes_and_a_stale_change_shows_both_versions(manager, sign_in, child, offence, kind):
    row, sent = facts_of(child, offence)[kind]
    address = f"/children/{child.pk}/{kind}/{row.pk}/change"
    colleague = sign_in("manager")
    assert colleague.post(address, sent | {"version": 1}).status_code == 302
    clash = manager.post(address, sent | {"version": 1})
    page = clash.content.decode()
    assert clash.status_code == 409 and f"{colleague.user.name} changed this while you were typing" in page
    assert "On the record now" in page and 'name="version" value="2"' in page
    assert manager.post(address, sent).status_code == 409, "without a version nothing is overwritten"
    assert manager.post(address, sent | {"version": 2}).status_code == 302
    row.refresh_from_db()
    assert row.version == 3


# Recorded in error


def mark(client, child, kind, row, version=1, reason="On the wrong child"):
    return client.post(f"/children/{child.pk}/{kind}/{row.pk}/in-error", {"reason": reason, "version": version})


@pytest.mark.parametrize("kind", ["outcome", "hearing", "programme", "transfer"])
def test_every_kind_is_marked_in_error_struck_out_and_told_in_its_history(manager, child, offence, kind):
    row, sent = facts_of(child, offence)[kind]
    assert mark(manager, child, kind, row).status_code == 302
    row.refresh_from_db()
    assert not row.stands and row.in_error_by == manager.user and row.in_error_reason == "On the wrong child"
    page = manager.get(f"/children/{child.pk}/{kind}/{row.pk}").content.decode()
    assert "<s>" in page and "Recorded in error" in page and "Why: On the wrong child" in page
    listed = "offences" if kind in ("outcome", "hearing") else "programmes"
    assert "<s><a" in manager.get(f"/children/{child.pk}/{listed}").content.decode()
    assert "On the wrong child" in manager.get(f"/children/{child.pk}/history").content.decode()
    titles = re.findall(
        r"moj-timeline__title\">(.*?)</h", manager.get(f"/children/{child.pk}/timeline").content.decode(), re.S
    )
    assert len(titles) == 4, "the standing four of five"
    assert manager.get(f"/children/{child.pk}/{kind}/{row.pk}/change").status_code == 404
    assert manager.post(f"/children/{child.pk}/{kind}/{row.pk}/change", sent | {"version": 2}).status_code == 409
    assert mark(manager, child, kind, row, version=2).status_code != 302, "once is enough"


def test_an_offence_with_an_outcome_is_not_marked_before_it(manager, child, offence):
    made = make_outcome(offence)
    page = mark(manager, child, "offence", offence).content.decode()
    assert "Correct these first" in page and f"/children/{child.pk}/outcome/{made.pk}" in page
    offence.refresh_from_db()
    assert offence.stands
    mark(manager, child, "outcome", made)
    assert mark(manager, child, "offence", offence).status_code == 302


def test_what_goes_with_an_offence_is_named_and_goes(manager, child, offence):
    make_hearing(child, offence)
    make_programme(child, offence)
    page = manager.get(f"/children/{child.pk}/offence/{offence.pk}/in-error").content.decode()
    assert "These go with it" in page and "Hearing of 20 March 2026: Theft from a shop" in page
    mark(manager, child, "offence", offence)
    assert [link.stands for link in rows(HearingOffence) + rows(ProgrammeOffence)] == [False, False]


def test_a_programme_that_was_breached_is_not_marked_before_the_breach(manager, child, offence):
    programme = make_programme(child, offence)
    make_offence(child, description="Breach of it", programme_breached=programme)
    assert "Breach of it" in mark(manager, child, "programme", programme).content.decode()
    programme.refresh_from_db()
    assert programme.stands


def test_a_stale_correction_is_refused(manager, child, offence):
    manager.post(f"/children/{child.pk}/offence/{offence.pk}/change", OFFENCE | {"version": 1})
    page = mark(manager, child, "offence", offence)
    assert page.status_code == 200 and "Someone else has changed this" in page.content.decode()


def test_a_correction_needs_a_reason(manager, child, offence):
    page = mark(manager, child, "offence", offence, reason="").content.decode()
    assert "What was wrong?" in page and "There is a problem" in page


# Who may


def test_facts_of_another_service_are_not_found(sign_in, other_service, child, offence):
    client = sign_in("manager", service=other_service)
    for kind, (row, sent) in facts_of(child, offence).items():
        for page in ("", "/change", "/in-error"):
            assert client.get(f"/children/{child.pk}/{kind}/{row.pk}{page}").status_code == 404
        assert client.post(f"/children/{child.pk}/{kind}/{row.pk}/change", sent | {"version": 1}).status_code == 404
        assert mark(client, child, kind, row).status_code == 404


def test_a_fact_is_reached_through_its_own_child_only(manager, service, child, offence):
    other = make_child(service)
    assert manager.get(f"/children/{other.pk}/offence/{offence.pk}").status_code == 404
    assert manager.get(f"/children/{child.pk}/nonsense/{offence.pk}").status_code == 404
    assert manager.get(f"/children/{child.pk}/outcome/{offence.pk + 999}").status_code == 404


def test_a_colleague_of_another_team_neither_changes_nor_corrects(sign_in, child, offence):
    client = sign_in("practitioner")
    for page in ("change", "in-error"):
        assert client.get(f"/children/{child.pk}/offence/{offence.pk}/{page}").status_code == 403
    assert mark(client, child, "offence", offence).status_code == 403
    assert client.get(f"/children/{child.pk}/offence/{offence.pk}").status_code == 200


@pytest.mark.parametrize("role", ["inspector", "head_of_service"])
def test_who_only_reads_is_refused(sign_in, child, offence, role):
    client = sign_in(role)
    assert client.get(f"/children/{child.pk}/offence/{offence.pk}").status_code == 200
    assert client.get(f"/children/{child.pk}/offence/{offence.pk}/change").status_code == 403
    assert mark(client, child, "offence", offence).status_code == 403


@pytest.mark.parametrize(
    "page", ["", "/timeline", "/addresses", "/history", "/offences", "/programmes", "/print", "/looked"]
)
def test_a_record_page_asks_as_often_for_three_rows_as_for_one(manager, service, page):
    child = make_child(service)
    counts = []
    for year in (2014, 2016, 2018):
        make_address(child, start_date=date(year, 1, 1), end_date=date(year + 1, 1, 1))
        offence = make_offence(child)
        make_outcome(offence)
        make_hearing(child, offence)
        make_programme(child, offence)
        make_transfer(child)
        manager.get(f"/children/{child.pk}{page}")
        with CaptureQueriesContext(connection) as asked:
            manager.get(f"/children/{child.pk}{page}")
        counts.append(len(asked))
    assert counts[0] == counts[2], counts
