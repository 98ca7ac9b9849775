"""The numbers others gave a child: a topic of the identifiers that `people` keeps and its search looks through. The
same number on another record of the service is pointed out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances import selectors, services
from openyj.circumstances.about_forms import IdentifierForm
from openyj.circumstances.episodes import earliest_of, label_in
from openyj.circumstances.names import days
from openyj.circumstances.topics import ABOUT, Topic, joined, register, still
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules
from openyj.people.models import Child, Identifier

NAME = "identifier"


def say_now(row: Identifier) -> str:
    return joined(f"{row.get_scheme_display()} {row.value}", row.which)


def say(row: Identifier) -> Iterator[tuple[str, object]]:
    yield "Number", row.value
    yield "Which number", row.get_scheme_display()
    yield "Of which service or place", row.which
    yield "Who gave it to us", row.given_by
    yield "Since", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It is in use"


def holds(day: Any) -> Q:
    return Q(end_date=None) | Q(end_date__gte=day)


def our_own(child: Child, user: User) -> list[tuple]:
    """The numbers that services like ours gave the record itself."""
    change = [Link("Change", reverse("people:change_details", args=[child.pk]), "our number")]
    return [
        ("Our number", child.number, change if child.may_change else ()),
        ("Number at the originating service", child.originating_number),
    ]


def met_again(rows: Sequence[Identifier], user: User) -> dict[int, list[str]]:
    """Where the same number stands on another record that `user` may find, or again on this one. One child has two
    records, or somebody misread it. A need-to-know record is not named."""
    if not rows:
        return {}
    same = Identifier.objects.standing().visible_to(user).filter(plain__in=[row.plain for row in rows])
    same = same.filter(child__in=Child.objects.visible_to(user).standing().values("pk"))
    found = list(same.exclude(child=rows[0].child_id).values_list("scheme", "plain", "child"))
    named = Child.objects.visible_to(user).with_masks(user).in_bulk({child for _, _, child in found})
    others = defaultdict(list)
    for scheme, plain, child in found:
        others[scheme, plain].append(f"{named[child].shown_name}{number_of(named[child])}")
    said: dict[int, list[str]] = {}
    for row in rows:
        twice = sum((other.scheme, other.plain) == (row.scheme, row.plain) for other in rows) > 1
        said[row.pk] = ["This number stands twice on this record."] if twice else []
        if whose := others.get((row.scheme, row.plain)):
            also = "; ".join(sorted(set(whose)))
            said[row.pk].append(f"The same number is on another record: {also}. Is it one child? Check who has it.")
    return said


def number_of(child: Child) -> str:
    """Our number behind the name, where the name may be shown."""
    return "" if child.masked else f" ({child.number})"


save = partial(services.add, Identifier, people_rules.check_identifier)
kinds.register(
    kinds.Kind(
        NAME, "number", Identifier, ABOUT, IdentifierForm, say,
        change=partial(services.change, people_rules.check_identifier),
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        140, NAME, "Numbers", Identifier, say_now, days, holds, still, page=ABOUT, lead=our_own, pointed_out=met_again,
        side_by_side="Number",
        empty="No number of another service is recorded.",
        add_text="Add a number", add=IdentifierForm, save=save,
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, Identifier, "start_date", "A number"))


@slots.timeline.contribute(NAME)
def given(*, child):
    """The day since which it is theirs, else the day it was recorded."""
    return Identifier.objects.standing().filter(child=child), {
        "date": Coalesce("start_date", TruncDate("recorded_at")),
        "title": label_in("scheme", Identifier.Scheme.choices, "Number"),
        "detail": F("value"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
