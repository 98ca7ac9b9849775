"""Files on an action: evidence is added, found, opened, taken back, and who may not."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions import services
from openyj.actions.models import Action, ActionFile
from openyj.actions.tests.factories import make_action
from openyj.files.models import FileContent
from openyj.files.tests import made
from openyj.files.tests.made import upload
from openyj.people.models import Child
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def send(client, action, *, content=b"Hazel attended", name="a.txt", **fields):
    sent = {"title": "Register of the group", "file": upload(name, content)} | fields
    return client.post(f"/actions/{action.pk}/files/add", sent)


def add(action, by, *, name="a.txt", content=b"Hazel attended on Tuesday", title="Register of the group") -> ActionFile:
    with acting(by=by):
        return services.add_file(action=action, by=by, file=upload(name, content), title=title, dated=None)


def rows() -> list[ActionFile]:
    with acting(by=None, services=EVERY_SERVICE):
        return list(ActionFile.objects.all())


@pytest.fixture
def about_service(service) -> Action:
    return make_action(service)


@pytest.fixture
def about_child(service, child) -> Action:
    return make_action(service, child=child, what="Ring the school")


def test_evidence_is_added_once_listed_opened_and_told_in_the_history(manager, about_service):
    page = manager.get(f"/actions/{about_service.pk}/files/add")
    assert 'enctype="multipart/form-data"' in text(page)
    receipt = re.search(r'name="receipt" value="([^"]+)"', text(page))[1]
    done = [send(manager, about_service, receipt=receipt) for _ in range(2)]
    assert {each.headers["Location"] for each in done} == {f"/actions/{about_service.pk}"}
    (row,) = rows()
    assert (row.child_id, row.service_id) == (None, about_service.service_id)
    shown = text(manager.get(f"/actions/{about_service.pk}"))
    assert "Register of the group" in shown and "File of an action" in shown
    opened = manager.get(f"/actions/{about_service.pk}/files/{row.pk}/open")
    assert opened.content == b"Hazel attended" and opened["Content-Disposition"].startswith("attachment")
    assert opened["Content-Security-Policy"] == "default-src 'none'; sandbox" and "no-store" in opened["Cache-Control"]


def test_a_picture_has_a_small_one(manager, about_service):
    row = add(about_service, manager.user, name="mural.jpg", content=made.picture())
    assert f"/files/{row.pk}/small" in text(manager.get(f"/actions/{about_service.pk}"))
    small = manager.get(f"/actions/{about_service.pk}/files/{row.pk}/small")
    assert small["Content-Type"] == "image/jpeg"
    assert manager.get(f"/actions/{about_service.pk}/files/{row.pk}/open")["Content-Disposition"].startswith("inline")


def test_what_cannot_be_kept_is_refused_beside_the_field(manager, about_service):
    page = text(send(manager, about_service, content=b"<html>", title="A page"))
    assert "This is a web page" in page and 'href="#id_file"' in page and 'value="A page"' in page
    assert "Choose a file" in text(send(manager, about_service, file=""))
    with acting(by=None, services=EVERY_SERVICE):
        assert rows() == [] and not FileContent.objects.exists()


def test_opening_one_about_a_child_is_in_the_log_of_the_record(manager, about_child):
    row = add(about_child, manager.user)
    assert row.child_id == about_child.child_id
    manager.get(f"/actions/{about_child.pk}/files/{row.pk}/open")
    with acting(by=None, services=EVERY_SERVICE):
        looked = Access.objects.filter(child=row.child_id, path__endswith=f"/files/{row.pk}/open")
        assert [look.kind for look in looked] == ["read"]
    assert "Register of the group" in text(manager.get(f"/children/{row.child_id}/history"))


@pytest.mark.parametrize("page", ["", "/open", "/small", "/change", "/in-error"])
def test_a_file_about_a_child_obeys_the_child_s_access(page, sign_in, service, other_service, manager, about_child):
    row = add(about_child, manager.user, name="a.jpg", content=made.picture())
    address = f"/actions/{about_child.pk}/files/{row.pk}{page}"
    assert manager.get(address).status_code == 200
    assert sign_in("board_member").get(address).status_code == 404
    assert sign_in("manager", service=other_service).get(address).status_code == 404
    with acting(by=None, services=EVERY_SERVICE):
        Child.objects.filter(pk=about_child.child_id).update(restricted_reason="Known to staff")
    gate = sign_in("manager").get(address)
    assert gate.status_code == 302 and "/why" in gate["Location"]
    make_conflict(about_child.child, manager.user)
    assert manager.get(address).status_code == 404


@pytest.mark.parametrize("page", ["", "/open"])
def test_a_file_about_the_service_obeys_the_service_s(page, sign_in, other_service, manager, about_service):
    row = add(about_service, manager.user)
    address = f"/actions/{about_service.pk}/files/{row.pk}{page}"
    assert sign_in("board_member").get(address).status_code == 200
    assert sign_in("administrator").get(address).status_code == 403
    assert sign_in("manager", service=other_service).get(address).status_code == 404


def test_another_action_s_file_is_not_found_there(manager, service, about_child, about_service):
    row = add(about_child, manager.user)
    for page in ("", "/open", "/small", "/change", "/in-error"):
        assert manager.get(f"/actions/{about_service.pk}/files/{row.pk}{page}").status_code == 404


def test_who_may_not_answer_for_the_action_adds_nothing(sign_in, about_service):
    board = sign_in("board_member")
    assert send(board, about_service).status_code == 403 and rows() == []
    assert "Add a file" not in text(board.get(f"/actions/{about_service.pk}"))


def test_its_owner_adds_evidence_and_may_not_take_it_back(sign_in, staff, service):
    owner = staff("practitioner")
    action = make_action(service, owner=owner)
    client = sign_in(owner)
    assert send(client, action).status_code == 302
    (row,) = rows()
    assert client.get(f"/actions/{action.pk}/files/{row.pk}/in-error").status_code == 403
    assert "in-error" not in text(client.get(f"/actions/{action.pk}/files/{row.pk}"))


def test_a_wrong_file_is_opened_by_nobody_once_it_is_marked(manager, about_child):
    row = add(about_child, manager.user)
    at = f"/actions/{about_child.pk}/files/{row.pk}"
    sent = {"reason": "Another child's register", "version": 1}
    assert "Say in a few words" in text(manager.post(f"{at}/in-error", sent | {"reason": "x"}))
    for _ in range(2):
        manager.post(f"{at}/in-error", sent)
    assert manager.get(f"{at}/open").status_code == 404 and manager.get(f"{at}/small").status_code == 404
    page = text(manager.get(at))
    assert "Recorded in error" in page and f"{at}/open" not in page
    assert "<s>" in text(manager.get(f"/actions/{about_child.pk}"))
    assert "Register of the group" not in text(manager.get("/actions/files?q=tuesday"))
    assert manager.get(f"{at}/change").status_code == 404


def test_what_a_file_is_can_be_said_better_and_an_older_page_is_refused(manager, about_service):
    row = add(about_service, manager.user)
    at = f"/actions/{about_service.pk}/files/{row.pk}/change"
    better = {"title": "Attendance", "dated_day": "4", "dated_month": "5", "dated_year": "2026", "version": "1"}
    assert manager.post(at, better).status_code == 302
    stale = manager.post(at, better | {"title": "Older"})
    assert stale.status_code == 409 and "Attendance" in text(stale) and "Older" in text(stale)
    (now,) = rows()
    assert now.title == "Attendance"


def test_the_search_finds_by_words_and_leaves_out_what_may_not_be_named(sign_in, service, manager, about_child):
    add(about_child, manager.user, title="School letter")
    secret = make_action(service, child=make_child(service, restricted_reason="Known to staff"))
    add(secret, manager.user, title="Secret letter")
    add(make_action(service), manager.user, name="rooms.txt", content=b"Tuesdays are free", title="Rooms")
    reader = sign_in("manager")
    page = text(reader.get("/actions/files?q=tuesday"))
    assert "2 files" in page and "School letter" in page and "Rooms" in page and "Secret letter" not in page
    board = text(sign_in("board_member").get("/actions/files?q=tuesday"))
    assert "1 file" in board and "School letter" not in board
    assert "No file holds those words" in text(reader.get("/actions/files?q=canal"))
    with acting(by=None, services=EVERY_SERVICE):
        assert Access.objects.filter(user=reader.user, kind="search", reason="In files of actions: tuesday").exists()


def test_the_page_asks_the_database_as_often_for_three_files_as_for_one(manager, about_service):
    add(about_service, manager.user)
    manager.get(f"/actions/{about_service.pk}")
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            manager.get(f"/actions/{about_service.pk}")
        asked.append(len(queries))
        add(about_service, manager.user)
        add(about_service, manager.user)
    assert asked[0] == asked[1]
