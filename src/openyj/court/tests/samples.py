"""For every kind of fact of court: what its form sends, and words that the page says of it on 4 June 2026."""

from __future__ import annotations

from openyj.casework.models import Hearing
from openyj.casework.tests.factories import make_legal_outcome
from openyj.casework.tests.sending import on
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal

MODELS = {
    "sentence-proposal": SentenceProposal, "bail-offer": BailOffer, "remand": Remand,
    "post-charge": PostChargeAccommodation,
}  # fmt: skip
ADD = {
    "sentence-proposal": "proposals", "bail-offer": "bail-offers", "remand": "remands", "post-charge": "after-charge",
}  # fmt: skip


def sample(name: str, hearing: Hearing) -> tuple[dict[str, object], str]:
    """What is sent about `hearing`, and what the page then says."""
    at = {"hearing": hearing.pk}
    if name == "sentence-proposal":
        order = make_legal_outcome("YOUTH_REHABILITATION_ORDER", label="Youth rehabilitation order")
        return at | {"order": "1", "proposal": order.pk, "description": "Supervision"}, "1. Youth rehabilitation order"
    if name == "bail-offer":
        sent = at | {"package": "Daily reporting", "provider": "Our own team", "accepted": "no", "reason": "Too grave"}
        return sent | on("date_offered", 31, 3, 2026), "Not accepted: Too grave"
    if name == "remand":
        sent = at | {
            "remand_kind": "YDA", "conditions_met": "Offence and history", "establishment": "Wexcombe unit",
            "accommodation_type": "SCH", "cost": "350.50", "cost_source": "Invoice of April",
        }  # fmt: skip
        return sent | on("start_date", 1, 4, 2026) | on("looked_after_from", 1, 4, 2026), "£22,782.50"
    sent = {
        "asked_for": "SECURE",
        "offered": "no",
        "why_not": "No bed in the county",
        "kept_overnight": "POLICE_STATION",
    }
    return sent | on("date_asked", 31, 3, 2026), "No: No bed in the county"
