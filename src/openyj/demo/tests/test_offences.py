"""Who did invented offences together, and bail that a decision ended."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.casework.models import CoDefendant, PoliceBail
from openyj.casework.tests.factories import make_offence, make_outcome, make_police_bail
from openyj.casework.tests.sending import rows
from openyj.demo.offences import add_to_offences
from openyj.people.tests.factories import make_child

pytestmark = pytest.mark.django_db


def test_two_of_one_day_and_kind_are_linked_on_both_records_and_another_is_with_somebody_unknown(service, staff):
    staff("data_officer")
    first, second, third = (make_child(service, given_name=name) for name in ("Ada", "Bea", "Cai"))
    for child in (first, second):
        make_offence(child, category="ROBBERY")
    make_offence(third, category="ARSON")
    add_to_offences(service=service)
    found = {row.child_id: row for row in rows(CoDefendant)}
    assert found[first.pk].person_id == second.person_id and found[second.pk].person_id == first.person_id
    assert found[first.pk].together == found[second.pk].together and not found[first.pk].name
    assert found[third.pk].name and found[third.pk].source


def test_bail_ends_on_the_day_of_the_decision_and_other_bail_goes_on(service, staff):
    staff("data_officer")
    child = make_child(service)
    decided, waiting = make_offence(child), make_offence(child)
    make_outcome(decided)
    make_police_bail(child, decided)
    make_police_bail(child, waiting)
    add_to_offences(service=service)
    assert {row.end_date for row in rows(PoliceBail)} == {date(2026, 4, 1), None}
