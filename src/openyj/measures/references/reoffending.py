"""Proven reoffending in plain Python: indicators.md section 2."""

from __future__ import annotations

from datetime import date
from typing import Any

from openyj.measures.references.life import (
    BREACHES,
    Life,
    Row,
    age,
    financial_quarter,
    is_caution_or_sentence,
    is_child,
    is_overturned,
    lived_elsewhere,
    some_months_later,
    unit,
)

Event = tuple[date, Row, Row, Row, int | None]  # day, outcome, child, what it counts as, programme


def counted(life: Life, as_of: date) -> list[dict[str, Any]]:
    """The person once for each quarter in which an event brought them into the cohort."""
    by_quarter: dict[str, list[Event]] = {}
    for event in events(life, as_of):
        by_quarter.setdefault(financial_quarter(event[0]), []).append(event)
    found = []
    for _, those in sorted(by_quarter.items()):
        day, outcome, child, meaning, programme = min(those, key=before_others)
        years = age(child["date_of_birth"], day)
        if not is_child(years):
            continue
        again = reoffences(life, day, as_of)
        row = unit(child, day, years, outcome, meaning)
        if lived_elsewhere(outcome):
            row["service"] = row["locality"] = None
        row["event"] = "outcome" if programme is None else "release"
        row["programme_id"] = programme
        row["reoffences"] = len(again)
        row["reoffended"] = len(again) > 0
        found.append(row)
    return found


def before_others(event: Event) -> tuple[Any, ...]:
    day, outcome, _, meaning, programme = event
    return (
        day,
        lived_elsewhere(outcome),
        -meaning["seriousness_rank"],
        outcome["outcome_id"],
        programme or 0,
    )


def events(life: Life, as_of: date) -> list[Event]:
    found: list[Event] = []
    for outcome, offence, child, meaning in life.decisions():
        if is_overturned(outcome) or child["deleted"] or outcome["outcome_date"] > as_of:
            continue
        if meaning["outcome_group"].lower() == "custody":
            for day, programme in releases(life, offence["offence_id"], as_of):
                found.append((day, outcome, child, meaning, programme))
        elif is_caution_or_sentence(meaning):
            found.append((outcome["outcome_date"], outcome, child, meaning, None))
    return found


def releases(life: Life, offence_id: int, as_of: date) -> list[tuple[date, int]]:
    found = []
    for link in life.all("link_offence_intervention_programme"):
        if link["offence_id"] != offence_id:
            continue
        programme = life.one("intervention_programme", "programme_id", link["programme_id"])
        if programme is None or programme["end_date"] is None or programme["end_date"] > as_of:
            continue
        kinds = [d["kind"] for d in life.all("disposal_type") if d["disposal_type"] == programme["disposal_type"]]
        if kinds == ["custody"]:
            found.append((programme["end_date"], programme["programme_id"]))
    return found


def reoffences(life: Life, index: date, as_of: date) -> set[int]:
    followed_to = some_months_later(index, 12)
    waited_to = some_months_later(index, 18)
    found = set()
    for outcome, offence, child, meaning in life.decisions():
        committed = offence["offence_date"]
        if committed is None or not index < committed <= followed_to:
            continue
        if offence["yjb_offence_category"] in BREACHES or offence["programme_breach_id"] is not None:
            continue
        if offence["recordable"] is False:
            continue
        if is_overturned(outcome) or child["deleted"] or not is_caution_or_sentence(meaning):
            continue
        if outcome["outcome_date"] <= min(waited_to, as_of):
            found.add(offence["offence_id"])
    return found
