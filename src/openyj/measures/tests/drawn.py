"""Lives drawn by hand, a few lines each: a child born 15 May 2006 of the service North, unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from openyj.measures.references.life import Life
from openyj.tables import BY_NAME, CaseTables, with_shipped

PERSONAL = tuple(name for name, table in BY_NAME.items() if table.person)


class Drawn:
    """One person's life. Every method adds a row and returns its id; the last record made is the one meant."""

    def __init__(self, person: int = 1, **child: Any) -> None:
        self.person = person
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in PERSONAL}
        self.child_id = 0
        self.record(**child)

    def record(self, **child: Any) -> int:
        """Another record of the same child."""
        self.child_id = self.add(
            "child",
            "child_id",
            **{
                "service": "North",
                "locality": "Hill",
                "date_of_birth": date(2006, 5, 15),
                "sex": "1",
                "ethnicity": "W1",
                "deleted": False,
            }
            | child,
        )
        return self.child_id

    def offence(self, committed: date | None, **offence: Any) -> int:
        return self.add("offence", "offence_id", child_id=self.child_id, offence_date=committed, **offence)

    def outcome(
        self, offence: int, legal_outcome: str, on: date, residence: str | None = "LOCAL", **outcome: Any
    ) -> int:
        return self.add(
            "offence_legal_outcome",
            "outcome_id",
            child_id=self.child_id,
            offence_id=offence,
            legal_outcome=legal_outcome,
            outcome_date=on,
            residence_on_legal_outcome_date=residence,
            **outcome,
        )

    def dealt_with(self, legal_outcome: str, on: date, *, heard: date | None = None, **outcome: Any) -> int:
        """An offence of the day before with this outcome, and its hearing where there was one."""
        offence = self.offence(outcome.pop("committed", date.fromordinal(on.toordinal() - 1)))
        if heard is not None:
            self.hearing(offence, heard)
        return self.outcome(offence, legal_outcome, on, **outcome)

    def hearing(self, offence: int, on: date) -> int:
        hearing = self.add("hearing", "hearing_id", child_id=self.child_id, hearing_date=on)
        self.rows["link_hearing_offence"].append({"hearing_id": hearing, "offence_id": offence, "person": self.person})
        return hearing

    def programme(self, disposal_type: str, start: date, end: date | None, *, offences: Iterable[int] = ()) -> int:
        programme = self.add(
            "intervention_programme",
            "programme_id",
            child_id=self.child_id,
            disposal_type=disposal_type,
            start_date=start,
            end_date=end,
        )
        for offence in offences:
            self.rows["link_offence_intervention_programme"].append(
                {"offence_id": offence, "programme_id": programme, "person": self.person}
            )
        return programme

    def add(self, table: str, key: str, **row: Any) -> int:
        number = self.person * 1000 + len(self.rows[table]) + 1
        self.rows[table].append({key: number, "person": self.person, **row})
        return number


def tables(*lives: Drawn, **others: list[dict[str, Any]]) -> CaseTables:
    """The rows of these lives as one set of tables, every table supplied. ``others`` adds rows of no person."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in PERSONAL}
    for life in lives:
        for name, own in life.rows.items():
            rows[name] += own
    return with_shipped(CaseTables.from_rows(rows | others))


def lives_in(held: CaseTables) -> list[Life]:
    """Each person's rows as the plain-Python references read them."""
    common = {name: table.to_pylist() for name, table in held.items() if BY_NAME[name].person is None}
    by_person: dict[int, dict[str, list[Any]]] = {}
    for name in set(held) - set(common):
        for row in held[name].to_pylist():
            by_person.setdefault(row["person"], {}).setdefault(name, []).append(row)
    return [Life(common | own) for _, own in sorted(by_person.items())]
