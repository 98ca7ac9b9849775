"""Use of custody in plain Python: indicators.md section 3."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.measures.references.life import Life, age, is_child, is_overturned, lived_elsewhere, unit


def counted(life: Life, as_of: date) -> list[dict[str, Any]]:
    """The person's custodial sentences, one a day of sentence."""
    by_day: dict[date, list[Any]] = {}
    for outcome, offence, child, meaning in life.decisions():
        years = age(child["date_of_birth"], life.first_hearing(offence["offence_id"]))
        if (
            meaning["outcome_group"].lower() == "custody"
            and not is_overturned(outcome)
            and not lived_elsewhere(outcome)
            and is_child(years)
            and outcome["outcome_date"] <= as_of
            and not child["deleted"]
        ):
            by_day.setdefault(outcome["outcome_date"], []).append((outcome, child, meaning, years))
    found = []
    for day, given in sorted(by_day.items()):
        outcome, child, meaning, years = min(
            given, key=lambda each: (-each[2]["seriousness_rank"], each[0]["outcome_id"])
        )
        found.append(unit(child, day, years, outcome, meaning))
    return found
