"""Today's outcome today: an administrator adds a legal outcome, and it is recorded and measured at once; when what it
counts as changes, each outcome counts by what held on its own day."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from openyj.accounts.scope import acting
from openyj.caselevel.live import tables_of
from openyj.casework.models import Offence, Outcome
from openyj.core import clock
from openyj.measures import ALL, figures
from openyj.people.models import Child, Person
from openyj.reference.models import LegalOutcome

pytestmark = pytest.mark.django_db
STARTS, CHANGES, TODAY = date(2026, 4, 1), date(2026, 9, 1), date(2026, 10, 15)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def scheme(sign_in) -> LegalOutcome:
    sent = {"label": "Local caution scheme", "outcome_group": "Pre-Court", "return_code": "", "source": ""}
    days = {"valid_from_day": "1", "valid_from_month": "4", "valid_from_year": "2026"}
    sign_in("administrator").post(reverse("reference:add_outcome"), sent | days)
    return LegalOutcome.objects.get(label="Local caution scheme")


@pytest.fixture
def give(service, staff):
    """Gives a new child of 15 the outcome on a day."""
    worker = staff("manager")

    def make(outcome: LegalOutcome, day: date) -> Child:
        number = f"C{Child.objects.filter(service=service).count()}"
        child = Child.objects.create(
            service=service, person=Person.objects.create(), number=number, given_name="Sam", family_name="Invented",
            date_of_birth=date(2011, 1, 1), sex="1", recorded_by=worker,
        )  # fmt: skip
        offence = Offence.objects.create(child=child, description="Took a bicycle", offence_date=date(2026, 3, 1))
        Outcome.objects.create(child=child, offence=offence, legal_outcome=outcome, outcome_date=day, residence="LOCAL")
        return child

    with acting(by=worker):
        yield make


def first_time_entrants(service) -> dict[str, int]:
    """Live first time entrants of the service by quarter, where there are any."""
    found = figures(ALL["first-time-entrants"], tables_of(service), TODAY, service=service.code)
    return {str(f.period): f.numerator for f in found if f.show == "count" and f.numerator}


def test_a_new_outcome_is_recorded_and_measured_at_once(service, scheme, give):
    assert first_time_entrants(service) == {}
    give(scheme, date(2026, 5, 1))
    assert sum(first_time_entrants(service).values()) == 1


def test_an_outcome_counts_by_what_held_on_its_own_day(service, scheme, give, sign_in):
    for day in (date(2026, 8, 31), CHANGES, date(2026, 10, 1)):
        give(scheme, day)
    assert sum(first_time_entrants(service).values()) == 3
    client = sign_in("administrator")
    sent = {"outcome_group": "Diversion", "return_code": "", "version": "1"}
    days = {"valid_from_day": "1", "valid_from_month": "9", "valid_from_year": "2026"}
    url = reverse("reference:change_meaning", args=[scheme.pk])
    with acting(by=client.user):
        asked = client.post(url, sent | days)
    assert "2 outcomes recorded at your service will count differently" in asked.content.decode()
    assert sum(first_time_entrants(service).values()) == 3, "nothing changed before it was read"
    assert client.post(url, sent | days | {"understood": "on"}).status_code == 302
    assert sum(first_time_entrants(service).values()) == 1


def test_what_was_recorded_in_error_counts_no_more(service, scheme, give, sign_in):
    give(scheme, date(2026, 5, 1))
    client, meaning = sign_in("administrator"), scheme.meanings.get()
    url = reverse("reference:correct_meaning", args=[scheme.pk, meaning.pk])
    client.post(url, {"outcome_group": "Diversion", "return_code": "", "reason": "No admission", "version": "1"})
    assert first_time_entrants(service) == {}


def test_a_practitioner_is_offered_the_outcome_at_once(scheme, sign_in, service):
    client = sign_in("manager")
    with acting(by=client.user):
        child = Child.objects.create(
            service=service, person=Person.objects.create(), number="N1", given_name="Sam", family_name="Invented"
        )
        Offence.objects.create(child=child, description="Took a bicycle", offence_date=date(2026, 3, 1))
    page = client.get(reverse("casework:add_outcome", args=[child.pk])).content.decode()
    assert "Local caution scheme" in page


def test_an_administrator_is_told_what_a_worker_leaves_behind(sign_in, staff, service):
    worker, client = staff("practitioner"), sign_in("administrator")
    with acting(by=client.user):
        for n in range(2):
            Child.objects.create(
                service=service, person=Person.objects.create(), number=f"N{n}", given_name="Sam",
                family_name="Invented", worker=worker,
            )  # fmt: skip
    page = client.get(reverse("accounts:end_access", args=[worker.pk])).content.decode()
    assert "still has 2 children. Give them to somebody else." in page
