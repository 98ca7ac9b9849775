"""Recording, changing and correcting offences, hearings, outcomes, programmes and transfers through their pages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from openyj.accounts.scope import acting
from openyj.casework.models import (
    Hearing,
    HearingOffence,
    Offence,
    Outcome,
    Programme,
    Transfer,
)
from openyj.casework.tests.factories import (
    make_disposal_type,
    make_legal_outcome,
    make_offence,
    make_outcome,
)
from openyj.casework.tests.sending import OFFENCE, add, on, outcome, rows
from openyj.core import clock
from openyj.people.tests.factories import make_child
from openyj.reference.models import OffenceCode, SeriousnessScore

pytestmark = pytest.mark.django_db


# Offences


def test_an_offence_is_added_and_stands_on_the_timeline(manager, child):
    assert add(manager, child, "offences", OFFENCE | {"knife_related": "no"}).status_code == 302
    (offence,) = rows(Offence)
    assert (offence.child, offence.offence_date, offence.knife_related, offence.recorded_by) == (
        child, date(2026, 3, 1), False, manager.user,
    )  # fmt: skip
    assert "Theft from a shop" in manager.get(f"/children/{child.pk}/timeline").content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("offence_date", 5, 6, 2026), "Date of the offence must be today or in the past"),
        (on("offence_date", 3, 6, 2010), "before the child was born (4 June 2010)"),
        (on("offence_date", 31, 2, 2026), "must be a real date"),
        (on("arrest_date", 28, 2, 2026), "The arrest cannot be before the offence (1 March 2026)"),
        ({"description": ""}, "Enter what happened"),
        ({"cjs_code": "NOPE"}, "“NOPE” is not a code of the list"),
        ({"category": "NOPE"}, "Select category from the list"),
        ({"programme_breached": "999999"}, "Select if it is a breach"),
    ],
)
def test_an_offence_that_cannot_be_is_refused_with_what_to_do(manager, child, change, message):
    page = add(manager, child, "offences", OFFENCE | change)
    assert page.status_code == 200 and message in page.content.decode()
    assert rows(Offence) == []


@pytest.mark.parametrize(
    ("day", "age"), [((3, 6, 2020), "9"), ((4, 6, 2020), None), ((3, 6, 2028), None), ((4, 6, 2028), "18")]
)
def test_an_unusual_age_is_asked_about_and_can_be_confirmed(manager, child, day, age):
    with clock.fixed(date(2029, 1, 1)):
        sent = OFFENCE | on("offence_date", *day)
        page = add(manager, child, "offences", sent)
        assert (page.status_code == 200) is bool(age)
        if age:
            text = page.content.decode()
            assert f"Ceri Morgan was {age} on" in text and "age_is_right" in text
            value = re.search(r'name="age_is_right"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="age_is_right"', text)
            confirmed = next(filter(None, value.groups()))
            other = sent | on("offence_date", 1, 1, 2019) | {"age_is_right": confirmed}
            assert add(manager, child, "offences", other).status_code == 200, "confirmed for another date"
            assert add(manager, child, "offences", sent | {"age_is_right": confirmed}).status_code == 302


def test_category_and_score_come_from_the_code(manager, child):
    OffenceCode.objects.update_or_create(code="TH00001", defaults={"title": "Theft of a test", "category": "ROBBERY"})
    SeriousnessScore.objects.create(code="TH00001", score=3, valid_from=date(2020, 1, 1), source="test")
    SeriousnessScore.objects.create(code="TH00001", score=5, valid_from=date(2026, 3, 2), source="test")
    add(manager, child, "offences", OFFENCE | {"cjs_code": "th00001"})
    add(manager, child, "offences", OFFENCE | {"cjs_code": "TH00001", "category": "DRUGS"})
    found = sorted((o.cjs_code, o.category, o.seriousness_score) for o in rows(Offence))
    assert found == [("TH00001", "DRUGS", 3), ("TH00001", "ROBBERY", 3)]


def test_offence_codes_are_offered_by_word_and_code(manager, sign_in):
    OffenceCode.objects.update_or_create(code="ZZ99001", defaults={"title": "Interfering with a badger sett"})
    for typed in ("badger sett", "bager", "ZZ99"):
        codes = manager.get("/children/offence-codes", {"q": typed}).json()["codes"]
        assert {"code": "ZZ99001", "title": "Interfering with a badger sett"} in codes, typed
    assert manager.get("/children/offence-codes", {"q": ""}).json() == {"codes": []}
    assert sign_in("board_member").get("/children/offence-codes?q=x").status_code == 403


def test_an_offence_cannot_move_past_its_outcome(manager, child, offence):
    make_outcome(offence)
    sent = OFFENCE | on("offence_date", 2, 4, 2026) | {"version": 1}
    page = manager.post(f"/children/{child.pk}/offence/{offence.pk}/change", sent).content.decode()
    assert "This is after the outcome Youth caution of 1 April 2026" in page


# Outcomes


def test_one_outcome_on_several_offences_is_one_occasion(manager, child, offence):
    other = make_offence(child, description="Going equipped")
    assert add(manager, child, "outcomes", outcome(offence, other)).status_code == 302
    found = rows(Outcome)
    assert {o.offence for o in found} == {offence, other} and len({o.occasion for o in found}) == 1
    assert found[0].occasion is not None


def test_where_the_child_lived_is_asked_and_never_chosen_beforehand(manager, child, offence):
    page = manager.get(f"/children/{child.pk}/outcomes/add").content.decode()
    radios = re.findall(r'<input[^>]*name="residence"[^>]*>', page)
    assert len(radios) == 2 and not any("checked" in radio for radio in radios)
    page = add(manager, child, "outcomes", outcome(offence, residence="")).content.decode()
    assert "Select where the child lived on the day of the outcome" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("outcome_date", 5, 6, 2026), "must be today or in the past"),
        (
            on("outcome_date", 28, 2, 2026),
            "The outcome cannot be before the offence “Theft from a shop” of 1 March 2026",
        ),
        (on("end_date", 31, 3, 2026), "It cannot end before it was given (1 April 2026)"),
        ({"offences": []}, "Select each offence that was decided"),
        ({"residence": "MARS"}, "Select where did the child live"),
        ({"term_months": "soon"}, "Length in months must be a number, like 12"),
        ({"term_months": "-1"}, "Length in months must be"),
        ({"legal_outcome": "999999"}, "Select outcome from the list"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused_with_what_to_do(manager, child, offence, change, message):
    page = add(manager, child, "outcomes", outcome(offence, **change))
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert rows(Outcome) == []


def test_an_outcome_not_in_use_that_day_is_refused(manager, child, offence):
    old = make_legal_outcome("OLD_TEST", valid_to=date(2026, 3, 31))
    new = make_legal_outcome("NEW_TEST", valid_from=date(2026, 4, 2))
    page = add(manager, child, "outcomes", outcome(offence, legal_outcome=old.pk)).content.decode()
    assert "Old test could not be given on 1 April 2026: it began on 1 January 1900 and ended on 31 March 2026" in page
    page = add(manager, child, "outcomes", outcome(offence, legal_outcome=new.pk)).content.decode()
    assert "New test could not be given on 1 April 2026: it began on 2 April 2026" in page
    sent = outcome(offence, legal_outcome=new.pk) | on("outcome_date", 2, 4, 2026)
    assert add(manager, child, "outcomes", sent).status_code == 302


def test_offences_of_another_child_cannot_be_chosen(manager, service, child, offence):
    stranger = make_offence(make_child(service))
    for what, sent in (
        ("outcomes", outcome(stranger)),
        ("hearings", {"offences": [stranger.pk]} | on("hearing_date", 1, 4, 2026)),
        (
            "programmes",
            {"offences": [stranger.pk], "disposal_type": make_disposal_type().pk} | on("start_date", 1, 4, 2026),
        ),
    ):
        assert add(manager, child, what, sent).status_code == 200
    assert rows(Outcome) == rows(Hearing) == rows(Programme) == []


def test_an_end_worked_out_from_the_length_is_shown_as_an_estimate(manager, child, offence):
    dto = make_legal_outcome("DETENTION_AND_TRAINING_ORDER")
    made = make_outcome(offence, legal_outcome=dto, outcome_date=date(2026, 6, 29), term_months=11.0)
    page = manager.get(f"/children/{child.pk}/outcome/{made.pk}").content.decode()
    assert "28 May 2027: an estimate from 11 months" in page
    assert made.end_date is None
    referral = make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER"), term_months=6.0)
    page = manager.get(f"/children/{child.pk}/outcome/{referral.pk}").content.decode()
    assert "6 months from the day the contract is signed" in page and "estimate" not in page


# Hearings, programmes, transfers


def test_a_hearing_with_its_offences_changes_and_keeps_what_it_was(manager, child, offence):
    other = make_offence(child, description="Going equipped")
    sent = {"offences": [offence.pk], "court_type": "YOUTH_COURT"} | on("hearing_date", 20, 6, 2026)
    assert add(manager, child, "hearings", sent).status_code == 302, "a hearing may be listed ahead"
    (hearing,) = rows(Hearing)
    changed = sent | {"offences": [other.pk], "version": 1}
    assert manager.post(f"/children/{child.pk}/hearing/{hearing.pk}/change", changed).status_code == 302
    with acting(by=manager.user):
        links = HearingOffence.objects.filter(hearing=hearing)
        assert [(o.offence, o.stands) for o in links.order_by("pk")] == [(offence, False), (other, True)]
    page = manager.get(f"/children/{child.pk}/hearing/{hearing.pk}").content.decode()
    assert "Offence at a hearing" in page and "Taken off when it was changed" in page


def test_a_hearing_before_its_offence_is_refused(manager, child, offence):
    sent = {"offences": [offence.pk]} | on("hearing_date", 28, 2, 2026)
    assert "The hearing cannot be before the offence" in add(manager, child, "hearings", sent).content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("end_date", 31, 3, 2026), "It cannot end before it started (1 April 2026)"),
        ({"successfully_completed": "yes"}, "Enter the day it ended, or leave open whether it was completed"),
        (on("start_date", 1, 1, 2010), "before the child was born"),
        ({"disposal_type": ""}, "Select kind of programme"),
    ],
)
def test_a_programme_that_cannot_be_is_refused_with_what_to_do(manager, child, offence, change, message):
    sent = {"offences": [offence.pk], "disposal_type": make_disposal_type().pk} | on("start_date", 1, 4, 2026)
    assert message in add(manager, child, "programmes", sent | change).content.decode()
    assert add(manager, child, "programmes", sent).status_code == 302


def test_a_transfer_is_recorded(manager, child):
    sent = {"description": "To Brackwater"} | on("transfer_date", 1, 5, 2026)
    assert add(manager, child, "transfers", sent).status_code == 302
    assert [t.description for t in rows(Transfer)] == ["To Brackwater"]
    assert (
        "before the child was born"
        in add(manager, child, "transfers", on("transfer_date", 1, 5, 2009)).content.decode()
    )
