"""Adding a child, which only a search leads to; details; addresses; the list."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Draft, Team
from openyj.accounts.scope import acting
from openyj.core import clock
from openyj.people import services
from openyj.people.models import Address, Child
from openyj.people.tests.factories import make_address, make_child
from openyj.people.views.search import years_before

pytestmark = pytest.mark.django_db


def born(day, month, year):
    return {"date_of_birth_day": day, "date_of_birth_month": month, "date_of_birth_year": year}


NEW = {"given_name": "Nia", "family_name": "Hughes"} | born(4, 6, 2010)


def way_in(client, q="Nia Hughes 4/6/2010") -> str:
    """The address at which a search lets a child be added."""
    page = client.get("/children/find", {"q": q}).content.decode()
    return re.search(r'/children/add\?searched=[^"]+', page)[0]


def receipt(page) -> str:
    return re.search(r'name="receipt" value="([^"]+)"', page.content.decode())[1]


def children(client) -> list[str]:
    with acting(by=client.user):
        return [child.name for child in Child.objects.all()]


def test_a_child_is_added_from_a_search(sign_in, service):
    team = Team.objects.create(service=service, name="North")
    client = sign_in("practitioner", team=team)
    address = way_in(client)
    page = client.get(address)
    assert 'value="Nia"' in page.content.decode() and 'value="2010"' in page.content.decode()
    done = client.post(address, NEW | {"team": team.pk})
    with acting(by=client.user):
        child = Child.objects.get()
    assert done.headers["Location"] == f"/children/{child.pk}"
    assert (child.name, child.date_of_birth, child.team, child.recorded_by) == (
        "Nia Hughes", date(2010, 6, 4), team, client.user,
    )  # fmt: skip
    assert child.number.startswith("T1-")


def test_without_a_search_there_is_no_adding(sign_in, service):
    client, other = sign_in("practitioner"), sign_in("practitioner")
    for address in ("/children/add", "/children/add?searched=made-up", way_in(other)):
        assert client.get(address).headers["Location"] == "/children/find"
        assert client.post(address, NEW).headers["Location"] == "/children/find"
    assert children(client) == []


def test_a_search_of_yesterday_does_not_let_in(sign_in, monkeypatch):
    client = sign_in("practitioner")
    address = way_in(client)
    monkeypatch.setattr("openyj.people.views.search.GOOD_FOR", -1)
    assert client.get(address).headers["Location"] == "/children/find"


def test_who_may_not_add_is_not_offered_it(sign_in):
    for role in ("head_of_service", "inspector", "data_officer"):
        client = sign_in(role)
        assert b"Add a child" not in client.get("/children/find?q=nia").content
        assert client.get("/children/add").status_code == 403


def test_sending_twice_makes_one_child(sign_in):
    client = sign_in("practitioner")
    address = way_in(client)
    sent = NEW | {"receipt": receipt(client.get(address))}
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"] and children(client) == ["Nia Hughes"]


@pytest.mark.parametrize(
    ("given_name", "family_name", "day", "asked"),
    [
        ("Nia", "Hughes", (4, 6, 2010), True),
        ("Nya", "Hughs", (4, 6, 2010), True),
        ("Hughes", "Nia", (6, 4, 2010), True),
        ("Nerys", "Hughes", (4, 6, 2010), True),
        ("Nia", "Hughes", (1, 1, 2012), False),
        ("Tomos", "Price", (4, 6, 2010), False),
    ],
)
def test_possible_duplicates_are_asked_about(sign_in, service, given_name, family_name, day, asked):
    make_child(service, given_name="Nia", family_name="Hughes")
    client = sign_in("practitioner")
    address = way_in(client)
    page = client.post(address, {"given_name": given_name, "family_name": family_name} | born(*day))
    assert (page.status_code == 200) is asked
    if asked:
        assert "Is it one of these?" in page.content.decode()


def test_another_child_is_confirmed_for_the_records_that_were_shown(sign_in, service):
    first = make_child(service, given_name="Nia", family_name="Hughes")
    client = sign_in("practitioner")
    address = way_in(client)
    unseen = client.post(address, NEW | {"another_child": "on"})
    assert f'name="looked_at" value="{first.pk}"' in unseen.content.decode()
    make_child(service, given_name="Nia", family_name="Hughs")
    sent = NEW | {"another_child": "on", "looked_at": str(first.pk)}
    again = client.post(address, sent)
    assert again.status_code == 200, "a record that came meanwhile has not been looked at"
    looked = re.search(r'name="looked_at" value="([^"]+)"', again.content.decode())[1]
    assert client.post(address, NEW | {"another_child": "on", "looked_at": looked}).status_code == 302
    assert len(children(client)) == 3


def test_a_draft_of_a_new_child_comes_back(sign_in):
    client = sign_in("practitioner")
    address = way_in(client)
    client.post("/drafts?path=/children/add", {"given_name": "Nia", "family_name": "Halfway"})
    page = client.get(address).content.decode()
    assert 'value="Halfway"' in page and "We kept what you typed" in page and "There is a problem" not in page
    client.post(address, NEW)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"family_name": ""}, "Enter family name"),
        (born(31, 2, 2010), "must be a real date"),
        (born(4, 6, 2030), "must be today or in the past"),
        ({"number": "TAKEN"}, "Another child has this number"),
    ],
)
def test_a_child_that_cannot_be_is_refused_with_what_to_do(sign_in, service, change, message):
    make_child(service, given_name="Tomos", family_name="Price", number="TAKEN")
    client = sign_in("practitioner")
    page = client.post(way_in(client), NEW | change)
    assert page.status_code == 200 and message in page.content.decode()


# Details


@pytest.fixture
def manager(sign_in):
    return sign_in("manager")


def test_details_change_and_their_history_says_how(manager, service):
    child = make_child(service)
    sent = {"given_name": "Cerys", "family_name": "Morgan", "version": 1, "sex": "2"} | born(4, 6, 2010)
    assert manager.post(f"/children/{child.pk}/details/change", sent).status_code == 302
    page = manager.get(f"/children/{child.pk}/history").content.decode()
    assert "Cerys" in page and "Given name: Ceri" in page and "Sex: nothing" in page and manager.user.name in page


def test_a_colleagues_change_shows_both_versions_and_loses_neither(manager, sign_in, service):
    child = make_child(service)
    address = f"/children/{child.pk}/details/change"
    sent = {"family_name": "Morgan", "version": 1} | born(4, 6, 2010)
    colleague = sign_in("manager")
    colleague.post(address, sent | {"given_name": "Cerys"})
    token = receipt(manager.get(address))
    clash = manager.post(address, sent | {"given_name": "Kerry", "receipt": token})
    page = clash.content.decode()
    assert clash.status_code == 409 and "Cerys" in page and "Kerry" in page and colleague.user.name in page
    assert children(manager) == ["Cerys Morgan"]
    assert 'name="version" value="2"' in page
    assert manager.post(address, sent | {"given_name": "Kerry", "version": 2, "receipt": token}).status_code == 302
    assert children(manager) == ["Kerry Morgan"]


def test_a_date_of_birth_after_a_recorded_fact_is_refused(manager, service):
    child = make_child(service)
    make_address(child, start_date=date(2012, 1, 1))
    sent = {"given_name": "Ceri", "family_name": "Morgan", "version": 1} | born(2, 1, 2012)
    page = manager.post(f"/children/{child.pk}/details/change", sent).content.decode()
    assert "An address is recorded on 1 January 2012, before this date of birth" in page
    with pytest.raises(ValidationError):
        services.change_child(row=child, version=1, by=manager.user, date_of_birth=date(2012, 1, 2))


# Addresses


def lived(start, end=(None, None, None), **more):
    parts = ("day", "month", "year")
    dates = {
        f"{name}_{p}": v or ""
        for name, day in (("start_date", start), ("end_date", end))
        for p, v in zip(parts, day, strict=True)
    }
    return {"lines": "2 Quay Street", "primary": "yes"} | dates | more


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (lived((1, 1, 2009)), "before the child was born (4 June 2010)"),
        (lived((1, 1, 2021), (1, 1, 2020)), "cannot have left before they moved in on 1 January 2021"),
        (lived((1, 1, 2021), primary=""), "Answer: Is it the main address?"),
        (
            lived((1, 1, 2021)),
            "1 Harbour Row, Aldermere is the main address from 1 January 2020 with no end date. A child has one main",
        ),
        (lived((1, 1, 2019), (2, 1, 2020)), "1 Harbour Row, Aldermere is the main address from 1 January 2020"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_what_to_do(manager, service, sent, message):
    child = make_child(service)
    make_address(child)
    page = manager.post(f"/children/{child.pk}/addresses/add", sent)
    assert page.status_code == 200 and message in page.content.decode()
    with acting(by=manager.user):
        assert Address.objects.count() == 1


def test_another_address_at_once_is_allowed_when_it_is_not_the_main_one(manager, service):
    child = make_child(service)
    make_address(child)
    for sent in (lived((1, 1, 2021), primary="no"), lived((1, 1, 2019), (1, 1, 2020))):
        assert manager.post(f"/children/{child.pk}/addresses/add", sent).status_code == 302


def test_a_change_that_makes_two_main_addresses_is_refused(manager, service):
    child = make_child(service)
    make_address(child)
    other = make_address(child, lines="9 Mill Lane", start_date=date(2021, 1, 1), primary=False)
    page = manager.post(
        f"/children/{child.pk}/address/{other.pk}/change", lived((1, 1, 2021), version=1)
    ).content.decode()
    assert "1 Harbour Row, Aldermere is the main address" in page


def test_an_address_in_error_frees_its_days(manager, service):
    child = make_child(service)
    wrong = make_address(child)
    sent = {"reason": "Their cousin’s address", "version": 1}
    assert manager.post(f"/children/{child.pk}/address/{wrong.pk}/in-error", sent).status_code == 302
    assert manager.post(f"/children/{child.pk}/addresses/add", lived((1, 1, 2021))).status_code == 302
    page = manager.get(f"/children/{child.pk}/addresses").content.decode()
    assert "<s><a" in page and "Their cousin’s address" in page and manager.user.name in page


# The list


def test_list_filters_by_age_and_asks_as_often_for_three_as_for_one(sign_in, service):
    client = sign_in("practitioner")
    with clock.fixed(date(2026, 6, 3)):
        make_child(service, given_name="Fifteen")
        client.get("/children/")
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get("/children/")
            counts.append(len(asked))
            make_child(service, given_name="Old", date_of_birth=date(2000, 1, 1))
            make_child(service, given_name="Unknown", date_of_birth=None)
        assert counts[0] == counts[1]
        page = client.get("/children/?age=14-15").content.decode()
    assert "Fifteen" in page and "Old" not in page and "Unknown" not in page


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 6, 3)])
def test_years_before_agrees_with_the_age_on_the_page(day):
    from openyj.core.dates import age_on

    limit = years_before(day, 14)
    assert age_on(limit, day) == 14
    following = date.fromordinal(limit.toordinal() + 1)
    assert age_on(following, day) == 13


def test_a_record_made_in_error_leaves_search_and_list_when_nothing_stands_on_it(manager, service):
    child = make_child(service, given_name="Twice")
    address = make_address(child)
    page, sent = f"/children/{child.pk}/details/in-error", {"reason": "A second record of one child", "version": 1}
    assert f"/children/{child.pk}/address/{address.pk}" in manager.post(page, sent).content.decode()
    assert "Twice" in manager.get("/children/").content.decode()
    manager.post(f"/children/{child.pk}/address/{address.pk}/in-error", sent)
    assert manager.post(page, sent).status_code == 302
    assert "Twice" not in manager.get("/children/").content.decode()
    assert "No record found" in manager.get("/children/find?q=twice").content.decode()
    assert "A second record of one child" in manager.get(f"/children/{child.pk}").content.decode()
