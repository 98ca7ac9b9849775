"""A figure's evidence, and the children behind it as far as each role may see them."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj import measures
from openyj.accounts.models import Access
from openyj.accounts.roles import ROLES, Permission
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.caselevel.services import take_snapshot
from openyj.people.tests.factories import make_child, make_conflict
from openyj.performance.tests.factories import entrant, make_figure, make_population, outcome_of, record_begins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]
P = Permission


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def evidence(figure) -> str:
    return f"/performance/figure/{figure.code}"


def children(figure) -> str:
    return f"{evidence(figure)}/children"


@pytest.fixture
def figure(service):
    record_begins(service)
    return make_figure(service)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_evidence_and_who_the_children(role, service, figure, sign_in):
    entrant(service, date(2026, 2, 3), given_name="Zephyrine")
    client = sign_in(role)
    page = client.get(evidence(figure))
    assert page.status_code == (200 if client.user.may(P.SEE_FIGURES) else 403)
    drills = client.user.may(P.SEE_FIGURES) and client.user.may(P.SEE_CHILDREN_BEHIND_FIGURES)
    assert (children(figure) in page.content.decode()) == drills
    assert "Zephyrine" not in page.content.decode()
    answer = client.get(children(figure))
    assert answer.status_code == (200 if drills else 403)
    assert ("Zephyrine" in answer.content.decode()) == drills


def test_a_board_member_is_refused_in_a_sentence_and_it_is_logged(service, figure, sign_in):
    client = sign_in("board_member")
    page = client.get(children(figure))
    assert page.status_code == 403
    assert "Your role" in unescape(page.content.decode())
    with acting(by=client.user):
        assert Access.objects.filter(kind=Access.Kind.REFUSED, user=client.user, path=children(figure)).exists()


def test_another_service_s_figure_is_not_there(other_service, sign_in):
    theirs = make_figure(other_service)
    client = sign_in("head_of_service")
    assert client.get(evidence(theirs)).status_code == 404
    assert client.get(children(theirs)).status_code == 404


def test_a_code_nobody_has_is_not_there(service, sign_in):
    assert sign_in("head_of_service").get("/performance/figure/777777").status_code == 404


def test_a_code_is_the_same_in_small_letters(figure, sign_in):
    assert sign_in("head_of_service").get(f"/performance/figure/{figure.code.lower()}").status_code == 200


def test_evidence_says_value_parts_interval_rules_edition_and_data(service, sign_in):
    record_begins(service)
    for month in range(1, 7):
        entrant(service, date(2026, month, 3))
    make_population(service)
    page = text(sign_in("head_of_service").get(evidence(make_figure(service, show="rate"))))
    for words in (
        "25 per 100,000",
        "October 2025 to September 2026: 1 October 2025 to 30 September 2026",
        "23,750, mid-2026 estimate. Source: Mid-year estimate, for a test",
        "9 to 55. Poisson: exact (Garwood 1936)",
        "Edition 2026-08, to be reviewed 1 April 2027",
        "live as of 22 November 2026, 12:00",
        "7 child records and 7 outcomes",
        "Rose from 0 to 25 per 100,000",
    ):
        assert words in page
    for id, rule in measures.ALL["first-time-entrants"].rules.items():
        assert id in page
        assert rule in page


def test_evidence_of_what_cannot_be_computed_says_why(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    client = sign_in("head_of_service")
    figure = make_figure(service, show="rate")
    page = text(client.get(evidence(figure)))
    assert "Cannot be computed: no population of T1 for 2026 or before" in page
    assert children(figure) in page  # the count is known, and so are its children
    before = make_figure(service, period="2015Q1")
    page = text(client.get(evidence(before)))
    assert "Cannot be computed" in page
    assert children(before) not in page
    assert "0 results" in text(client.get(children(before)))


def test_evidence_of_a_cohort_still_followed_warns(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3))
    figure = make_figure(service, measure="reoffending", show="binary", span="quarter", period="2025Q4")
    page = text(sign_in("head_of_service").get(evidence(figure)))
    assert "This figure is still filling and not final." in page
    assert "Still filling until 30 September 2027" in page


def test_the_list_shows_who_is_counted_and_why(service, figure, sign_in):
    counted = entrant(service, date(2026, 2, 3), "REFERRAL_ORDER", given_name="Mabli").child
    entrant(service, date(2025, 9, 30), given_name="Tooearly")
    outcome_of(counted, date(2026, 5, 1))  # no longer a first
    response = sign_in("manager").get(children(figure))
    page = text(response)
    assert f'href="{counted.get_absolute_url()}"' in page
    for words in ("Mabli Morgan", "Referral order", "3 February 2026", "Violence against the person, 5 December 2025"):
        assert words in page
    assert "Tooearly" not in page
    assert (response.context["behind"].total, response.context["behind"].others) == (1, 0)


def test_a_child_one_may_not_open_is_only_a_number(service, figure, sign_in):
    client = sign_in("manager")
    make_conflict(entrant(service, date(2026, 2, 3), given_name="Neighbour").child, client.user)
    entrant(service, date(2026, 2, 4), given_name="Mabli")
    page = text(client.get(children(figure)))
    assert "Neighbour" not in page
    assert "Mabli" in page
    assert "1 other child you may not open is among them and not listed" in page


def test_a_need_to_know_record_shows_neither_name_nor_reason(service, figure, sign_in):
    child = entrant(
        service, date(2026, 2, 3), "REFERRAL_ORDER", given_name="Secretname", restricted_reason="A relative works here"
    ).child
    page = text(sign_in("manager").get(children(figure)))
    for words in ("Secretname", child.number, "Referral order", "3 February 2026", "A relative works here"):
        assert words not in page
    assert child.get_absolute_url() in page


def test_the_same_child_twice_is_two_sentences_of_one_child(service, sign_in):
    record_begins(service)
    child = entrant(service, date(2025, 11, 3), "DETENTION_AND_TRAINING_ORDER").child
    outcome_of(child, date(2026, 3, 3), "DETENTION_AND_TRAINING_ORDER")
    figure = make_figure(service, measure="custody")
    response = sign_in("manager").get(children(figure))
    assert (response.context["behind"].total, response.context["behind"].children) == (2, 1)
    assert "2 sentences counted here: 2 listed, of 1 child." in text(response)


def reoffending(service) -> None:
    """In the cohort of January to March 2024: one child who offended again, one who did not."""
    record_begins(service)
    day = date(2024, 2, 1)
    again = entrant(service, day, given_name="Again").child
    outcome_of(again, day + timedelta(days=120))
    entrant(service, day, given_name="Never")


def test_numerator_and_denominator_are_different_children(service, sign_in):
    reoffending(service)
    figure = make_figure(service, measure="reoffending", show="binary", span="quarter", period="2023Q4")
    client = sign_in("manager")
    numerator, denominator = text(client.get(children(figure))), text(client.get(f"{children(figure)}?of=denominator"))
    assert "50.0%" in numerator
    assert ("Again" in numerator, "Never" in numerator) == (True, False)
    assert ("Again" in denominator, "Never" in denominator) == (True, True)


@pytest.mark.parametrize(("show", "sides"), [("cohort", 0), ("binary", 2), ("per_reoffender", 0), ("per_child", 2)])
def test_what_has_no_other_side_offers_none(show, sides, service, sign_in):
    reoffending(service)
    figure = make_figure(service, measure="reoffending", show=show, span="quarter", period="2023Q4")
    response = sign_in("manager").get(children(figure))
    assert len(response.context["sides"]) == sides
    assert response.context["behind"].total == (2 if show == "cohort" else 1)


def test_as_many_are_listed_as_the_figure_counts(service, sign_in):
    reoffending(service)
    entrant(service, date(2024, 2, 9), "DETENTION_AND_TRAINING_ORDER")
    client = sign_in("manager")
    for measure, show in [("first-time-entrants", "count"), ("custody", "count"), ("reoffending", "cohort")]:
        for period in ("2023Q4", "2024Q1"):
            figure = make_figure(service, measure=measure, show=show, period=period)
            result = client.get(evidence(figure)).context["evidence"].result
            assert client.get(children(figure)).context["behind"].total == result.numerator


def test_a_group_s_children_are_only_its_own(service, sign_in):
    record_begins(service)
    entrant(service, date(2026, 2, 3), sex="1", given_name="Rhys")
    entrant(service, date(2026, 2, 3), sex="2", given_name="Mabli")
    entrant(service, date(2026, 2, 3), sex=None, given_name="Sam")
    client = sign_in("manager")
    page = text(client.get(children(make_figure(service, where={"sex": "Female"}))))
    assert ("Mabli" in page, "Rhys" in page, "Sam" in page) == (True, False, False)


def test_looking_at_the_children_is_logged_with_the_figure(service, figure, sign_in):
    entrant(service, date(2026, 2, 3))
    client = sign_in("inspector")
    client.get(children(figure))
    with acting(by=client.user):
        line = Access.objects.get(user=client.user, kind=Access.Kind.READ, path=children(figure))
    assert figure.code in line.reason


def test_taking_the_list_out_needs_its_own_permission_and_is_logged(service, figure, sign_in):
    entrant(service, date(2026, 2, 3))
    manager, inspector = sign_in("manager"), sign_in("inspector")
    address = f"{children(figure)}?export=xlsx"
    assert "spreadsheet" not in text(inspector.get(children(figure)))
    assert inspector.get(address)["Content-Type"].startswith("text/html")
    assert manager.get(address)["Content-Type"].startswith("application/vnd")
    with acting(by=manager.user):
        assert Access.objects.filter(user=manager.user, kind=Access.Kind.EXPORT).count() == 1
    with acting(by=inspector.user):
        assert not Access.objects.filter(user=inspector.user, kind=Access.Kind.EXPORT).exists()


def test_a_snapshot_keeps_its_children_and_asks_today_s_permission(service, figure, sign_in):
    client = sign_in("manager")
    hidden = entrant(service, date(2026, 2, 3), given_name="Hidden").child
    entrant(service, date(2026, 2, 4), given_name="Mabli")
    with acting(by=client.user):
        snapshot = take_snapshot(service=service, by=client.user, reason="a test")
    entrant(service, date(2026, 2, 5), given_name="Later")
    make_conflict(hidden, client.user)
    then = text(client.get(f"{children(figure)}?snapshot={snapshot.pk}"))
    assert ("Hidden" in then, "Mabli" in then, "Later" in then) == (False, True, False)
    assert "1 other child you may not open" in then
    page = text(client.get(f"{evidence(figure)}?snapshot={snapshot.pk}"))
    assert snapshot.digest in page
    assert "child 3" in page
    assert f"{children(figure)}?snapshot={snapshot.pk}" in page
    assert "Later" in text(client.get(children(figure)))


def test_another_service_s_snapshot_is_not_there(service, other_service, figure, sign_in, staff):
    with acting(by=None, services=EVERY_SERVICE):
        theirs = take_snapshot(service=other_service, by=None, reason="a test")
    client = sign_in("manager")
    for asked in (theirs.pk, 0, "x", "-1"):
        assert client.get(f"{evidence(figure)}?snapshot={asked}").status_code == 404
        assert client.get(f"{children(figure)}?snapshot={asked}").status_code == 404


def test_another_service_s_child_is_never_listed(service, other_service, figure, sign_in):
    """A person both services know: the other's record and its outcome stay theirs."""
    mine = make_child(service, given_name="Mine", date_of_birth=date(2010, 12, 1))
    theirs = entrant(other_service, date(2026, 2, 3), given_name="Theirs").child
    with acting(by=None, services=EVERY_SERVICE):
        mine.person = theirs.person
        mine.save()
    page = text(sign_in("manager").get(children(figure)))
    assert "Theirs" not in page
    assert "0 children counted here" in page


@pytest.mark.parametrize("page", [evidence, children])
def test_as_many_queries_for_three_children_as_for_one(page, service, figure, sign_in):
    client = sign_in("manager")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(figure)).status_code == 200
        return len(captured)

    entrant(service, date(2026, 2, 3))
    client.get(page(figure))
    one = queries()
    entrant(service, date(2026, 2, 4))
    entrant(service, date(2026, 2, 5))
    assert queries() == one
