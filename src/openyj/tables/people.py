"""Who the child is and where they live."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table
from openyj.tables.rules import not_after_as_of, not_before, present


class Child(Table, key="child_id", person="person"):
    """One child as one service records them. Several records, in one or more services, may be one person."""

    child_id: int
    person: int
    service: str
    locality: str | None
    current_yot_id: str | None
    originating_yot_person_id: str | None
    date_of_birth: date | None
    sex: Code["sex"] | None
    ethnicity: Code["ethnicity"] | None
    deleted: bool

    rules = [
        present("date_of_birth", id="CHD-1", why="a child of unknown age is in no figure"),
        not_after_as_of("date_of_birth", id="CHD-2"),
    ]


class Residence(Table, key="residence_id", person="person"):
    """Where a child lived, from a day to a day."""

    residence_id: int
    person: int
    child_id: Ref["child"]
    start_date: date
    end_date: date | None
    accommodation_type: Code["accommodation_type"] | None
    suitability: Code["suitability"] | None
    primary_residence: bool

    rules = [
        not_before("end_date", "start_date", id="RES-1"),
        not_before("start_date", "child.date_of_birth", id="RES-2"),
    ]


class Transfer(Table, key="transfer_id", person="person"):
    """A child's move between services, as the service that records it describes it."""

    transfer_id: int
    person: int
    child_id: Ref["child"]
    transfer_date: date
    description: str | None

    rules = [not_before("transfer_date", "child.date_of_birth", id="TRF-1")]
