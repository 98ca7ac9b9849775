"""The kinds of message the system sends, each with its words and the few facts they may hold.

    DIGEST = message_kind(
        "actions.digest", "Daily list of actions", channel="email",
        subject="What is due", body="{due} things are due this week, {late} are late. Sign in to see them.",
        takes={"due": int, "late": int},
    )

A fact is a number, a day or a word the code lists: never a name, a place or a free text. An administrator may put other
words in the place of `subject` and `body`, under the same rule (see `discretion`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Literal

from openyj.core.dates import say_date
from openyj.jobs.declaring import check_plain, fits

Channel = Literal["email", "text"]


@dataclass(frozen=True)
class MessageKind:
    """A kind of message: its name in the database, its name on the page, its words and what stands in them."""

    name: str
    words: str
    channel: Channel
    subject: str
    body: str
    takes: Mapping[str, Any]

    def check(self, facts: Mapping[str, Any]) -> None:
        """Raise TypeError for facts that this kind does not take."""
        if set(facts) != set(self.takes):
            raise TypeError(f"{self.name} takes {sorted(self.takes)}, not {sorted(facts)}")
        for name, value in facts.items():
            if not fits(value, self.takes[name]):
                raise TypeError(f"{self.name} takes another kind of {name}")


KINDS: dict[str, MessageKind] = {}


def message_kind(
    name: str, words: str, *, channel: Channel, body: str, subject: str = "", takes: Mapping[str, Any] | None = None
) -> MessageKind:
    """Declare a kind of message, when the site starts."""
    takes = dict(takes or {})
    check_plain(name, takes)
    kind = MessageKind(name, words, channel, subject, body, takes)
    wrong = (places_in(subject) | places_in(body)) - set(takes)
    if name in KINDS or wrong or bool(subject) != (channel == "email"):
        raise ValueError(f"The message {name} is declared twice, names {sorted(wrong)} or wants a subject")
    KINDS[name] = kind
    return kind


def places_in(text: str) -> set[str]:
    """The names in braces of a text. Raises ValueError for braces that are no plain name."""
    found = set()
    for _, name, how, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or how or conversion:
            raise ValueError("Braces hold a name from the list and nothing else, for example {due}")
        found.add(name)
    return found


def filled(text: str, facts: Mapping[str, Any]) -> str:
    """A text with its facts in it, days as people say them."""
    return text.format_map({n: say_date(v) if isinstance(v, date) else v for n, v in facts.items()})


TEST = message_kind(
    "outbox.test",
    "Test message",
    channel="email",
    subject="Test",
    body="This is a test. If you can read it, messages arrive. There is nothing you need to do.",
)
