"""The pages of the clock: who sees what, what a number leads to, the spreadsheet, whose the days are."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import Access
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import FirstContact
from openyj.casework.tests.factories import make_first_contact, make_legal_outcome, make_offence, make_outcome
from openyj.casework.tests.sending import on
from openyj.delays.models import Turn
from openyj.delays.turns import load_usual
from openyj.people.models import Child, Conflict
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def decide(child: Child, *, waited: int = 31, code: str = "YOUTH_CAUTION") -> None:
    """Decided on 1 April 2026, so many days after the offence; the first contact is a week later."""
    offence = make_offence(child, offence_date=date.fromordinal(date(2026, 4, 1).toordinal() - waited))
    make_first_contact(make_outcome(offence, legal_outcome=make_legal_outcome(code)))


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def said(row: str, *cells: str) -> str:
    """A row of the service's page as it is written, but for the link on a count."""
    return f"{row}</th>" + "".join(f'<td class="govuk-table__cell">{cell}</td>' for cell in cells)


def without_links(text: str) -> str:
    return re.sub(r"</?a\b[^>]*>|<span class=\"govuk-visually-hidden\">[^<]*</span>", "", text)


# The record


def test_the_record_says_each_stage_its_days_and_whose(manager, child):
    offence = make_offence(child, arrest_date=date(2026, 3, 3))
    make_first_contact(make_outcome(offence))
    text = text_of(manager, f"/children/{child.pk}/how-long")
    assert "Youth caution, 1 April 2026" in text and "Pre-Court, out of court" in text
    assert "29 days since: arrest" in text and "Nobody’s alone" in text, "the assessment is not recorded"
    assert "Police 2 days" in text and "This service 7 days" in text and "38 days" in text
    assert f'href="/children/{child.pk}/outcome/' in text


def test_what_is_not_recorded_is_not_known(manager, child):
    make_outcome(make_offence(child, offence_date=None))
    text = text_of(manager, f"/children/{child.pk}/how-long")
    assert "Not known: offence not recorded" in text and "Not known: first contact not recorded" in text
    assert "0 days" not in text


def test_what_is_out_of_order_is_flagged_and_not_hidden(manager, child):
    make_outcome(make_offence(child, arrest_date=date(2026, 4, 6)))
    text = text_of(manager, f"/children/{child.pk}/how-long")
    assert "−5 days" in text and "Out of order" in text


def test_an_offence_without_a_decision_waits(manager, child):
    make_offence(child, offence_date=date(2026, 6, 1), description="Going equipped")
    text = text_of(manager, f"/children/{child.pk}/how-long")
    assert "Going equipped" in text and "3 days so far, since 1 June 2026" in text
    assert "Nothing has been decided" in text


def test_another_service_s_record_is_not_found(sign_in, staff, other_service, child):
    assert sign_in(staff("manager", service=other_service)).get(f"/children/{child.pk}/how-long").status_code == 404


# The service


def test_the_service_s_page_counts_and_leads_to_the_children(manager, service, child):
    for waited in (10, 20, 30, 40, 50, 60):
        decide(make_child(service), waited=waited)
    text = text_of(manager, "/how-long")
    row = said("Offence to decision", "6", "35", "10 to 60", "10 to 60", "")
    assert row in without_links(text)
    assert "From the record as it is" in text and "6 decisions, 5 June 2025 to 4 June 2026" in text
    link = text.split("Offence to decision</th>")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    behind = text_of(manager, link)
    assert "6 decisions counted here" in behind and behind.count("Youth caution") == 6
    assert Access.objects.filter(user=manager.user, path="/how-long/children").exists()


def test_few_say_too_few(manager, child):
    decide(child)
    text = without_links(text_of(manager, "/how-long"))
    assert said("Offence to decision", "1", "31", "Too few to say", "31 to 31", "") in text


def test_what_is_not_known_is_counted_as_that(manager, child):
    make_outcome(make_offence(child))
    text = without_links(text_of(manager, "/how-long"))
    assert said("Decision to first contact", "0", "Not known", "", "", "1 not known") in text


def test_out_of_order_is_in_no_median(manager, service, child):
    make_outcome(make_offence(child, arrest_date=date(2026, 4, 6)))
    text = without_links(text_of(manager, "/how-long"))
    assert (
        "Arrest to decision (referral, allocation and assessment completed not recorded)" in text
        and "1 out of order" in text
    )
    assert "Police</th>" in text, "and the days before it are still the police’s"


