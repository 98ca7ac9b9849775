"""Referrals made for tests, through the services a person would use."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.accounts.models import User
from openyj.core import clock
from openyj.people.models import Child
from openyj.referrals import services
from openyj.referrals.models import Referral, ReferralKind

ARRIVED: dict[str, Any] = {
    "source_name": "PC Arden",
    "source_post": "Neighbourhood team",
    "source_contact": "",
    "police_reference": "",
    "what": "Was with two others when a window was broken",
    "urgent": False,
    "urgent_words": "",
    "victims": "no",
    "consent": "",
    "consent_on": None,
    "consent_by": "",
}


def kind(listed: str, code: str) -> ReferralKind:
    return ReferralKind.objects.get(listed=listed, code=code)


def make_referral(
    by: User, child: Child | None = None, *, source="police", purpose="out-of-court", **fields
) -> Referral:
    """From the police for a decision out of court, received today; without a child, of one called Ceri Morgan."""
    named = {} if child else {"given_name": "Ceri", "family_name": "Morgan"}
    given = ARRIVED | named | {"received_on": clock.today()} | fields
    return services.add_referral(
        by=by, child=child, source=kind("source", source), purpose=kind("purpose", purpose), **given
    )


def make_accepted(by: User, child: Child, *, day: date | None = None, **fields) -> Referral:
    """Accepted as an assessment for a decision out of court."""
    made = make_referral(by, child, **fields)
    work = kind("work", "out-of-court")
    return services.accept(referral=made, version=made.version, by=by, day=day or clock.today(), work=work)


def make_allocated(by: User, child: Child, worker: User, *, day: date | None = None, **fields) -> Referral:
    """Accepted and allocated on the same day."""
    made = make_accepted(by, child, day=day, **fields)
    on = day or clock.today()
    return services.allocate(referral=made, version=made.version, by=by, worker=worker, start_date=on)
