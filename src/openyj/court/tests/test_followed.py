"""Proposal against decision over the service, and its remands. On 4 June 2026."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.factories import make_hearing, make_legal_outcome, make_offence, make_outcome
from openyj.core.windows import windows
from openyj.court import followed
from openyj.court.models import SentenceProposal
from openyj.court.tests.factories import make_remand
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def heard(child, proposed: str | None, decided: str | None, day=date(2026, 4, 1)):
    return make_hearing(child, make_offence(child), hearing_date=day, remand_proposal=proposed, remand_decision=decided)


def propose(hearing, *codes: str, passed: str | None, on=date(2026, 4, 1)) -> None:
    with acting(by=None, services=EVERY_SERVICE):
        for order, code in enumerate(codes, 1):
            SentenceProposal.objects.create(
                child=hearing.child, hearing=hearing, order=order, proposal=make_legal_outcome(code)
            )
        if passed:
            make_outcome(hearing.offences.get(), legal_outcome=make_legal_outcome(passed), outcome_date=on)


@pytest.mark.parametrize(
    ("proposed", "decided", "day", "counted"),
    [
        ("BAIL_ISS", "BAIL_ISS", date(2026, 4, 1), (1, 1)), ("BAIL_ISS", "CONDITIONAL_BAIL", date(2026, 4, 1), (1, 0)),
        (None, "BAIL_ISS", date(2026, 4, 1), None), ("BAIL_ISS", None, date(2026, 4, 1), None),
        ("BAIL_ISS", "BAIL_ISS", date(2025, 6, 4), None), ("BAIL_ISS", "BAIL_ISS", date(2025, 6, 5), (1, 1)),
    ],
)  # fmt: skip
def test_what_counts_as_an_answer_about_bail_and_remand(officer, child, proposed, decided, day, counted):
    heard(child, proposed, decided, day)
    with acting(by=officer.user):
        lines = followed.lines_of(followed.remand_answers(officer.user, windows()[0]))
    assert [(line.answered, line.followed) for line in lines[:1]] == ([counted] if counted else [])


@pytest.mark.parametrize(
    ("codes", "passed", "on", "counted"),
    [
        (["REFERRAL_ORDER"], "REFERRAL_ORDER", date(2026, 4, 1), (1, 1)),
        (["YOUTH_REHABILITATION_ORDER", "REFERRAL_ORDER"], "REFERRAL_ORDER", date(2026, 4, 1), (1, 0)),
        (["REFERRAL_ORDER"], "REFERRAL_ORDER", date(2026, 4, 2), None), (["REFERRAL_ORDER"], None, None, None),
    ],
)  # fmt: skip
def test_what_counts_as_an_answer_about_the_sentence(officer, child, codes, passed, on, counted):
    propose(heard(child, None, None), *codes, passed=passed, on=on)
    with acting(by=officer.user):
        lines = followed.lines_of(followed.sentence_answers(officer.user, windows()[0]))
    assert [(line.answered, line.followed) for line in lines[:1]] == ([counted] if counted else [])


def test_every_number_leads_to_the_hearings_behind_it(officer, service, child):
    bryn = make_child(service, given_name="Bryn")
    heard(child, "BAIL_ISS", "BAIL_ISS")
    heard(bryn, "BAIL_ISS", "CONDITIONAL_BAIL")
    page = text_of(officer, "/court")
    assert "50% (between" in page and "Conditional bail" not in page
    links = {m[1].replace("&amp;", "&") for m in re.finditer(r'href="(/court/hearings\?[^"]+)"', page)}
    shown = {}
    for link in links:
        found = text_of(officer, link)
        shown[link] = (child.name in found, bryn.name in found)
    ways = {"was=followed": (True, False), "was=otherwise": (False, True)}
    assert len(links) == 6
    for link, names in shown.items():
        assert names == next((who for way, who in ways.items() if way in link), (True, True)), link


def test_remands_with_days_and_cost_of_the_period(officer, child):
    hearing = heard(child, None, "REMAND_TO_YOUTH_DETENTION_ACCOMMODATION", date(2026, 5, 30))
    make_remand(hearing, cost_a_day_pence=10000, establishment="Wexcombe unit")
    page = text_of(officer, "/court/remands")
    assert "1 remand, 6 days in these days, £600.00" in page and "Wexcombe unit" in page
    assert "1 remand with days and cost" in text_of(officer, "/court")
    assert "Wexcombe" not in text_of(officer, "/court/remands?period=2025")


def test_a_need_to_know_record_is_not_named(officer, service):
    child = make_child(service, given_name="Hidden", restricted_reason="A relative works here")
    make_remand(heard(child, "BAIL_ISS", "REMAND_TO_YOUTH_DETENTION_ACCOMMODATION"), establishment="Wexcombe unit")
    for address in ("/court", "/court/hearings?of=remand", "/court/remands"):
        page = text_of(officer, address)
        assert "Hidden" not in page and "Wexcombe" not in page


def test_who_may(sign_in, other_service, child):
    heard(child, "BAIL_ISS", "BAIL_ISS")
    pages = ("/court", "/court/hearings?of=remand", "/court/remands")
    for role, status in (("manager", 200), ("inspector", 200), ("business_support", 403), ("board_member", 403)):
        assert {sign_in(role).get(page).status_code for page in pages} == {status}
    stranger = sign_in("manager", service=other_service)
    assert child.name not in text_of(stranger, "/court/hearings?of=remand")
    assert sign_in("manager").get("/court/hearings?of=weather").status_code == 404


def test_no_more_queries_for_three_rows_than_for_one(officer, service, child):
    def one_more(who) -> None:
        hearing = heard(who, "BAIL_ISS", "REMAND_TO_YOUTH_DETENTION_ACCOMMODATION")
        propose(hearing, "REFERRAL_ORDER", passed="REFERRAL_ORDER")
        make_remand(hearing)

    def queries() -> list[int]:
        counts = []
        for address in ("/court", "/court/hearings?of=sentence", "/court/remands"):
            text_of(officer, address)
            with CaptureQueriesContext(connection) as asked:
                text_of(officer, address)
            counts.append(len(asked))
        return counts

    one_more(child)
    first = queries()
    for name in ("Bryn", "Carys"):
        one_more(make_child(service, given_name=name))
    assert queries() == first
