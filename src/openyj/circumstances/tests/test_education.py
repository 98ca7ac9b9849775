"""Education, training and employment: what is refused, what is only odd, and what follows in one step."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openyj.casework.tests.sending import on, rows
from openyj.circumstances.models import EteStatus
from openyj.circumstances.tests.factories import make_education
from openyj.circumstances.tests.samples import SAMPLES
from openyj.circumstances.tests.test_pages import add, page_of

pytestmark = pytest.mark.django_db
NEXT = {"provision_type": "COLLEGE", "version": 1} | on("start_date", 1, 6, 2026)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("start_date", 5, 6, 2026), "Date it began must be today or in the past"),
        (on("start_date", 3, 6, 2010), "before the child was born (4 June 2010)"),
        (on("end_date", 31, 8, 2025), "It cannot end before it began (1 September 2025)"),
        ({"hours_offered": "169"}, "Hours offered a week must be a number from 0 to 168"),
        ({"hours_attended": "-1"}, "Hours attended a week must be a number from 0 to 168"),
        ({"hours_offered": "lots"}, "Hours offered a week must be a number from 0 to 168"),
        ({"hours_offered": "nan"}, "Hours offered a week must be a number from 0 to 168"),
        ({"provision_type": "CIRCUS"}, "Select what is it"),
    ],
)
def test_what_cannot_be_is_refused(manager, child, change, message):
    page = add(manager, child, "education", **change)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert rows(EteStatus) == []


@pytest.mark.parametrize("bad", [{"end_date": date(2025, 8, 31)}, {"hours_offered": 169}, {"hours_attended": -1}])
def test_the_database_refuses_it_too(child, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_education(child, **bad)


def test_more_attended_than_offered_is_saved_and_said_to_be_odd(manager, child):
    assert add(manager, child, "education", hours_attended="30").status_code == 302
    assert "30 hours attended are more than the 25 offered. Check both." in page_of(manager, child)


@pytest.mark.parametrize(
    ("offered", "attended", "said"),
    [
        (None, None, "hours not recorded"),
        (25, None, "25 hours a week offered, hours attended not recorded"),
        (None, 12.5, "12.5 hours a week attended, hours offered not recorded"),
        (25, 0, "0 of 25 hours a week attended"),
    ],
)
def test_none_not_recorded_and_unknown_are_three_things(manager, child, offered, attended, said):
    make_education(child, hours_offered=offered, hours_attended=attended, provision_type="NOT_KNOWN", description="")
    assert f"Recorded as unknown, {said}" in page_of(manager, child)
    make_education(child, provision_type=None, description="")
    assert "Kind not recorded" in page_of(manager, child)
    make_education(child, provision_type="NONE", description="", hours_offered=None, hours_attended=None)
    assert ">None: no education, training or employment</a>" in page_of(manager, child)


def test_an_unknown_suitability_is_said_to_be_unknown(manager, child):
    make_education(child, suitability="UNKNOWN")
    assert "15 of 25 hours a week attended (suitability recorded as unknown)" in page_of(manager, child)


def test_what_follows_ends_what_went_before_the_day_before(manager, child):
    row = make_education(child)
    assert manager.post(f"/children/{child.pk}/circumstances/education/{row.pk}/next", NEXT).status_code == 302
    found = {(each.provision_type, each.start_date, each.end_date) for each in rows(EteStatus)}
    assert found == {
        ("PUPIL_REFERRAL_UNIT", date(2025, 9, 1), date(2026, 5, 31)),
        ("COLLEGE", date(2026, 6, 1), None),
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("start_date", 1, 9, 2025), "began on 1 September 2025. Enter a later day"),
        (on("start_date", 5, 6, 2026), "must be today or in the past"),
        ({"hours_offered": "200"}, "must be a number from 0 to 168"),
    ],
)
def test_what_follows_is_refused_whole(manager, child, change, message):
    row = make_education(child)
    page = manager.post(f"/children/{child.pk}/circumstances/education/{row.pk}/next", NEXT | change)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert [(each.end_date, each.version) for each in rows(EteStatus)] == [(None, 1)]


def test_two_at_once_do_not_both_end_it(manager, child):
    row = make_education(child)
    address = f"/children/{child.pk}/circumstances/education/{row.pk}/next"
    changed = SAMPLES["education"][0] | {"version": 1, "hours_attended": "20"}
    assert manager.post(f"/children/{child.pk}/education/{row.pk}/change", changed).status_code == 302
    assert manager.post(address, NEXT).status_code == 409
    assert len(rows(EteStatus)) == 1
    assert manager.post(address, NEXT | {"version": 2}).status_code == 302
    again = manager.post(address, NEXT | {"version": 3})
    assert again.status_code == 200 and "has ended on 31 May 2026 already" in again.content.decode()
    assert manager.get(address, follow=True).redirect_chain and len(rows(EteStatus)) == 2


def test_several_at_once_are_allowed(manager, child):
    make_education(child)
    assert add(manager, child, "education").status_code == 302
    assert page_of(manager, child).count("15 of 25 hours a week attended") == 2
