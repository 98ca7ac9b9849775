"""The headings a Plan is asked to have, as dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Heading:
    """One section a Plan has: its name in the address, its heading, what belongs under it, how sure we are of it."""

    key: str
    heading: str
    about: str
    source: str


@dataclass(frozen=True)
class Structure:
    """The sections asked for from a day on."""

    key: str
    name: str
    valid_from: date
    source: str
    sections: tuple[Heading, ...]


@lru_cache
def structures() -> dict[str, Structure]:
    """Every structure by its key, the earliest first."""
    rows = yaml.safe_load(files("openyj.plans").joinpath("data/structures.yaml").read_text())
    made = {
        row["key"]: Structure(**row | {"sections": tuple(Heading(**section) for section in row["sections"])})
        for row in rows
    }
    return dict(sorted(made.items(), key=lambda item: item[1].valid_from))


def structure_on(day: date) -> Structure:
    """The structure asked for on a day; the first one for a day before any."""
    known = list(structures().values())
    return next((one for one in reversed(known) if one.valid_from <= day), known[0])
