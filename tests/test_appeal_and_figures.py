"""An outcome that an appeal overturned leaves the figures the moment its result is recorded, and the new one counts."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.caselevel.live import tables_of
from openyj.casework.models import Appeal
from openyj.casework.orders.appeals import add_appeals, appeal_in_error
from openyj.casework.tests.factories import make_legal_outcome, make_offence, make_outcome
from openyj.core import clock
from openyj.measures import ALL, figures
from openyj.people.tests.factories import make_child
from openyj.reference.models import LegalOutcomeMeaning
from openyj.tables.codes import CHANGED_ON_APPEAL

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


def first_time_entrants(service) -> int:
    found = figures(ALL["first-time-entrants"], tables_of(service), TODAY, service=service.code)
    return sum(f.numerator for f in found if f.show == "count" and f.numerator)


def test_a_changed_outcome_leaves_the_figures_the_same_day(service, staff):
    with clock.fixed(TODAY):
        caution = make_legal_outcome("YOUTH_CAUTION")
        LegalOutcomeMeaning.objects.get_or_create(
            legal_outcome=caution, valid_from=date(1900, 1, 1),
            defaults={"outcome_group": "Pre-Court", "seriousness_rank": 2},
        )  # fmt: skip
        offence = make_offence(make_child(service, date_of_birth=date(2011, 1, 1)), arrest_date=date(2026, 3, 2))
        given = make_outcome(offence, legal_outcome=caution, outcome_date=date(2026, 5, 1))
        assert first_time_entrants(service) == 1
        result = {"about": None, "result": CHANGED_ON_APPEAL, "result_on": date(2026, 6, 1), "new_outcome": None}
        by = staff("practitioner")
        (appeal,) = add_appeals(child=given.child, by=by, outcomes=[given], appealed_on=date(2026, 5, 8), **result)
        assert first_time_entrants(service) == 0
        assert isinstance(appeal, Appeal)
        appeal_in_error(row=appeal, version=1, by=by, reason="Another child")
        assert first_time_entrants(service) == 1
