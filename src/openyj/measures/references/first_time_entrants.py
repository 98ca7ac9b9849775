"""First time entrants in plain Python: indicators.md section 1, the rule for a local count, step by step."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.measures.references.life import (
    Life,
    age,
    is_caution_or_sentence,
    is_child,
    is_overturned,
    lived_elsewhere,
    unit,
)


def counted(life: Life, as_of: date) -> list[dict[str, Any]]:
    """The person as a first time entrant, or nobody."""
    candidates = []
    for outcome, offence, child, meaning in life.decisions():
        if not is_caution_or_sentence(meaning):  # step 1
            continue
        at_arrest_or_offence = age(child["date_of_birth"], offence["arrest_date"] or offence["offence_date"])
        hearing = life.first_hearing(offence["offence_id"])
        at_first_hearing = age(child["date_of_birth"], hearing)
        if not is_child(at_arrest_or_offence):  # step 2
            continue
        if at_first_hearing is not None and at_first_hearing > 17:
            continue
        if is_overturned(outcome) or child["deleted"]:  # step 3
            continue
        if outcome["outcome_date"] > as_of:
            continue
        candidates.append((outcome, child, meaning, at_arrest_or_offence))

    if not candidates:
        return []
    earliest = min(outcome["outcome_date"] for outcome, *_ in candidates)  # step 4
    candidates = [each for each in candidates if each[0]["outcome_date"] == earliest]
    most = max(meaning["seriousness_rank"] for _, _, meaning, _ in candidates)
    candidates = [each for each in candidates if each[2]["seriousness_rank"] == most]
    here = [each for each in candidates if not lived_elsewhere(each[0])]
    if not here:  # step 6: only now, and then the person is dropped
        return []
    outcome, child, meaning, years = min(here, key=lambda each: each[0]["outcome_id"])
    return [unit(child, outcome["outcome_date"], years, outcome, meaning)]  # step 7
