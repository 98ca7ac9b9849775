"""What is refused, with what the page says; and what is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.sending import on, rows
from openyj.core import clock
from openyj.network import rules
from openyj.network.models import Connection, Professional
from openyj.network.tests.factories import make_connection, make_professional
from openyj.network.tests.samples import RESPONSIBLE, add, page_of, person, professional
from openyj.people.models import Child

pytestmark = pytest.mark.django_db
BORN = date(2010, 6, 4)

REFUSED = [
    ({"relationship": ""}, "Select what they are to the child"),
    (on("start_date", 3, 6, 2010), "before the child was born"),
    (on("start_date", 5, 6, 2026), "Day it began must be today or in the past"),
    (on("start_date", 2, 3, 2026) | on("end_date", 1, 3, 2026), "It cannot end before it began (2 March 2026)"),
    (on("end_date", 3, 6, 2010), "before the child was born"),
    ({"responsibility": "YES"} | on("responsibility_known_on", 1, 5, 2026), "Enter how it is known"),
    ({"responsibility": "NOT_KNOWN", "responsibility_source": "Mother"}, "Enter the day it was known"),
    (RESPONSIBLE | on("responsibility_known_on", 5, 6, 2026), "must be today or in the past"),
    ({"responsibility_source": "Mother"}, "Answer whether they have parental responsibility"),
    ({"caution": "RISK"}, "Enter the reason, so that who reads the warning"),
    ({"caution_reason": "Violent"}, "Select the warning that the reason is for"),
    ({"caution_order": "Order"}, "Select the warning that the reason is for"),
    ({"safety": "NOT_SAFE"}, "Enter why it is not safe"),
    ({"safety": "CARE"}, "Enter when and how it is safe"),
    ({"lives_with": "PERHAPS"}, "Select do they live with the child? from the list"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_what_cannot_be_is_refused_in_words(manager, child, change, message):
    answer = add(manager, child, sent=person(**change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Connection) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter name"),
        ({"job": ""}, "Enter job"),
        ({"agency_kind": ""}, "Select the kind of agency"),
        ({"lead": ""}, "Are they the lead professional?"),
        (on("start_date", 3, 6, 2010), "before the child was born"),
        (on("start_date", 2, 3, 2026) | on("end_date", 1, 3, 2026), "It cannot end before it began (2 March 2026)"),
    ],
)
def test_a_professional_that_cannot_be_is_refused(manager, child, change, message):
    answer = add(manager, child, "add-professional", professional(**change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Professional) == []


def test_a_second_lead_professional_is_refused_until_the_first_ends(manager, child):
    first = make_professional(child, lead=True)
    answer = add(manager, child, "add-professional", professional(name="Joan Rusk", lead="yes"))
    assert "Idris Vale, social worker is the lead professional" in answer.content.decode()
    address = f"/children/{child.pk}/network/professionals/{first.pk}/end"
    assert manager.post(address, {"version": 1} | on("end_date", 1, 6, 2026)).status_code == 302
    assert add(manager, child, "add-professional", professional(name="Joan Rusk", lead="yes")).status_code == 302
    assert [each.name for each in rows(Professional) if each.lead and not each.end_date] == ["Joan Rusk"]


def test_the_lead_professional_may_be_changed_without_being_their_own_rival(manager, child):
    row = make_professional(child, lead=True)
    sent = professional(lead="yes", agency="Family team", version=1)
    assert manager.post(f"/children/{child.pk}/professional/{row.pk}/change", sent).status_code == 302


def test_an_agency_is_one_of_who_refers_and_neither_the_family_nor_the_child(manager, child):
    page = page_of(manager, child, "/network/add-professional")
    assert "Children’s social care" in page and "Probation" in page
    assert ">Parent or carer<" not in page and ">The child themselves<" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"responsibility": "YES"},
        {"responsibility_source": "Mother"},
        {"caution": "RISK"},
        {"caution_reason": "Violent"},
        {"safety": "NOT_SAFE"},
        {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 1)},
    ],
)
def test_the_database_refuses_what_slips_through(child, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_connection(child, **wrong)


def test_the_database_refuses_two_leads(child):
    make_professional(child, lead=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_professional(child, lead=True)


def test_the_database_refuses_another_services_child(child, other_service):
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=None, services=EVERY_SERVICE):
        row = make_connection(child)
        Connection.objects.filter(pk=row.pk).update(service=other_service)
        from django.db import connection

        connection.check_constraints()


days = st.none() | st.dates(date(2009, 1, 1), date(2027, 1, 1))


@given(start=days, end=days)
def test_days_are_refused_exactly_when_they_cannot_be(start, end):
    child = Child(date_of_birth=BORN)
    with clock.fixed(date(2026, 6, 4)):
        impossible = (
            any(day and day < BORN for day in (start, end))
            or bool(start and start > date(2026, 6, 4))
            or bool(start and end and end < start)
        )
        try:
            rules.check_days(child=child, start_date=start, end_date=end)
        except ValidationError:
            assert impossible
        else:
            assert not impossible


@given(start=days, end=days, day=st.dates(date(2009, 1, 1), date(2027, 1, 1)))
def test_a_last_day_counts(start, end, day):
    row = Connection(start_date=start, end_date=end)
    until = end or date.max
    assert row.still(day) == ((start or date.min) <= day <= until)


def test_python_and_the_database_agree_on_who_is_around_now(child):
    today = clock.today()
    near = [None, today - timedelta(days=1), today, today + timedelta(days=1)]
    for start in near[:3]:
        for end in near:
            if not (start and end and end < start):
                make_connection(child, start_date=start, end_date=end)
    make_connection(child, start_date=today + timedelta(days=1))
    with acting(by=None, services=EVERY_SERVICE):
        found = set(Connection.objects.now(today).values_list("pk", flat=True))
        assert found == {row.pk for row in Connection.objects.all() if row.still(today)}
    assert 0 < len(found) < len(rows(Connection))
