"""Circumstances made for tests, whatever scope the test has."""

from __future__ import annotations

from datetime import date

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.circumstances.models import EteStatus
from openyj.people.models import Child


def make_education(child: Child, **fields) -> EteStatus:
    """A pupil referral unit since September 2025, 15 of 25 hours attended."""
    given = {
        "start_date": date(2025, 9, 1),
        "provision_type": "PUPIL_REFERRAL_UNIT",
        "description": "The Link Centre",
        "hours_offered": 25,
        "hours_attended": 15,
    }
    with acting(by=None, services=EVERY_SERVICE):
        return EteStatus.objects.create(child=child, **given | fields)
