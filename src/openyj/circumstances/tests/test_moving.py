"""A move in one step: the old address ends on the day the new one begins."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.casework.tests.sending import on, rows
from openyj.circumstances.tests.test_pages import page_of
from openyj.people.models import Address
from openyj.people.tests.factories import make_address

pytestmark = pytest.mark.django_db
MOVE = {"lines": "2 Quay Street", "accommodation_type": "FOSTER_CARE_LA", "suitability": "SUITABLE", "version": 1} | on(
    "start_date", 1, 6, 2026
)


def move(client, row, **change):
    return client.post(f"/children/{row.child_id}/circumstances/address/{row.pk}/next", MOVE | change)


@pytest.mark.parametrize("primary", [True, False])
def test_a_move_ends_the_old_address_and_begins_the_new(manager, child, primary):
    row = make_address(child, primary=primary)
    assert move(manager, row).status_code == 302
    found = {(each.lines, each.start_date, each.end_date, each.primary) for each in rows(Address)}
    assert found == {
        ("1 Harbour Row, Aldermere", date(2020, 1, 1), date(2026, 6, 1), primary),
        ("2 Quay Street", date(2026, 6, 1), None, primary),
    }
    assert "Foster care, local authority (suitable)" in page_of(manager, child)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("start_date", 31, 12, 2019), "began on 1 January 2020. Enter a later day"),
        ({"lines": ""}, "Enter address"),
        (on("start_date", 5, 6, 2026), "must be today or in the past"),
    ],
)
def test_a_move_is_refused_whole(manager, child, change, message):
    row = make_address(child)
    page = move(manager, row, **change)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert [(each.end_date, each.version) for each in rows(Address)] == [(None, 1)]


def test_a_colleagues_change_is_shown_and_a_second_move_refused(manager, child):
    row = make_address(child)
    assert move(manager, row, version=7).status_code == 409
    assert move(manager, row).status_code == 302
    page = move(manager, row, version=2)
    assert page.status_code == 200 and "has ended on 1 June 2026 already" in page.content.decode()
    assert len(rows(Address)) == 2
