"""Who opens a child's record: the worker, a colleague of another team, another service, a conflict, need to know."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from openyj.accounts.models import Access, Service, Team
from openyj.accounts.roles import Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.people.models import MASK, Address, Child, Conflict, Opening
from openyj.people.tests.factories import make_address, make_child, make_conflict
from openyj.people.views.record import page_in_words

pytestmark = pytest.mark.django_db
READ = ["", "/timeline", "/addresses", "/details", "/history", "/offences", "/programmes", "/circumstances", "/print"]
CHANGE = ["/details/change", "/addresses/add", "/offences/add", "/hearings/add", "/outcomes/add", "/programmes/add",
          "/transfers/add"]  # fmt: skip
REVIEW = ["/looked", "/details/who-may-open", "/details/conflicts"]


def at(child: Child, page: str) -> str:
    return f"/children/{child.pk}{page}"


@pytest.fixture
def north(service):
    return Team.objects.create(service=service, name="North")


@pytest.fixture
def court(service):
    return Team.objects.create(service=service, name="Court")


@pytest.fixture
def child(service, north):
    return make_child(service, team=north)


def statuses(client, child: Child, pages: list[str]) -> list[int]:
    return [client.get(at(child, page)).status_code for page in pages]


def test_worker_and_their_team_read_and_change(sign_in, child, north, service):
    holder = sign_in("practitioner")
    with acting(by=None, services=EVERY_SERVICE):
        Child.objects.filter(pk=child.pk).update(worker=holder.user, team=None)
    assert statuses(holder, child, READ + CHANGE) == [200] * len(READ + CHANGE)
    with acting(by=None, services=EVERY_SERVICE):
        Child.objects.filter(pk=child.pk).update(worker=None, team=north)
    assert statuses(sign_in("practitioner", team=north), child, READ + CHANGE) == [200] * len(READ + CHANGE)


def test_colleague_of_another_team_reads_and_is_told_whom_to_ask(sign_in, child, court):
    client = sign_in("practitioner", team=court)
    assert statuses(client, child, READ) == [200] * len(READ)
    assert statuses(client, child, CHANGE) == [403] * len(CHANGE)
    page = client.get(at(child, "/offences/add")).content.decode()
    assert "Ceri Morgan is with the North team. You may not record facts about a child there; ask them" in page
    assert "Add an offence" not in client.get(at(child, "/offences")).content.decode()
    assert client.post(at(child, "/addresses/add"), {"lines": "1 X"}).status_code == 403
    with acting(by=client.user):
        assert Address.objects.count() == 0


def test_practitioner_without_team_may_not_change_a_child_without_team(sign_in, service):
    client = sign_in("practitioner")
    page = client.get(at(make_child(service), "/offences/add"))
    assert page.status_code == 403 and "Nobody works with Ceri Morgan yet" in page.content.decode()


def test_manager_does_all_of_it(sign_in, child):
    assert statuses(sign_in("manager"), child, READ + CHANGE + REVIEW) == [200] * len(READ + CHANGE + REVIEW)


@pytest.mark.parametrize("role", ["practitioner", "manager", "data_officer"])
def test_another_services_staff_get_not_found(sign_in, other_service, child, role):
    address = make_address(child)
    client = sign_in(role, service=other_service)
    pages = [
        *READ,
        *CHANGE,
        f"/address/{address.pk}",
        f"/address/{address.pk}/change",
        f"/address/{address.pk}/in-error",
    ]
    allowed = [page for page in pages if client.user.may(Permission.ADD_CHILDREN) or not page.endswith("in-error")]
    assert statuses(client, child, allowed) == [404] * len(allowed)
    assert client.get(at(child, "/why")).status_code == 404


@pytest.mark.parametrize("role", ["board_member", "administrator"])
def test_who_sees_no_children_is_refused(sign_in, child, role):
    client = sign_in(role)
    assert statuses(client, child, READ + CHANGE + REVIEW) == [403] * len(READ + CHANGE + REVIEW)
    assert client.get("/children/").status_code == client.get("/children/find").status_code == 403


def test_inspector_reads_and_changes_nothing(sign_in, child):
    client = sign_in("inspector")
    assert statuses(client, child, READ + CHANGE + REVIEW) == [200] * len(READ) + [403] * len(CHANGE + REVIEW)


def test_nobody_signed_in_is_sent_to_sign_in(client, child):
    assert client.get(at(child, "")).headers["Location"].startswith("/sign-in")


def test_row_level_security_refuses_what_a_view_forgets(service, other_service, child):
    with acting(by=None, services=[other_service]):
        assert Child.objects.count() == 0 and Child.objects.filter(pk=child.pk).update(number="X") == 0
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Address.objects.create(child=child, service=service, start_date=date(2026, 1, 1), lines="X")


def test_a_fact_cannot_be_of_a_child_of_another_service(service, other_service, child):
    with acting(by=None, services=EVERY_SERVICE), pytest.raises(Exception, match="same_service"), transaction.atomic():
        Address.objects.create(child=child, service=other_service, start_date=date(2026, 1, 1), lines="X")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_conflict_of_interest_hides_the_child_and_says_nothing(sign_in, child, service):
    client = sign_in("manager")
    assert client.get(at(child, "")).status_code == 200
    make_conflict(child, client.user)
    pages = READ + CHANGE + REVIEW
    assert statuses(client, child, pages) == [404] * len(pages)
    assert "Morgan" not in client.get("/children/").content.decode()


def test_manager_notes_and_takes_back_a_conflict(sign_in, staff, child):
    client, neighbour = sign_in("manager"), staff("practitioner")
    sent = {"user": neighbour.pk, "reason": "Lives next door"}
    assert client.post(at(child, "/details/conflicts"), sent).status_code == 302
    assert sign_in(neighbour).get(at(child, "")).status_code == 404
    with acting(by=client.user):
        conflict = Conflict.objects.get()
    page = f"/details/conflicts/{conflict.pk}/take-back"
    assert client.post(at(child, page), {"reason": "They moved away", "version": 1}).status_code == 302
    assert sign_in(neighbour).get(at(child, "")).status_code == 200
    assert "Lives next door" not in sign_in(neighbour).get(at(child, "/history")).content.decode()
    assert "Lives next door" in client.get(at(child, "/history")).content.decode()


# Need to know


@pytest.fixture
def secret(service):
    return make_child(service, given_name="Canary", family_name="Quill", number="SECRET1", restricted_reason="Witness")


def test_need_to_know_record_asks_why_and_opens_for_the_day(sign_in, secret):
    client = sign_in("practitioner")
    asked = client.get(at(secret, "/timeline"))
    assert asked.status_code == 302 and asked.headers[
        "Location"
    ] == f"/children/{secret.pk}/why?next=/children/{secret.pk}/timeline".replace(
        "next=/children/", "next=%2Fchildren%2F"
    ).replace("/timeline", "%2Ftimeline")
    page = client.get(asked.headers["Location"]).content.decode()
    assert "Quill" not in page and "SECRET1" not in page
    short = client.post(asked.headers["Location"], {"reason": "x"})
    assert short.status_code == 200 and "Say in a sentence" in short.content.decode()
    opened = client.post(asked.headers["Location"], {"reason": "On duty: the police ask about bail"})
    assert opened.headers["Location"] == at(secret, "/timeline")
    assert "Quill" in client.get(at(secret, "/timeline")).content.decode()
    assert client.get(f"/children/{secret.pk}/why").status_code == 302
    assert sign_in("practitioner").get(at(secret, "/timeline")).status_code == 302
    with acting(by=client.user):
        assert [o.reason for o in Opening.objects.all()] == ["On duty: the police ask about bail"]
        assert Access.objects.filter(kind=Access.Kind.REASON, child=secret.pk).count() == 1


def test_an_opening_of_yesterday_does_not_open_today(sign_in, secret):
    client = sign_in("practitioner")
    client.post(f"/children/{secret.pk}/why", {"reason": "On duty: the police ask about bail"})
    with acting(by=client.user):
        Opening.objects.update(recorded_at="2026-01-01T12:00Z")
    assert client.get(at(secret, "")).status_code == 302


def test_its_worker_opens_a_need_to_know_record_as_usual(sign_in, secret):
    client = sign_in("practitioner")
    with acting(by=client.user):
        Child.objects.update(worker=client.user)
    assert client.get(at(secret, "")).status_code == 200


def test_reason_page_leads_nowhere_else(sign_in, secret):
    client = sign_in("practitioner")
    for onward in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        sent = client.post(f"/children/{secret.pk}/why?next={onward}", {"reason": "On duty: the police ask"})
        assert sent.headers["Location"] == at(secret, "")
        with acting(by=client.user):
            Opening.objects.update(recorded_at="2026-01-01T12:00Z")


def test_a_need_to_know_record_is_masked_in_list_and_spreadsheet(sign_in, secret):
    import io

    import python_calamine

    client = sign_in("practitioner")
    page = client.get("/children/?sort=name&worker=&age=").content.decode()
    assert MASK in page and "Quill" not in page and "SECRET1" not in page and "4 June 2010" not in page
    assert MASK not in client.get("/children/?age=14-15").content.decode()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(client.get("/children/?export=xlsx").content))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert MASK in cells and not {"Canary Quill", "SECRET1"} & set(cells)


def test_manager_makes_a_record_need_to_know_and_opens_it_again(sign_in, child, north):
    client, colleague = sign_in("manager"), sign_in("practitioner", team=north)
    sent = {"restricted_reason": "Witness in a trial", "version": 1}
    assert client.post(at(child, "/details/who-may-open"), sent).status_code == 302
    assert colleague.get(at(child, "")).status_code == 302
    client.post(f"/children/{child.pk}/why", {"reason": "To lift the restriction again"})
    assert client.post(at(child, "/details/who-may-open"), {"restricted_reason": "", "version": 2}).status_code == 302
    assert colleague.get(at(child, "")).status_code == 200


def test_openings_are_reviewed_by_another_manager_and_once(sign_in, secret):
    opener, reviewer = sign_in("manager"), sign_in("manager")
    opener.post(f"/children/{secret.pk}/why", {"reason": "On duty: the police ask about bail"})
    with acting(by=opener.user):
        opening = Opening.objects.get()
    address = f"/children/opened/{opening.pk}/reviewed"
    assert "Another manager reviews it" in opener.get("/children/opened").content.decode()
    assert "opened this record yourself" in opener.post(address, {"version": 1}, follow=True).content.decode()
    assert "On duty: the police ask about bail" in reviewer.get("/children/opened").content.decode()
    reviewer.post(address, {"version": 1})
    assert "has reviewed this already" in reviewer.post(address, {"version": 1}, follow=True).content.decode()
    with acting(by=opener.user):
        assert Opening.objects.get().reviewed_by == reviewer.user
    assert sign_in("practitioner").get("/children/opened").status_code == 403
    assert sign_in("practitioner").post(address, {"version": 2}).status_code == 403


def test_other_services_openings_are_not_there(sign_in, other_service, secret):
    opener = sign_in("practitioner")
    opener.post(f"/children/{secret.pk}/why", {"reason": "On duty: the police ask about bail"})
    stranger = sign_in("manager", service=other_service)
    assert "On duty" not in stranger.get("/children/opened").content.decode()
    with acting(by=opener.user):
        pk = Opening.objects.get().pk
    assert stranger.post(f"/children/opened/{pk}/reviewed", {"version": 1}).status_code == 404


# The log


def test_looks_and_prints_are_logged_and_shown_to_the_manager(sign_in, child, north):
    client = sign_in("practitioner", team=north)
    client.get(at(child, ""))
    client.get(at(child, "/print"))
    assert client.post(at(child, "/printed"), {"page": "/x"}).status_code == 204
    with acting(by=client.user):
        looks = list(Access.objects.filter(child=child.pk).order_by("pk").values_list("kind", flat=True))
    assert looks == ["read", "print", "print"]
    page = sign_in("manager").get(at(child, "/looked")).content.decode()
    assert client.user.name in page and "Print" in page and ">Overview</td>" in page
    assert client.get(at(child, "/looked")).status_code == 403


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ("", "Overview"),
        ("/offences/add", "Offences: add"),
        ("/outcome/1277/in-error", "Outcome 1277: in error"),
        ("0/offences", "/children/{}0/offences"),
    ],
)
def test_a_page_of_the_record_is_named_in_words(child, rest, words):
    assert page_in_words(f"/children/{child.pk}{rest}", child) == words.format(child.pk)


def test_a_need_to_know_record_stands_last_in_the_list_by_name_or_birth(sign_in, child, secret):
    client = sign_in("practitioner")
    for sort in ("name", "born", "-born"):
        page = client.get(f"/children/?sort={sort}&worker=&age=").content.decode()
        assert page.index(child.family_name) < page.index(MASK), sort


def test_an_export_is_logged_with_its_filters(sign_in, child, north):
    client = sign_in("practitioner")
    client.get(f"/children/?team={north.pk}&export=xlsx")
    with acting(by=client.user):
        assert [a.reason for a in Access.objects.filter(kind=Access.Kind.EXPORT)] == ["Team: North"]


def test_services_named_in_a_filter_are_ones_own(sign_in, child, other_service):
    with acting(by=None, services=EVERY_SERVICE):
        Team.objects.create(service=other_service, name="Their team")
    assert "Their team" not in sign_in("manager").get("/children/").content.decode()
    assert Service.objects.count() >= 2
