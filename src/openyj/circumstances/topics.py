"""The headings of the pages of circumstances and about the child: which kind of fact each is made of, and how a fact
is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from openyj.accounts.models import User
from openyj.core.dates import say_date
from openyj.people.forms import FactForm
from openyj.people.models import Child
from openyj.people.record import AboutChild

NOT_RECORDED = "Not recorded"
CIRCUMSTANCES, ABOUT = "circumstances:circumstances", "circumstances:about"


@dataclass(frozen=True)
class Following:
    """How a fact is followed by the next of its kind in one step. `save(row=, version=, by=, **cleaned)`."""

    link: str
    title: str
    form: type[FactForm]
    save: Callable[..., AboutChild]
    saying: str


@dataclass(frozen=True)
class Topic:
    """One heading, at its place by `order`. `name` is its kind of fact (`people.kinds`), which has the fact's own page,
    changing and history.

    `say_now(row)` is what holds, in one line; `days(row)` from when to when; `holds(day)` the condition that a row
    still holds on that day, in Python as `still(row, day)`. `odd(row)` are sentences about what is odd. `add` is the
    form for a new one and `save(child=, by=, **cleaned)` what it calls; none of them where another page adds it.
    `read` is what a row is read with beside itself, `page` the page it stands on, `sort` the order of its rows where
    theirs is not it. `side_by_side` shows its facts in a table, each named in the column of that title, instead of in
    cards. `lead(child, user)` are lines before the facts, about what the record says elsewhere;
    `pointed_out(rows, user)` are sentences by the number of a row, where telling takes more than the row.
    """

    order: int
    name: str
    title: str
    model: type[Model]
    say_now: Callable[[Any], str]
    days: Callable[[Any], str]
    holds: Callable[[Any], Q]
    still: Callable[[Any, date], bool]
    empty: str
    add_text: str
    add: type[FactForm] | None = None
    save: Callable[..., AboutChild] | None = None
    add_url: str = ""
    odd: Callable[[Any], Iterable[str]] = lambda row: ()
    following: Following | None = None
    read: tuple[str, ...] = ()
    page: str = CIRCUMSTANCES
    side_by_side: str = ""
    sort: Callable[[Any], Any] | None = None
    lead: Callable[[Child, User], Sequence[tuple]] = lambda child, user: ()
    pointed_out: Callable[[Sequence[Any], User], Mapping[int, Sequence[str]]] = lambda rows, user: {}


TOPICS: dict[str, Topic] = {}


def register(topic: Topic) -> Topic:
    """Add a heading at start-up."""
    TOPICS[topic.name] = topic
    return topic


def from_to(row: Any) -> str:
    """From when to when an episode holds."""
    until = f"until {say_date(row.end_date)}" if row.end_date else ""
    return " ".join(part for part in (f"From {say_date(row.start_date)}", until) if part)


def holds(day: Any) -> Q:
    return Q(end_date=None) | Q(end_date__gte=day)


def still(row: Any, day: date) -> bool:
    return row.end_date is None or row.end_date >= day


def joined(*parts: object) -> str:
    """The parts that say something, with commas; the first letter as it is."""
    return ", ".join(str(part) for part in parts if part)


def say_steps(row: Any, words: Mapping[str, str]) -> str:
    """ "Screened 4 June 2026, referred 9 June 2026": the steps that have a day."""
    said = joined(*(f"{word} {say_date(day)}" for step, word in words.items() if (day := getattr(row, step))))
    return said[:1].upper() + said[1:]


def say_suitable(row: Any) -> str:
    """Whether a place or provision suits, in brackets behind what it is; nothing where it is not recorded."""
    if row.suitability == "UNKNOWN":
        return " (suitability recorded as unknown)"
    return f" ({lower_first(row.get_suitability_display())})" if row.suitability else ""


def lower_first(words: str) -> str:
    """In the middle of a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
