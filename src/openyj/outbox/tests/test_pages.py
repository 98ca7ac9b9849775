"""The pages of messages: who sees which, what they say of a failure, an administrator's words."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import acting
from openyj.jobs.services import start
from openyj.jobs.tests.running import run_due
from openyj.outbox.kinds import TEST
from openyj.outbox.models import Message, NotWorking, Wording
from openyj.outbox.sending import ask_what_became_of_them
from openyj.outbox.services import send

pytestmark = pytest.mark.django_db
CANARY = "canary.address@example.invalid"
WORDS = "/messages/words/outbox.test"


def ask(user, to=CANARY) -> Message:
    with acting(by=user):
        return send(TEST, to=to, by=user)


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_sees_ones_own_and_an_administrator_the_services(sign_in, staff, other_service):
    mine, administrator, colleague = sign_in("manager"), sign_in("administrator"), sign_in("manager")
    neighbour = sign_in(staff("administrator", service=other_service))
    page = ask(mine.user).get_absolute_url()
    for client in (mine, administrator):
        assert "Test message" in text(client, "/messages/") and "It waits to be sent" in text(client, page)
    for client in (colleague, neighbour):
        assert "Test message" not in text(client, "/messages/")
        assert client.get(page).status_code == 404
    assert colleague.post(f"{page}/works-again").status_code == 403
    assert neighbour.post(f"{page}/works-again").status_code == 404


def test_no_page_shows_an_address(sign_in):
    administrator = sign_in("administrator")
    message = ask(administrator.user)
    for page in ("/messages/", message.get_absolute_url()):
        assert CANARY not in text(administrator, page)
        assert "Somebody outside the staff" in text(administrator, page)


def test_the_sender_is_told_what_did_not_arrive_and_an_administrator_mends_it(sign_in, notify):
    mine, administrator = sign_in("manager"), sign_in("administrator")
    page = ask(mine.user).get_absolute_url()
    run_due()
    notify.becomes = "permanent-failure"
    start(ask_what_became_of_them)
    run_due()
    said = text(mine, page)
    assert "There is no such address" in said and "Nothing more is sent to this address" in said
    assert "The address works again" not in said
    for _ in range(2):
        assert "go to this address again" in administrator.post(f"{page}/works-again", follow=True).content.decode()
    with acting(by=administrator.user):
        assert NotWorking.objects.get().works_again_by == administrator.user


def test_what_could_not_be_sent_is_said(sign_in, notify):
    mine = sign_in("manager")
    notify.answers = [403]
    page = ask(mine.user).get_absolute_url()
    run_due()
    assert "Not sent" in text(mine, page) and "Notify refused the key" in text(mine, page)
    assert "Not sent" in text(mine, "/messages/")


def test_a_test_message_pressed_twice_is_one(sign_in, folder):
    administrator = sign_in("administrator")
    receipt = {"receipt": str(uuid.uuid4())}
    pages = {administrator.post("/messages/test", receipt)["Location"] for _ in range(2)}
    assert len(pages) == 1
    run_due()
    assert len(list(folder.iterdir())) == 1
    assert "Written to a file" in text(administrator, pages.pop())
    assert "each message is written to a file" in text(administrator, "/messages/")
    assert sign_in("manager").post("/messages/test").status_code == 403


def test_words_that_give_away_are_refused_and_put_right(sign_in):
    administrator = sign_in("administrator")
    typed = {"subject": "Hello", "body": "Aldermere here", "receipt": str(uuid.uuid4())}
    refused = administrator.post(WORDS, typed).content.decode()
    assert "Take out “Aldermere”" in refused and "Aldermere here" in refused
    typed["body"] = "It is only us"
    assert administrator.post(WORDS, typed).status_code == 302
    assert administrator.post(WORDS, typed).status_code == 302
    with acting(by=administrator.user):
        assert [w.body for w in Wording.objects.all()] == ["It is only us"]
    assert "own words" in text(administrator, "/messages/words")
    assert sign_in("manager").get(WORDS).status_code == 403
    assert administrator.get("/messages/words/none.such").status_code == 404


def test_a_colleagues_words_saved_meanwhile_are_shown(sign_in):
    first, second = sign_in("administrator"), sign_in("administrator")
    first.post(WORDS, {"subject": "One", "body": "One", "receipt": str(uuid.uuid4())})
    typed = {"subject": "Two", "body": "Two", "version": "1"}
    assert second.post(WORDS, typed | {"receipt": str(uuid.uuid4())}).status_code == 302
    clash = first.post(WORDS, typed | {"subject": "Three", "receipt": str(uuid.uuid4())})
    assert clash.status_code == 409
    assert "Two" in clash.content.decode() and "Three" in clash.content.decode()


def test_the_words_of_one_service_are_not_anothers(sign_in, staff, other_service):
    sign_in("administrator").post(WORDS, {"subject": "One", "body": "One", "receipt": str(uuid.uuid4())})
    neighbour = sign_in(staff("administrator", service=other_service))
    assert "own words" not in text(neighbour, "/messages/words").replace("Your service’s own", "")
    assert "came with the system" in text(neighbour, "/messages/words")


def test_the_list_asks_as_many_questions_for_three_as_for_one(sign_in):
    administrator = sign_in("administrator")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(administrator, "/messages/")
        return len(asked)

    ask(administrator.user)
    text(administrator, "/messages/")
    one = questions()
    ask(administrator.user)
    ask(sign_in("manager").user, to=administrator.user)
    assert questions() == one
