"""What casework adds to the workload number: programmes that run, by their kind."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from openyj.casework.models import Programme
from openyj.reference.models import choices
from openyj.workload.slots import Part, parts, things

# To begin with; a service sets its own.
USUAL = {"prevention": 1, "out_of_court": 1, "first_tier": 2, "community": 3, "custody": 2, "licence": 3}

for place, (kind, label) in enumerate(choices("disposal_kind")):
    parts.add(f"programme:{kind}", Part(f"Programme: {label}", Decimal(USUAL[kind])), order=20 + place)


@things.contribute("programme")
def programmes(*, service, day):
    """A programme that has begun and not ended."""
    running = Q(end_date=None) | Q(end_date__gte=day)
    return Programme.objects.standing().filter(running, child__service=service, start_date__lte=day), {
        "part": Concat(Value("programme:"), F("disposal_type__kind")),
        "child": "child_id",
        "since": "start_date",
        "what": F("disposal_type__label"),
    }
