"""The administrator's pages of time limits and bank holidays."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions import limits
from openyj.actions.models import BankHoliday, TimeLimit
from openyj.actions.tests.test_views import on, page

pytestmark = pytest.mark.django_db
AT = "/reference/time-limits"
WHAT = "first-contact|group:Community"
NEW = {"what": WHAT, "days": 5, "unit": "working", "source": "Our policy of 2026"} | on("valid_from", 1, 4)


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


@pytest.fixture
def limit(service) -> TimeLimit:
    with acting(by=None, services=EVERY_SERVICE):
        return TimeLimit.objects.create(
            service=service, event="first-contact", applies_to="group:Community", days=5, valid_from=date(2026, 4, 1),
            source="Our policy",
        )  # fmt: skip


def all_limits() -> list[tuple]:
    with acting(by=None, services=EVERY_SERVICE):
        rows = TimeLimit.objects.order_by("pk")
        return [(t.days, t.unit, t.valid_from, t.valid_to, t.stands) for t in rows]


def test_a_service_begins_with_the_usual_limits_and_reads_their_sources(admin):
    assert "This service has no time limit" in page(admin, AT)
    form = page(admin, f"{AT}/begin")
    ticked = re.findall(r'value="([^"]+)"[^>]*checked', form)
    sourced = ["first-contact|outcome:REFERRAL_ORDER", "first-panel|outcome:REFERRAL_ORDER"]
    assert ticked == sourced, "what is only general knowledge is chosen by nobody else"
    assert "Assessment after an outcome" in form and "Review of an assessment" in form and "Solihull" in form
    answer = admin.post(f"{AT}/begin", on("valid_from", 1, 4))
    assert "Select each limit your service has" in answer.content.decode() and all_limits() == []
    sent = {"which": [*ticked, "first-contact|group:Community"]}
    assert admin.post(f"{AT}/begin", sent | on("valid_from", 1, 4)).status_code == 302
    text = page(admin, AT)
    assert "First contact after an outcome: Referral order" in text and "5 working days" in text
    assert "General knowledge, to confirm" in text and "Solihull" in text
    admin.post(f"{AT}/begin", sent | on("valid_from", 1, 5))
    assert len(all_limits()) == 3, "what the service has is not offered again"
    rest = {"which": re.findall(r'value="([a-z-]+\|[^"]*)"', page(admin, f"{AT}/begin"))}
    admin.post(f"{AT}/begin", rest | on("valid_from", 1, 5))
    assert len(all_limits()) == 3 + len(rest["which"]) > 7 and "Begin with the usual" not in page(admin, AT)
    assert admin.get(f"{AT}/begin").status_code == 302


def test_a_limit_is_added_changed_corrected_and_ended(admin):
    address = admin.post(f"{AT}/add", NEW).headers["Location"]
    assert "5 working days" in page(admin, address)
    sent = {"days": 3, "unit": "working", "source": "Our policy of June", "version": 1} | on("valid_from", 1, 6)
    changed = admin.post(f"{address}/change", sent).headers["Location"]
    assert all_limits() == [
        (5, "working", date(2026, 4, 1), date(2026, 5, 31), True), (3, "working", date(2026, 6, 1), None, True),
    ]  # fmt: skip
    corrected = admin.post(
        f"{changed}/correct", {"days": 2, "unit": "calendar", "source": "x", "reason": "Mistyped", "version": 1}
    ).headers["Location"]
    assert all_limits()[1:] == [
        (3, "working", date(2026, 6, 1), None, False), (2, "calendar", date(2026, 6, 1), None, True),
    ]  # fmt: skip
    assert "Mistyped" in page(admin, changed)
    assert admin.post(f"{corrected}/end", on("valid_to", 31, 12) | {"version": 1}).status_code == 302
    assert all_limits()[2] == (2, "calendar", date(2026, 6, 1), date(2026, 12, 31), True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"what": ""}, "Select what the limit is for"),
        ({"what": "first-contact|nothing"}, "Select for what?"),
        ({"days": "0"}, "Days must be 1 or more"),
        ({"days": "soon"}, "Days must be a whole number"),
        ({"unit": ""}, "Select which days are counted"),
        ({"source": ""}, "Enter where this limit comes from"),
        (on("valid_from", 1, 4, 2009), "must be on or after 1 January 2012"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_with_what_to_do(admin, change, message):
    answer = admin.post(f"{AT}/add", NEW | change)
    assert answer.status_code == 200 and message in answer.content.decode() and all_limits() == []


def test_two_limits_never_hold_on_one_day(admin, limit, service):
    answer = admin.post(f"{AT}/add", NEW | on("valid_from", 1, 6)).content.decode()
    assert "For this a limit of 5 working days holds from 1 April 2026" in answer and len(all_limits()) == 1
    with pytest.raises(IntegrityError), transaction.atomic(), acting(by=None, services=EVERY_SERVICE):
        TimeLimit.objects.create(
            service=service, event="first-contact", applies_to="group:Community", days=1, valid_from=date(2026, 6, 1),
            source="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "sent", "message"),
    [
        ("change", {"days": 3} | on("valid_from", 1, 4), "The day must be after 1 April 2026"),
        ("change", {"days": 5} | on("valid_from", 1, 6), "This is the limit already"),
        ("correct", {"days": 3}, "Say what was wrong"),
        ("end", on("valid_to", 31, 3), "It began on 1 April 2026 and cannot end before"),
    ],
)
def test_a_change_that_cannot_be_is_refused(admin, limit, form, sent, message):
    sent = {"unit": "working", "source": "x", "version": 1} | sent
    answer = admin.post(f"{AT}/{limit.pk}/{form}", sent)
    assert answer.status_code == 200 and message in answer.content.decode()
    assert all_limits() == [(5, "working", date(2026, 4, 1), None, True)]


def test_an_end_past_the_next_limit_is_refused(admin, limit, staff):
    limits.change_limit(
        limit=limit, version=1, by=admin.user, valid_from=date(2026, 6, 1), days=3, unit="working", source="x"
    )
    for sent in (on("valid_to", 1, 6), {}):
        answer = admin.post(f"{AT}/{limit.pk}/end", {"version": 2} | sent)
        assert "Another limit follows on 1 June 2026" in answer.content.decode()


def test_two_administrators_at_once(admin, limit):
    sent = {"days": 3, "unit": "working", "source": "x", "reason": "Mistyped", "version": 1}
    assert admin.post(f"{AT}/{limit.pk}/correct", sent).status_code == 302
    clash = admin.post(f"{AT}/{limit.pk}/correct", sent | {"days": 4})
    assert clash.status_code == 409 and len(all_limits()) == 2


@pytest.mark.parametrize("role", ["practitioner", "manager", "head_of_service", "board_member"])
def test_only_administrators(sign_in, limit, role):
    client = sign_in(role)
    pages = [AT, f"{AT}/add", f"{AT}/begin", f"{AT}/{limit.pk}", f"{AT}/{limit.pk}/change", "/reference/bank-holidays"]
    assert {client.get(each).status_code for each in pages} == {403}


def test_another_service_s_limits_are_not_there(sign_in, other_service, limit):
    client = sign_in("administrator", service=other_service)
    for form in ("", "/change", "/correct", "/end"):
        assert client.get(f"{AT}/{limit.pk}{form}").status_code == 404
        assert client.post(f"{AT}/{limit.pk}{form}", {"days": 1}).status_code in (404, 405)
    assert "First contact" not in page(client, AT)


# Bank holidays


def test_a_bank_holiday_is_added_and_can_be_taken_back(admin):
    sent = {"name": "A jubilee", "source": "Royal proclamation"} | on("day", 8, 6)
    assert admin.post("/reference/bank-holidays/add", sent).status_code == 302
    assert "8 June 2026 is A jubilee already" in admin.post("/reference/bank-holidays/add", sent).content.decode()
    text = page(admin, "/reference/bank-holidays?year=2026")
    assert "A jubilee" in text and "Monday" in text and "Royal proclamation" in text and "Good Friday" in text
    made = BankHoliday.objects.get(name="A jubilee")
    address = f"/reference/bank-holidays/{made.pk}/in-error"
    assert "Say what was wrong" in admin.post(address, {"version": 1}).content.decode()
    assert admin.post(address, {"reason": "It was Scotland’s", "version": 1}).status_code == 302
    assert not BankHoliday.objects.get(pk=made.pk).stands
    assert admin.post("/reference/bank-holidays/add", sent).status_code == 302, "the day is free again"


def test_reference_data_says_what_is_missing_without_limits(admin):
    text = page(admin, "/reference/")
    assert "nothing has a deadline" in text and "2012 to 2037, England and Wales" in text
