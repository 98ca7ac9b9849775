"""Police bail: for several offences, refused where it cannot be, changed, corrected, and said on the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.bail_rules import check_police_bail
from openyj.casework.models import PoliceBail, PoliceBailOffence
from openyj.casework.tests.factories import make_offence, make_police_bail
from openyj.casework.tests.sending import OFFENCE, add, on, rows
from openyj.core import clock
from openyj.people.rules import check_birth
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def sent(*offences, status="PRE_CHARGE_BAIL", **change):
    given = {"offences": [o.pk for o in offences], "status": status, "police": "Quillmoor station"}
    return given | on("start_date", 2, 3, 2026) | {"conditions": "Not to go into the high street"} | change


def page_of(client, child, address=""):
    return client.get(f"/children/{child.pk}{address}").content.decode()


def test_bail_for_two_offences_stands_on_the_page_the_overview_and_the_timeline(manager, child, offence):
    other = make_offence(child, description="Going equipped")
    assert add(manager, child, "police-bail", sent(offence, other)).status_code == 302
    (row,) = rows(PoliceBail)
    assert {link.offence_id for link in rows(PoliceBailOffence)} == {offence.pk, other.pk}
    for address in ("/offences", "/print", f"/police-bail/{row.pk}"):
        page = page_of(manager, child, address)
        assert "On police bail before charge" in page and "Not to go into the high street" in page, address
        assert "Going equipped" in page, address
    overview = page_of(manager, child)
    assert "Police bail now" in overview
    assert "Not to go into the high street. Quillmoor station" in overview
    assert "Police: On police bail before charge" in page_of(manager, child, "/timeline")


def test_what_has_ended_or_not_begun_is_not_on_the_overview(manager, child, offence):
    make_police_bail(child, offence, end_date=date(2026, 6, 3))
    assert "Police bail now" not in page_of(manager, child)
    with clock.fixed(date(2026, 6, 3)):
        assert "Police bail now" in page_of(manager, child)
    with clock.fixed(date(2026, 3, 1)):
        assert "Police bail now" not in page_of(manager, child)


def test_release_under_investigation_says_that_there_is_no_bail(manager, child, offence):
    make_police_bail(child, offence, status="RELEASED_UNDER_INVESTIGATION", police="")
    assert "No conditions, because no bail" in page_of(manager, child)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"offences": []}, "Select each offence it is for"),
        ({"status": ""}, "Select how the police released the child"),
        (on("start_date", 1, 2, 2026), "It cannot begin before the offence “Theft from a shop” of 1 March 2026"),
        (on("start_date", 5, 6, 2026), "Day it began must be today or in the past"),
        (on("start_date", 1, 1, 2009), "before the child was born"),
        (on("end_date", 1, 3, 2026), "It cannot end before it began (2 March 2026)"),
        ({"status": "RELEASED_UNDER_INVESTIGATION"}, "is on no bail. Select bail, or leave the conditions empty"),
        ({"status": "POST_CHARGE_BAIL"}, "was charged on 5 March 2026, and bail after charge began on 2 March 2026"),
        (on("start_date", 6, 3, 2026), "was charged on 5 March 2026: what began on 6 March 2026 came after the charge"),
    ],
)
def test_bail_that_cannot_be_is_refused_with_what_to_do(manager, child, change, message):
    offence = make_offence(child, charge_date=date(2026, 3, 5))
    page = add(manager, child, "police-bail", sent(offence) | change)
    assert page.status_code == 200 and message in page.content.decode()
    assert rows(PoliceBail) == []


def test_a_second_one_on_the_same_offence_is_refused_until_the_first_ends(manager, child, offence):
    first = make_police_bail(child, offence)
    other = make_offence(child, description="Going equipped")
    second = sent(offence, other) | on("start_date", 1, 4, 2026)
    page = add(manager, child, "police-bail", second)
    assert "has “On police bail before charge” from 2 March 2026 with no end" in page.content.decode()
    assert len(rows(PoliceBail)) == 1
    assert add(manager, child, "police-bail", sent(other)).status_code == 302  # another offence has its own
    with acting(by=None, services=EVERY_SERVICE):
        PoliceBailOffence.objects.filter(offence=other).update(in_error_at=first.recorded_at, in_error_reason="x" * 9)
        PoliceBail.objects.filter(pk=first.pk).update(end_date=date(2026, 4, 1))
    assert add(manager, child, "police-bail", second).status_code == 302  # it begins on the day the first ends


DAYS = st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)).filter(lambda d: d[1] is None or d[1] >= d[0])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=DAYS, second=DAYS)
def test_two_are_never_at_once(service, first, second):
    def day(number):
        return None if number is None else date(2026, 3, 2) + timedelta(days=number)

    child = make_child(service)
    offence = make_offence(child)
    make_police_bail(child, offence, start_date=day(first[0]), end_date=day(first[1]))
    earlier, later = sorted((first, second), key=lambda days: days[0])
    meets = earlier[0] == later[0] or earlier[1] is None or earlier[1] > later[0]
    with acting(by=None, services=EVERY_SERVICE):
        try:
            check_police_bail(
                child=child, offences=[offence], status="PRE_CHARGE_BAIL", start_date=day(second[0]),
                end_date=day(second[1]),
            )  # fmt: skip
        except ValidationError:
            assert meets
        else:
            assert not meets


def test_an_offence_cannot_move_past_its_bail_nor_its_charge_against_it(manager, child, offence):
    make_police_bail(child, offence, status="POST_CHARGE_BAIL")
    for change, message in (
        (on("offence_date", 3, 3, 2026), "This is after the police bail of 2 March 2026"),
        (on("charge_date", 3, 3, 2026), "was charged on 3 March 2026, and bail after charge began on 2 March 2026"),
    ):
        page = manager.post(f"/children/{child.pk}/offence/{offence.pk}/change", OFFENCE | change | {"version": 1})
        assert message in page.content.decode()


def test_changed_then_recorded_in_error_it_holds_no_more(manager, child, offence):
    row = make_police_bail(child, offence)
    change = sent(offence, conditions="To live at home") | {"version": 1}
    assert manager.post(f"/children/{child.pk}/police-bail/{row.pk}/change", change).status_code == 302
    assert "To live at home" in page_of(manager, child)
    stale = manager.post(f"/children/{child.pk}/police-bail/{row.pk}/change", change | {"conditions": "Other"})
    assert stale.status_code == 409 and "To live at home" in stale.content.decode()
    wrong = {"reason": "It was another child", "version": 2}
    assert manager.post(f"/children/{child.pk}/police-bail/{row.pk}/in-error", wrong).status_code == 302
    assert "Police bail now" not in page_of(manager, child)
    assert all(not each.stands for each in [*rows(PoliceBail), *rows(PoliceBailOffence)])
    assert "To live at home" in page_of(manager, child, "/history")


def test_sent_twice_it_is_there_once(manager, child, offence):
    receipt = "0f8fad5b-d9cb-469f-a165-70867728950e"
    for _ in range(2):
        assert add(manager, child, "police-bail", sent(offence, receipt=receipt)).status_code == 302
    assert len(rows(PoliceBail)) == 1


def test_who_may_not_change_and_who_is_elsewhere(sign_in, child, offence, other_service):
    row = make_police_bail(child, offence, conditions="To live at home")
    assert add(sign_in("inspector"), child, "police-bail", sent(offence)).status_code == 403
    stranger = sign_in("manager", service=other_service)
    for address in ("offences", "police-bail/add", f"police-bail/{row.pk}"):
        assert stranger.get(f"/children/{child.pk}/{address}").status_code == 404


def test_the_page_asks_as_often_for_one_as_for_three(manager, child, offence):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_police_bail(child, offence)
    page_of(manager, child, "/offences")
    with CaptureQueriesContext(
        connection,
    ) as one:
        page_of(manager, child, "/offences")
    for number in (1, 2):
        make_police_bail(child, make_offence(child, description=f"Offence {number}"))
    with CaptureQueriesContext(connection) as three:
        page_of(manager, child, "/offences")
    assert len(three) == len(one)


def test_the_database_holds_no_conditions_without_bail_and_no_end_before_the_start(child, offence):
    for fields in (
        {"status": "RELEASED_UNDER_INVESTIGATION", "conditions": "To live at home"},
        {"end_date": date(2026, 3, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_police_bail(child, offence, **fields)


def test_a_birth_after_the_bail_is_refused(service):
    child = make_child(service)
    make_police_bail(child, make_offence(child, offence_date=None))
    with acting(by=None, services=EVERY_SERVICE), pytest.raises(ValidationError, match="Police bail is recorded"):
        check_birth(child=child, date_of_birth=date(2026, 3, 3))