def test_by_ethnicity_and_by_decision(manager, service, child):
    decide(child, waited=5)
    decide(make_child(service, ethnicity=None), waited=9, code="REFERRAL_ORDER")
    text = without_links(text_of(manager, "/how-long?by=ethnicity"))
    assert said("Offence to decision", "White", "1", "5", "Too few to say", "5 to 5", "") in text
    assert said("Offence to decision", "Not recorded", "1", "9", "Too few to say", "9 to 9", "") in text
    text = without_links(text_of(manager, "/how-long?by=group"))
    assert said("Offence to decision", "Pre-Court", "1", "5", "Too few to say", "5 to 5", "") in text
    whose = said("This service", "Pre-Court", "7", "58%", "1")
    assert whose in text, "5 days over what is not recorded, 7 to the first contact"


def test_a_period_that_means_nothing_is_the_last_twelve_months(manager, child):
    decide(child)
    for odd in ("?period=never&by=colour", "?period=%00", "?by=ethnicity&period="):
        assert "1 decision," in text_of(manager, f"/how-long{odd}")
    assert "Nothing was decided in these days" in text_of(manager, "/how-long?period=2022")
    assert "1 decision," in text_of(manager, "/how-long?period=2026")


def test_another_service_s_decisions_are_not_counted(manager, other_service, child):
    decide(make_child(other_service))
    assert "0 decisions," in text_of(manager, "/how-long")


def test_a_board_member_sees_numbers_and_no_child(sign_in, child):
    decide(child)
    board = sign_in("board_member")
    text = text_of(board, "/how-long")
    assert "Offence to decision" in text and "/how-long/children" not in text
    assert board.get("/how-long/children?part=all.offence.outcome").status_code == 403
    assert board.get(f"/children/{child.pk}/how-long").status_code == 403


@pytest.mark.parametrize("role", ["practitioner", "administrator"])
def test_who_sees_no_figures_sees_no_clock(sign_in, role):
    client = sign_in(role)
    for address in ("/how-long", "/how-long/children", "/how-long/spreadsheet"):
        assert client.get(address).status_code == 403


def test_a_need_to_know_child_is_not_named_and_a_conflict_is_not_listed(manager, service, child):
    decide(child)
    decide(hidden := make_child(service, given_name="Zelda"))
    with acting(by=None, services=EVERY_SERVICE):
        Child.objects.filter(pk=child.pk).update(restricted_reason="A relative works here")
        Conflict.objects.create(child=hidden, user=manager.user, reason="A neighbour")
    text = text_of(manager, "/how-long/children?part=all.offence.outcome")
    assert "A record that only those who need to know may open" in text and child.name not in text
    assert "Zelda" not in text and "1 child you may not open is among them" in text
    assert "2 decisions counted here" in text


def test_a_part_that_means_nothing_is_not_found(manager, child):
    decide(child)
    assert manager.get("/how-long/children?part=all.offence.tea").status_code == 404
    assert manager.get("/how-long/children").status_code == 404


def test_the_spreadsheet_holds_numbers_and_no_child(manager, service, child):
    for waited in (10, 20, 30, 40, 50, 60):
        decide(make_child(service, given_name="Zelda", ethnicity=None), waited=waited)
    answer = manager.get("/how-long/spreadsheet?by=ethnicity")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book["How long it takes"].iter_rows(values_only=True))
    assert rows[1] == ("Either way", "Offence to decision", "Not recorded", 6, 35, 10, 60, 10, 60, 0, 0)
    held = list(book["Whose the days were"].iter_rows(values_only=True))
    assert held[1][:2] == ("Out of court", "This service") and held[1][3] == 42
    assert "Zelda" not in str([list(sheet.values) for sheet in book])
    assert Access.objects.filter(user=manager.user, kind=Access.Kind.EXPORT).exists()


def test_the_page_asks_as_often_for_many_as_for_few(manager, service, child):
    decide(child)

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            manager.get(address)
        return len(asked)

    addresses = ("/how-long?by=group", "/how-long/children?part=all.offence.outcome", f"/children/{child.pk}/how-long")
    for address in addresses:
        manager.get(address)  # what is asked once and remembered
    few = [count(address) for address in addresses]
    for _ in range(3):
        decide(make_child(service))
        decide(child)
    assert [count(address) for address in addresses] == few


