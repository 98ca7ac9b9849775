"""The last weeks of the invented service: what waited is decided, and no figure of an earlier period can change."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.deadlines import deadlines
from openyj.actions.limits import begin_usual, usual_limits
from openyj.casework.models import Hearing, Outcome
from openyj.casework.tests.factories import make_offence, make_outcome
from openyj.core import clock
from openyj.demo.lately import LATELY, add_last_weeks
from openyj.people.models import Child
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def waiting(service, staff) -> list[Child]:
    """Children with a worker and an offence nobody decided on, one more than are decided."""
    staff("data_officer")
    worker = staff("practitioner")
    children = [make_child(service, worker=worker) for _ in range(len(LATELY) + 1)]
    for child in children:
        make_offence(child, offence_date=date(2026, 9, 1))
    return children


def test_what_waited_is_decided_on_weekdays_of_the_last_weeks_with_some_limits_still_running(service, waiting):
    with acting(by=None, services=EVERY_SERVICE), clock.fixed(TODAY):
        begin_usual(
            service=service, by=waiting[0].worker, valid_from=date(2026, 4, 1), which=list(usual_limits(service))
        )
        add_last_weeks(service=service)
        made = list(Outcome.objects.all())
        assert len({each.child_id for each in made}) == len(LATELY)
        assert all(date(2026, 10, 1) < each.outcome_date < TODAY for each in made)
        assert all(each.outcome_date.weekday() < 5 for each in made)
        assert all(each.hearing_date.weekday() < 5 for each in Hearing.objects.all())
        found = [
            each.tag.text
            for each in deadlines(children=Child.objects.all(), service=service)
            if each.limit.event == "first-contact"
        ]
        assert {"Running", "In time", "Done late"} <= set(found)
        assert Hearing.objects.filter(child=waiting[-1]).exists(), "what waits on has been to court or goes there"


def test_a_child_with_any_earlier_decision_is_left_alone(service, waiting):
    known = waiting[0]
    earlier = make_outcome(make_offence(known, offence_date=date(2026, 9, 2)), outcome_date=date(2026, 9, 20))
    with acting(by=None, services=EVERY_SERVICE), clock.fixed(TODAY):
        add_last_weeks(service=service)
        assert list(Outcome.objects.filter(child=known)) == [earlier]
