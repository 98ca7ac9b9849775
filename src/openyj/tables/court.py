"""What was proposed to a court, what it decided about bail and remand, and what followed."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table
from openyj.tables.rules import between, not_before, present

MOST_A_DAY = 1_000_000  # pence: a slip of the keyboard is larger


class SentenceProposal(Table, key="sentence_proposal_id", person="person"):
    """One sentence the service proposed at a hearing; the first in order is the one it asked for. What the court
    decided is in offence_legal_outcome. ``description`` is the local wording, such as requirements proposed."""

    sentence_proposal_id: int
    person: int
    child_id: Ref["child"]
    hearing_id: Ref["hearing"]
    sort_order: int
    proposal: str
    description: str | None

    rules = [between("sort_order", 1, 9, id="SPR-1")]


class BailOffer(Table, key="bail_offer_id", person="person"):
    """A bail support package offered to a court. ``accepted`` is empty while the court has not answered."""

    bail_offer_id: int
    person: int
    child_id: Ref["child"]
    hearing_id: Ref["hearing"] | None
    date_offered: date
    provider: str | None
    accepted: bool | None

    rules = [not_before("date_offered", "child.date_of_birth", id="BLO-1")]


class RemandEpisode(Table, key="remand_id", person="person"):
    """A child remanded by a hearing, from a first day to a last. Both kinds make the child looked after (practice
    notes, 5), so the days of that are here too. Cost is what the service says a day costs, in pence."""

    remand_id: int
    person: int
    child_id: Ref["child"]
    hearing_id: Ref["hearing"]
    remand_kind: Code["remand_kind"]
    accommodation_type: Code["accommodation_type"] | None
    establishment: str | None
    start_date: date
    end_date: date | None
    looked_after_from: date | None
    looked_after_until: date | None
    cost_a_day_pence: int | None

    rules = [
        not_before("end_date", "start_date", id="REM-1"),
        not_before("start_date", "hearing.hearing_date", id="REM-2"),
        not_before("start_date", "child.date_of_birth", id="REM-3"),
        not_before("looked_after_until", "looked_after_from", id="REM-4"),
        present("looked_after_from", id="REM-5", why="both kinds of remand make the child looked after"),
        between("cost_a_day_pence", 0, MOST_A_DAY, id="REM-6"),
    ]


class PostChargeAccommodation(Table, key="post_charge_id", person="person"):
    """After a charge the police kept the child and asked the local authority for accommodation until court."""

    post_charge_id: int
    person: int
    child_id: Ref["child"]
    date_asked: date
    asked_for: Code["post_charge_kind"] | None
    offered: bool | None
    kept_overnight: Code["kept_overnight"] | None

    rules = [not_before("date_asked", "child.date_of_birth", id="PCA-1")]
