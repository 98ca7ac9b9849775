"""Declaring a kind of background work: what it is called, who may ask for it, what it may be told.

    @job("National snapshot", needs=Permission.SEE_FIGURES, counts=("tables",))
    def take_snapshot(work: Work, *, as_of: date) -> str:
        for done, table in enumerate(TABLES, start=1):
            ...
            work.progress(done, len(TABLES), "tables")
        return reverse("caselevel:snapshots")       # where its asker finds what came of it

Arguments can only be numbers, days, yes or no and words that the code itself lists, so that no row of the queue can
hold a name. A free text is refused when the site starts.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from openyj.accounts.roles import Permission

PLAIN = (bool, int, date)


class CannotBeDone(Exception):
    """Work that trying again will not mend. A room makes its own, whose `words` say why and what to do.

    Only `words` is ever shown, and it belongs to the class: an exception's own text could quote a child's row.
    """

    words = "It cannot be done."


@dataclass(frozen=True)
class Kind:
    """A kind of background work."""

    name: str  # in the database: "caselevel.take_snapshot"
    words: str  # on the page: "National snapshot"
    function: Callable[..., str | None]
    needs: Permission | None
    system: bool
    counts: tuple[str, ...]
    takes: Mapping[str, Any]
    cron: str | None = None
    when: Callable[[], bool] | None = None

    def written(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the queue keeps them. Raises TypeError for what the work does not take."""
        if set(arguments) != set(self.takes):
            raise TypeError(f"{self.name} takes {sorted(self.takes)}, not {sorted(arguments)}")
        for name, value in arguments.items():
            if not fits(value, self.takes[name]):
                raise TypeError(f"{self.name} takes another kind of {name}")
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in arguments.items()}

    def read(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the function takes them."""
        return {
            name: date.fromisoformat(value)
            if isinstance(value, str) and date in plain_types(self.takes[name])
            else value
            for name, value in kept.items()
        }


KINDS: dict[str, Kind] = {}


def job(words: str, *, needs: Permission, counts: tuple[str, ...] = ()) -> Callable:
    """Work that a person asks for. It runs as them: with their service's rows and no more, and not at all once they
    have left or lost the permission."""
    return declare(words, needs=needs, system=False, counts=counts)


def system_job(
    words: str, *, cron: str | None = None, when: Callable[[], bool] | None = None, counts: tuple[str, ...] = ()
) -> Callable:
    """Work of the system itself: it sees the rows of the service it was started for or, started for none, every
    service's. `cron` begins it by the clock (UTC), for no service, unless `when` says that there is nothing to do."""
    return declare(words, needs=None, system=True, counts=counts, cron=cron, when=when)


def declare(words: str, **about: Any) -> Callable:
    def decorate(function: Callable[..., str | None]) -> Callable[..., str | None]:
        room = function.__module__.removeprefix("openyj.").split(".")[0]
        kind = Kind(f"{room}.{function.__name__}", words, function, takes=taken_by(function), **about)
        if kind.name in KINDS:
            raise ValueError(f"There is a job {kind.name} already")
        KINDS[kind.name] = kind
        function.kind = kind
        if kind.cron:
            from openyj.jobs.queue import begin_by_the_clock

            begin_by_the_clock(kind)
        return function

    return decorate


def taken_by(function: Callable) -> dict[str, Any]:
    """The keyword arguments of a job with their types. Raises TypeError where one could hold free text."""
    hints = get_type_hints(function, localns={"Work": Any})
    names = [n for n, p in inspect.signature(function).parameters.items() if p.kind is p.KEYWORD_ONLY]
    takes = {name: hints.get(name) for name in names}
    check_plain(function.__name__, takes)
    return takes


def check_plain(whose: str, takes: Mapping[str, Any]) -> None:
    """Raise TypeError where something declared could hold free text, and so a name."""
    for name, annotation in takes.items():
        for each in alternatives(annotation):
            if each not in (*PLAIN, NoneType) and get_origin(each) is not Literal:
                raise TypeError(
                    f"{whose}: {name} must be an int, a bool, a date or a Literal of words; "
                    "whatever else it needs it reads from the database"
                )


def alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def plain_types(annotation: Any) -> tuple[Any, ...]:
    return tuple(each for each in alternatives(annotation) if each in PLAIN)


def fits(value: Any, annotation: Any) -> bool:
    """Whether a value is exactly of a type (True is no number here, and a datetime no day)."""
    for each in alternatives(annotation):
        if get_origin(each) is Literal:
            if isinstance(value, str) and value in get_args(each):
                return True
        elif type(value) is each:
            return True
    return False
