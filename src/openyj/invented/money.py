"""Partners' contributions to the invented service over three financial years. Every amount is invented.

Rows and columns are those of the contributions table in published plans (case-data.md 10); the total is of the
size of a service with about forty thousand children of 10 to 17. Year by year prices rise, the in-kind share of
health moves into posts, and one partner's other funds end: something for a variance to show.
"""

from __future__ import annotations

from dataclasses import dataclass

from openyj.invented.parameters import Given
from openyj.invented.places import MAIN

# The rows of the published table, and the word the finance room has for each.
PARTNERS = {
    "Police": "police",
    "PCC": "pcc",
    "Probation": "probation",
    "Health": "health",
    "Local authority": "local_authority",
    "YJB grant": "grant",
    "Other": "other",
}


@dataclass(frozen=True)
class Contribution:
    """What one partner gives in one financial year, in whole pounds. ``year`` is the year it starts in."""

    service: str
    year: int
    partner: str
    kind: str
    staffing: int
    in_kind: int
    delegated: int
    invented: bool = True

    @property
    def total(self) -> int:
        return self.staffing + self.in_kind + self.delegated


# year: {partner: (staffing costs, payments in kind, other delegated funds)}
AMOUNTS = Given(
    {
        2024: {
            "Police": (97_400, 0, 0),
            "PCC": (0, 0, 86_250),
            "Probation": (52_300, 0, 5_000),
            "Health": (41_800, 48_600, 0),
            "Local authority": (688_900, 132_400, 71_350),
            "YJB grant": (498_600, 0, 61_720),
            "Other": (0, 6_500, 24_000),
        },
        2025: {
            "Police": (101_100, 0, 0),
            "PCC": (0, 0, 86_250),
            "Probation": (52_300, 0, 5_000),
            "Health": (63_900, 31_200, 0),
            "Local authority": (712_400, 135_900, 68_100),
            "YJB grant": (509_300, 0, 63_050),
            "Other": (0, 6_500, 24_000),
        },
        2026: {
            "Police": (104_700, 0, 0),
            "PCC": (0, 0, 74_000),
            "Probation": (54_100, 0, 5_000),
            "Health": (88_200, 12_500, 0),
            "Local authority": (735_000, 138_700, 66_900),
            "YJB grant": (521_900, 0, 64_400),
            "Other": (0, 7_000, 0),
        },
    },
    "invented; rows and columns case-data.md 10",
)


def contributions() -> tuple[Contribution, ...]:
    """Every partner's row of every year, partners in the order of the published table."""
    return tuple(
        Contribution(MAIN.service, year, partner, kind, *amounts[partner])
        for year, amounts in AMOUNTS.value.items()
        for partner, kind in PARTNERS.items()
    )


def total(year: int) -> int:
    """All partners, all streams, in pounds."""
    return sum(row.total for row in contributions() if row.year == year)
