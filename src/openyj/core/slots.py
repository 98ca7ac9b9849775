"""Places on a lower room's page that upper rooms fill, without the lower one knowing them.

A `Slot` holds anything of one type. A `ListSlot` holds lists: each room gives a queryset and says which of its
columns is the slot's date, title and so on; together they are one UNION ALL, so one query however many rooms.

    timeline = ListSlot("timeline", {"date": DateField(), "title": TextField(), "object_id": BigIntegerField()},
                        order_by=["-date"])

    @timeline.contribute("hearing")                      # in an upper room, imported by its AppConfig.ready()
    def hearings(*, child, user):
        return Hearing.objects.visible_to(user).filter(child=child), {
            "date": "held_on", "title": Value("Hearing"), "object_id": "pk"}

    timeline.rows(child=child, user=user, limit=50)      # on the page: rows with .kind, .date, .title, .object_id
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Expression, F, Field, QuerySet, TextField, Value
from django.db.models.functions import Cast

T = TypeVar("T")
Contribution = Callable[..., tuple[QuerySet[Any], Mapping[str, Any]] | None]


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


class ListSlot(Slot[Contribution]):
    """Lists of one shape joined by UNION ALL. `columns` are the shape; `order_by` orders the joined list.

    A contribution takes what the page is about as keywords and returns its queryset with an expression (or the
    name of a column) for each of the slot's columns, None for one it does not have; or None when it has nothing
    to say to this reader. Rows that tie are ordered by kind and then by every other column, so pages are stable.
    """

    def __init__(self, name: str, columns: Mapping[str, Field], *, order_by: Sequence[str]) -> None:
        super().__init__(name)
        self.columns = dict(columns)
        self.row = namedtuple("Row", ["kind", *self.columns])
        unknown = {path.removeprefix("-") for path in order_by} - set(self.columns)
        if unknown:
            raise ValueError(f"The slot {name!r} has no column {sorted(unknown)}")
        self.order_by = list(order_by)

    def rows(self, *, limit: int | None = None, offset: int = 0, only: Sequence[str] = (), **about: Any) -> list[Any]:
        """The joined list as named tuples (`kind` is the contribution's name); `only` keeps some kinds."""
        joined = self._joined(only, about)
        if joined is None:
            return []
        stop = None if limit is None else offset + limit
        return [self.row(*found) for found in joined[offset:stop]]

    def count(self, *, only: Sequence[str] = (), **about: Any) -> int:
        """How many rows there are in all."""
        # Nothing of a row but that it is there: what the rows say costs as much to ask for as they do.
        parts = [
            rows.order_by().annotate(slot_one=Value(1)).values_list("slot_one")
            for _kind, (rows, _said) in self._given(only, about)
        ]
        joined = _union(parts)
        return 0 if joined is None else joined.count()

    def _given(self, only: Sequence[str], about: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
        for kind, contribution in self.items():
            if (not only or kind in only) and (given := contribution(**about)) is not None:
                yield kind, given

    def _joined(self, only: Sequence[str], about: Mapping[str, Any]) -> QuerySet[Any] | None:
        joined = _union([self._part(kind, *given) for kind, given in self._given(only, about)])
        if joined is None:
            return None
        said = [path.removeprefix("-") for path in self.order_by]
        rest = [f"slot_{name}" for name in ("kind", *self.columns) if name not in said]
        return joined.order_by(*(_prefixed(path) for path in self.order_by), *rest)

    def _part(self, kind: str, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        if set(given) != set(self.columns):
            odd = sorted(set(given) ^ set(self.columns))
            raise ValueError(f"{kind!r} does not fit the slot {self.name!r}: look at {odd}")
        # Cast, because UNION takes each column's type from the first part and a bare NULL has none; the prefix
        # keeps the slot's words from clashing with the model's own.
        made = {f"slot_{name}": Cast(_expression(given[name]), field) for name, field in self.columns.items()}
        named = rows.order_by().annotate(slot_kind=Cast(Value(kind), TextField()), **made)
        return named.values_list("slot_kind", *made)


def _union(parts: list[QuerySet[Any]]) -> QuerySet[Any] | None:
    """All rows of all parts, or None of none."""
    if not parts:
        return None
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _expression(given: Any) -> Expression | F:
    if given is None:
        return Value(None)
    return F(given) if isinstance(given, str) else given


def _prefixed(path: str) -> str:
    return f"-slot_{path[1:]}" if path.startswith("-") else f"slot_{path}"
