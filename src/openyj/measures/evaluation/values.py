"""The value of an expression for every row, by pyarrow's functions, nulls as in SQL.

An expression of one column with few different values (a code, a day) is worked out once for each value instead of
once for each row: the label of a quarter for 3,650 days and not for a million outcomes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Value: TypeAlias = pa.Array | pa.Scalar
DAY = pa.date32()
COSTLY = (
    ops.ExtractYear,
    ops.ExtractMonth,
    ops.ExtractDay,
    ops.DateTruncate,
    ops.DateAdd,
    ops.DateFromYMD,
    ops.StringConcat,
    ops.SearchedCase,
    ops.SimpleCase,
)


class NotUnderstood(Exception):
    """An expression holds something that is not worked out here. DuckDB then does it."""


class Source(Protocol):
    """What has columns, and remembers what was worked out of them."""

    memo: dict[Any, Any]

    def field(self, field: ops.Field) -> pa.Array: ...


class OneColumn:
    """The different values of one column, as rows of their own."""

    def __init__(self, values: pa.Array) -> None:
        self.values = values
        self.memo: dict[Any, Any] = {}

    def field(self, field: ops.Field) -> pa.Array:
        return self.values


def value(op: ops.Value, rows: Source) -> Value:
    """The expression's value for every row, or one scalar for all of them."""
    if isinstance(op, ops.Field):
        return rows.field(op)
    if isinstance(op, ops.Literal):
        return literal(op)
    if op not in rows.memo:
        rows.memo[op] = by_different_value(op, rows)
    return rows.memo[op]


def by_different_value(op: ops.Value, rows: Source) -> Value:
    field = only_field(op)
    if field is None or isinstance(rows, OneColumn):
        return computed(op, rows)
    column = rows.field(field)
    if not (pa.types.is_dictionary(column.type) or is_costly(op)):
        return computed(op, rows)
    if field not in rows.memo:
        rows.memo[field] = different(column)
    if rows.memo[field] is None:
        return computed(op, rows)
    values, numbers = rows.memo[field]
    found = computed(op, OneColumn(values))
    if isinstance(found, pa.Scalar):
        return found
    if pa.types.is_string(found.type):
        found = found.dictionary_encode()
    return found.take(numbers)


def different(column: pa.Array) -> tuple[pa.Array, pa.Array] | None:
    """Values among which are all of the column's, null the last, and each row's place among them; None when there
    would be too many."""
    if pa.types.is_dictionary(column.type):
        values, numbers = column.dictionary, column.indices
    elif column.type == DAY and len(column) > column.null_count:
        days = column.view(pa.int32())
        ends = pc.min_max(days)
        least, most = ends["min"].as_py(), ends["max"].as_py()
        if 2 * (most - least) > len(column):
            return None
        values = pa.array(np.arange(least, most + 1, dtype=np.int32)).view(DAY)
        numbers = pc.subtract(days, pa.scalar(least, pa.int32()))
    elif pa.types.is_integer(column.type) and len(column) > column.null_count:
        ends = pc.min_max(column)
        least, most = ends["min"].as_py(), ends["max"].as_py()
        if 2 * (most - least) > len(column):
            return None
        values = pa.array(np.arange(least, most + 1), column.type)
        numbers = pc.subtract(column, pa.scalar(least, column.type))
    else:
        return None
    if column.null_count:
        values = pa.concat_arrays([values, pa.nulls(1, values.type)])
        numbers = pc.fill_null(numbers, pa.scalar(len(values) - 1, numbers.type))
    return values, numbers


@lru_cache(maxsize=4096)
def only_field(op: ops.Value) -> ops.Field | None:
    fields = set(op.find(ops.Field, filter=ops.Value))
    return fields.pop() if len(fields) == 1 else None


@lru_cache(maxsize=4096)
def is_costly(op: ops.Value) -> bool:
    return bool(op.find(COSTLY, filter=ops.Value))


def computed(op: ops.Value, rows: Source) -> Value:
    work = WORK.get(type(op))
    if work is None:
        raise NotUnderstood(type(op).__name__)
    return work(op, lambda part: value(part, rows))


@lru_cache(maxsize=4096)
def literal(op: ops.Literal) -> pa.Scalar:
    kind = op.dtype
    if kind.is_integer():
        return pa.scalar(op.value, pa.int64())
    if kind.is_interval():
        raise NotUnderstood("an interval by itself")
    return pa.scalar(op.value, kind.to_pyarrow())


def plain(found: Value) -> Value:
    """Text as text, where it is kept as numbers of different texts."""
    return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found


def of_each(work: Callable[..., Value]) -> Callable[[Any, Any], Value]:
    """What needs nothing but the values of the operation's parts."""
    return lambda op, of: work(*(plain(of(part)) for part in op.args))


def is_among(op: ops.InValues, of: Any) -> Value:
    if not all(isinstance(each, ops.Literal) and each.value is not None for each in op.options):
        raise NotUnderstood("membership of what is not constant")
    found = plain(of(op.value))
    among = pc.is_in(found, pa.array([each.value for each in op.options], found.type))
    return pc.if_else(pc.is_valid(found), among, pa.scalar(None, pa.bool_()))


