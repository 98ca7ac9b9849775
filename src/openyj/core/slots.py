"""Places on a lower room's page that upper rooms fill, without the lower one knowing them.

A `Slot` holds anything of one type. A `ListSlot` holds lists: each room gives a queryset and says which of its
columns is the slot's date, title and so on; together they are one UNION ALL, so one query however many rooms.

    timeline = ListSlot("timeline", {"date": DateField(), "title": TextField(), "object_id": BigIntegerField()},
                        about={"child": BigIntegerField()}, order_by=["-date"])

    @timeline.contribute("hearing")                      # in an upper room, imported by its AppConfig.ready()
    def hearings(*, child):
        return Hearing.objects.standing().filter(child=child), {
            "date": "held_on", "title": Value("Hearing"), "object_id": "pk"}

    timeline.rows(child=child.pk, limit=50)              # on the page: rows with .kind, .date, .title, .object_id
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, F, Field, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from openyj.core.worded import asked_all, filled

T = TypeVar("T")
Contribution = Callable[..., tuple[QuerySet[Any], Mapping[str, Any]]]


class Slot(Generic[T]):
    """Contributions of one type, in the order of their numbers and then of their names.

    Iterating gives the contributions. The same name twice is a mistake at start-up and is refused.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: dict[str, tuple[int, T]] = {}

    def add(self, name: str, contribution: T, *, order: int = 100) -> T:
        """Register a contribution at start-up."""
        if name in self._found:
            raise ValueError(f"The slot {self.name!r} already has a contribution called {name!r}")
        self._found[name] = (order, contribution)
        return contribution

    def contribute(self, name: str, *, order: int = 100) -> Callable[[T], T]:
        """`add` as a decorator."""
        return lambda contribution: self.add(name, contribution, order=order)

    def items(self) -> list[tuple[str, T]]:
        """(name, contribution) in order."""
        ordered = sorted(self._found.items(), key=lambda found: (found[1][0], found[0]))
        return [(name, contribution) for name, (_order, contribution) in ordered]

    def __iter__(self) -> Iterator[T]:
        return iter(contribution for _name, contribution in self.items())


@dataclass(frozen=True)
class Part:
    """One contribution as SQL. Among `given`, in their places, are those `worded.Asked`."""

    sql: str
    given: tuple[Any, ...]


class ListSlot(Slot[Contribution]):
    """Lists of one shape joined by UNION ALL. `columns` are the shape; `order_by` orders the joined list.

    A contribution takes what the list is `about` as keywords and returns its queryset with an expression (or the
    name of a column) for each of the slot's columns, None for one it does not have. Rows that tie are ordered by kind
    and then by every other column, so pages are stable.

    A contribution is put into SQL once for all pages (`core.worded`), so it knows neither reader nor day: who may read
    the list is settled before.
    """

    def __init__(
        self, name: str, columns: Mapping[str, Field], *, about: Mapping[str, Field], order_by: Sequence[str]
    ) -> None:
        super().__init__(name)
        self.columns = dict(columns)
        self.about = dict(about)
        self.row = namedtuple("Row", ["kind", *self.columns])
        said = [path.removeprefix("-") for path in order_by]
        if unknown := set(said) - set(self.columns):
            raise ValueError(f"The slot {name!r} has no column {sorted(unknown)}")
        rest = [column for column in ("kind", *self.columns) if column not in said]
        ordered = [f"slot_{path[1:]} DESC" if path.startswith("-") else f"slot_{path}" for path in [*order_by, *rest]]
        self._ordered = ", ".join(ordered)
        self._parts: dict[tuple[str, str], Part] = {}

    def rows(self, *, limit: int | None = None, offset: int = 0, only: Sequence[str] = (), **about: Any) -> list[Any]:
        """The joined list as named tuples (`kind` is the contribution's name); `only` keeps some kinds."""
        joined, given = self._joined(only, about)
        if not joined:
            return []
        with connection.cursor() as cursor:
            # No value is put into the text. LIMIT NULL is no limit.
            cursor.execute(f"{joined} ORDER BY {self._ordered} LIMIT %s OFFSET %s", [*given, limit, offset])
            return [self.row(*found) for found in cursor.fetchall()]

    def count(self, *, only: Sequence[str] = (), **about: Any) -> int:
        """How many rows there are in all."""
        joined, given = self._joined(only, about)
        if not joined:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({joined}) AS counted", given)  # noqa: S608 (only its own text)
            return cursor.fetchone()[0]

    def _joined(self, only: Sequence[str], about: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """SQL for all rows of all parts, and what is given with it; "" of none."""
        parts = [self._part(kind, made) for kind, made in self.items() if not only or kind in only]
        given = filled((each for part in parts for each in part.given), about)
        return " UNION ALL ".join(f"({part.sql})" for part in parts), given

    def _part(self, kind: str, contribution: Contribution) -> Part:
        # A label may be in the reader's language.
        key = (kind, get_language() or "")
        if key not in self._parts:
            self._parts[key] = self._put(kind, *contribution(**asked_all(self.about)))
        return self._parts[key]

    def _put(self, kind: str, rows: QuerySet[Any], given: Mapping[str, Any]) -> Part:
        """One contribution's rows as SQL."""
        if set(given) != set(self.columns):
            odd = sorted(set(given) ^ set(self.columns))
            raise ValueError(f"{kind!r} does not fit the slot {self.name!r}: look at {odd}")
        # Cast, because UNION takes each column's type from the first part and a bare NULL has none; the prefix
        # keeps the slot's words from clashing with the model's own.
        made = {f"slot_{name}": Cast(_expression(given[name]), field) for name, field in self.columns.items()}
        named = rows.order_by().annotate(slot_kind=Cast(Value(kind), TextField()), **made)
        sql, params = named.values_list("slot_kind", *made).query.sql_with_params()
        return Part(sql, tuple(params))


def _expression(given: Any) -> Expression | F:
    if given is None:
        return Value(None)
    return F(given) if isinstance(given, str) else given
