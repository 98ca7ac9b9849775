"""What the clock adds elsewhere: a page of a child's record, a line of the reference data."""

from __future__ import annotations

from openyj.accounts.models import Service
from openyj.delays.models import Turn
from openyj.people import slots
from openyj.people.slots import RecordPage
from openyj.reference.selectors import Holding, more_holdings

slots.pages.add("delays:of_child", RecordPage("How long it took", "delays:of_child"), order=35)


@more_holdings.contribute("whose days", order=15)
def turns_held(service: Service) -> Holding:
    """The administrator's line about whose the days are."""
    count = Turn.objects.standing().count()
    said = f"{count} lines, the same for every service" if count else ""
    return Holding("Whose the days are", said, "delays:turns", "the delay clock cannot say whose days they were")
