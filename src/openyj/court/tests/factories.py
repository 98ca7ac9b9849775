"""Court's facts made for tests, whatever scope the test has."""

from __future__ import annotations

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Hearing
from openyj.court.models import Remand


def make_remand(hearing: Hearing, **fields) -> Remand:
    """A remand to youth detention accommodation from the day of the hearing, which goes on."""
    given = {"remand_kind": "YDA", "start_date": hearing.hearing_date, "conditions_met": "Offence and history"}
    with acting(by=None, services=EVERY_SERVICE):
        return Remand.objects.create(child=hearing.child, hearing=hearing, **given | fields)
