"""Files on a child's record: adding, finding, opening, correcting, and who may not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.files.models import FileContent
from openyj.files.tests import made
from openyj.files.tests.made import upload
from openyj.people import services
from openyj.people.models import ChildFile
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def practitioner(sign_in):
    return sign_in("practitioner")


@pytest.fixture
def child(service, practitioner):
    return make_child(service, worker=practitioner.user)


def add(child, by, *, name="report.txt", content=b"Hazel attended on Tuesday", title="School report", dated=None):
    with acting(by=by):
        return services.add_file(child=child, by=by, file=upload(name, content), title=title, dated=dated)


def send(client, child, *, content=b"Hazel attended", name="a.txt", **fields):
    fields = {"title": "School report", "file": upload(name, content)} | fields
    return client.post(f"/children/{child.pk}/files/add", fields)


def text(response) -> str:
    return response.content.decode()


def test_a_file_is_added_listed_opened_and_logged(practitioner, child):
    page = practitioner.get(f"/children/{child.pk}/files/add")
    assert 'enctype="multipart/form-data"' in text(page)
    receipt = re.search(r'name="receipt" value="([^"]+)"', text(page))[1]
    done = [send(practitioner, child, receipt=receipt), send(practitioner, child, receipt=receipt)]
    assert [each.headers["Location"] for each in done] == [f"/children/{child.pk}/files"] * 2
    with acting(by=practitioner.user):
        row = ChildFile.objects.get()
    assert "School report" in text(practitioner.get(f"/children/{child.pk}/files"))
    assert "File: School report" in text(practitioner.get(f"/children/{child.pk}/timeline"))
    opened = practitioner.get(f"/children/{child.pk}/files/{row.pk}/open")
    assert opened.content == b"Hazel attended" and opened["Content-Disposition"].startswith("attachment")
    assert "no-store" in opened["Cache-Control"]
    with acting(by=None, services=EVERY_SERVICE):
        looked = Access.objects.filter(child=child.pk, path__endswith=f"/files/{row.pk}/open")
        assert [look.kind for look in looked] == ["read"]


def test_what_cannot_be_kept_is_refused_beside_the_field_and_what_was_typed_stays(practitioner, child):
    page = text(send(practitioner, child, content=b"<html>", title="A page"))
    assert "This is a web page" in page and 'href="#id_file"' in page and 'value="A page"' in page
    page = text(send(practitioner, child, file="", title="No file"))
    assert "Choose a file" in page
    with acting(by=practitioner.user):
        assert not ChildFile.objects.exists() and not FileContent.objects.exists()


def test_files_are_found_by_their_words_their_name_and_no_others(practitioner, child):
    add(child, practitioner.user, title="School report")
    add(child, practitioner.user, name="bail-letter.txt", content=b"Nothing of note", title="From the court")
    address = f"/children/{child.pk}/files"
    for asked, found in (("attends tuesday", "School report"), ("bail", "From the court"), ("court", "From the court")):
        page = text(practitioner.get(address, {"q": asked}))
        assert found in page
        assert ({"School report", "From the court"} - {found}).pop() not in page
    assert "No file of this record holds those words" in text(practitioner.get(address, {"q": "canal"}))


def test_the_search_over_all_records_leaves_out_what_may_not_be_opened(sign_in, service, other_service, practitioner):
    mine = make_child(service, family_name="Ashgrove", worker=practitioner.user)
    secret = make_child(service, family_name="Birchwell", restricted_reason="Known to staff")
    conflicted = make_child(service, family_name="Cedarlow")
    theirs = make_child(other_service, family_name="Dogwood")
    neighbour = sign_in("practitioner", service=other_service)
    manager = sign_in("manager")
    make_conflict(conflicted, practitioner.user)
    for each, by in (
        (mine, practitioner.user), (secret, manager.user), (conflicted, manager.user), (theirs, neighbour.user),
    ):  # fmt: skip
        add(each, by)
    page = text(practitioner.get("/children/files", {"q": "tuesday"}))
    assert "Ashgrove" in page and "1 file" in page
    assert not any(name in page for name in ("Birchwell", "Cedarlow", "Dogwood"))
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(user=practitioner.user, kind="search", reason="In files: tuesday").exists()


@pytest.mark.parametrize("page", ["", "/open", "/small"])
def test_nobody_else_opens_a_file(page, sign_in, service, other_service, practitioner, child):
    row = add(child, practitioner.user, name="a.jpg", content=made.picture())
    address = f"/children/{child.pk}/files" + (f"/{row.pk}{page}" if page else "")
    assert practitioner.get(address).status_code == 200
    assert sign_in("board_member").get(address).status_code == 403
    assert sign_in("practitioner", service=other_service).get(address).status_code == 404
    another = make_child(service)
    assert practitioner.get(f"/children/{another.pk}/files/{row.pk}/open").status_code == 404
    make_conflict(child, practitioner.user)
    assert practitioner.get(address).status_code == 404


def test_a_need_to_know_record_s_file_opens_after_a_reason_only(sign_in, service, child, practitioner):
    row = add(child, practitioner.user)
    with acting(by=practitioner.user):
        type(child).objects.filter(pk=child.pk).update(restricted_reason="Known to staff")
    answer = sign_in("practitioner").get(f"/children/{child.pk}/files/{row.pk}/open")
    assert answer.status_code == 302 and "/why" in answer["Location"]


def test_a_reader_may_not_add(sign_in, child):
    inspector = sign_in("inspector")
    assert send(inspector, child).status_code == 403
    assert "Add a file" not in text(inspector.get(f"/children/{child.pk}/files"))


def test_a_file_on_the_wrong_record_is_opened_by_nobody_once_it_is_marked(practitioner, child, sign_in):
    row = add(child, practitioner.user)
    fact = f"/children/{child.pk}/file/{row.pk}"
    assert f"/files/{row.pk}/open" in text(practitioner.get(fact))
    page = practitioner.get(f"{fact}/in-error")
    version = re.search(r'name="version" value="(\d+)"', text(page))[1]
    practitioner.post(f"{fact}/in-error", {"reason": "Another child's report", "version": version})
    for client in (practitioner, sign_in("manager")):
        assert client.get(f"/children/{child.pk}/files/{row.pk}/open").status_code == 404
        assert client.get(f"/children/{child.pk}/files/{row.pk}/small").status_code == 404
        assert f"/files/{row.pk}/open" not in text(client.get(fact))
    assert "<s>" in text(practitioner.get(f"/children/{child.pk}/files"))
    assert "School report" not in text(practitioner.get("/children/files", {"q": "tuesday"}))


def test_what_a_file_is_can_be_said_better_and_an_older_page_is_refused(practitioner, child):
    row = add(child, practitioner.user)
    change = f"/children/{child.pk}/file/{row.pk}/change"
    version = re.search(r'name="version" value="(\d+)"', text(practitioner.get(change)))[1]
    better = {"title": "Attendance", "dated_day": "4", "dated_month": "6", "dated_year": "2026", "version": version}
    assert practitioner.post(change, better).status_code == 302
    with acting(by=practitioner.user):
        row.refresh_from_db()
    assert (row.title, row.dated) == ("Attendance", date(2026, 6, 4))
    stale = practitioner.post(change, better | {"title": "Older"})
    assert stale.status_code == 409 and "Attendance" in text(stale) and "Older" in text(stale)
    assert "Attendance" in text(practitioner.get(f"/children/{child.pk}/history"))


def test_the_list_asks_the_database_as_often_for_three_files_as_for_one(practitioner, child):
    address = f"/children/{child.pk}/files"
    add(child, practitioner.user)
    practitioner.get(address)  # what a worker of the site asks once and keeps
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            practitioner.get(address)
        asked.append(len(queries))
        add(child, practitioner.user)
        add(child, practitioner.user)
    assert asked[0] == asked[1]
