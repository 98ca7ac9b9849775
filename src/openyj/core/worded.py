"""Questions that are put into SQL once and asked by many pages.

Django words a question anew each time it is asked. For the questions of a busy page that takes longer than the
database takes to answer them, and it comes to the same words every time but for a number or a day. A `Worded` keeps
them:

    @worded(child=BigIntegerField(), today=DateField())
    def open_actions(*, child, today):
        return Action.objects.filter(child=child, due_on__gte=today).select_related("owner")[:5]

    open_actions.rows(child=child.pk, today=clock.today())      # a list of actions, as the queryset would give them

Only the words are kept, never an answer. What differs between two askings has to be among the arguments: the function
is called once for all of them, with an `Asked` for each argument, so it cannot look at one, nor at the day or a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language


class Asked(Expression):
    """What a question is asked about, in the place where each asking puts its own."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


def asked_all(fields: Mapping[str, Field]) -> dict[str, Asked]:
    """One for each argument of a question."""
    return {name: Asked(name, field) for name, field in fields.items()}


def filled(params: Iterable[Any], given: Mapping[str, Any]) -> list[Any]:
    """The values that go with the SQL, those asked about put in. Raises KeyError for one that is not given."""
    return [given[each.name] if isinstance(each, Asked) else each for each in params]


@dataclass(frozen=True)
class Words:
    """A question in SQL, and what makes rows of the answer."""

    rows: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


KEPT: list[Worded] = []  # every one, so that a test can hold of each that it does not look at the day


class Worded:
    """A question whose words are kept, for each language, because a label in it may be in the reader's."""

    def __init__(self, question: Callable[..., QuerySet], fields: Mapping[str, Field]) -> None:
        KEPT.append(self)
        self.question = question
        self.fields = dict(fields)
        self._words: dict[str | None, Words] = {}

    def rows(self, **given: Any) -> list[Any]:
        """The answer for these arguments: one query, and those that the question prefetches."""
        language = get_language()
        words = self._words.get(language)
        if words is None:
            words = self._words[language] = self.put()
        params = filled(words.params, given)
        # Django's own compiler makes the rows; it is only spared making the SQL.
        compiler = copy(words.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda **_: (words.sql, params)
        rows = words.rows.all()
        rows.query.get_compiler = lambda **_: compiler
        return list(rows)

    def put(self) -> Words:
        """The question put into SQL."""
        rows = self.question(**asked_all(self.fields))
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return Words(rows, compiler, sql, tuple(params))


def worded(**fields: Field) -> Callable[[Callable[..., QuerySet]], Worded]:
    """Keep the words of a question. `fields` are its arguments and what each is."""
    return lambda question: Worded(question, fields)
