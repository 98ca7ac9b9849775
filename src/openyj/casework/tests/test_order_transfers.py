"""Transfers of orders: asked, accepted or refused, and who is responsible today."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.casework.models import OrderTransfer, Transfer
from openyj.casework.tests.factories import make_legal_outcome, make_outcome
from openyj.casework.tests.sending import add, on, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(offence):
    return make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER", label="Referral order"))


@pytest.fixture
def asked(order, other_service):
    def sent(how: str = "FULL_TO", **change):
        return (
            {"outcome": order.pk, "how": how, "other_service": other_service.pk} | on("asked_on", 20, 4, 2026) | change
        )

    return sent


def accepted(**change):
    return {"answer": "ACCEPTED"} | on("answered_on", 24, 4, 2026) | on("starts_on", 1, 5, 2026) | change


def page(client, child) -> str:
    return client.get(f"/children/{child.pk}/orders").content.decode()


def test_it_is_asked_and_accepted_and_the_record_says_who_is_responsible(manager, child, asked, other_service):
    assert "Responsible today" in page(manager, child) and "This service" in page(manager, child)
    assert add(manager, child, "order-transfers", asked()).status_code == 302
    assert "asked 20 April 2026: not answered yet" in page(manager, child)
    (row,) = rows(OrderTransfer)
    change = asked() | accepted() | {"version": 1}
    assert manager.post(f"/children/{child.pk}/order-transfer/{row.pk}/change", change).status_code == 302
    assert f"{other_service.name}, since 1 May 2026" in page(manager, child)
    (moved,) = rows(Transfer)
    assert moved.transfer_date == date(2026, 5, 1) and other_service.name in moved.description
    later = asked() | accepted() | on("starts_on", 2, 5, 2026) | {"version": rows(OrderTransfer)[0].version}
    manager.post(f"/children/{child.pk}/order-transfer/{row.pk}/change", later)
    assert [t.transfer_date for t in rows(Transfer)] == [date(2026, 5, 2)], "moved with it, not recorded twice"
    assert "Transfer asked: " in manager.get(f"/children/{child.pk}/timeline").content.decode()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("FULL_FROM", "This service, since 1 May 2026, taken over from "),
        ("CARETAKING_BY", " looks after it since 1 May 2026"),
        ("CARETAKING_FOR", "; this service looks after it since 1 May 2026"),
    ],
)
def test_ot_3_who_only_looks_after_an_order_is_not_responsible(manager, child, asked, other_service, how, said):
    add(manager, child, "order-transfers", asked(how) | accepted())
    text = page(manager, child)
    assert said in text
    if how == "CARETAKING_BY":
        assert f"This service; {other_service.name}" in text
    else:
        assert "may be counted twice nationally" in text, "the number there is not recorded"


def test_ot_3_a_child_who_lived_elsewhere_is_another_services(manager, child, order):
    from openyj.accounts.scope import EVERY_SERVICE, acting

    with acting(by=None, services=EVERY_SERVICE):
        type(order).objects.filter(pk=order.pk).update(residence="OTHER")
    assert "Another service: the child lived elsewhere on the day" in page(manager, child)


def test_what_starts_later_is_not_so_today(manager, child, asked):
    add(manager, child, "order-transfers", asked() | accepted() | on("starts_on", 1, 7, 2026))
    assert "since 1 July 2026" not in page(manager, child)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("asked_on", 31, 3, 2026), "This is before Referral order was given"),
        (accepted() | on("answered_on", 19, 4, 2026), "It cannot be answered before it was asked (20 April 2026)"),
        ({"answer": "REFUSED", "reason": "Moved again"}, "Enter the date of the answer"),
        (on("answered_on", 24, 4, 2026), "Select the answer, or leave its date empty"),
        (accepted() | on("starts_on", "", "", ""), "Enter from which day"),
        (on("starts_on", 1, 5, 2026), "Only what was accepted starts on a day"),
        ({"answer": "REFUSED"} | on("answered_on", 24, 4, 2026), "Enter why it was refused"),
        ({"how": ""}, "Select what was asked"),
        ({"other_service": ""}, "Select the other service"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused_with_what_to_do(manager, child, asked, change, message):
    answer = add(manager, child, "order-transfers", asked() | change)
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(OrderTransfer) == rows(Transfer) == []


def test_one_request_at_a_time_waits(manager, child, asked):
    add(manager, child, "order-transfers", asked())
    again = add(manager, child, "order-transfers", asked() | on("asked_on", 21, 4, 2026))
    assert "This waits for its answer" in again.content.decode() and len(rows(OrderTransfer)) == 1


def test_a_refusal_leaves_the_order_here(manager, child, asked):
    refused = {"answer": "REFUSED", "reason": "The move is not settled"} | on("answered_on", 24, 4, 2026)
    assert add(manager, child, "order-transfers", asked() | refused).status_code == 302
    text = page(manager, child)
    assert "refused on 24 April 2026: The move is not settled" in text and "since" not in text
    assert rows(Transfer) == []


def test_a_mistake_takes_the_move_with_it(manager, child, asked):
    add(manager, child, "order-transfers", asked() | accepted())
    (row,), (moved,) = rows(OrderTransfer), rows(Transfer)
    wrong = {"reason": "Another child", "version": 1}
    assert manager.post(f"/children/{child.pk}/transfer/{moved.pk}/in-error", wrong).status_code == 200
    wrong["version"] = row.version
    assert manager.post(f"/children/{child.pk}/order-transfer/{row.pk}/in-error", wrong).status_code == 302
    assert not rows(Transfer)[0].stands and "This service" in page(manager, child)
