"""The time limits that run from an outcome to its assessment, and from one assessment to the next, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.deadlines import deadlines, events
from openyj.actions.models import TimeLimit
from openyj.assessment.models import Assessment, AssessmentOffence
from openyj.casework.models import Offence, Outcome, Programme
from openyj.casework.tests.factories import make_legal_outcome, make_offence, make_outcome, make_programme
from openyj.core import clock
from openyj.people.models import Child
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(service):
    return make_child(service)


@pytest.fixture
def offence(child):
    return make_offence(child)


@pytest.fixture
def order(offence) -> Outcome:
    """A referral order on Wednesday 1 April 2026; 20 working days are up on Friday 1 May, because of Easter."""
    return make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER"))


@pytest.fixture
def limits(service) -> None:
    """The usual limits of both, since the year began."""
    with acting(by=None, services=EVERY_SERVICE):
        for name in ("assessment", "review"):
            for usual in dict(events.items())[name].usual:
                TimeLimit.objects.create(
                    service=service, event=name, applies_to=usual.applies_to, days=usual.days, unit=usual.unit,
                    valid_from=date(2026, 1, 1), source=usual.source,
                )  # fmt: skip


def assessed(child: Child, day: date | None, *offences: Offence, **fields) -> Assessment:
    with acting(by=None, services=EVERY_SERVICE):
        about = {"child": child, "service": child.service}
        given = {"title": "Any", "why": "out_of_court", "state": "waiting"} | fields
        made = Assessment.objects.create(**about, started_on=day or date(2026, 3, 1), first_completed_on=day, **given)
        for offence in offences:
            AssessmentOffence.objects.create(**about, assessment=made, offence=offence)
        return made


def of(child: Child, name: str, today: date = date(2026, 6, 4), **how):
    with acting(by=None, services=EVERY_SERVICE), clock.fixed(today):
        found = deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id, **how)
        return [each for each in found if each.event is dict(events.items())[name]]


def put(model: type, pk: int, **changes) -> None:
    with acting(by=None, services=EVERY_SERVICE):
        model.objects.filter(pk=pk).update(**changes)


WRONG = {"in_error_at": "2026-06-01T10:00Z", "in_error_reason": "A test"}


# After an outcome


def test_an_assessment_is_due_after_an_outcome_and_follows_a_corrected_date(child, limits, order):
    (due,) = of(child, "assessment")
    assert (due.due, due.ended, due.tag.text) == (date(2026, 5, 1), None, "Late")
    assert due.happened.url == f"/children/{child.pk}/assessments/begin"
    assert "a completed assessment within 20 working days of the outcome" in due.rule
    put(Outcome, order.pk, outcome_date=date(2026, 5, 20))
    assert [d.due for d in of(child, "assessment")] == [date(2026, 6, 18)]


def test_ao_1_one_about_any_offence_of_that_day_answers_it_also_from_before(child, limits, offence, order):
    other = make_offence(child, description="Going equipped")
    made = assessed(child, date(2026, 3, 20), other)
    assert of(child, "assessment")[0].ended is None, "nothing was decided on that offence on that day"
    make_outcome(other, legal_outcome=order.legal_outcome)
    (due,) = of(child, "assessment")
    assert (due.ended, due.tag.text) == (date(2026, 3, 20), "In time")
    assert due.happened.url == f"/children/{child.pk}/assessments/{made.pk}"
    assert of(child, "assessment", only_open=True) == []


def test_ao_2_what_is_not_completed_or_stands_no_more_answers_nothing(child, limits, offence, order):
    assessed(child, None, offence)
    wrong = assessed(child, date(2026, 4, 20), offence)
    put(Assessment, wrong.pk, **WRONG)
    taken_off = assessed(child, date(2026, 4, 21), offence)
    with acting(by=None, services=EVERY_SERVICE):
        AssessmentOffence.objects.filter(assessment=taken_off).update(**WRONG)
    assert len(of(child, "assessment", only_open=True)) == 1
    assessed(child, date(2026, 5, 6), offence)
    (due,) = of(child, "assessment")
    assert (due.ended, due.tag.text, due.late) == (date(2026, 5, 6), "Done late", 2)


def test_a_caution_has_no_such_limit(child, limits, offence):
    make_outcome(offence)
    assert of(child, "assessment") == []


# Review


def test_rv_1_the_next_completed_assessment_is_the_review(child, limits):
    make_programme(child)
    assessed(child, date(2026, 1, 10))
    assessed(child, date(2026, 4, 11))
    assert [(d.due, d.ended, d.late) for d in of(child, "review")] == [
        (date(2026, 4, 11), date(2026, 4, 11), 0), (date(2026, 7, 11), None, 0),
    ]  # fmt: skip
    assert [d.due for d in of(child, "review", only_open=True)] == [date(2026, 7, 11)]


def test_rv_1_a_corrected_day_moves_it_and_one_in_error_is_none(child, limits):
    make_programme(child)
    first, second = assessed(child, date(2026, 1, 10)), assessed(child, date(2026, 4, 11))
    put(Assessment, first.pk, first_completed_on=date(2026, 1, 5))
    assert of(child, "review")[0].late == 5
    put(Assessment, second.pk, **WRONG)
    assert [(d.due, d.ended) for d in of(child, "review")] == [(date(2026, 4, 6), None)]


@pytest.mark.parametrize(
    ("start", "end", "runs"),
    [
        (date(2026, 4, 10), None, True), (date(2026, 4, 10), date(2026, 6, 4), True),
        (date(2026, 4, 10), date(2026, 6, 3), False), (date(2026, 6, 5), None, False),
    ],
)  # fmt: skip
def test_rv_2_without_a_next_one_it_runs_only_while_a_programme_does(child, limits, start, end, runs):
    make_programme(child, start_date=start, end_date=end)
    assessed(child, date(2026, 5, 1))
    assert len(of(child, "review")) == runs


def test_rv_2_a_programme_in_error_runs_no_limit(child, limits):
    programme = make_programme(child)
    assessed(child, date(2026, 5, 1))
    put(Programme, programme.pk, **WRONG)
    assert of(child, "review") == []


def test_it_stands_on_my_work_and_on_the_record(sign_in, service, limits):
    practitioner = sign_in("practitioner")
    mine = make_child(service, worker=practitioner.user)
    make_programme(mine)
    assessed(mine, date(2026, 1, 10))
    with clock.fixed(date(2026, 6, 4)):
        for address in ("/", f"/children/{mine.pk}", f"/children/{mine.pk}/actions"):
            text = practitioner.get(address).content.decode()
            assert "54 calendar days late: a review within 91 calendar days of the assessment" in text, address


@pytest.mark.parametrize("only_open", [True, False])
def test_the_queries_are_as_many_for_one_child_as_for_many(service, child, limits, only_open):
    def count() -> int:
        with acting(by=None, services=EVERY_SERVICE), CaptureQueriesContext(connection) as asked:
            deadlines(children=Child.objects.filter(service=service), service=service, only_open=only_open)
        return len(asked)

    def live(child: Child) -> None:
        offence = make_offence(child)
        make_outcome(offence, legal_outcome=make_legal_outcome("REFERRAL_ORDER"))
        make_programme(child, offence)
        assessed(child, date(2026, 5, 1), offence)

    live(child)
    few = count()
    for _ in range(3):
        live(make_child(service))
    assert count() == few == 4, "the limits, the holidays, and one for each event"
