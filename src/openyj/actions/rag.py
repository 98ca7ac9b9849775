"""Red, amber, green: the one rule by which an action's state follows from its dates and its progress.

RAG-1  done is done: blue (B), whatever its dates were
RAG-2  red (R) when the day it was due has passed
RAG-3  amber (A) when it is due within SOON
RAG-4  amber (A) when nobody has noted progress for longer than QUIET
RAG-5  green (G) otherwise

A person may set another letter by hand with a reason; both are then shown. Letter and words always stand together:
nobody has to tell colours apart. SOON and QUIET are this project's own choice, not a published rule.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, TextChoices, Value, When

SOON = timedelta(days=14)
QUIET = timedelta(days=42)


class Rag(TextChoices):
    """The letter as it is stored and printed, and its word."""

    RED = "R", "Red"
    AMBER = "A", "Amber"
    GREEN = "G", "Green"
    DONE = "B", "Blue"


BY_HAND = [(each.value, each.label) for each in (Rag.RED, Rag.AMBER, Rag.GREEN)]
COLOURS = {Rag.RED: "red", Rag.AMBER: "orange", Rag.GREEN: "green", Rag.DONE: "blue"}


def by_dates(today: date) -> Case:
    """The letter as a column, over rows that have `done_on`, `due_on` and `last_heard_on`."""
    return Case(
        When(done_on__isnull=False, then=Value(Rag.DONE.value)),  # RAG-1
        When(due_on__lt=today, then=Value(Rag.RED.value)),  # RAG-2
        When(due_on__lte=today + SOON, then=Value(Rag.AMBER.value)),  # RAG-3
        When(last_heard_on__lt=today - QUIET, then=Value(Rag.AMBER.value)),  # RAG-4
        default=Value(Rag.GREEN.value),  # RAG-5
        output_field=CharField(max_length=1),
    )


def shown() -> Case:
    """The letter that is shown: the one set by hand while the action is open, else `rag_by_dates`."""
    return Case(
        When(Q(done_on=None) & ~Q(rag_by_hand=""), then="rag_by_hand"),
        default="rag_by_dates",
        output_field=CharField(max_length=1),
    )


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def why(*, letter: str, due_on: date, last_heard_on: date, today: date) -> str:
    """The dates' own reason for their letter, in words: "3 days overdue"."""
    if letter == Rag.DONE:
        return "Done"
    if letter == Rag.RED:
        return f"{days((today - due_on).days)} overdue"
    if letter == Rag.AMBER and due_on <= today + SOON:
        return "Due today" if due_on == today else f"Due in {days((due_on - today).days)}"
    if letter == Rag.AMBER:
        return f"No progress noted for {days((today - last_heard_on).days)}"
    return "On course"
