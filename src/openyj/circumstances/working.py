"""How to work with the child: the topic, the kind of fact, its part of the timeline, and what stands first on the
record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances import rules, selectors, services
from openyj.circumstances.about_forms import HowToWorkForm, NextHowToWorkForm
from openyj.circumstances.care import SEND
from openyj.circumstances.episodes import earliest_of, label_in
from openyj.circumstances.health import MENTAL_HEALTH, SUBSTANCE_MISUSE
from openyj.circumstances.models import HowToWork
from openyj.circumstances.partners import REFERRAL
from openyj.circumstances.topics import ABOUT, Following, Topic, from_to, holds, register, still
from openyj.core.components import Link
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules
from openyj.people.models import Child

NAME = "how-to-work"
TITLE = "How to work with me"
IN_OWN_WORDS = "In my own words"
HEADINGS = [heading.value for heading in HowToWork.Heading]


def in_order(row: HowToWork) -> int:
    """By heading, as they are listed."""
    return HEADINGS.index(row.heading)


def said(row: HowToWork) -> str:
    """What to know and who says so, below its heading."""
    return f"{row.text} (said by {row.said_by})"


def say_now(row: HowToWork) -> str:
    return f"{row.get_heading_display()}: {said(row)}"


def say(row: HowToWork) -> Iterator[tuple[str, object]]:
    yield "About", row.get_heading_display()
    yield "What to know", row.text
    yield "Who says so", row.said_by
    yield "Where it is written", row.source
    yield "Since", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It still holds"


def elsewhere(child: Child, user: User) -> list[tuple]:
    """The child's own words, and the needs that are recorded as circumstances: said once, pointed to here."""
    change = [Link("Change", reverse("people:change_details", args=[child.pk]), IN_OWN_WORDS)]
    lines: list[tuple] = [(IN_OWN_WORDS, child.how_to_work_with_me, change if child.may_change else ())]
    page = reverse("circumstances:circumstances", args=[child.pk])
    for topic, rows in selectors.hold_now(child, user):
        if topic.name == REFERRAL:
            rows = [row for row in rows if row.partner_kind == "SPEECH_AND_LANGUAGE"]
        if topic.name in (SEND, MENTAL_HEALTH, SUBSTANCE_MISUSE, REFERRAL) and rows:
            title = "Speech and language" if topic.name == REFERRAL else topic.title
            words = "; ".join(topic.say_now(row) for row in rows)
            lines.append((title, words, [Link("See", f"{page}#{topic.name}", title)]))
    return lines


def headed(child: Child, user: User) -> list[tuple[str, str]]:
    """What holds today, each with its heading: for the top of the record and beside the questions of an assessment."""
    rows = next((rows for topic, rows in selectors.hold_now(child, user) if topic.name == NAME), [])
    return [(row.get_heading_display(), said(row)) for row in sorted(rows, key=in_order)]


@slots.blocks.contribute(NAME, order=1)
def first_block(*, child: Child, user: User, may_change: bool) -> slots.Block:
    """The first card of the record."""
    text = "See and change" if may_change else "See who says so"
    link = Link(text, f"{reverse(ABOUT, args=[child.pk])}#{NAME}")
    own = [(IN_OWN_WORDS, child.how_to_work_with_me)] if child.how_to_work_with_me else []
    empty = "Nothing is recorded. Ask the child what helps and what does not."
    return slots.Block(TITLE, own + headed(child, user), empty, [link])


save = partial(services.add, HowToWork, rules.check_episode)
kinds.register(
    kinds.Kind(
        NAME, "note on how to work with me", HowToWork, ABOUT, HowToWorkForm, say,
        change=partial(services.change, rules.check_episode), first_on_paper=True,
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        100, NAME, TITLE, HowToWork, say_now, from_to, holds, still, page=ABOUT, sort=in_order, lead=elsewhere,
        empty="Nothing is recorded under a heading. Ask the child, those who care for them, school and therapists.",
        add_text="Add to how to work with me", add=HowToWorkForm, save=save,
        following=Following(
            "Now different", "What is to be known now?", NextHowToWorkForm, partial(services.follow, save),
            "How to work with me: changed",
        ),
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, HowToWork, "start_date", "A note on how to work with the child"))


@slots.timeline.contribute(NAME)
def noted(*, child):
    """The day since which it holds."""
    return HowToWork.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("How to work with me: "), label_in("heading", HowToWork.Heading.choices, "a note")),
        "detail": F("text"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
