"""Tables that belong to no child: services, what an outcome counts as, how many children live there."""
# ruff: noqa: F821, UP037  (Code["sex"] and Ref["child"] name lists and tables, not types)
# mypy: ignore-errors

from __future__ import annotations

from datetime import date

from openyj.tables.declare import Code, Table
from openyj.tables.rules import between, not_before


class Service(Table, key="service"):
    """A youth justice service. ``invented`` marks demonstration places."""

    service: str
    name: str
    region: str | None
    country: Code["country"] | None
    invented: bool


class LegalOutcome(Table, key=("legal_outcome", "valid_from")):
    """What a legal outcome counts as, between two days. ``seriousness_rank``: higher is more serious.

    Groups: case-data.md section 4. Only the order of the groups is published, so the shipped rank is the
    group's; a service may supply a finer one.
    """

    legal_outcome: str
    label: str
    outcome_group: Code["outcome_group"]
    seriousness_rank: int
    valid_from: date
    valid_to: date | None

    rules = [not_before("valid_to", "valid_from", id="MAP-1")]


class DisposalType(Table, key="disposal_type"):
    """What kind of programme a disposal type is: custody, licence, community, out of court, prevention."""

    disposal_type: str
    label: str
    kind: Code["disposal_kind"]


class Population(Table, key=("service", "year")):
    """Residents aged 10 to 17, mid-year estimate. Absent means rates cannot be computed, never zero."""

    service: str
    year: int
    aged_10_to_17: int
    source: str
    invented: bool

    rules = [between("aged_10_to_17", 1, 10_000_000, id="POP-1")]
