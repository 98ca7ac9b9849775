"""The register and the pages of an action, as each role, another service's staff, and nobody."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access, Team
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action, ActionNote
from openyj.actions.tests.factories import make_action, make_note, read
from openyj.people.models import Child
from openyj.people.tests.factories import make_child, make_conflict

pytestmark = pytest.mark.django_db


def on(name: str, day: int, month: int, year: int = 2026) -> dict[str, int]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


NEW = {"what": "Agree a safe room", "owner_name": "Health partner"} | on("due_on", 1, 9)
PAGES = ["", "/change", "/progress", "/done", "/reopen", "/colour", "/in-error"]


def count(model=Action) -> int:
    with acting(by=None, services=EVERY_SERVICE):
        return model.objects.count()


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_service_action_is_added_once_however_often_it_is_sent(sign_in, service):
    head = sign_in("head_of_service")
    sent = NEW | {"receipt": "5b4e7a52-2f0e-4a3c-9d5e-0b5f6f6c1a11", "success": "Children say so"}
    first, again = (head.post("/actions/add", sent) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"] and count() == 1
    text = page(head, first.headers["Location"])
    assert "Agree a safe room" in text and "G Green" in text and "On course" in text and "Children say so" in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"what": ""}, "Enter what has to be done"),
        ({"owner_name": ""}, "Select who has to do it, or name them below: one of the two"),
        (on("due_on", 31, 2), "Day it is due must be a real date"),
        (on("due_on", 1, 6), "It was agreed on 4 June 2026 and cannot be due before"),
        ({"owner": "999999"}, "Select who has to do it?"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(sign_in, change, message):
    answer = sign_in("head_of_service").post("/actions/add", NEW | change)
    assert answer.status_code == 200 and message in answer.content.decode() and count() == 0


def test_an_action_about_a_child_stands_on_the_record(manager, child, staff):
    worker = staff("practitioner")
    sent = NEW | {"owner_name": "", "owner": worker.pk, "what": "Ring the school"}
    address = manager.post(f"/children/{child.pk}/actions/add", sent).headers["Location"]
    for where in (address, f"/children/{child.pk}", f"/children/{child.pk}/actions", f"/children/{child.pk}/timeline",
                  f"/children/{child.pk}/history", f"/children/{child.pk}/print", "/actions"):  # fmt: skip
        assert "Ring the school" in page(manager, where), where
    assert "Ceri Morgan" in page(manager, address)
    number = address.rsplit("/", 1)[1]
    assert manager.get(f"/children/{child.pk}/action/{number}").headers["Location"] == address
    assert Access.objects.filter(child=child.pk, path=address).exists(), "opening it is a look at the record"


# Who


def test_board_members_see_the_service_s_actions_and_no_child_s(sign_in, service, child):
    mine, about = make_action(service), make_action(service, child=child, what="Ring the school")
    board = sign_in("board_member")
    text = page(board, "/actions")
    assert mine.what in text and about.what not in text
    assert board.get(f"/actions/{mine.pk}").status_code == 200
    assert board.get(f"/actions/{about.pk}").status_code == 404
    assert [board.get(f"/actions/{mine.pk}{each}").status_code for each in PAGES[1:]] == [403] * 6
    assert board.get("/actions/add").status_code == 403 and "Add an action" not in text


def test_an_administrator_has_no_register(sign_in, service):
    made = make_action(service)
    admin = sign_in("administrator")
    assert admin.get("/actions").status_code == admin.get(f"/actions/{made.pk}").status_code == 403
    assert "Actions" not in page(admin, "/account")


@pytest.mark.parametrize("role", ["manager", "head_of_service", "practitioner", "board_member"])
def test_another_service_s_staff_find_none(sign_in, service, other_service, child, role):
    for made in (make_action(service), make_action(service, child=child)):
        client = sign_in(role, service=other_service)
        for each in PAGES:
            assert client.get(f"/actions/{made.pk}{each}").status_code == 404
            assert client.post(f"/actions/{made.pk}{each}", {"text": "x"}).status_code in (404, 405)
        assert made.what not in page(client, "/actions")


def test_nobody_signed_in_is_sent_to_sign_in(client, service):
    assert client.get(f"/actions/{make_action(service).pk}").headers["Location"].startswith("/sign-in")


def test_the_owner_answers_for_it_and_does_not_change_it(sign_in, service):
    practitioner = sign_in("practitioner")
    made = make_action(service, owner=practitioner.user)
    statuses = {each: practitioner.get(f"/actions/{made.pk}{each}").status_code for each in PAGES}
    assert {each for each, status in statuses.items() if status == 200} == {"", "/progress", "/done", "/reopen"}
    assert {statuses[each] for each in ("/change", "/colour", "/in-error")} == {403}
    colleague = sign_in("practitioner")
    assert colleague.get(f"/actions/{made.pk}").status_code == 200
    assert colleague.post(f"/actions/{made.pk}/progress", {"text": "x"}).status_code == 403 and count(ActionNote) == 0


def test_a_child_s_action_follows_the_child(sign_in, service):
    north = Team.objects.create(service=service, name="North")
    child = make_child(service, team=north)
    made = make_action(service, child=child)
    of_team, elsewhere = sign_in("practitioner", team=north), sign_in("practitioner")
    assert of_team.get(f"/actions/{made.pk}/change").status_code == 200
    assert elsewhere.get(f"/actions/{made.pk}").status_code == 200
    assert elsewhere.get(f"/actions/{made.pk}/change").status_code == 403
    make_conflict(child, elsewhere.user)
    assert elsewhere.get(f"/actions/{made.pk}").status_code == 404
    assert made.what not in page(elsewhere, "/actions")


def test_a_need_to_know_child_s_action_is_in_no_list_before_a_reason(sign_in, service):
    child = make_child(service, restricted_reason="A relative works here", worker=None)
    made = make_action(service, child=child, what="Canary of Ceri")
    manager = sign_in("manager")
    assert "Canary" not in page(manager, "/actions")
    assert manager.get(f"/actions/{made.pk}").headers["Location"].startswith(f"/children/{child.pk}/why")
    manager.post(f"/children/{child.pk}/why", {"reason": "I am on duty and the child rang"})
    assert "Canary of Ceri" in page(manager, f"/actions/{made.pk}")
    with acting(by=None, services=EVERY_SERVICE):
        Child.objects.filter(pk=child.pk).update(worker=manager.user)
    assert "Canary of Ceri" in page(manager, "/actions"), "its worker is named it"


# Writing


def test_progress_done_and_open_again_through_the_pages(sign_in, service):
    head, made = sign_in("head_of_service"), make_action(service)
    at = f"/actions/{made.pk}"
    assert "Enter what has happened" in head.post(f"{at}/progress", {"text": ""}).content.decode()
    assert head.post(f"{at}/progress", {"text": "A room is found"}).status_code == 302
    late = on("done_on", 5, 6) | {"evidence": "Keys", "version": 1}
    assert "must be today or in the past" in head.post(f"{at}/done", late).content.decode()
    assert head.post(f"{at}/done", on("done_on", 4, 6) | {"evidence": "Keys", "version": 1}).status_code == 302
    text = page(head, at)
    assert "B Blue" in text and "Keys" in text and "Note progress" not in text
    assert head.post(f"{at}/reopen", {"reason": "The roof leaks", "version": 2}).status_code == 302
    text = page(head, at)
    assert "The roof leaks" in text and "Done on 4 June 2026. Keys" in text, "what was said stays"
    assert "Note progress" in text


def test_two_people_at_once_see_both_versions(sign_in, service):
    head, made = sign_in("head_of_service"), make_action(service)
    sent = NEW | {"what": "Agree two rooms", "version": 1}
    assert head.post(f"/actions/{made.pk}/change", sent).status_code == 302
    clash = head.post(f"/actions/{made.pk}/change", sent | {"what": "Agree three rooms"})
    text = clash.content.decode()
    assert clash.status_code == 409 and "Agree two rooms" in text and "Agree three rooms" in text
    assert read(made).what == "Agree two rooms"
    stale = head.post(f"/actions/{made.pk}/done", on("done_on", 4, 6) | {"evidence": "Keys", "version": 1})
    assert stale.status_code == 409 and read(made).done_on is None


def test_an_action_in_error_stays_struck_out_and_leaves_the_lists(sign_in, service):
    head, made = sign_in("head_of_service"), make_action(service)
    assert head.post(f"/actions/{made.pk}/in-error", {"reason": "Twice the same", "version": 1}).status_code == 302
    text = page(head, f"/actions/{made.pk}")
    assert "<s>Agree a room</s>" in text and "Twice the same" in text and "Note progress" not in text
    assert made.what not in page(head, "/actions")


def test_a_child_s_action_in_error_needs_the_right_to_correct(sign_in, service):
    north = Team.objects.create(service=service, name="North")
    made = make_action(service, child=make_child(service, team=north))
    assert sign_in("practitioner", team=north).get(f"/actions/{made.pk}/in-error").status_code == 200
    assert sign_in("head_of_service").get(f"/actions/{made.pk}/in-error").status_code == 403


def test_what_is_in_error_takes_no_more(sign_in, service):
    head, made = sign_in("head_of_service"), make_action(service)
    head.post(f"/actions/{made.pk}/in-error", {"reason": "Twice the same", "version": 1})
    for each in PAGES[1:]:
        assert head.get(f"/actions/{made.pk}{each}").status_code == 404, each


def test_the_record_s_own_pages_of_a_fact_change_and_mark_an_action_too(manager, service, child):
    made = make_action(service, child=child)
    at = f"/children/{child.pk}/action/{made.pk}"
    assert manager.get(f"{at}/change").status_code == manager.get(f"{at}/in-error").status_code == 200
    sent = NEW | {"what": "Agree two rooms", "version": 1, "owner_name": "Health partner"}
    assert manager.post(f"{at}/change", sent).status_code == 302 and read(made).what == "Agree two rooms"
    assert manager.post(f"{at}/in-error", {"reason": "Wrong child", "version": 2}).status_code == 302
    assert not read(made).stands


# The list


def test_filters_and_the_spreadsheet(sign_in, service, child):
    head = sign_in("head_of_service")
    late = make_action(service, what="Late one", due_on=date(2026, 6, 1))
    make_action(service, what="Done one", done_on=date(2026, 6, 1), evidence="Seen")
    make_action(service, what="My own one", owner=head.user)
    make_action(service, what="Of a child", child=child)
    gone = make_action(service, what="In error")
    with acting(by=None, services=EVERY_SERVICE):
        Action.objects.filter(pk=gone.pk).update(in_error_at="2026-06-01T10:00Z", in_error_reason="x")

    def listed(query: str) -> set[str]:
        return {name for name in ("Late one", "Done one", "My own one", "Of a child", "In error")
                if f">{name}<" in page(head, f"/actions?{query}")}  # fmt: skip

    assert listed("sort=due_on") == {"Late one", "Done one", "My own one", "Of a child"}
    assert listed("state=done") == {"Done one"}
    assert listed("state=open&about=service") == {"Late one", "My own one"}
    assert listed("whose=me") == {"My own one"}
    assert listed("colour=R") == {"Late one"}
    assert listed("about=children") == {"Of a child"}
    sheet = openpyxl.load_workbook(BytesIO(head.get("/actions?colour=R&export=xlsx").content))["Actions"]
    assert sheet["A2"].value == late.what
    assert sheet["D2"].value.date() == date(2026, 6, 1) and sheet["E2"].value == "R Red"
    assert Access.objects.filter(kind="export", user=head.user).count() == 1


def test_the_register_asks_as_often_for_one_row_as_for_many(sign_in, service, child):
    head = sign_in("head_of_service")
    make_note(make_action(service, owner=head.user), date(2026, 5, 20))
    make_action(service, child=child)
    page(head, "/actions")
    with CaptureQueriesContext(connection) as few:
        page(head, "/actions")
    for _ in range(6):
        make_note(make_action(service, owner=head.user, child=child), date(2026, 5, 20))
    with CaptureQueriesContext(connection) as many:
        page(head, "/actions")
    assert len(many) == len(few)
