"""What upper rooms say about the use of reference data. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from openyj.core.slots import Slot
from openyj.reference.models import LegalOutcome

# Called with a legal outcome, a first and a last day (None: no end); gives how many recorded outcomes of it, of the
# services this person may see, were given in those days.
recorded_outcomes: Slot[Callable[[LegalOutcome, date, date | None], int]] = Slot("recorded outcomes of a legal outcome")


def recorded(outcome: LegalOutcome, first: date, last: date | None) -> int:
    """How many recorded outcomes would change their meaning with a change between two days."""
    return sum(count(outcome, first, last) for count in recorded_outcomes)
