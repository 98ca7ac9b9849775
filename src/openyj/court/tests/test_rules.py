"""What cannot be true of hearings, proposals, bail offers and remands, rule by rule, and remands of four weeks or more.
On 4 June 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Hearing
from openyj.casework.tests.factories import make_hearing, make_legal_outcome, make_offence, make_outcome
from openyj.casework.tests.sending import on, rows
from openyj.court.models import Remand
from openyj.court.rules import overlapping, stretch
from openyj.court.selectors import stretches
from openyj.court.tests.factories import make_remand
from openyj.court.tests.test_pages import add
from openyj.people.tests.factories import make_child
from openyj.reference.models import LegalOutcomeMeaning

YDA = "REMAND_TO_YOUTH_DETENTION_ACCOMMODATION"


def empty(name: str) -> dict[str, str]:
    return {f"{name}_{part}": "" for part in ("day", "month", "year")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (on("hearing_date", 5, 6, 2026) | {"remand_decision": YDA}, "Leave the decision empty until it has been"),
        ({"remand_decision": "OTHER"}, "Write in words what it was"),
        ({"remand_proposal": "OTHER"}, "Write in words what it was"),
        ({"bail_conditions": "In by seven"}, "Conditions go with bail"),
        ({"bail_conditions": "In by seven", "remand_decision": YDA}, "Conditions go with bail"),
        (on("adjourned_to", 31, 3, 2026), "cannot be adjourned to a day before it"),
        ({"adjourned_reason": "A report"}, "Enter the day it was adjourned to"),
    ],
)
def test_a_hearing_is_refused(officer, child, change, message):
    sent = {"offences": [make_offence(child).pk]} | on("hearing_date", 1, 4, 2026) | change
    page = officer.post(f"/children/{child.pk}/hearings/add", sent)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()
    assert not rows(Hearing)


@pytest.mark.django_db
@pytest.mark.parametrize(("born", "refused"), [(date(2014, 4, 2), True), (date(2014, 4, 1), False)])
def test_youth_detention_is_for_twelve_and_older(officer, service, born, refused):
    """On the day before the twelfth birthday it is refused, at the hearing and for the remand, and says why."""
    child = make_child(service, given_name="Tiny", date_of_birth=born)
    sent = {"offences": [make_offence(child).pk], "remand_decision": YDA} | on("hearing_date", 1, 4, 2026)
    page = officer.post(f"/children/{child.pk}/hearings/add", sent)
    assert (page.status_code == 200) == refused
    if refused:
        assert "youth detention accommodation is for ages 12 to 17" in page.content.decode()
    given = make_hearing(child, make_offence(child), hearing_date=date(2026, 4, 1), remand_decision=YDA)
    page = add(officer, given, "remand")
    assert (page.status_code == 200) == refused
    if refused:
        assert "youth detention accommodation is for ages 12 to 17" in page.content.decode()
    local = make_hearing(
        child, make_offence(child), hearing_date=date(2026, 5, 1),
        remand_decision="REMAND_TO_LOCAL_AUTHORITY_ACCOMMODATION",
    )  # fmt: skip
    page = add(officer, local, "remand", remand_kind="RLAA", **on("start_date", 1, 5, 2026))
    assert (page.status_code == 302) == refused  # the other child is remanded already


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("remand", {"hearing": ""}, "At which hearing was the child remanded?"),
        ("remand", {"conditions_met": ""}, "Write which conditions the court found met"),
        ("remand", {"remand_kind": "RLAA"}, "The court decided: remand to youth detention accommodation"),
        ("remand", {"cost_source": ""}, "Enter where the cost of a day comes from"),
        ("remand", on("start_date", 31, 3, 2026), "It cannot begin before the hearing of 1 April 2026"),
        ("remand", on("end_date", 31, 3, 2026), "It cannot end before it began"),
        ("remand", on("looked_after_until", 31, 3, 2026), "cannot stop being looked after before it began"),
        ("remand", on("told_on", 31, 3, 2026), "cannot have been told before it began"),
        ("bail-offer", {"reason": ""}, "Enter why the court did not accept it"),
        ("bail-offer", {"hearing": ""}, "Select the hearing at which the court answered"),
        ("bail-offer", on("date_offered", 2, 4, 2026), "It was offered after the hearing of 1 April 2026"),
        ("post-charge", {"why_not": ""}, "Enter why nothing was offered"),
        ("post-charge", on("date_asked", 1, 1, 2000), "before the child was born"),
        ("sentence-proposal", {"order": "10"}, "9"),
    ],
)
def test_a_fact_is_refused(officer, hearing, name, change, message):
    page = add(officer, hearing, name, **change)
    assert page.status_code == 200 and message in page.content.decode(), page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (None, "What the court decided about bail or remand is not recorded"),
        ("BAIL_ISS", "The court decided: bail with"),
    ],
)
def test_a_remand_rests_on_what_the_court_decided(officer, child, decision, message):
    page = add(officer, make_hearing(child, hearing_date=date(2026, 4, 1), remand_decision=decision), "remand")
    assert page.status_code == 200 and message in page.content.decode()


@pytest.mark.django_db
def test_a_second_proposal_takes_another_place(officer, hearing):
    assert add(officer, hearing, "sentence-proposal").status_code == 302
    page = add(officer, hearing, "sentence-proposal")
    assert page.status_code == 200 and "is proposed at this hearing already" in page.content.decode()
    assert add(officer, hearing, "sentence-proposal", order="2").status_code == 302


@pytest.mark.django_db
def test_a_sentence_that_has_ended_is_not_proposed(officer, hearing):
    ended = make_legal_outcome("SECTION_90_91_DETENTION", valid_to=date(2020, 1, 1))
    page = add(officer, hearing, "sentence-proposal", proposal=ended.pk)
    assert page.status_code == 200 and "could not be passed on 1 April 2026" in page.content.decode()


@pytest.mark.django_db
def test_one_remand_at_a_time(officer, hearing):
    assert add(officer, hearing, "remand").status_code == 302
    page = add(officer, hearing, "remand", **on("start_date", 20, 4, 2026))
    assert "runs from 1 April 2026 and goes on. End that one first" in page.content.decode()
    assert len(rows(Remand)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [(0, 4, False), (0, 5, False), (0, 6, True), (6, 7, True), (10, 12, False), (9, None, True), (10, None, False),
     (0, None, True), (5, 5, True), (7, 7, True), (10, 10, False), (4, 4, False)],
)  # fmt: skip
def test_days_of_two_remands(hearing, start, end, meets):
    """Against one from day 5 to day 10: the day one ends another may begin."""
    begun = hearing.hearing_date
    make_remand(hearing, start_date=begun + timedelta(5), end_date=begun + timedelta(10))
    with acting(by=None, services=EVERY_SERVICE):
        until = None if end is None else begun + timedelta(end)
        assert bool(overlapping(hearing.child, begun + timedelta(start), until, None)) == meets


@given(st.integers(0, 60), st.booleans(), st.booleans())
def test_four_weeks_or_more(days, custody, decided):
    """Case-level notes, 6, rule 8: more than 27 days to the outcome, and no custody."""
    first = date(2026, 4, 1)
    outcomes = [(first + timedelta(days), custody)] if decided else []
    found = stretch(first, outcomes, first + timedelta(days))
    assert found.days == days
    assert found.counts == (decided and not custody and days > 27)
    assert str(days) in found.words and ("counts as four weeks" in found.words) == found.counts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "day", "counts"), [("Community", 28, False), ("Community", 29, True), ("Custody", 29, False)]
)
def test_the_first_remand_hearing_of_the_offences_begins_the_stretch(child, group, day, counts):
    offence = make_offence(child)
    for hearing_date, decision in ((date(2026, 4, 1), YDA), (date(2026, 4, 8), YDA), (date(2026, 3, 2), "BAIL_ISS")):
        last = make_hearing(child, offence, hearing_date=hearing_date, remand_decision=decision)
        if hearing_date == date(2026, 4, 8):
            remand = make_remand(last)
    sentence = make_legal_outcome("MADE_UP_SENTENCE")
    with acting(by=None, services=EVERY_SERVICE):
        LegalOutcomeMeaning.objects.create(
            legal_outcome=sentence, outcome_group=group, seriousness_rank=1, valid_from=date(1900, 1, 1)
        )
        make_outcome(offence, legal_outcome=sentence, outcome_date=date(2026, 4, day))
        with acting(by=None, services=EVERY_SERVICE):
            (found,) = stretches([remand]).values()
    assert found.days == day - 1 and found.counts == counts


@pytest.mark.django_db
def test_days_and_cost_count_the_first_and_the_last_day(hearing):
    remand = make_remand(hearing, end_date=hearing.hearing_date, cost_a_day_pence=35050)
    assert remand.days(date(2026, 6, 4)) == 1 and remand.cost_pence(date(2026, 6, 4)) == 35050
    assert make_remand(hearing, start_date=date(2026, 7, 1)).days(date(2026, 6, 4)) == 0
