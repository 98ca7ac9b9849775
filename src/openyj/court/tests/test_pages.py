"""Every kind of fact of court alike: added, shown, changed by two people, recorded in error, and who may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.models import History
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Hearing
from openyj.casework.tests.factories import make_hearing, make_offence, make_outcome
from openyj.casework.tests.sending import on, rows
from openyj.court.tests.samples import ADD, MODELS, sample
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db
every = pytest.mark.parametrize("name", MODELS)


def page_of(client, child, page: str = "/court") -> str:
    answer = client.get(f"/children/{child.pk}{page}")
    assert answer.status_code == 200, page
    return re.sub(r"\s+", " ", answer.content.decode())


def add(client, hearing, name: str, /, **change):
    return client.post(f"/children/{hearing.child_id}/court/{ADD[name]}/add", sample(name, hearing)[0] | change)


@pytest.fixture
def added(officer, hearing):
    def make(name: str, **change):
        answer = add(officer, hearing, name, **change)
        assert answer.status_code == 302, answer.content.decode()
        return rows(MODELS[name])[0]

    return make


def test_nothing_recorded_says_so(officer, child):
    page = page_of(officer, child)
    for words in ("No hearing is recorded", "No remand is recorded", "No bail offer", "No accommodation after charge"):
        assert words in page
    assert "No remand runs and no conditions of a court hold." in page_of(officer, child, "")


@every
def test_a_fact_stands_on_page_timeline_history_and_paper(officer, child, hearing, added, name):
    row = added(name)
    assert row.child == child and row.recorded_by == officer.user
    assert sample(name, hearing)[1] in page_of(officer, child)
    assert f"/children/{child.pk}/{name}/{row.pk}" in page_of(officer, child, "/timeline")
    assert "Added" in page_of(officer, child, f"/{name}/{row.pk}")
    assert str(row) in page_of(officer, child, "/print")
    with acting(by=None, services=EVERY_SERVICE):
        assert History.objects.filter(table=row._meta.db_table, row=row.pk, child=child.pk).count() == 1


@every
def test_sending_twice_makes_one(officer, hearing, name):
    form = page_of(officer, hearing.child, f"/court/{ADD[name]}/add")
    receipt = re.search(r'name="receipt" value="([^"]+)"', form)[1]
    for _ in range(2):
        assert add(officer, hearing, name, receipt=receipt).status_code == 302
    assert len(rows(MODELS[name])) == 1


@every
def test_an_older_version_is_refused_with_both_shown(officer, hearing, added, name):
    row = added(name)
    address = f"/children/{row.child_id}/{name}/{row.pk}/change"
    sent = sample(name, hearing)[0] | {"version": 1}
    answer = officer.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    answer = officer.post(address, sent)
    assert answer.status_code == 409 and "while you were typing" in answer.content.decode()
    assert rows(MODELS[name])[0].version == 2


@every
def test_a_mistake_is_struck_out(officer, child, added, name):
    row = added(name)
    address = f"/children/{child.pk}/{name}/{row.pk}/in-error"
    assert officer.post(address, {"reason": "Another child", "version": 1}).status_code == 302
    page = page_of(officer, child)
    assert "Recorded in error" in page and "Another child" in page
    assert f"/{name}/{row.pk}" not in page_of(officer, child, "/timeline")


@every
def test_who_may(sign_in, other_service, child, hearing, added, name):
    row = added(name)
    reads, writes = ["/court", f"/{name}/{row.pk}"], [f"/court/{ADD[name]}/add", f"/{name}/{row.pk}/change"]

    def statuses(client, pages):
        return {client.get(f"/children/{child.pk}{page}").status_code for page in pages}

    assert statuses(sign_in("inspector"), reads) == {200} and statuses(sign_in("inspector"), writes) == {403}
    assert statuses(sign_in("court_officer", service=other_service), reads + writes) == {404}
    assert statuses(sign_in("board_member"), reads + writes) == {403}


def test_another_childs_hearing_cannot_be_chosen(officer, service, hearing):
    other = make_child(service, given_name="Bryn")
    sent = sample("remand", hearing)[0]
    answer = officer.post(f"/children/{other.pk}/court/remands/add", sent)
    assert answer.status_code == 200 and not rows(MODELS["remand"])


def test_no_more_queries_for_three_hearings_and_remands_than_for_one(officer, child, hearing, added):
    def queries() -> int:
        page_of(officer, child)
        with CaptureQueriesContext(connection) as asked:
            page_of(officer, child)
        return len(asked)

    for name in ("bail-offer", "post-charge", "sentence-proposal"):
        added(name)
    added("remand", **on("end_date", 1, 5, 2026))
    one = queries()
    for day in (date(2026, 5, 2), date(2026, 5, 20)):
        later = make_hearing(child, make_offence(child), hearing_date=day, remand_decision=hearing.remand_decision)
        sent = (
            on("start_date", day.day, 5, 2026) | on("end_date", day.day, 5, 2026) | on("looked_after_from", 2, 5, 2026)
        )
        assert add(officer, later, "remand", **sent).status_code == 302
        assert add(officer, later, "sentence-proposal").status_code == 302
    assert queries() == one


def test_the_bar_says_where_a_child_is_remanded_to(officer, child, added):
    added("remand")
    assert "To Wexcombe unit since 1 April 2026" in page_of(officer, child, "/timeline")


@pytest.mark.parametrize("decision", ["CONDITIONAL_BAIL", "REMAND_TO_LOCAL_AUTHORITY_ACCOMMODATION_AND_CURFEW"])
@pytest.mark.parametrize(
    ("later", "outcome", "held"),
    [({}, None, True), ({"remand_decision": "UNCONDITIONAL_BAIL"}, None, False), ({}, date(2026, 5, 2), False),
     ({"hearing_date": date(2026, 6, 5), "remand_decision": "UNCONDITIONAL_BAIL"}, None, True)],
)  # fmt: skip
def test_conditions_hold_until_a_later_decision_or_the_outcome(officer, child, later, outcome, held, decision):
    offence = make_offence(child)
    make_hearing(child, offence, hearing_date=date(2026, 4, 1), remand_decision=decision, bail_conditions="In by seven")
    if later:
        make_hearing(child, offence, **{"hearing_date": date(2026, 5, 1)} | later)
    if outcome:
        make_outcome(offence, outcome_date=outcome)
    assert ("In by seven (since 1 April 2026)" in page_of(officer, child, "/timeline")) == held


def test_a_hearing_on_which_a_remand_rests_is_not_struck_before_it(officer, child, hearing, added):
    added("remand")
    answer = officer.post(
        f"/children/{child.pk}/hearing/{hearing.pk}/in-error", {"reason": "Not this day", "version": 1}
    )
    assert answer.status_code == 200 and "Correct these first: Remand to Wexcombe unit" in answer.content.decode()
    assert rows(Hearing)[0].stands


def test_a_remand_asks_that_childrens_services_are_told(officer, child, added):
    added("remand")
    assert "Tell children’s services, and record the day" in page_of(officer, child)


@pytest.mark.parametrize(
    ("decision", "outcome", "words"),
    [("CONDITIONAL_BAIL", None, "its hearing no longer says so"), (None, date(2026, 5, 2), "its offences are decided")],
)
def test_a_remand_that_does_not_fit_is_pointed_out(officer, child, hearing, added, decision, outcome, words):
    added("remand")
    assert words not in page_of(officer, child)
    with acting(by=None, services=EVERY_SERVICE):
        if decision:
            Hearing.objects.filter(pk=hearing.pk).update(remand_decision=decision)
        if outcome:
            make_outcome(hearing.offences.get(), outcome_date=outcome)
    assert words in page_of(officer, child)


def test_the_hearings_form_keeps_proposal_and_decision_apart(officer, child):
    offence = make_offence(child)
    sent = {
        "offences": [offence.pk], "court_name": "Aldermere Youth Court", "remand_proposal": "BAIL_ISS",
        "remand_decision": "CONDITIONAL_BAIL", "remand_decision_words": "Bail, doorstep", "bail_conditions": "In by 7",
        "adjourned_reason": "A report", "in_court": officer.user.pk,
    } | on("hearing_date", 1, 6, 2026) | on("adjourned_to", 22, 6, 2026)  # fmt: skip
    answer = officer.post(f"/children/{child.pk}/hearings/add", sent)
    assert answer.status_code == 302, answer.content.decode()
    (row,) = rows(Hearing)
    page = page_of(officer, child)
    assert "Bail with intensive supervision" in page and "Conditional bail: Bail, doorstep" in page
    assert "Adjourned to 22 June 2026: A report" in page and "Conditions: In by 7" in page
    assert officer.user.name in page_of(officer, child, f"/hearing/{row.pk}")
