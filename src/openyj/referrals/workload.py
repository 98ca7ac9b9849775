"""What referrals add to the workload number: one that is allocated, until a programme begins."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Value

from openyj.casework.models import Programme
from openyj.people.models import Allocation
from openyj.referrals.models import Referral, State
from openyj.workload.slots import Part, parts, things

NEW = "referral"
parts.add(NEW, Part("Referral, until a programme begins", Decimal(1)), order=30)


@things.contribute(NEW)
def referrals(*, service, day):
    """An allocated referral whose child has begun no programme since it was received and has had a worker ever since:
    handed over it goes on; once nobody worked with the child it is done with."""
    begun = Programme.objects.standing().filter(
        child=OuterRef("child"), start_date__gte=OuterRef("received_on"), start_date__lte=day
    )
    followed = Allocation.objects.standing().filter(child=OuterRef("child"), start_date=OuterRef("end_date"))
    followed = followed.exclude(pk=OuterRef("pk"))  # of no length
    nobody = Allocation.objects.standing().filter(
        ~Exists(followed), child=OuterRef("child"), end_date__gte=OuterRef("allocated_on")
    )
    rows = Referral.objects.standing().filter(
        ~Exists(begun), ~Exists(nobody), state=State.ALLOCATED, child__service=service
    )
    return rows, {"part": Value(NEW), "child": "child_id", "since": "received_on", "what": F("work__label")}
