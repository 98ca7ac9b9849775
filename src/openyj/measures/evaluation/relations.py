"""An Ibis expression worked out over case-level tables in memory, without an engine in between.

What it may hold is little: choosing, looking up by key, joining, the first row of a group, counting. It is what a
definition needs, because a definition is a function of one person's rows. Anything else is NotUnderstood, and then
DuckDB does the whole; both give the same rows, which tests hold.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from openyj.measures.evaluation import keys
from openyj.measures.evaluation.keys import NOWHERE, Mask, Numbers
from openyj.measures.evaluation.rows import Computed, Held, Rows, Sides, Supplied, spread
from openyj.measures.evaluation.values import NotUnderstood, value

SELDOM = 0.5  # when fewer than this part of the rows are left, the next condition is asked only of them


class Evaluation:
    """Definitions over one set of tables. What two of them share is worked out once.

    ``prepared`` gives the expressions behind names that are not supplied tables.
    """

    def __init__(self, tables: Mapping[str, pa.Table], prepared: Mapping[str, ir.Table]) -> None:
        self.tables = tables
        self.prepared = prepared
        self.done: dict[ops.Relation, Rows] = {}
        self.places: dict[tuple[int, str], tuple[Rows, keys.Places]] = {}

    def table(self, expression: ir.Table, columns: Container[str] | None = None) -> pa.Table:
        """The expression's rows, or these columns of them, so that nothing else of them is worked out. Raises
        NotUnderstood naming an operation that is not worked out here."""
        rows = self.rows(expression.op())
        schema = expression.schema().to_pyarrow()
        wanted = [column for column in schema if columns is None or column.name in columns]
        return pa.table({column.name: fitted(rows.column(column.name), column.type) for column in wanted})

    def numbers(self, prepared: str, column: str) -> Numbers:
        """A key column of a prepared table."""
        return whole_numbers(self.rows(self.prepared[prepared].op()).column(column))

    def rows(self, op: ops.Relation) -> Rows:
        if op not in self.done:
            work = WORK.get(type(op))
            if work is None:
                raise NotUnderstood(type(op).__name__)
            self.done[op] = work(self, op)
        return self.done[op]

    def place(self, rows: Rows, field: ops.Field) -> keys.Places:
        """Where the keys of a column stand, worked out once for each column."""
        known = (id(rows), field.name)
        if known not in self.places:
            self.places[known] = rows, keys.Places(whole_numbers(rows.column(field.name)))
        return self.places[known][1]


def supplied(of: Evaluation, op: ops.UnboundTable) -> Rows:
    if op.name in of.prepared:
        return of.rows(of.prepared[op.name].op())
    return Supplied(of.tables[op.name])


def projected(of: Evaluation, op: ops.Project) -> Rows:
    return Computed(of.rows(op.parent), op.values)


def restricted(of: Evaluation, op: ops.DropColumns) -> Rows:
    return of.rows(op.parent)


def filtered(of: Evaluation, op: ops.Filter) -> Rows:
    rows = of.rows(op.parent)
    if (window := first_place(op, rows)) is not None:
        assert isinstance(rows, Computed)
        return rows.taken(first_rows(window, rows.of))
    kept: Mask | None = None
    for condition in op.predicates:
        holds = mask(value(condition, rows), rows.length)
        kept = holds if kept is None else kept & holds
        left = int(np.count_nonzero(kept))
        if left < SELDOM * len(kept):
            rows, kept = rows.taken(np.flatnonzero(kept)), None
    if kept is None or kept.all():
        return rows
    return rows.taken(np.flatnonzero(kept))


def mask(found: pa.Array | pa.Scalar, length: int) -> Mask:
    return np.asarray(pc.fill_null(spread(found, length), False))


def first_place(op: ops.Filter, rows: Rows) -> ops.WindowFunction | None:
    """The window whose row number has to be 0, if that is what the filter asks."""
    if len(op.predicates) != 1 or not isinstance(rows, Computed) or not isinstance(op.predicates[0], ops.Equals):
        return None
    asked, number = op.predicates[0].left, op.predicates[0].right
    if not (isinstance(asked, ops.Field) and isinstance(number, ops.Literal) and number.value == 0):
        return None
    found = rows.values.get(asked.name)
    is_number = isinstance(found, ops.WindowFunction) and isinstance(found.func, ops.RowNumber)
    return found if is_number else None


def first_rows(window: ops.WindowFunction, rows: Rows) -> Numbers:
    groups = codes([value(key, rows) for key in window.group_by])
    order = [places_in_order(value(key.arg, rows), key) for key in window.order_by]
    return keys.firsts(groups, order)


def places_in_order(column: pa.Array, key: ops.SortKey) -> Numbers:
    if pa.types.is_dictionary(column.type):
        raise NotUnderstood("an order of text")
    numbers = whole_numbers(column, null=None if not column.null_count else 0)
    if not key.ascending:
        numbers = -numbers
    if column.null_count:
        edge = numbers.min() - 1 if key.nulls_first else numbers.max() + 1
        numbers = np.where(np.asarray(pc.is_null(column)), edge, numbers)
    return numbers


def joined(of: Evaluation, op: ops.JoinChain) -> Rows:
    sides: dict[ops.Relation, Rows] = {op.first: of.rows(op.first.parent)}
    found = Sides(sides, sides[op.first].length)
    for link in op.rest:
        found = linked(of, found, link)
    return Computed(found, op.values)


def linked(of: Evaluation, left: Sides, link: ops.JoinLink) -> Sides:
    right = of.rows(link.table.parent)
    pairs, others = paired(link)
    if (link.how == "left" and others) or link.how not in ("inner", "left") or not pairs:
        raise NotUnderstood(f"a {link.how} join on {link.predicates}")
    at = looked_up(of, left, right, pairs)
    mine: Numbers | None = None
    if at is not None and link.how == "left":
        return Sides({**left.sides, link.table: right.taken(at)}, left.length)
    if at is not None:
        here = at != NOWHERE
        if not here.all():
            mine, at = np.flatnonzero(here), at[here]
    elif link.how == "inner":
        ours, theirs = codes_alike(
            [(left.field(mine), right.column(other.name)) for mine, other in pairs], left.length, right.length
        )
        days, others = between(link, left, right, others)
        mine, at = keys.matches_between(ours, *days[:2], theirs, days[2]) if days else keys.matches(ours, theirs)
    else:
        raise NotUnderstood("a left join that may find several rows")
    if mine is not None:
        left = left.taken(mine)
    found = Sides({**left.sides, link.table: right.taken(at)}, len(at))
    for condition in others:
        holds = mask(value(condition, found), found.length)
        if not holds.all():
            found = found.taken(np.flatnonzero(holds))
    return found


def between(
    link: ops.JoinLink, left: Sides, right: Rows, conditions: list[ops.Value]
) -> tuple[tuple[Numbers, Numbers, Numbers] | None, list[ops.Value]]:
    """For each of our rows the first and the last day that one column of theirs may have, and that column, where there
    are such conditions; and the conditions that are not these."""
    low = high = None
    day: ops.Field | None = None
    for condition in conditions:
        if not isinstance(condition, (ops.Greater, ops.LessEqual)):
            continue
        theirs, ours = condition.left, condition.right
        is_bound = isinstance(theirs, ops.Field) and theirs.rel == link.table and theirs.dtype.is_date()
        if not is_bound or link.table in ours.find(ops.JoinReference) or day not in (None, theirs):
            continue
        if isinstance(condition, ops.Greater) and low is None:
            low, day = condition, theirs
        elif isinstance(condition, ops.LessEqual) and high is None:
            high, day = condition, theirs
    if day is None or low is None or high is None:
        return None, conditions
    column = right.column(day.name)
    first, last = (spread(value(each.right, left), left.length) for each in (low, high))
    if column.null_count or first.null_count or last.null_count:
        return None, conditions
    bounds = whole_numbers(first) + 1, whole_numbers(last), whole_numbers(column)
    return bounds, [each for each in conditions if each not in (low, high)]


def paired(link: ops.JoinLink) -> tuple[list[tuple[ops.Field, ops.Field]], list[ops.Value]]:
    """The columns that must be equal, ours first, and the other conditions."""
    pairs, others = [], []
    for condition in link.predicates:
        fields = (condition.left, condition.right) if isinstance(condition, ops.Equals) else ()
        if len(fields) == 2 and all(isinstance(field, ops.Field) for field in fields):
            ours, theirs = sorted(fields, key=lambda field: field.rel == link.table)
            pairs.append((ours, theirs))
        else:
            others.append(condition)
    return pairs, others


def looked_up(of: Evaluation, left: Sides, right: Rows, pairs: Sequence[tuple[ops.Field, ops.Field]]) -> Numbers | None:
    """For each of our rows the one row of theirs that matches, or NOWHERE; None where several might."""
    for key, other in pairs:
        column, theirs = left.field(key), right.column(other.name)
        if theirs.null_count or column.null_count or pa.types.is_dictionary(theirs.type):
            continue
        places = of.place(right, other)
        if not places.unique:
            continue
        at = places.of(whole_numbers(column))
        for more, other_too in pairs:
            if other_too is not other and right.length:
                same = alike(left.field(more), right.column(other_too.name), at)
                if not same.all():
                    at = np.where(same, at, NOWHERE)
        return at
    return None


def alike(ours: pa.Array, theirs: pa.Array, at: Numbers) -> Mask:
    """Whether each of our values is the one that stands at that place of theirs."""
    if pa.types.is_dictionary(ours.type) or ours.null_count or theirs.null_count:
        mine, other = codes_alike([(ours, theirs)], len(ours), len(theirs))
    else:
        mine, other = whole_numbers(ours), whole_numbers(theirs)
    return other[at] == mine


def aggregated(of: Evaluation, op: ops.Aggregate) -> Rows:
    rows = of.rows(op.parent)
    if not op.groups:
        raise NotUnderstood("a sum without groups")
    groups = codes([value(key, rows) for key in op.groups.values()])
    order = keys.in_order(groups)
    begins = keys.runs(groups if order is None else groups[order]) if len(groups) else groups
    first = rows.taken(begins if order is None else order[begins])
    columns = {name: spread(value(key, first), first.length) for name, key in op.groups.items()}
    for name, metric in op.metrics.items():
        if isinstance(metric, ops.CountStar) and metric.where is None:
            columns[name] = pa.array(np.diff(np.r_[begins, len(groups)]))
        elif isinstance(metric, ops.Min) and metric.where is None:
            columns[name] = least(value(metric.arg, rows), order, begins)
        else:
            raise NotUnderstood(f"the sum {type(metric).__name__}")
    return Held(columns)


def least(column: pa.Array, order: Numbers | None, begins: Numbers) -> pa.Array:
    """The least of each group; nulls are looked past."""
    if pa.types.is_dictionary(column.type) or pa.types.is_floating(column.type):
        raise NotUnderstood(f"the least {column.type}")
    highest = np.iinfo(np.int64).max
    numbers = whole_numbers(column, null=highest)
    numbers = numbers if order is None else numbers[order]
    found = np.minimum.reduceat(numbers, begins) if len(begins) else numbers
    return from_numbers(found, column.type, found == highest)


def distinct(of: Evaluation, op: ops.Distinct) -> Rows:
    rows = of.rows(op.parent)
    groups = codes([rows.column(name) for name in op.schema])
    return rows.taken(keys.firsts(groups, []))


def stacked(of: Evaluation, op: ops.Union) -> Rows:
    if op.distinct:
        raise NotUnderstood("a union that drops doubles")
    parts = [of.rows(op.left), of.rows(op.right)]
    columns = {}
    for name in op.schema:
        both = pa.chunked_array([part.column(name) for part in parts]).unify_dictionaries()
        columns[name] = pa.concat_arrays(both.chunks)
    return Held(columns)


def codes(columns: Sequence[pa.Array]) -> Numbers:
    """One whole number for each row, the same for rows alike in all columns."""
    return keys.packed([group_numbers(column) for column in columns])


def codes_alike(pairs: Sequence[tuple[pa.Array, pa.Array]], ours: int, theirs: int) -> tuple[Numbers, Numbers]:
    """Whole numbers of our rows and of theirs, the same where the keys are; a null equals nothing."""
    both = [np.concatenate(numbers_alike(*pair)) for pair in pairs]
    found = keys.packed(both)
    left, right = found[:ours].copy(), found[ours:].copy()
    for mine, other in pairs:
        left[np.asarray(pc.is_null(mine))] = NOWHERE
        right[np.asarray(pc.is_null(other))] = NOWHERE - 1
    return left, right


def numbers_alike(ours: pa.Array, theirs: pa.Array) -> tuple[Numbers, Numbers]:
    if not pa.types.is_dictionary(ours.type):
        return whole_numbers(ours, null=0), whole_numbers(theirs, null=0)
    known = np.asarray(pc.fill_null(pc.index_in(ours.dictionary, theirs.dictionary), NOWHERE)).astype(np.int64)
    mine, other = (np.asarray(pc.fill_null(each.indices, 0)).astype(np.int64) for each in (ours, theirs))
    return (known[mine] if len(known) else np.full(len(mine), NOWHERE)), other


def group_numbers(column: pa.Array) -> Numbers:
    if not column.null_count:
        return whole_numbers(column)
    numbers = whole_numbers(column, null=0)
    return np.where(np.asarray(pc.is_null(column)), numbers.max() + 1, numbers)


def whole_numbers(column: pa.Array, null: int | None = None) -> Numbers:
    """A key column's values as whole numbers that are equal where they are, and in their order but for text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.indices
    elif pa.types.is_date32(kind):
        column = column.view(pa.int32())
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif not pa.types.is_integer(kind):
        raise NotUnderstood(f"a key of {kind}")
    if null is not None and column.null_count:
        column = pc.fill_null(column.cast(pa.int64()), null)
    return np.asarray(column).astype(np.int64, copy=False)


def from_numbers(numbers: Numbers, kind: pa.DataType, missing: Mask) -> pa.Array:
    numbers = np.where(missing, 0, numbers)
    if pa.types.is_date32(kind):
        return pa.array(numbers.astype(np.int32), mask=missing).view(kind)
    return pa.array(numbers, mask=missing).cast(kind)


def fitted(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column if pa.types.is_dictionary(column.type) else column.cast(kind)


WORK: dict[type, Callable[[Evaluation, ops.Relation], Rows]] = {
    ops.UnboundTable: supplied,
    ops.Project: projected,
    ops.DropColumns: restricted,
    ops.Filter: filtered,
    ops.JoinChain: joined,
    ops.Aggregate: aggregated,
    ops.Distinct: distinct,
    ops.Union: stacked,
}
