"""Every topic alike: added, shown, changed by two people, recorded in error, and who may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import History, Team
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.sending import on, rows
from openyj.circumstances.tests.samples import SAMPLES
from openyj.circumstances.topics import TOPICS
from openyj.core import clock
from openyj.people.tests.factories import make_address, make_child

pytestmark = pytest.mark.django_db
every = pytest.mark.parametrize("name", SAMPLES)


def home(name: str) -> str:
    """The page of a topic, behind the address of the record."""
    return {"circumstances:about": "/about"}.get(TOPICS[name].page, "/circumstances")


def page_of(client, child, page: str = "/circumstances") -> str:
    answer = client.get(f"/children/{child.pk}{page}")
    assert answer.status_code == 200, page
    return re.sub(r"\s+", " ", answer.content.decode())


def add(client, child, name: str, /, **change):
    return client.post(f"/children/{child.pk}/circumstances/{name}/add", SAMPLES[name][0] | change)


@pytest.fixture
def added(manager, child):
    def make(name: str, **change):
        answer = add(manager, child, name, **change)
        assert answer.status_code == 302, answer.content.decode()
        return rows(TOPICS[name].model)[-1]

    return make


def test_every_topic_has_a_sample():
    assert set(SAMPLES) == {name for name, topic in TOPICS.items() if topic.add}


def test_nothing_recorded_is_said_to_be_not_recorded(manager, child):
    overview = page_of(manager, child, "")
    for topic in TOPICS.values():
        page = page_of(manager, child, home(topic.name))
        assert topic.title in page and topic.empty in page and topic.add_text in page
    here = [topic for topic in TOPICS.values() if topic.page == "circumstances:circumstances"]
    assert overview[overview.index("Circumstances now") :].count("Not recorded") == len(here)
    # How to work with the child stands above both, and says what to do.
    about = overview[overview.index("About the child</h2>") :].partition("</section>")[0]
    assert about.count("Not recorded") + len(here) == len(TOPICS) - 1
    assert "Nothing is recorded. Ask the child what helps and what does not." in overview


@every
def test_a_fact_stands_on_page_overview_timeline_and_history(manager, child, added, name):
    row = added(name)
    assert row.child == child and row.recorded_by == manager.user
    said = SAMPLES[name][1]
    assert said in page_of(manager, child, home(name)) and said in page_of(manager, child, "")
    fact = f"/children/{child.pk}/{name}/{row.pk}"
    assert fact in page_of(manager, child, "/timeline")
    assert "Added" in page_of(manager, child, f"/{name}/{row.pk}")
    assert str(row) in page_of(manager, child, "/print")
    with acting(by=None, services=EVERY_SERVICE):
        assert History.objects.filter(table=row._meta.db_table, row=row.pk, child=child.pk).count() == 1


@every
def test_sending_twice_makes_one(manager, child, name):
    form = page_of(manager, child, f"/circumstances/{name}/add")
    receipt = re.search(r'name="receipt" value="([^"]+)"', form)[1]
    for _ in range(2):
        assert add(manager, child, name, receipt=receipt).status_code == 302
    assert len(rows(TOPICS[name].model)) == 1


@every
def test_an_older_version_is_refused_with_both_shown(manager, child, added, name):
    row = added(name)
    address = f"/children/{child.pk}/{name}/{row.pk}/change"
    assert manager.post(address, SAMPLES[name][0] | {"version": 1}).status_code == 302
    answer = manager.post(address, SAMPLES[name][0] | {"version": 1})
    assert answer.status_code == 409 and "while you were typing" in answer.content.decode()
    assert rows(TOPICS[name].model)[0].version == 2


@every
def test_a_mistake_is_struck_out_and_no_longer_holds(manager, child, added, name):
    row, said = added(name), SAMPLES[name][1]
    address = f"/children/{child.pk}/{name}/{row.pk}/in-error"
    assert manager.post(address, {"reason": "Another child", "version": 1}).status_code == 302
    page = page_of(manager, child, home(name))
    assert (
        "Recorded in error" in page
        and "Another child" in page
        and f'<s><a class="govuk-link" href="/children/{child.pk}/{name}/{row.pk}"' in page
    )
    assert said not in page_of(manager, child, "")
    assert f"/{name}/{row.pk}" not in page_of(manager, child, "/timeline")


@every
def test_who_may(sign_in, service, other_service, child, added, name):
    row = added(name)
    reads = [home(name), f"/{name}/{row.pk}"]
    writes = [f"/circumstances/{name}/add", f"/{name}/{row.pk}/change"]
    if TOPICS[name].following:
        writes.append(f"/circumstances/{name}/{row.pk}/next")

    def statuses(client, pages):
        return {client.get(f"/children/{child.pk}{page}").status_code for page in pages}

    assert statuses(sign_in("inspector"), reads) == {200} and statuses(sign_in("inspector"), writes) == {403}
    another_team = sign_in("practitioner", team=Team.objects.create(service=service, name="Court"))
    assert statuses(another_team, reads) == {200} and statuses(another_team, writes) == {403}
    assert statuses(sign_in("manager", service=other_service), reads + writes) == {404}
    assert statuses(sign_in("board_member"), reads + writes) == {403}


@every
def test_no_more_queries_for_three_rows_than_for_one(manager, child, added, name):
    def queries(page: str) -> int:
        page_of(manager, child, page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(manager, child, page)
        return len(asked)

    added(name)
    one = [queries(home(name)), queries("")]
    added(name)
    added(name)
    assert [queries(home(name)), queries("")] == one


@every
def test_no_birth_after_a_fact(manager, child, added, name):
    added(name)
    sent = {"given_name": "Ceri", "family_name": "Morgan", "number": child.number, "version": 1}
    page = manager.post(f"/children/{child.pk}/details/change", sent | on("date_of_birth", 3, 6, 2026))
    assert page.status_code == 200 and "before this date of birth" in page.content.decode()


def test_another_childs_fact_and_an_unknown_topic_are_not_found(manager, service, child, added):
    row, other = added("education"), make_child(service, given_name="Bryn")
    for record, page in (
        (other, f"education/{row.pk}"),
        (other, f"circumstances/education/{row.pk}/next"),
        (child, "circumstances/weather/add"),
        (child, "circumstances/address/add"),
    ):
        address = f"/children/{record.pk}/{page}"
        assert manager.get(address).status_code == 404, address


@pytest.mark.parametrize("name", ["mental-health", "substance-misuse"])
def test_health_is_met_only_by_who_may_read_of_health(sign_in, child, added, name):
    row, said = added(name), SAMPLES[name][1]
    support = sign_in("business_support")
    for page in ("", "/circumstances", "/timeline", "/history", "/print"):
        text = page_of(support, child, page)
        assert said not in text and f"/{name}/" not in text, page
        assert TOPICS[name].title not in text.replace("Child and adolescent mental health", ""), page
    for page in (f"/{name}/{row.pk}", f"/{name}/{row.pk}/change", f"/circumstances/{name}/add"):
        assert support.get(f"/children/{child.pk}{page}").status_code in (403, 404)
    assert said in page_of(sign_in("inspector"), child)


@pytest.mark.usefixtures("manager")
def test_the_page_says_what_holds_first_and_then_what_went_before(manager, child):
    make_address(child, lines="1 Old Road", end_date=date(2026, 6, 4), accommodation_type="AT_HOME")
    make_address(child, lines="2 New Road", start_date=date(2026, 6, 4), accommodation_type="FOSTER_CARE_LA")
    with clock.fixed(date(2026, 6, 4)):
        page = page_of(manager, child)
    assert page.index("2 New Road") < page.index("Where the child lives: before") < page.index("At home")
    assert "1 Old Road" not in page[: page.index("Where the child lives: before")]
