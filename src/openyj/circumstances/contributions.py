"""What circumstances add to a child's record: kinds of fact and topics, a page, a card."""

from __future__ import annotations

from django.urls import reverse

from openyj.accounts.models import User
from openyj.circumstances import care, education, health, partners, residence, selectors  # noqa: F401 (each registers its topics)
from openyj.circumstances.topics import NOT_RECORDED
from openyj.core.components import Link
from openyj.people import slots
from openyj.people.models import Child
from openyj.people.slots import Block, RecordPage

slots.pages.add("circumstances:circumstances", RecordPage("Circumstances", "circumstances:circumstances"), order=15)


@slots.blocks.contribute("circumstances", order=25)
def circumstances_now(*, child: Child, user: User, may_change: bool) -> Block:
    """What holds now of each topic, or that it is not recorded."""
    said = [
        (topic.title, "; ".join(topic.say_now(row) for row in rows) or NOT_RECORDED)
        for topic, rows in selectors.hold_now(child, user)
    ]
    text = "See and change circumstances" if may_change else "See circumstances"
    return Block("Circumstances now", said, "", [Link(text, reverse("circumstances:circumstances", args=[child.pk]))])
