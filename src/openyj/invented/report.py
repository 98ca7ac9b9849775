"""A short account of what was invented, counted plainly, for the person who makes the data and for its tests.

These are counts for a look at the invented children, not the measures: those are ``openyj.measures``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from openyj.tables.codes import BREACH_CATEGORIES, COMMUNITY, CUSTODY, DIVERSION, FIRST_TIER, OTHER, PRE_COURT

FORMAL = (PRE_COURT, FIRST_TIER, COMMUNITY, CUSTODY)
OVERTURNED = ("Changed on appeal", "Result of appeal successful")


@dataclass(frozen=True)
class Summary:
    """One service's invented years. Years are twelve months to the day of ``until``, the earliest first.

    ``entrants`` and ``diverted`` children a year; ``custodial`` sentencing days in all; ``reoffended`` of
    ``followed`` children and quarters whose year and a half is over; ``boys`` a share of the children whose
    sex is recorded; ``offences_of_busiest_tenth`` the share of offences by the tenth of children with most."""

    service: str
    children: int
    entrants: tuple[int, ...]
    diverted: tuple[int, ...]
    custodial: int
    reoffended: int
    followed: int
    boys: float
    ages: dict[int, int]
    offences_of_busiest_tenth: float

    def __str__(self) -> str:
        years = "  ".join(f"{e}" for e in self.entrants)
        diverted = "  ".join(f"{d}" for d in self.diverted)
        share = 100 * self.reoffended / max(self.followed, 1)
        return (
            f"{self.service}: {self.children} children\n"
            f"  first time entrants by year:  {years}\n"
            f"  diverted children by year:    {diverted}\n"
            f"  custodial sentences:          {self.custodial}\n"
            f"  reoffended:                   {self.reoffended} of {self.followed} ({share:.0f}%)\n"
            f"  boys:                         {100 * self.boys:.0f}%\n"
            f"  offences of busiest tenth:    {100 * self.offences_of_busiest_tenth:.0f}%"
        )


def summary(tables: Mapping[str, pa.Table], service: str, until: date, years: int) -> Summary:
    """Count one service's invented years from its own child records."""
    children = {c["child_id"]: c for c in rows(tables, "child") if c["service"] == service and not c["deleted"]}
    offences = {o["offence_id"]: o for o in rows(tables, "offence") if o["child_id"] in children}
    group = {r["legal_outcome"]: r["outcome_group"] for r in rows(tables, "legal_outcome")}
    decisions = sorted(
        (
            o | {"group": group[o["legal_outcome"]]}
            for o in rows(tables, "offence_legal_outcome")
            if o["child_id"] in children
            and o["outcome_appeal_status"] not in OVERTURNED
            and o["residence_on_legal_outcome_date"] != OTHER
        ),
        key=lambda o: (o["outcome_date"], o["outcome_id"]),
    )
    first: dict[int, date] = {}
    for one in decisions:
        if one["group"] in FORMAL:
            first.setdefault(one["person"], one["outcome_date"])
    diverted = {(o["person"], year_of(o["outcome_date"], until)) for o in decisions if o["group"] == DIVERSION}
    entered = Counter(year_of(day, until) for day in first.values())
    turned = Counter(year for _, year in diverted)
    reoffended, followed = reoffending(decisions, offences, until)
    known = [c["sex"] for c in children.values() if c["sex"]]
    by_child = sorted(Counter(o["child_id"] for o in offences.values()).values(), reverse=True)
    span = range(years - 1, -1, -1)
    return Summary(
        service=service,
        children=len(children),
        entrants=tuple(entered[y] for y in span),
        diverted=tuple(turned[y] for y in span),
        custodial=len({(o["person"], o["outcome_date"]) for o in decisions if o["group"] == CUSTODY}),
        reoffended=reoffended,
        followed=followed,
        boys=known.count("1") / max(len(known), 1),
        ages=ages(children, offences),
        offences_of_busiest_tenth=sum(by_child[: max(len(by_child) // 10, 1)]) / max(sum(by_child), 1),
    )


def rows(tables: Mapping[str, pa.Table], name: str) -> list[dict[str, Any]]:
    return tables[name].to_pylist()


def year_of(day: date, until: date) -> int:
    """0 for the last twelve months, 1 for those before."""
    return int((until - day).days / 365.25)


def reoffending(decisions: list[dict[str, Any]], offences: dict[int, dict[str, Any]], until: date) -> tuple[int, int]:
    proven = defaultdict(list)
    index: dict[tuple[int, int], date] = {}
    for one in decisions:
        if one["group"] not in FORMAL:
            continue
        day = one["outcome_date"]
        index.setdefault((one["person"], day.year * 4 + (day.month - 1) // 3), day)
        offence = offences[one["offence_id"]]
        if offence["yjb_offence_category"] not in BREACH_CATEGORIES:
            proven[one["person"]].append((offence["offence_date"], day))
    mature = [(person, day) for (person, _), day in index.items() if day + timedelta(days=548) <= until]
    again = sum(
        any(day < offence <= day + timedelta(days=365) and decided <= day + timedelta(days=548)
            for offence, decided in proven[person])
        for person, day in mature
    )  # fmt: skip
    return again, len(mature)


def ages(children: dict[int, dict[str, Any]], offences: dict[int, dict[str, Any]]) -> dict[int, int]:
    """Offences by completed years of age on the day."""
    counted: Counter[int] = Counter()
    for offence in offences.values():
        born, day = children[offence["child_id"]]["date_of_birth"], offence["offence_date"]
        if born and day:
            counted[day.year - born.year - ((day.month, day.day) < (born.month, born.day))] += 1
    return dict(sorted(counted.items()))
