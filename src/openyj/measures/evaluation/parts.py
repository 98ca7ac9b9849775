"""Splitting tables by person, so that several processors work at once.

A cohort is a function of one person's rows, so that the cohort of all is those of the parts, one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from openyj.tables import BY_NAME

WORTH_IT = 50_000  # rows of the largest table for each part; a small part costs more than it saves


def in_parts(tables: Mapping[str, pa.Table], most: int) -> list[Mapping[str, pa.Table]]:
    """The tables, or up to so many parts of them with about as many persons each, and nothing copied.

    Rows can be split without copying only where they stand in order of person, as in every snapshot; otherwise, and
    when there are few of them, all is one part.
    """
    persons = {name: person_numbers(table, name) for name, table in tables.items() if BY_NAME[name].person}
    rows = max(map(len, persons.values()), default=0)
    parts = min(most, rows // WORTH_IT)
    if parts < 2 or not all(bool((numbers[1:] >= numbers[:-1]).all()) for numbers in persons.values()):
        return [tables]
    largest = max(persons.values(), key=len)
    cuts = largest[np.arange(1, parts) * rows // parts]
    ends = {name: np.r_[0, np.searchsorted(numbers, cuts), len(numbers)] for name, numbers in persons.items()}
    return [
        {
            name: table.slice(ends[name][part], ends[name][part + 1] - ends[name][part]) if name in ends else table
            for name, table in tables.items()
        }
        for part in range(parts)
    ]


def person_numbers(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(table[BY_NAME[name].person])
