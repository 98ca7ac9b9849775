"""How a case-level table is declared: columns by annotation, a key, the column that names the person.

    class Offence(Table, key="offence_id", person="person"):
        "One offence one child is said to have committed."
        offence_id: int
        offence_date: date | None
        offence_category: Code["offence_category"] | None

A column that allows ``| None`` may be null; every other column must have a value. Dates are legal facts
in Europe/London, so they are dates and never times; an open end is null, never a sentinel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from openyj.tables.rules import Rule

ARROW_TYPES: dict[type, pa.DataType] = {
    int: pa.int64(),
    float: pa.float64(),
    str: pa.string(),
    bool: pa.bool_(),
    date: pa.date32(),
}


@dataclass(frozen=True)
class CodeOf:
    """A text column whose values come from a code list (``tables.codes``)."""

    list_name: str

    def __or__(self, other: Any) -> Any:
        return Union[self, other]  # noqa: UP007  (`X | None` for an instance)

    def __call__(self) -> None:  # typing only accepts callables as members of a Union
        raise TypeError("a code list is a description of a column, not a value")


@dataclass(frozen=True)
class RefTo:
    """A whole-number column that names the key of another table's row."""

    table_name: str

    def __or__(self, other: Any) -> Any:
        return Union[self, other]  # noqa: UP007

    def __call__(self) -> None:
        raise TypeError("a reference is a description of a column, not a value")


class Code:
    """``Code["sex"]``: text from the code list of that name."""

    def __class_getitem__(cls, list_name: str) -> CodeOf:
        return CodeOf(list_name)


class Ref:
    """``Ref["offence"]``: the key of a row in the table of that name."""

    def __class_getitem__(cls, table_name: str) -> RefTo:
        return RefTo(table_name)


@dataclass(frozen=True)
class Column:
    """One column: name and plain type, whether it may be null, its code list or the table it refers to."""

    name: str
    type: type
    nullable: bool
    code_list: str | None = None
    refers_to: str | None = None

    @property
    def arrow(self) -> pa.Field:
        return pa.field(self.name, ARROW_TYPES[self.type], nullable=self.nullable)


class Table:
    """The base of every case-level table. Subclasses only declare; nothing is ever instantiated."""

    name: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    person: ClassVar[str | None]
    columns: ClassVar[tuple[Column, ...]]
    rules: ClassVar[list[Rule]] = []

    def __init_subclass__(cls, *, key: str | tuple[str, ...], person: str | None = None, name: str = "") -> None:
        cls.name = name or snake_case(cls.__name__)
        cls.key = (key,) if isinstance(key, str) else key
        cls.person = person
        hints = get_type_hints(cls)
        own = [n for n in cls.__annotations__ if n != "rules"]
        cls.columns = tuple(read_column(n, hints[n]) for n in own)

    @classmethod
    def schema(cls) -> pa.Schema:
        """The Arrow schema, columns in the order declared."""
        return pa.schema([c.arrow for c in cls.columns])


def read_column(name: str, hint: Any) -> Column:
    nullable = False
    if get_origin(hint) in (Union, UnionType):
        members = [m for m in get_args(hint) if m is not NoneType]
        nullable = len(members) < len(get_args(hint))
        (hint,) = members
    if isinstance(hint, CodeOf):
        return Column(name, str, nullable, code_list=hint.list_name)
    if isinstance(hint, RefTo):
        return Column(name, int, nullable, refers_to=hint.table_name)
    if hint not in ARROW_TYPES:
        raise TypeError(f"Column {name}: {hint!r} is not a type a case-level table can hold")
    return Column(name, hint, nullable)


def snake_case(words: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in words).lstrip("_")
