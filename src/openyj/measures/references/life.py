"""One person's rows, and the plain questions the definitions ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]

OVERTURNED = {"Changed on appeal", "Result of appeal successful"}
BREACHES = {"BREACH_OF_BAIL", "BREACH_OF_CONDITIONAL_DISCHARGE", "BREACH_OF_STATUTORY_ORDER"}
# The first letter of an ethnicity code names its group; Not stated is a group of its own.
ETHNICITY = {
    "W": "White",
    "M": "Mixed",
    "A": "Asian or Asian British",
    "B": "Black or Black British",
    "O": "Other Ethnic Group",
    "N": "Information not obtainable",
}


@dataclass(frozen=True)
class Life:
    """One person's rows by table name, with the mappings of outcomes and disposals that hold for everybody."""

    rows: Mapping[str, list[Row]]

    def all(self, table: str) -> list[Row]:
        return self.rows.get(table, [])

    def one(self, table: str, key: str, value: int) -> Row | None:
        for row in self.all(table):
            if row[key] == value:
                return row
        return None

    def first_hearing(self, offence_id: int) -> date | None:
        days = []
        for link in self.all("link_hearing_offence"):
            if link["offence_id"] == offence_id:
                hearing = self.one("hearing", "hearing_id", link["hearing_id"])
                if hearing is not None:
                    days.append(hearing["hearing_date"])
        return min(days, default=None)

    def counts_as(self, legal_outcome: str, day: date) -> Row | None:
        for row in self.all("legal_outcome"):
            ended = row["valid_to"] is not None and row["valid_to"] < day
            if row["legal_outcome"] == legal_outcome and row["valid_from"] <= day and not ended:
                return row
        return None

    def decisions(self) -> Iterator[tuple[Row, Row, Row, Row]]:
        """Each outcome that can be understood, with its offence, the child's record and what it counts as."""
        for outcome in self.all("offence_legal_outcome"):
            offence = self.one("offence", "offence_id", outcome["offence_id"])
            child = self.one("child", "child_id", outcome["child_id"])
            meaning = self.counts_as(outcome["legal_outcome"], outcome["outcome_date"])
            if offence is not None and child is not None and meaning is not None:
                yield outcome, offence, child, meaning


def is_caution_or_sentence(meaning: Row) -> bool:
    return meaning["outcome_group"].lower() in ("pre-court", "first-tier", "community", "custody")


def is_overturned(outcome: Row) -> bool:
    return outcome["outcome_appeal_status"] in OVERTURNED


def lived_elsewhere(outcome: Row) -> bool:
    return outcome["residence_on_legal_outcome_date"] == "OTHER"


def age(born: date | None, day: date | None) -> int | None:
    """Birthdays had. Who is born on 29 February has it on 1 March where there is no such day."""
    if born is None or day is None:
        return None
    had = day.year - born.year
    try:
        birthday = born.replace(year=day.year)
    except ValueError:
        birthday = date(day.year, 3, 1)
    return had if birthday <= day else had - 1


def is_child(years: int | None) -> bool:
    return years is not None and 10 <= years <= 17


def band(years: int | None) -> str:
    if years in (10, 11, 12, 13, 14):
        return "10-14"
    return "15-17" if years in (15, 16, 17) else "Not known"


def financial_quarter(day: date) -> str:
    if day.month <= 3:
        return f"{day.year - 1}Q4"
    if day.month <= 6:
        return f"{day.year}Q1"
    return f"{day.year}Q2" if day.month <= 9 else f"{day.year}Q3"


def some_months_later(day: date, months: int) -> date:
    year, month = day.year, day.month + months
    while month > 12:
        year, month = year + 1, month - 12
    wanted = day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


def unit(child: Row, day: date, years: int | None, outcome: Row, meaning: Row) -> dict[str, Any]:
    """A counted unit as every measure gives it."""
    group = {"pre-court": "Pre-Court", "first-tier": "First-tier", "community": "Community", "custody": "Custody"}
    return {
        "person": child["person"],
        "service": child["service"],
        "locality": child["locality"],
        "date": day,
        "quarter": financial_quarter(day),
        "sex": {"1": "Male", "2": "Female"}.get(child["sex"], "Unknown"),
        "ethnicity_group": ETHNICITY[child["ethnicity"][0]] if child["ethnicity"] else "Not known",
        "age": years,
        "age_band": band(years),
        "outcome_group": group[meaning["outcome_group"].lower()],
        "legal_outcome": outcome["legal_outcome"],
        "residence": outcome["residence_on_legal_outcome_date"],
        "child_id": child["child_id"],
        "offence_id": outcome["offence_id"],
        "outcome_id": outcome["outcome_id"],
    }
