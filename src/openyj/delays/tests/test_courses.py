"""Courses read from the record: what belongs to one, by rule, and how many queries that takes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.assessment.models import Assessment, AssessmentOffence
from openyj.casework.models import FirstContact, Hearing, HearingOffence, Offence, Outcome
from openyj.casework.tests.factories import (
    make_first_contact,
    make_hearing,
    make_legal_outcome,
    make_offence,
    make_outcome,
)
from openyj.delays import courses as module
from openyj.people.models import Child
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def of(child: Child):
    with acting(by=None, services=EVERY_SERVICE):
        return module.courses(Outcome.objects.filter(child=child))


def days(child: Child, place: int = 0) -> list[tuple[str, str, int]]:
    return [(s.start, s.end, s.days) for s in of(child)[place].stretches]


def in_error(model: type, pk: int) -> None:
    with acting(by=None, services=EVERY_SERVICE):
        model.objects.filter(pk=pk).update(in_error_at="2026-06-01T10:00Z", in_error_reason="A test")


def make_assessed(offence: Offence, day: date) -> Assessment:
    with acting(by=None, services=EVERY_SERVICE):
        about = {"child": offence.child, "service": offence.service}
        made = Assessment.objects.create(
            **about, title="Any", why="out_of_court", started_on=day, first_completed_on=day, state="waiting"
        )
        AssessmentOffence.objects.create(**about, assessment=made, offence=offence)
        return made


def test_a_course_out_of_court_runs_over_the_assessment(child):
    offence = make_offence(child, arrest_date=date(2026, 3, 3))
    make_assessed(offence, date(2026, 3, 20))
    make_first_contact(make_outcome(offence))
    assert days(child) == [
        ("offence", "arrest", 2), ("arrest", "assessment", 17), ("assessment", "outcome", 12),
        ("outcome", "first-contact", 7),
    ]  # fmt: skip
    (course,) = of(child)
    assert (course.group, course.route, course.labels) == ("Pre-Court", "out_of_court", ("Youth caution",))
    # Nobody wrote down when it was referred and allocated: the days from arrest to assessment are nobody's alone.
    assert [owner for _, owner in course.whose] == ["police", "", "police", "service"]


def test_a_course_in_court_runs_over_the_hearing_and_its_assessment_follows(child):
    offence = make_offence(child, arrest_date=date(2026, 3, 3))
    make_hearing(child, offence)
    make_hearing(child, offence, hearing_date=date(2026, 4, 1))
    make_first_contact(make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER")))
    make_assessed(offence, date(2026, 4, 20))
    assert days(child) == [
        ("offence", "arrest", 2), ("arrest", "hearing", 17), ("hearing", "outcome", 12),
        ("outcome", "first-contact", 7), ("first-contact", "assessment", 12),
    ]  # fmt: skip
    assert [owner for _, owner in of(child)[0].whose] == ["police", "police", "court", "service", "service"]


def test_dc_1_an_offence_belongs_to_the_first_decision_on_it(child):
    offence = make_offence(child)
    make_outcome(offence)
    make_outcome(offence, outcome_date=date(2026, 5, 1))
    assert [course.decided for course in of(child)] == [date(2026, 4, 1)]


def test_dc_1_what_is_decided_on_one_day_is_one_course_from_its_first_offence(child):
    make_outcome(make_offence(child))
    make_outcome(make_offence(child, offence_date=date(2026, 2, 1)))
    make_outcome(make_offence(child, offence_date=date(2026, 3, 9)), outcome_date=date(2026, 5, 1))
    assert [course.span("offence", "outcome") for course in of(child)] == [53, 59]


def test_dc_2_what_was_decided_while_the_child_lived_elsewhere_is_no_course_here(child):
    offence = make_offence(child)
    make_outcome(offence, residence="OTHER")
    make_outcome(offence, outcome_date=date(2026, 5, 1))
    assert of(child) == [], "and a later decision on the same offence begins none either"
    make_outcome(make_offence(child), residence=None)
    assert len(of(child)) == 1, "not recorded is not elsewhere"


def test_dc_7_a_hearing_that_is_still_ahead_and_a_decision_that_is(child):
    offence = make_offence(child)
    make_hearing(child, offence, hearing_date=date(2026, 6, 5))
    make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER"))
    assert "hearing" not in of(child)[0].reached
    make_outcome(make_offence(child), outcome_date=date(2026, 6, 5))
    assert len(of(child)) == 1


def test_dc_8_the_gravest_decision_of_the_day_says_which_route(child):
    make_outcome(make_offence(child))
    make_outcome(make_offence(child), legal_outcome=make_legal_outcome("REFERRAL_ORDER"))
    (course,) = of(child)
    assert (course.group, course.route) == ("First-tier", "court")
    assert set(course.labels) == {"Youth caution", "Referral order"}


def test_an_outcome_that_counts_as_nothing_is_on_no_route_and_keeps_its_span(child):
    unheard = make_legal_outcome("UNHEARD_OF")
    make_outcome(make_offence(child), legal_outcome=unheard)
    (course,) = of(child)
    assert (course.group, course.route, course.stretches) == ("", "", [])
    assert course.span("offence", "outcome") == 31


def test_one_contact_answers_every_decision_of_its_day(child):
    make_outcome(make_offence(child))
    make_first_contact(make_outcome(make_offence(child, description="Going equipped")))
    assert of(child)[0].span("outcome", "first-contact") == 7


def test_what_is_in_error_is_no_milestone(child):
    offence = make_offence(child, arrest_date=date(2026, 3, 3))
    hearing = make_hearing(child, offence)
    assessed = make_assessed(offence, date(2026, 3, 20))
    contact = make_first_contact(make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER")))
    assert set(of(child)[0].reached) == {"offence", "arrest", "hearing", "outcome", "first-contact", "assessment"}
    in_error(Hearing, hearing.pk)
    in_error(FirstContact, contact.pk)
    in_error(Assessment, assessed.pk)
    assert set(of(child)[0].reached) == {"offence", "arrest", "outcome"}
    in_error(Offence, offence.pk)
    assert of(child) == []


def test_an_offence_taken_off_a_hearing_was_not_heard_there(child):
    offence = make_offence(child)
    make_hearing(child, offence)
    make_outcome(offence)
    with acting(by=None, services=EVERY_SERVICE):
        HearingOffence.objects.update(in_error_at="2026-06-01T10:00Z", in_error_reason="A test")
    assert "hearing" not in of(child)[0].reached


def test_a_corrected_date_moves_the_clock(child):
    offence = make_offence(child)
    make_outcome(offence)
    assert of(child)[0].span("offence", "outcome") == 31
    with acting(by=None, services=EVERY_SERVICE):
        Offence.objects.filter(pk=offence.pk).update(offence_date=date(2026, 3, 31))
    assert of(child)[0].span("offence", "outcome") == 1


def test_each_day_leads_to_the_fact_that_holds_it(child):
    offence = make_offence(child, arrest_date=date(2026, 3, 3))
    first = make_hearing(child, offence)
    make_hearing(child, offence, hearing_date=date(2026, 3, 21))
    make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER"))
    (course,) = of(child)
    assert course.url_of("hearing") == f"/children/{child.pk}/hearing/{first.pk}"
    assert course.url_of("arrest") == f"/children/{child.pk}/offence/{offence.pk}"


def test_the_queries_are_as_many_for_one_child_as_for_many(service, child):
    def count() -> int:
        with acting(by=None, services=EVERY_SERVICE), CaptureQueriesContext(connection) as asked:
            module.courses(Outcome.objects.filter(service=service))
        return len(asked)

    make_first_contact(make_outcome(make_offence(child)))
    few = count()
    for _ in range(4):
        make_first_contact(make_outcome(make_offence(make_child(service))))
    assert count() == few == 3
