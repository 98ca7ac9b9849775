"""Who the child is and where they live."""

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Ref, Table


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


class Transfer(Table, key="transfer_id", person="person"):
    """A child's move between services, as the service that records it describes it."""

    transfer_id: int
    person: int
    child_id: Ref["child"]
    transfer_date: date
    description: str | None
