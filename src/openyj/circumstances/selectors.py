"""What the pages about circumstances read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, DateField, F, Model, TextField
from django.db.models.functions import JSONObject
from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances.topics import TOPICS, Topic
from openyj.core import clock
from openyj.core.components import Link
from openyj.core.slots import ListSlot
from openyj.people.kinds import KINDS
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.people.selectors import may_see

# What still holds, of every topic, in one query: the fact's own columns as JSON.
now = ListSlot(
    "circumstances now",
    {"since": TextField(), "fact": TextField()},
    about={"child": BigIntegerField(), "today": DateField()},
    order_by=["-since"],
)


@dataclass(frozen=True)
class Shown:
    """A fact as the page shows it; `guarded` where it is not printed."""

    row: Any
    text: str
    days: str
    url: str
    rows: Sequence[tuple[str, object]] = ()
    odd: Sequence[str] = ()
    links: Sequence[Link] = ()
    guarded: bool = False


@dataclass
class Section:
    """One topic of a child: what still holds, and what went before or was recorded in error."""

    topic: Topic
    add_url: str
    lead: Sequence[tuple] = ()
    current: list[Shown] = field(default_factory=list)
    earlier: list[Shown] = field(default_factory=list)


def mine(user: User) -> list[Topic]:
    """The topics somebody of this role may meet."""
    shown = [topic for topic in TOPICS.values() if user.may(KINDS[topic.name].permission)]
    return sorted(shown, key=lambda topic: topic.order)


def sections(child: Child, user: User, page: str) -> list[Section]:
    """The topics of a page about one child, what holds first. One query a topic, however many rows."""
    return [section(topic, child, user) for topic in mine(user) if topic.page == page]


def section(topic: Topic, child: Child, user: User) -> Section:
    kind, today = KINDS[topic.name], clock.today()
    add = (topic.add_url, [child.pk]) if topic.add_url else ("circumstances:add", [child.pk, topic.name])
    made = Section(topic, reverse(add[0], args=add[1]), topic.lead(child, user))
    rows = list(kind.model.objects.of(child, user).select_related("in_error_by", *topic.read))
    if topic.sort:
        rows.sort(key=topic.sort)
    pointed_out = topic.pointed_out([row for row in rows if row.stands], user)
    for row in rows:
        guarded = not kind.on_paper(row)
        here = [child.pk, topic.name, row.pk]
        url = reverse("people:fact", args=here)
        if row.stands and topic.still(row, today):
            links = []
            if child.may_change:
                links.append(Link("Change", reverse("people:change_fact", args=here), str(row)))
                if topic.following and row.end_date is None:
                    links.insert(0, Link(topic.following.link, reverse("circumstances:follow", args=here), str(row)))
            said = [pair[:2] for pair in kind.say(row)]
            odd = [*topic.odd(row), *pointed_out.get(row.pk, ())]
            made.current.append(Shown(row, topic.say_now(row), topic.days(row), url, said, odd, links, guarded))
        else:
            made.earlier.append(Shown(row, topic.say_now(row), topic.days(row), url, guarded=guarded))
    return made


def hold_now(child: Child, user: User) -> list[tuple[Topic, list[Any]]]:
    """What still holds of each topic, in one query: rows that hold the facts' own columns and nothing else. A child got
    for a page is asked once, however many parts of the page tell of it."""
    if child.reached_by != user.pk:
        return asked_now(child, user)
    kept = vars(child)
    if "held_now" not in kept:
        kept["held_now"] = asked_now(child, user)
    return kept["held_now"]


def asked_now(child: Child, user: User) -> list[tuple[Topic, list[Any]]]:
    topics = mine(user)
    found: dict[str, list[Any]] = {topic.name: [] for topic in topics}
    if may_see(child, user):
        for row in now.rows(child=child.pk, today=clock.today(), only=list(found)):
            found[row.kind].append(read(TOPICS[row.kind].model, json.loads(row.fact)))
    return [(topic, found[topic.name]) for topic in topics]


BOOKKEEPING = {f.attname for f in AboutChild._meta.fields} | {"id", "child_id", "service_id"}


def own_columns(model: type[Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if f.attname not in BOOKKEEPING and not f.generated]


def contribute(topic: Topic, since: Any) -> None:
    """Let a topic say what holds now. `since` is the column, or the expression, to order by."""
    columns = {f.attname: F(f.attname) for f in own_columns(topic.model)}

    def rows(*, child, today):
        standing = topic.model.objects.standing().filter(topic.holds(today), child=child)
        return standing, {"since": F(since) if isinstance(since, str) else since, "fact": JSONObject(**columns)}

    now.add(topic.name, rows)


def read(model: type[Model], values: dict[str, Any]) -> Any:
    """The fact again, from its columns as JSON."""
    made = model()
    for f in own_columns(model):
        setattr(made, f.attname, f.to_python(values[f.attname]))
    return made
