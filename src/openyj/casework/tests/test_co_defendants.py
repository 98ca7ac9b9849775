"""Co-defendants: on both records, and named to nobody who may not open the record the name is of."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.co_defendants import NAMELESS, add_co_defendant, link_co_defendant
from openyj.casework.models import CoDefendant
from openyj.casework.tests.factories import make_offence
from openyj.casework.tests.sending import rows
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db
PAGES = ("", "/offences", "/history", "/print", "/timeline")


@pytest.fixture
def other(service):
    return make_child(service, given_name="Bryn", family_name="Pellow")


@pytest.fixture
def theirs(other):
    return make_offence(other, description="Lookout at the shop")


def page_of(client, child, address=""):
    answer = client.get(f"/children/{child.pk}{address}")
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def unkeyed(page):
    """The page without what differs each time it is asked for."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|name="receipt" value)="[^"]*"', "", page)


def add(client, child, sent, record=None):
    return client.post(f"/children/{child.pk}/co-defendants/add{f'/{record.pk}' if record else ''}", sent)


def linked(by, child, offence, other, theirs):
    return link_co_defendant(child=child, by=by, offence=offence, record=other, their_offence=theirs)


def hide_by_conflict(reader, record):
    make_conflict(record, reader.user)


def hide_by_need_to_know(reader, record):
    with acting(by=None, services=EVERY_SERVICE):
        record.restricted_reason = "Only those who need to know"
        record.save()


def hide_by_error(reader, record):
    with acting(by=None, services=EVERY_SERVICE):
        record.in_error_at, record.in_error_reason = record.recorded_at, "Not a child of ours"
        record.save()


def test_another_child_is_found_linked_and_stands_on_both_records(manager, child, offence, other, theirs):
    found = manager.post(f"/children/{child.pk}/co-defendants/find", {"q": "pellow"}).content.decode()
    assert f"/co-defendants/add/{other.pk}" in found and "Bryn Pellow" in found
    form = page_of(manager, child, f"/co-defendants/add/{other.pk}")
    assert 'name="name"' not in form and "Lookout at the shop" in form
    sent = {"offence": offence.pk, "their_offence": theirs.pk, "source": "The police report"}
    assert add(manager, child, sent, other).status_code == 302
    mine, hers = sorted(rows(CoDefendant), key=lambda row: row.child_id != child.pk)
    assert (mine.offence, mine.person_id, mine.name, mine.source) == (
        offence, other.person_id, "", "The police report",
    )  # fmt: skip
    assert (hers.child, hers.offence, hers.person_id, hers.name, hers.source) == (
        other, theirs, child.person_id, "", "",
    )  # fmt: skip
    assert mine.together == hers.together
    assert "Bryn Pellow" in page_of(manager, child, "/offences")
    assert "Ceri Morgan</a>" in page_of(manager, other, "/offences")
    assert "Bryn Pellow" in page_of(manager, child, f"/co-defendants/{mine.pk}")
    # Where the reader is not asked for, or paper may leave, the name is not there; nor is what the other did.
    for address in ("", "/history", "/print", "/timeline", f"/co-defendant/{mine.pk}/in-error"):
        page = page_of(manager, child, address)
        assert "Pellow" not in page and "Lookout" not in page, address


def test_the_search_is_logged_and_not_for_whom_and_its_words_are_in_no_address(manager, child, other):
    manager.post(f"/children/{child.pk}/co-defendants/find", {"q": "pellow"})
    seen = Access.objects.filter(child=child.pk)
    assert seen.filter(kind=Access.Kind.SEARCH).exists()
    assert not any("pellow" in f"{each.path} {each.reason}".lower() for each in seen)
    page = manager.get(f"/children/{child.pk}/co-defendants/find?q=pellow").content.decode()
    assert "Bryn" not in page  # a name in an address finds nobody


def test_somebody_without_a_record_is_named_on_the_screen_only(manager, child, offence):
    assert add(manager, child, {"offence": offence.pk, "name": "Dai Strange"}).status_code == 302
    (row,) = rows(CoDefendant)
    page = page_of(manager, child, "/offences")
    assert "Dai Strange" in page and "None you may open" in page
    for address in ("", "/print", "/timeline", f"/co-defendant/{row.pk}/in-error", f"/co-defendant/{row.pk}/change"):
        assert "Strange" not in page_of(manager, child, address), address
    history = page_of(manager, child, "/history")
    (told,) = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*Dai Strange(?:(?!</tr>).)*</tr>", history)
    assert "app-no-print" in told.split(">")[0]
    assert "1 left out" in page_of(manager, child, "/print")
    for find in ("/children/find?q=strange", "/search?q=strange"):
        assert "Dai Strange" not in manager.get(find, follow=True).content.decode()


@pytest.mark.parametrize("hide", [hide_by_conflict, hide_by_need_to_know, hide_by_error])
def test_who_may_not_open_the_other_record_reads_as_of_somebody_unknown(
    sign_in, manager, child, offence, other, theirs, hide
):
    linked(manager.user, child, offence, other, theirs)
    reader = sign_in("manager")
    hide(reader, other)
    (mine,) = [row for row in rows(CoDefendant) if row.child_id == child.pk]
    pages = (*PAGES, f"/co-defendants/{mine.pk}", f"/co-defendant/{mine.pk}/change", f"/offence/{offence.pk}")
    seen = {address: page_of(reader, child, address) for address in pages}
    with acting(by=None, services=EVERY_SERVICE):
        from openyj.people.models import Person

        CoDefendant.objects.filter(pk=mine.pk).update(person=Person.objects.create())
    for address, page in seen.items():
        assert not re.search("Bryn|Pellow|Lookout", page), address
        # Word for word what the page says of somebody whose name nobody knows. (History tells that this test changed
        # the row.)
        told = address in ("/history", f"/co-defendants/{mine.pk}")
        assert told or unkeyed(page_of(reader, child, address)) == unkeyed(page), address
    assert NAMELESS in seen["/offences"] and NAMELESS in seen[f"/co-defendants/{mine.pk}"]
    searched = reader.post(f"/children/{child.pk}/co-defendants/find", {"q": "pellow"}).content.decode()
    assert "Nobody found" in searched and "Bryn" not in searched
    assert reader.get(f"/children/{child.pk}/co-defendants/add/{other.pk}").status_code == 404
    sent = {"offence": offence.pk, "their_offence": theirs.pk}
    assert add(reader, child, sent, other).status_code == 404


def test_giving_a_reason_shows_the_name(sign_in, manager, child, offence, other, theirs):
    """Without this the test above could pass because nobody ever sees it."""
    linked(manager.user, child, offence, other, theirs)
    reader = sign_in("manager")
    hide_by_need_to_know(reader, other)
    assert "Pellow" not in page_of(reader, child, "/offences")
    reader.post(f"/children/{other.pk}/why", {"reason": "I am on duty and the child rang"})
    assert "Bryn Pellow" in page_of(reader, child, "/offences")


def test_history_says_the_same_of_a_link_as_of_somebody_unknown(manager, child, offence, other, theirs):
    linked(manager.user, child, offence, other, theirs)
    with acting(by=manager.user):
        add_co_defendant(child=child, by=manager.user, offence=make_offence(child))
    history = page_of(manager, child, "/history")
    told = re.findall(r">Co-defendant</a><br>Added</td> <td[^>]*>(.*?)</td>", history)
    assert len(told) == 2 and told[0] == told[1]


def test_marked_in_error_on_one_record_it_stands_on_neither(manager, child, offence, other, theirs):
    row = linked(manager.user, child, offence, other, theirs)
    wrong = {"reason": "It was not Bryn", "version": 1}
    assert manager.post(f"/children/{child.pk}/co-defendant/{row.pk}/in-error", wrong).status_code == 302
    assert not [each for each in rows(CoDefendant) if each.stands]
    assert "It was not Bryn" not in page_of(manager, other, "/history")
    assert "Recorded in error" in page_of(manager, other, "/offences")
    assert linked(manager.user, child, offence, other, theirs).stands  # and it can be recorded again


def test_what_cannot_be_is_refused_with_what_to_do(manager, child, offence, other, theirs):
    sent = {"offence": offence.pk, "their_offence": theirs.pk}
    for change, record, message in (
        ({"offence": ""}, other, "Select the offence of this child"),
        ({"their_offence": ""}, other, "Select the offence of the other child"),
        ({"their_offence": offence.pk}, other, "Select which offence of the other child"),
        ({"offence": theirs.pk}, None, "Select which offence of this child"),
        ({"their_offence": offence.pk}, child, "This is the child’s own record"),
    ):
        page = add(manager, child, sent | change, record)
        assert page.status_code == 200 and message in page.content.decode(), message
    assert rows(CoDefendant) == []
    assert add(manager, child, sent, other).status_code == 302
    assert "recorded with this offence already" in add(manager, child, sent, other).content.decode()
    named = {"offence": offence.pk, "name": "Dai Strange"}
    assert add(manager, child, named).status_code == 302
    assert "recorded with this offence already" in add(manager, child, named | {"name": "dai strange"}).content.decode()
    assert len([each for each in rows(CoDefendant) if each.child_id == child.pk]) == 2


def test_an_offence_cannot_go_while_a_co_defendant_stands_on_it(manager, child, offence, other, theirs):
    row = linked(manager.user, child, offence, other, theirs)
    page = page_of(manager, child, f"/offence/{offence.pk}/in-error")
    assert f"/children/{child.pk}/co-defendant/{row.pk}" in page and "Pellow" not in page


def test_another_services_child_is_neither_found_nor_linked(sign_in, child, offence, other_service):
    elsewhere = make_child(other_service, given_name="Bryn", family_name="Pellow")
    reader = sign_in("manager")
    found = reader.post(f"/children/{child.pk}/co-defendants/find", {"q": "pellow"}).content.decode()
    assert "Nobody found" in found
    assert reader.get(f"/children/{child.pk}/co-defendants/add/{elsewhere.pk}").status_code == 404
    stranger = sign_in("manager", service=other_service)
    with acting(by=None, services=EVERY_SERVICE):
        row = add_co_defendant(child=child, by=reader.user, offence=offence, name="Dai Strange")
    for address in ("find", "add", str(row.pk)):
        assert stranger.get(f"/children/{child.pk}/co-defendants/{address}").status_code == 404
    assert sign_in("inspector").get(f"/children/{child.pk}/co-defendants/add").status_code == 403


def test_changed_by_two_at_once_both_versions_are_shown(manager, child, offence):
    with acting(by=manager.user):
        row = add_co_defendant(child=child, by=manager.user, offence=offence, name="Dai Strange")
    address = f"/children/{child.pk}/co-defendant/{row.pk}/change"
    assert manager.post(address, {"source": "The police", "version": 1}).status_code == 302
    stale = manager.post(address, {"source": "The school", "version": 1})
    assert stale.status_code == 409 and "The police" in stale.content.decode()
    assert "Strange" not in stale.content.decode()


def test_the_page_asks_as_often_for_one_as_for_three(manager, service, child, offence, other, theirs):
    linked(manager.user, child, offence, other, theirs)
    page_of(manager, child, "/offences")
    with CaptureQueriesContext(connection) as one:
        page_of(manager, child, "/offences")
    for name in ("Dilys", "Esyllt"):
        third = make_child(service, given_name=name, family_name="Pellow")
        linked(manager.user, child, offence, third, make_offence(third))
    with CaptureQueriesContext(connection) as three:
        page_of(manager, child, "/offences")
    assert len(three) == len(one)
