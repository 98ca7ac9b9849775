"""What an order runs by: the contract of a referral order, custody and licence, an extension or early end."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import TimeLimit
from openyj.casework.models import Contract, Custody, OrderChange, Outcome, Programme, ProgrammeOffence
from openyj.casework.orders.dates import middle_and_expiry
from openyj.casework.services import estimated_end
from openyj.casework.tests.factories import (
    make_disposal_type,
    make_legal_outcome,
    make_offence,
    make_outcome,
    make_word,
)
from openyj.casework.tests.sending import add, on, rows
from openyj.core import clock

pytestmark = pytest.mark.django_db
NOT_WORKED_OUT = "Not worked out: how such a length is rounded is not published"


def page(client, child) -> str:
    return client.get(f"/children/{child.pk}/orders").content.decode()


# The dates


def test_od_3_the_middle_and_the_expiry_are_those_of_the_published_case():
    assert middle_and_expiry(date(2026, 6, 29), 11.0) == (date(2026, 12, 12), date(2027, 5, 28))


def test_od_4_what_the_rule_does_not_say_is_not_worked_out():
    assert middle_and_expiry(date(2026, 1, 1), 4.5) == (None, None)
    assert middle_and_expiry(date(2026, 8, 31), 6.0) == (None, None), "February has no 31st"
    assert middle_and_expiry(date(2026, 1, 1), 6.0) == (None, date(2026, 6, 30)), "181 days have no half"
    assert middle_and_expiry(date(2026, 1, 1), None) == (None, None)
    assert middle_and_expiry(date(9999, 6, 1), 12.0) == (None, None)


@given(start=st.dates(date(2000, 1, 1), date(2090, 1, 1)), months=st.integers(1, 24))
def test_the_middle_halves_the_days_and_the_expiry_is_the_estimate(start, months):
    middle, expiry = middle_and_expiry(start, float(months))
    if expiry:
        assert expiry == estimated_end(start, months)
        if middle:
            assert (middle - start) + timedelta(1) == (expiry - middle)
        else:
            assert (expiry - start).days % 2 == 0


# The contract of a referral order


@pytest.fixture
def referral(offence):
    order = make_legal_outcome("REFERRAL_ORDER", label="Referral order")
    return make_outcome(offence, legal_outcome=order, term_months=6.0)


def signed(order: Outcome, **change):
    return {"outcome": order.pk, "signed_by": "The child and the panel"} | on("signed_on", 20, 4, 2026) | change


def test_od_2_a_referral_order_runs_from_the_day_its_contract_is_signed(manager, child, referral):
    assert "6 months from the day the contract is signed" in page(manager, child)
    assert add(manager, child, "contracts", signed(referral)).status_code == 302
    text = page(manager, child)
    assert "19 October 2026: worked out from the contract of 20 April 2026 and 6 months" in text
    assert "Contract signed" in manager.get(f"/children/{child.pk}/timeline").content.decode()
    (contract,) = rows(Contract)
    fact = manager.get(f"/children/{child.pk}/contract/{contract.pk}").content.decode()
    assert "The child and the panel" in fact and "19 October 2026" in fact
    wrong = {"reason": "Not signed yet", "version": 1}
    manager.post(f"/children/{child.pk}/contract/{contract.pk}/in-error", wrong)
    assert "6 months from the day the contract is signed" in page(manager, child)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("signed_on", 31, 3, 2026), "This is before Referral order was given (1 April 2026)"),
        (on("signed_on", 5, 6, 2026), "must be today or in the past"),
        ({"signed_by": ""}, "Enter who signed it"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(manager, child, referral, change, message):
    answer = add(manager, child, "contracts", signed(referral, **change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Contract) == []


def test_oc_1_a_contract_is_of_a_referral_order_and_one(manager, child, offence, referral):
    fine = make_outcome(offence, legal_outcome=make_legal_outcome("FINE"))
    assert add(manager, child, "contracts", signed(fine)).status_code == 200
    add(manager, child, "contracts", signed(referral))
    again = add(manager, child, "contracts", signed(referral) | on("signed_on", 21, 4, 2026))
    assert "Contract signed on 20 April 2026 already" in again.content.decode()
    assert len(rows(Contract)) == 1


def test_the_first_panel_is_a_time_limit_that_the_contract_answers(manager, service, child, referral):
    with acting(by=None, services=EVERY_SERVICE):
        TimeLimit.objects.create(
            service=service, event="first-panel", days=20, valid_from=date(2026, 1, 1), source="A test"
        )
    text = manager.get(f"/children/{child.pk}/actions").content.decode()
    assert "first panel, with its contract signed" in text and f"contracts/add?outcome={referral.pk}" in text
    add(manager, child, "contracts", signed(referral, late_reason="In hospital") | on("signed_on", 29, 5, 2026))
    text = manager.get(f"/children/{child.pk}/actions").content.decode()
    assert "Why: In hospital" in text and f"contracts/add?outcome={referral.pk}" not in text


# Longer, or ended early


def changed(order: Outcome, how: str, **change):
    sent = {"outcome": order.pk, "how": how, "by_whom": "The youth court", "why": "Asked for"}
    return sent | on("decided_on", 1, 6, 2026) | change


def test_od_5_an_extension_adds_its_months_and_an_early_end_ends_it(manager, child, referral):
    add(manager, child, "contracts", signed(referral))
    assert add(manager, child, "order-changes", changed(referral, "EXTENDED", months="3")).status_code == 302
    text = page(manager, child)
    assert "19 January 2027: worked out from the contract of 20 April 2026 and 9 months" in text
    assert add(manager, child, "order-changes", changed(referral, "REVOKED")).status_code == 302
    assert "Ended on 1 June 2026: ended by the court, by The youth court: Asked for" in page(manager, child)


@pytest.mark.parametrize(
    ("how", "change", "message"),
    [
        ("EXTENDED", {}, "Enter how many months were added"),
        ("REVOKED", {"months": "3"}, "Only an order that was made longer has months"),
        ("REVOKED", on("decided_on", 31, 3, 2026), "This is before Referral order was given"),
        ("REVOKED", {"why": ""}, "Enter why"),
        ("REVOKED", {"by_whom": ""}, "Enter by whom"),
        ("", {}, "Select what was decided"),
    ],
)
def test_a_change_that_cannot_be_is_refused(manager, child, referral, how, change, message):
    answer = add(manager, child, "order-changes", changed(referral, how, **change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(OrderChange) == []


def test_oc_2_an_order_ends_early_once(manager, child, referral):
    add(manager, child, "order-changes", changed(referral, "REVOKED"))
    again = add(manager, child, "order-changes", changed(referral, "BREACH"))
    assert "It has ended already: Ended by the court, 1 June 2026" in again.content.decode()


# Custody and licence


@pytest.fixture
def dto(offence):
    make_disposal_type("DTO_CUSTODY", kind="custody")
    make_disposal_type("DTO_LICENCE", kind="licence")
    order = make_legal_outcome("DETENTION_AND_TRAINING_ORDER", label="Detention and training order")
    with clock.fixed(date(2026, 7, 1)):
        yield make_outcome(offence, legal_outcome=order, outcome_date=date(2026, 6, 29), term_months=11.0)


def parts() -> list[tuple]:
    return sorted((p.disposal_type.code, p.start_date, p.end_date) for p in rows_with_kind())


def rows_with_kind():
    with acting(by=None, services=EVERY_SERVICE):
        return list(Programme.objects.standing().select_related("disposal_type"))


def test_custody_and_licence_are_recorded_in_one_step_with_estimates(manager, child, dto):
    where = make_word("TEST_HOUSE", listed="establishment")
    assert add(manager, child, "custody", {"outcome": dto.pk, "establishment": where.pk}).status_code == 302
    assert parts() == [("DTO_CUSTODY", date(2026, 6, 29), None), ("DTO_LICENCE", date(2026, 12, 12), None)]
    assert {link.offence_id for link in rows(ProgrammeOffence)} == {dto.offence_id}
    text = page(manager, child)
    assert "Test house" in text and "28 May 2027: an estimate" in text
    assert "12 December 2026: the mid-term date, an estimate until the establishment has written" in text
    listed = manager.get(f"/children/{child.pk}/programmes").content.decode()
    assert "12 December 2026: an estimate until the establishment has written" in listed
    licence = rows(Custody)[0].licence_programme_id
    fact = manager.get(f"/children/{child.pk}/programme/{licence}").content.decode()
    assert "12 December 2026: an estimate" in fact


def test_an_estimated_licence_has_not_begun_when_its_day_comes(manager, child, dto):
    add(manager, child, "custody", {"outcome": dto.pk})
    with clock.fixed(date(2027, 1, 10)):
        text = manager.get(f"/children/{child.pk}").content.decode()
        assert "Dto custody" in text and "Dto licence" not in text
        timeline = manager.get(f"/children/{child.pk}/timeline").content.decode()
        assert "Programme started: Dto custody" in timeline and "Programme started: Dto licence" not in timeline


def written(dto: Outcome, **change):
    days = on("letter_on", 30, 6, 2026) | on("release_on", 1, 12, 2026) | on("expiry_on", 27, 5, 2027)
    return {"outcome": dto.pk} | days | change


def test_the_dates_the_establishment_wrote_become_the_programmes_own(manager, child, dto):
    add(manager, child, "custody", {"outcome": dto.pk})
    (custody,) = rows(Custody)
    change = written(dto) | {"version": custody.version}
    assert manager.post(f"/children/{child.pk}/custody/{custody.pk}/change", change).status_code == 302
    assert parts() == [
        ("DTO_CUSTODY", date(2026, 6, 29), date(2026, 12, 1)), ("DTO_LICENCE", date(2026, 12, 1), date(2027, 5, 27)),
    ]  # fmt: skip
    text = page(manager, child)
    assert "1 December 2026, as the establishment wrote on 30 June 2026" in text
    assert "27 May 2027, as the establishment wrote" in text and "estimate" not in text


def test_a_length_whose_rounding_is_not_known_waits_for_the_letter(manager, child, dto):
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk=dto.pk).update(term_months=4.5)
    add(manager, child, "custody", {"outcome": dto.pk})
    assert parts() == [("DTO_CUSTODY", date(2026, 6, 29), None)]
    assert NOT_WORKED_OUT in page(manager, child)
    (custody,) = rows(Custody)
    manager.post(f"/children/{child.pk}/custody/{custody.pk}/change", written(dto) | {"version": custody.version})
    assert ("DTO_LICENCE", date(2026, 12, 1), date(2027, 5, 27)) in parts()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("letter_on", "", "", ""), "Enter the date of the establishment’s letter"),
        (on("expiry_on", 30, 11, 2026), "It cannot end before the release (1 December 2026)"),
        (on("release_on", 28, 6, 2026), "This is before Detention and training order was given"),
        (on("letter_on", 2, 7, 2026), "must be today or in the past"),
    ],
)
def test_custody_that_cannot_be_is_refused(manager, child, dto, change, message):
    answer = add(manager, child, "custody", written(dto, **change))
    assert answer.status_code == 200 and message in answer.content.decode()
    assert rows(Custody) == [] and parts() == []


def test_oc_3_custody_is_recorded_once_and_takes_the_programme_that_is_there(manager, child, dto):
    add(manager, child, "custody", {"outcome": dto.pk})
    again = add(manager, child, "custody", {"outcome": dto.pk})
    assert "Its custody and licence are recorded already" in again.content.decode()
    (custody,) = rows(Custody)
    wrong = {"reason": "Recorded twice", "version": custody.version}
    assert manager.post(f"/children/{child.pk}/custody/{custody.pk}/in-error", wrong).status_code == 302
    add(manager, child, "custody", {"outcome": dto.pk})
    assert len(parts()) == 2, "the programmes that are there are taken again"


def test_a_programme_is_not_in_error_while_it_is_part_of_custody(manager, child, dto):
    add(manager, child, "custody", {"outcome": dto.pk})
    (custody,) = rows(Custody)
    wrong = {"reason": "A mistake", "version": 1}
    url = f"/children/{child.pk}/programme/{custody.custody_programme_id}/in-error"
    assert manager.post(url, wrong).status_code == 200 and len(parts()) == 2


def test_one_order_on_two_offences_has_one_custody(manager, child, dto):
    other = make_outcome(
        make_offence(child), legal_outcome=dto.legal_outcome, outcome_date=dto.outcome_date, term_months=11.0
    )
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk__in=[dto.pk, other.pk]).update(occasion=dto.pk)
    add(manager, child, "custody", {"outcome": dto.pk})
    assert {link.offence_id for link in rows(ProgrammeOffence)} == {dto.offence_id, other.offence_id}
    assert page(manager, child).count("28 May 2027: an estimate") >= 1


# Which orders run today


def above(client, child) -> str:
    """What stands above every page of the record, without its markup."""
    text = client.get(f"/children/{child.pk}").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split("Orders now")[1].split("Programmes now")[0]))


def test_every_page_of_the_record_says_which_orders_run_and_until_when(manager, child, referral):
    assert "Referral order (end not known)" in above(manager, child)
    add(manager, child, "contracts", signed(referral))
    assert "Referral order until 19 October 2026 (estimate)" in above(manager, child)
    add(manager, child, "order-changes", changed(referral, "EXTENDED", months="3"))
    assert "until 19 January 2027 (estimate)" in above(manager, child)
    with clock.fixed(date(2027, 1, 19)):
        assert "until 19 January 2027" in above(manager, child), "its last day counts"
    with clock.fixed(date(2027, 1, 20)):
        assert "None" in above(manager, child)
    add(manager, child, "order-changes", changed(referral, "REVOKED"))
    assert "None" in above(manager, child)


def test_an_order_that_was_overturned_or_has_a_written_end_does_not_run_by_its_length(manager, child, offence):
    order = make_outcome(offence, term_months=6.0, end_date=date(2026, 8, 1))
    assert "until 1 August 2026" in above(manager, child) and "estimate" not in above(manager, child)
    with acting(by=None, services=EVERY_SERVICE):
        Outcome.objects.filter(pk=order.pk).update(appeal_status="Changed on appeal")
    assert "None" in above(manager, child)


def test_the_end_the_establishment_wrote_is_no_estimate(manager, child, dto):
    add(manager, child, "custody", {"outcome": dto.pk})
    assert "Detention and training order until 28 May 2027 (estimate)" in above(manager, child)
    (custody,) = rows(Custody)
    manager.post(f"/children/{child.pk}/custody/{custody.pk}/change", written(dto) | {"version": custody.version})
    assert "until 27 May 2027" in above(manager, child) and "estimate" not in above(manager, child)
