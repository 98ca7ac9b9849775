"""What circumstances add to a child's record: kinds of fact and topics, a page, a card."""

from __future__ import annotations

from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances import (  # noqa: F401 (each registers its topics)
    care,
    contacts,
    education,
    health,
    identifiers,
    languages,
    names,
    partners,
    residence,
    selectors,
    working,
)
from openyj.circumstances.topics import ABOUT, CIRCUMSTANCES, NOT_RECORDED
from openyj.core.components import Link
from openyj.people import slots
from openyj.people.models import Child
from openyj.people.slots import Block, RecordPage

slots.pages.add(ABOUT, RecordPage("About the child", ABOUT), order=12)
slots.pages.add(CIRCUMSTANCES, RecordPage("Circumstances", CIRCUMSTANCES), order=15)


def in_a_line_each(child: Child, user: User, page: str, *but: str) -> list[tuple[str, str]]:
    """What holds now of each topic of a page, or that it is not recorded."""
    return [
        (topic.title, "; ".join(topic.say_now(row) for row in rows) or NOT_RECORDED)
        for topic, rows in selectors.hold_now(child, user)
        if topic.page == page and topic.name not in but
    ]


@slots.blocks.contribute("about", order=3)
def about_the_child(*, child: Child, user: User, may_change: bool) -> Block:
    """How to reach the child, what they are called, their languages and numbers; how to work with them stands above."""
    rows = in_a_line_each(child, user, ABOUT, working.NAME)
    text = "See and change about the child" if may_change else "See about the child"
    return Block("About the child", rows, "", [Link(text, reverse(ABOUT, args=[child.pk]))])


@slots.blocks.contribute("circumstances", order=25)
def circumstances_now(*, child: Child, user: User, may_change: bool) -> Block:
    """What holds now of each topic, or that it is not recorded."""
    text = "See and change circumstances" if may_change else "See circumstances"
    rows = in_a_line_each(child, user, CIRCUMSTANCES)
    return Block("Circumstances now", rows, "", [Link(text, reverse(CIRCUMSTANCES, args=[child.pk]))])