def test_a_correction_by_the_page_moves_the_clock(manager, child):
    decide(child)
    with acting(by=None, services=EVERY_SERVICE):
        contact = FirstContact.objects.get(child=child)
    sent = {"outcome": contact.outcome_id, "how": "phone", "version": 1} | on("contact_date", 20, 4, 2026)
    assert manager.post(f"/children/{child.pk}/first-contact/{contact.pk}/change", sent).status_code == 302
    assert "This service 19 days" in text_of(manager, f"/children/{child.pk}/how-long")


# Whose the days are


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


def turn_of(route: str, stage: str) -> Turn:
    return Turn.objects.standing().get(route=route, stage=stage, valid_to=None)


def test_every_stage_of_every_route_has_somebody_and_loading_again_changes_nothing():
    before = list(Turn.objects.values_list("route", "stage", "whose", "source").order_by("pk"))
    assert {(route, stage) for route, stage, *_ in before} >= {
        ("court", "hearing"), ("court", "outcome"), ("out_of_court", "assessment"), ("out_of_court", "first-contact"),
    }  # fmt: skip
    assert all("eneral knowledge" in source for *_, stage, whose, source in before if stage in ("arrest", "hearing"))
    load_usual()
    assert list(Turn.objects.values_list("route", "stage", "whose", "source").order_by("pk")) == before


def test_a_change_from_a_day_on_leaves_the_days_before_to_whom_they_were(administrator, manager, child):
    decide(child)
    turn = turn_of("out_of_court", "first-contact")
    at = f"/reference/whose-days/{turn.pk}/change"
    sent = {"whose": "together", "source": "Our protocol", "version": 1}
    assert administrator.post(at, sent | on("valid_from", 9, 4, 2026)).status_code == 302
    assert "This service 7 days" in text_of(manager, f"/children/{child.pk}/how-long"), "reached on 8 April"
    again = turn_of("out_of_court", "first-contact")
    sent = {"whose": "police", "source": "Our protocol", "reason": "Typing", "version": 1}
    old = Turn.objects.standing().get(pk=turn.pk)
    assert old.valid_to == date(2026, 4, 8) and again.valid_from == date(2026, 4, 9)
    sent["version"] = old.version
    assert administrator.post(f"/reference/whose-days/{old.pk}/correct", sent).status_code == 302
    assert "Police 7 days" in text_of(manager, f"/children/{child.pk}/how-long")
    assert "Our protocol" in text_of(administrator, "/reference/whose-days")


def test_what_cannot_be_is_refused_in_words(administrator):
    turn = turn_of("court", "hearing")
    at = f"/reference/whose-days/{turn.pk}/change"
    sent = {"whose": "court", "source": "Our protocol", "version": 1}
    assert "Enter a later day" in administrator.post(at, sent | on("valid_from", 1, 1, 1900)).content.decode()
    assert "Select who has it in hand" in administrator.post(at, {"version": 1}).content.decode()
    assert administrator.post(at, sent | on("valid_from", 1, 1, 2026)).status_code == 302
    stale = administrator.post(at, sent | {"source": "Another"} | on("valid_from", 1, 3, 2026))
    assert stale.status_code in (200, 409) and Turn.objects.filter(source="Another").count() == 0


def test_a_double_press_makes_one_change(administrator):
    turn = turn_of("court", "hearing")
    at = f"/reference/whose-days/{turn.pk}/change"
    sent = {"whose": "court", "source": "Our protocol", "version": 1, "receipt": str(uuid.uuid4())}
    led = {administrator.post(at, sent | on("valid_from", 1, 1, 2026))["Location"] for _ in range(2)}
    assert led == {"/reference/whose-days"} and Turn.objects.filter(source="Our protocol").count() == 1


@pytest.mark.parametrize("role", ["manager", "head_of_service"])
def test_only_an_administrator_says_whose_the_days_are(sign_in, role):
    client, turn = sign_in(role), turn_of("court", "hearing")
    for address in ("", f"/{turn.pk}/change", f"/{turn.pk}/correct"):
        assert client.get(f"/reference/whose-days{address}").status_code == 403
        assert client.post(f"/reference/whose-days{address}").status_code == 403
