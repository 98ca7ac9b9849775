"""Rows whose columns are worked out when they are asked for, and only for the rows that are still wanted.

A filter or a join moves no data: it keeps the numbers of rows. What a chosen child's service is called is looked up
for the chosen, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from openyj.measures.evaluation.keys import NOWHERE, Numbers
from openyj.measures.evaluation.values import Value, value


class Rows:
    """So many rows with columns by name. A subclass says how a column is ``made``; it is made once."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.memo: dict[Any, Any] = {}
        self.columns: dict[str, pa.Array] = {}

    def column(self, name: str) -> pa.Array:
        if name not in self.columns:
            self.columns[name] = self.made(name)
        return self.columns[name]

    def made(self, name: str) -> pa.Array:
        raise NotImplementedError

    def ready(self, name: str) -> pa.Array | None:
        """The column, if it can be had without working anything out."""
        return self.columns.get(name)

    def field(self, field: ops.Field) -> pa.Array:
        return self.column(field.name)

    def taken(self, places: Numbers) -> Rows:
        """These of the rows. NOWHERE among the places gives a row of nulls."""
        return Taken(self, places)


class Held(Rows):
    """Columns that are there."""

    def __init__(self, columns: Mapping[str, pa.Array]) -> None:
        super().__init__(len(next(iter(columns.values()))))
        self.columns = dict(columns)


class Supplied(Rows):
    """A case-level table. Text is kept as numbers of different texts, which is how it is compared and carried."""

    def __init__(self, table: pa.Table) -> None:
        super().__init__(len(table))
        self.table = table

    def made(self, name: str) -> pa.Array:
        column = self.table[name].combine_chunks()
        if isinstance(column, pa.ChunkedArray):  # an empty or a dictionary column of several chunks
            column = column.chunk(0) if column.num_chunks else pa.nulls(0, column.type)
        return column.dictionary_encode() if pa.types.is_string(column.type) else column


class Taken(Rows):
    """Some of other rows, in any order and number."""

    def __init__(self, of: Rows, places: Numbers, after: Taken | None = None) -> None:
        super().__init__(len(places))
        self.of, self.after, self.own = of, after, places
        self.whole: Numbers | None = places if after is None else None
        self.index: pa.Array | None = None

    @property
    def places(self) -> Numbers:
        if self.whole is None:
            assert self.after is not None
            self.whole = composed(self.after.places, self.own)
        return self.whole

    def made(self, name: str) -> pa.Array:
        if self.after is not None and (near := self.after.ready(name)) is not None:
            return take(near, self.own)
        if self.index is None:
            self.index = as_index(self.places)
        return pc.take(self.of.column(name), self.index, boundscheck=False)

    def taken(self, places: Numbers) -> Rows:
        return Taken(self.of, places, self)


class Computed(Rows):
    """Columns that are expressions of other rows' columns."""

    def __init__(
        self, of: Rows, values: Mapping[str, ops.Value], among: tuple[Computed, Numbers] | None = None
    ) -> None:
        super().__init__(of.length)
        self.of, self.values, self.among = of, values, among

    def made(self, name: str) -> pa.Array:
        known = self.ready(name)
        return known if known is not None else spread(value(self.values[name], self.of), self.length)

    def ready(self, name: str) -> pa.Array | None:
        if name in self.columns:
            return self.columns[name]
        if self.among is None:
            return None
        more, places = self.among
        known = more.ready(name)
        return None if known is None else take(known, places)

    def taken(self, places: Numbers) -> Rows:
        if (places == NOWHERE).any():  # an expression of nulls may have a value, and a row of nulls has none
            return Taken(self, places)
        return Computed(self.of.taken(places), self.values, (self, places))


class Sides(Rows):
    """Rows of several tables side by side: a join. A column is named by its table too."""

    def __init__(self, sides: Mapping[ops.Relation, Rows], length: int) -> None:
        super().__init__(length)
        self.sides = sides

    def field(self, field: ops.Field) -> pa.Array:
        return self.sides[field.rel].column(field.name)

    def taken(self, places: Numbers) -> Sides:
        return Sides({name: side.taken(places) for name, side in self.sides.items()}, len(places))


def composed(first: Numbers, then: Numbers) -> Numbers:
    """The places of places; a place that is NOWHERE stays so."""
    if not len(first):
        return np.full(len(then), NOWHERE)
    found = first[then]
    found[then == NOWHERE] = NOWHERE
    return found


def take(column: pa.Array, places: Numbers) -> pa.Array:
    return pc.take(column, as_index(places), boundscheck=False)


def as_index(places: Numbers) -> pa.Array:
    nowhere = places == NOWHERE
    return pa.array(places, mask=nowhere) if nowhere.any() else pa.array(places)


def spread(found: Value, length: int) -> pa.Array:
    """A column of this length, where an expression has one value for all rows."""
    return pa.repeat(found, length) if isinstance(found, pa.Scalar) else found
