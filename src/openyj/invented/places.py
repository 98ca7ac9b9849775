"""The invented borough, its localities and its two neighbours. No such places exist."""

from __future__ import annotations

from dataclasses import dataclass

from openyj.invented.parameters import Given

REGION = Given("North West", "invented; a real region, so that its published rates can be shown beside")


@dataclass(frozen=True)
class Place:
    """A service: ``share`` is how many children it has beside the main one, ``population`` aged 10 to 17 in
    the first year, ``growth`` what that changes by each year (whole children)."""

    service: str
    name: str
    letters: str
    localities: tuple[tuple[str, float], ...]
    share: float
    population: int
    growth: int
    region: str = REGION.value
    country: str = "England"


PLACES = Given(
    (
        Place("QUILLMOOR", "Quillmoor Youth Justice Service", "QM",
              (("Saltgate", 0.30), ("Tannery Fields", 0.24), ("North Quill", 0.20), ("Pellowheath", 0.16),
               ("Old Wharfside", 0.10)), 1.0, 37_600, 240),
        Place("DUNVEXLEY", "Dunvexley Youth Justice Service", "DV",
              (("Vexley Town", 0.6), ("Dunwater", 0.4)), 0.28, 10_900, 40),
        Place("OSTERMARL", "Ostermarl Youth Justice Service", "OM",
              (("Marl Cross", 0.55), ("Osterbridge", 0.45)), 0.22, 8_700, -30),
    ),
    "invented; populations sized so that rates are near those of national_comparators_england.csv, North West",
)  # fmt: skip
MAIN = PLACES.value[0]
LOCALITY_NOT_RECORDED = Given(0.02, "invented")
