"""Education, training and employment: the topic, the kind of fact, its part of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Concat

from openyj.circumstances import rules, selectors, services
from openyj.circumstances.episodes import earliest_of, label_of
from openyj.circumstances.forms import EteForm, NextEteForm
from openyj.circumstances.models import EteStatus
from openyj.circumstances.topics import Following, Topic, from_to, holds, joined, register, say_suitable, still
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules

NAME = "education"


def say_hours(row: EteStatus) -> str:
    """ "15 of 25 hours a week attended"; what is not recorded is said to be."""
    offered, attended = row.hours_offered, row.hours_attended
    if offered is None and attended is None:
        return "hours not recorded"
    if offered is None:
        return f"{attended:g} hours a week attended, hours offered not recorded"
    if attended is None:
        return f"{offered:g} hours a week offered, hours attended not recorded"
    return f"{attended:g} of {offered:g} hours a week attended"


def say_now(row: EteStatus) -> str:
    words = joined(
        row.get_provision_type_display() or "Kind not recorded",
        row.description,
        None if row.provision_type == "NONE" else say_hours(row),
    )
    return f"{words}{say_suitable(row)}"


def say(row: EteStatus) -> Iterator[tuple[str, object]]:
    yield "What it is", row.get_provision_type_display()
    yield "In our own words", row.description
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It goes on"
    yield "Hours offered a week", None if row.hours_offered is None else f"{row.hours_offered:g}"
    yield "Hours attended a week", None if row.hours_attended is None else f"{row.hours_attended:g}"
    yield "Suitable", row.get_suitability_display()


save = partial(services.add, EteStatus, rules.check_episode)
kinds.register(
    kinds.Kind(
        NAME, "education, training or employment", EteStatus, "circumstances:circumstances", EteForm, say,
        change=partial(services.change, rules.check_episode),
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        20, NAME, "Education, training and employment", EteStatus, say_now, from_to, holds, still,
        empty="Nothing is recorded. No education, training or employment at all is recorded too, as “None”.",
        add_text="Add education, training or employment", add=EteForm, save=save, odd=rules.odd_education,
        following=Following(
            "Changed to something else", "What does the child do now?", NextEteForm, partial(services.follow, save),
            "Education, training and employment: changed",
        ),
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, EteStatus, "start_date", "Education, training or employment"))


@slots.timeline.contribute(NAME)
def started(*, child):
    """The day it began."""
    return EteStatus.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Started: "), label_of("provision_type", "provision_type", "education or work")),
        "detail": F("description"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