def between(found: Value, low: Value, high: Value) -> Value:
    return pc.and_kleene(pc.greater_equal(found, low), pc.less_equal(found, high))


def simple_case(op: ops.SimpleCase, of: Any) -> Value:
    base = plain(of(op.base))
    return chosen([pc.equal(base, of(case)) for case in op.cases], op, of)


def searched_case(op: ops.SearchedCase, of: Any) -> Value:
    return chosen([of(case) for case in op.cases], op, of)


def chosen(holding: list[Value], op: Any, of: Any) -> Value:
    found = plain(of(op.default))
    for holds, result in reversed(list(zip(holding, op.results, strict=True))):
        found = pc.if_else(pc.fill_null(holds, False), plain(of(result)), found)
    return found


def if_else(op: ops.IfElse, of: Any) -> Value:
    holds, one, other = pc.fill_null(of(op.bool_expr), False), of(op.true_expr), of(op.false_null_expr)
    if pa.types.is_dictionary(one.type) and isinstance(other, pa.Scalar) and not other.is_valid:
        kept = pc.if_else(holds, one.indices, pa.scalar(None, one.indices.type))
        return pa.DictionaryArray.from_arrays(kept, one.dictionary)
    return pc.if_else(holds, plain(one), plain(other))


def cast(op: ops.Cast, of: Any) -> Value:
    return pc.cast(plain(of(op.arg)), op.to.to_pyarrow())


def rest(number: Value, by: Value) -> Value:
    """What remains after division, with the sign of the number, as SQL has it."""
    return pc.subtract(number, pc.multiply(pc.divide(number, by), by))


def divided_down(number: Value, by: Value) -> Value:
    return pc.cast(pc.floor(pc.divide(pc.cast(number, pa.float64()), pc.cast(by, pa.float64()))), pa.int64())


def begins(op: ops.DateTruncate, of: Any) -> Value:
    if op.unit.name != "QUARTER":
        raise NotUnderstood(f"the beginning of a {op.unit.name}")
    return pc.floor_temporal(of(op.arg), unit="quarter")


def months_after(op: ops.DateAdd, of: Any) -> Value:
    """So many calendar months later on the same day, or on that month's last day."""
    by = op.right
    if not (isinstance(by, ops.Literal) and by.dtype == dt.Interval(unit="M")):
        raise NotUnderstood("adding anything but months to a day")
    found = of(op.left)
    days = np.asarray(pc.fill_null(found.view(pa.int32()), 0)).astype("M8[D]")
    month = days.astype("M8[M]")
    into = days - month
    month = month + by.value
    last = (month + 1).astype("M8[D]") - month.astype("M8[D]") - 1
    later = (month.astype("M8[D]") + np.minimum(into, last)).astype(np.int64).astype(np.int32)
    return pa.array(later, mask=~np.asarray(pc.is_valid(found))).view(DAY)


def day_of(year: Value, month: Value, day: Value) -> Value:
    """The day of these numbers; a day that its month does not have is refused by nobody, so none may be asked for."""
    some = [np.asarray(pc.fill_null(part, 1)).astype(np.int64) for part in (year, month, day)]
    months = ((some[0] - 1970) * 12 + some[1] - 1).astype("M8[M]")
    days = (months.astype("M8[D]").astype(np.int64) + some[2] - 1).astype(np.int32)
    missing = pc.or_(pc.is_null(year), pc.or_(pc.is_null(month), pc.is_null(day)))
    return pa.array(days, mask=np.asarray(missing)).view(DAY)


WORK: dict[type, Callable[[Any, Any], Value]] = {
    ops.Equals: of_each(pc.equal),
    ops.Less: of_each(pc.less),
    ops.LessEqual: of_each(pc.less_equal),
    ops.Greater: of_each(pc.greater),
    ops.GreaterEqual: of_each(pc.greater_equal),
    ops.Between: of_each(between),
    ops.InValues: is_among,
    ops.IsNull: of_each(pc.is_null),
    ops.NotNull: of_each(pc.is_valid),
    ops.Not: of_each(pc.invert),
    ops.And: of_each(pc.and_kleene),
    ops.Or: of_each(pc.or_kleene),
    ops.Coalesce: lambda op, of: pc.coalesce(*(plain(of(part)) for part in op.arg)),
    ops.IfElse: if_else,
    ops.SimpleCase: simple_case,
    ops.SearchedCase: searched_case,
    ops.Cast: cast,
    ops.Add: of_each(pc.add),
    ops.Subtract: of_each(pc.subtract),
    ops.Multiply: of_each(pc.multiply),
    ops.FloorDivide: of_each(divided_down),
    ops.Modulus: of_each(rest),
    ops.Lowercase: of_each(pc.utf8_lower),
    ops.StringConcat: lambda op, of: pc.binary_join_element_wise(*(plain(of(part)) for part in op.arg), ""),
    ops.ExtractYear: of_each(pc.year),
    ops.ExtractMonth: of_each(pc.month),
    ops.ExtractDay: of_each(pc.day),
    ops.DateTruncate: begins,
    ops.DateAdd: months_after,
    ops.DateFromYMD: of_each(day_of),
}
