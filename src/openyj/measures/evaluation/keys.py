"""Keys as whole numbers, and what is cheap with them: where a key stands, which rows match, which row is first.

Rows of one person mostly stand together, because tables are written in order of person. Nothing here needs it, but
then a group is a run of rows and a look-up walks forward through memory, which is most of the speed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
NOWHERE = -1
NARROW = 8  # keys spread over at most so many numbers each are found in a table of places instead of by search
WIDEST = 2**62


class Places:
    """Where each of some keys stands, when no key is used twice (``unique``)."""

    def __init__(self, keys: Numbers) -> None:
        here = np.arange(len(keys))
        self.least = int(keys.min()) if len(keys) else 0
        span = int(keys.max()) - self.least + 1 if len(keys) else 0
        self.table: Numbers | None = None
        if span <= NARROW * len(keys):
            self.table = np.full(span, NOWHERE)
            self.table[keys - self.least] = here
            self.unique = bool((self.table[keys - self.least] == here).all())
        else:
            self.order = in_order(keys)
            self.sorted = keys if self.order is None else keys[self.order]
            self.unique = bool((self.sorted[1:] != self.sorted[:-1]).all())

    def of(self, wanted: Numbers) -> Numbers:
        """The place of each, NOWHERE for one that is not there."""
        if self.table is not None:
            if not len(self.table):
                return np.full(len(wanted), NOWHERE)
            at = wanted - self.least
            missing = at.view(np.uint64) >= len(self.table)
            if not missing.any():
                return self.table[at]
            at[missing] = 0
            return np.where(missing, NOWHERE, self.table[at])
        at = np.minimum(np.searchsorted(self.sorted, wanted), len(self.sorted) - 1)
        found = at if self.order is None else self.order[at]
        return np.where(self.sorted[at] == wanted, found, NOWHERE)


def ascends(keys: Numbers) -> bool:
    return bool((keys[1:] >= keys[:-1]).all())


def in_order(keys: Numbers) -> Numbers | None:
    """The rows in order of their keys, equal keys in their own; None when they are already so."""
    return None if ascends(keys) else np.argsort(keys, kind="stable")


def packed(columns: Sequence[Numbers]) -> Numbers:
    """Several columns as one: rows are alike there when they are alike in all, and stand in the same order."""
    whole, width = columns[0], None
    for column in columns[1:]:
        if not len(column):
            break
        if width is None:
            whole, width = shifted(whole)
        column, span = shifted(column)
        if width * span >= WIDEST:
            (whole, width), (column, span) = ranked(whole), ranked(column)
        whole, width = whole * span + column, width * span
    return whole


def shifted(column: Numbers) -> tuple[Numbers, int]:
    """From 0 on, and the number after the last."""
    least, most = int(column.min()), int(column.max())
    if most - least >= WIDEST:
        return ranked(column)
    return column - least, most - least + 1


def ranked(column: Numbers) -> tuple[Numbers, int]:
    values, ranks = np.unique(column, return_inverse=True)
    return ranks.astype(np.int64), len(values)


def matches(left: Numbers, right: Numbers) -> tuple[Numbers | None, Numbers]:
    """Row numbers of every pair with the same key, in the order of the left rows. None for the left when each of its
    rows is there once, in order."""
    order = in_order(right)
    keys = right if order is None else right[order]
    least = int(keys[0]) if len(keys) else 0
    span = int(keys[-1]) - least + 1 if len(keys) else 0
    if span > NARROW * (len(left) + len(right)):
        return expanded(np.searchsorted(keys, left, "left"), np.searchsorted(keys, left, "right"), order)
    ends = np.r_[0, np.cumsum(np.bincount(keys - least, minlength=span + 1))]
    at = left - least
    at[at.view(np.uint64) > span] = span  # a number that no right key has
    return expanded(ends[at], ends[at + 1], order)


def matches_between(
    left: Numbers, low: Numbers, high: Numbers, right: Numbers, days: Numbers
) -> tuple[Numbers | None, Numbers]:
    """Row numbers of every pair with the same key where the right row's day is from ``low`` to ``high`` of the left
    row. Rows of one key in order of their days stand together, so each left row finds its own at once."""
    if not len(right):
        return np.zeros(0, np.int64), right
    least, most = int(days.min()), int(days.max())
    width = most - least + 3  # room for a day before the first and one after the last
    base = min(int(right.min()), int(left.min()) if len(left) else 0)
    ordered = (right - base) * width + (days - least + 1)
    order = in_order(ordered)
    keys = ordered if order is None else ordered[order]
    begin = (left - base) * width
    first = np.searchsorted(keys, begin + np.clip(low - least + 1, 0, width - 1), "left")
    last = np.searchsorted(keys, begin + np.clip(high - least + 1, 0, width - 1), "right")
    return expanded(first, np.maximum(first, last), order)


def expanded(low: Numbers, high: Numbers, order: Numbers | None) -> tuple[Numbers | None, Numbers]:
    """Each left row once for every place from ``low`` up to ``high`` in the order of the right rows."""
    count = high - low
    rows: Numbers | None
    if (count == 1).all():
        rows, at = None, low
    else:
        some = np.flatnonzero(count)
        count = count[some]
        rows = np.repeat(some, count)
        at = np.repeat(low[some] - np.cumsum(count) + count, count) + np.arange(len(rows))
    return rows, at if order is None else order[at]


def runs(keys: Numbers) -> Numbers:
    """Where each run of equal keys begins. There is at least one row."""
    return np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])


def firsts(groups: Numbers, order: Sequence[Numbers]) -> Numbers:
    """The first row of each group in this order, the groups in theirs; of rows alike in all the earliest."""
    rows = in_order(groups)
    if not len(groups):
        return groups
    begins = runs(groups if rows is None else groups[rows])
    length = np.diff(np.r_[begins, len(groups)])
    several = length > 1
    if not order or not several.any():
        return begins if rows is None else rows[begins]
    # Only groups of more than one row have to choose.
    found = begins if rows is None else rows[begins]
    among = np.flatnonzero(np.repeat(several, length))
    among = among if rows is None else rows[among]
    length = length[several]
    found[several] = chosen(among, length, order)
    return found


def chosen(rows: Numbers, length: Numbers, order: Sequence[Numbers]) -> Numbers:
    """Of each run of so many rows the first in this order."""
    for column in order:
        values = column[rows]
        begins = np.cumsum(length) - length
        kept = values == np.repeat(np.minimum.reduceat(values, begins), length)
        if not kept.all():
            length = np.add.reduceat(kept, begins, dtype=np.int64)
            rows = rows[kept]
        if len(rows) == len(length):
            return rows
    return rows[np.cumsum(length) - length]
