"""Which services have not told everything: the last outcome each holds, and the quarters in which it holds none.

Nothing here says why. A quarter without an outcome is a quarter in which nothing happened or one that has not come in;
how many would be usual tells the two apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

from openyj.measures import Quarter
from openyj.tables import CaseTables

RECENT = 8  # complete quarters that are looked at
# So many outcomes are usual where none is. Were each by itself, chance alone would leave 1 service in 150 (e to the
# minus 5) without any; they come several to a decision, so the silence must be long as well.
USUAL, SILENCE = 5.0, 28  # outcomes, days


@dataclass(frozen=True)
class Told:
    """A service of a national snapshot. ``last_outcome`` is the day of its latest outcome of any kind. ``silent`` are
    the labels of complete quarters, among the last eight, without any outcome where five or more would be usual;
    ``late`` says the same of the four weeks or more from its last outcome to the last that any service holds."""

    code: str
    name: str
    region: str
    country: str
    invented: bool
    last_outcome: date | None
    silent: tuple[str, ...]
    late: bool

    def as_json(self) -> dict[str, Any]:
        held = asdict(self)
        return held | {"last_outcome": self.last_outcome and self.last_outcome.isoformat(), "silent": list(self.silent)}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Told:
        day = held["last_outcome"]
        return cls(**held | {"last_outcome": day and date.fromisoformat(day), "silent": tuple(held["silent"])})


def told(tables: CaseTables, as_of: date) -> list[Told]:
    """Every service by name, with what it has told of. How many outcomes are usual is its mean a day over the two years
    to its last outcome."""
    connection = duckdb.connect(":memory:")
    for name in ("service", "child", "offence_legal_outcome"):
        connection.register(name, tables[name])
    days: dict[str, dict[date, int]] = {}
    for service, day, outcomes in connection.execute(
        "SELECT c.service, o.outcome_date, count(*) FROM offence_legal_outcome o "
        "JOIN child c USING (person, child_id) WHERE o.outcome_date <= ? GROUP BY ALL",
        [as_of],
    ).fetchall():
        days.setdefault(service, {})[day] = outcomes
    connection.close()
    until = max((max(held) for held in days.values()), default=as_of)
    rows = sorted(tables["service"].to_pylist(), key=lambda row: row["name"].casefold())
    return [one(row, days.get(row["service"], {}), until) for row in rows]


def one(row: dict[str, Any], days: dict[date, int], until: date) -> Told:
    last = max(days, default=None)
    silent: list[str] = []
    late = False
    if last is not None:
        begun = last.replace(year=last.year - 2, day=min(last.day, 28))
        a_day = sum(count for day, count in days.items() if day > begun) / (last - begun).days
        late = a_day * (until - last).days >= USUAL and (until - last).days >= SILENCE
        first = Quarter.of(min(days))
        quarter = Quarter.of(until) if until == Quarter.of(until).end else Quarter.of(until).plus(-1)
        for back in range(RECENT):
            looked_at = quarter.plus(-back)
            usual = a_day * ((looked_at.end - looked_at.start).days + 1)
            if looked_at > first and usual >= USUAL and not any(looked_at.start <= d <= looked_at.end for d in days):
                silent.append(looked_at.label)
    return Told(
        row["service"],
        row["name"],
        row["region"] or "",
        row["country"] or "",
        row["invented"],
        last,
        tuple(sorted(silent)),
        late,
    )
