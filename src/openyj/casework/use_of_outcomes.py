"""How many outcomes a change of what a legal outcome counts as would touch, for the administrator who makes it."""

from __future__ import annotations

from datetime import date

from openyj.casework.models import Outcome
from openyj.reference.models import LegalOutcome
from openyj.reference.slots import recorded_outcomes


@recorded_outcomes.contribute("casework")
def given(outcome: LegalOutcome, first: date, last: date | None) -> int:
    """A count of the service's own outcomes (row-level security keeps to it); it names no child."""
    rows = Outcome.objects.standing().filter(legal_outcome=outcome, outcome_date__gte=first)
    return (rows.filter(outcome_date__lte=last) if last else rows).count()
