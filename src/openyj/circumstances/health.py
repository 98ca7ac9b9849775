"""Mental health and substance misuse: needs from screened to attended. Only who may read of health meets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, CharField, Min, Q, Value, When
from django.db.models.functions import Least

from openyj.accounts.roles import Permission
from openyj.circumstances import rules, selectors, services
from openyj.circumstances.episodes import steps_of
from openyj.circumstances.forms import MentalHealthForm, SubstanceMisuseForm
from openyj.circumstances.models import STEPS, MentalHealth, Need, SubstanceMisuse
from openyj.circumstances.topics import Topic, register, say_steps
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules
from openyj.people.models import Child

MENTAL_HEALTH, SUBSTANCE_MISUSE = "mental-health", "substance-misuse"
WORDS = dict(zip(STEPS, ("screened", "referred", "offered", "attended from", "attended until"), strict=True))


def since(day: date) -> str:
    """How long it has been: the days a child has waited."""
    days = (clock.today() - day).days
    return f"{days} day{'' if days == 1 else 's'}"


def say_now(row: Need) -> str:
    """How far it has come, and how long the child has waited for the next step."""
    help_offered = row.get_intervention_type_display() or "Kind of help not recorded"
    if row.date_attended_end:
        return f"{help_offered}, attended until {say_date(row.date_attended_end)}"
    if row.date_attended_start:
        return f"{help_offered}, attended since {say_date(row.date_attended_start)}"
    if row.date_offered:
        return f"{help_offered}, offered on {say_date(row.date_offered)}, not attended for {since(row.date_offered)}"
    if row.date_referred:
        return f"Referred on {say_date(row.date_referred)}, waiting for {since(row.date_referred)}"
    found = {
        "YES": "a need found, not referred yet",
        "NO": "no need found",
        "NOT_KNOWN": "whether there is a need: recorded as unknown",
    }.get(row.need_identified or "", "whether a need was found is not recorded")
    return f"Screened on {say_date(row.date_screened)}, {found}"


def say_days(row: Need) -> str:
    return say_steps(row, WORDS)


def say(row: Need) -> Iterator[tuple[str, object]]:
    not_yet = "Not recorded"
    yield "Screened", say_date(row.date_screened) or not_yet
    yield "Need found", row.get_need_identified_display()
    yield "Referred", say_date(row.date_referred) or not_yet
    yield "Offered", say_date(row.date_offered) or not_yet
    yield "Kind of help", row.get_intervention_type_display()
    yield "First attended", say_date(row.date_attended_start) or not_yet
    yield "Attended until", say_date(row.date_attended_end) or ("It goes on" if row.date_attended_start else not_yet)


def holds(day: Any) -> Q:
    """A screening that found no need goes on saying so."""
    return Q(date_attended_end=None) | Q(date_attended_end__gte=day)


def still(row: Need, day: date) -> bool:
    return row.date_attended_end is None or row.date_attended_end >= day


def earliest(model: type[Need], noun: str, child: Child) -> tuple[date, str] | None:
    """The first day of any step, which no date of birth may come after."""
    day = model.objects.standing().filter(child=child).aggregate(first=Min(first_step()))["first"]
    return (day, noun) if day else None


def first_step() -> Least:
    """The first day of any step; the database looks past those that have not come."""
    return Least(*STEPS)


def declare(order: int, name: str, title: str, label: str, model: type[Need], form: type, add_text: str) -> None:
    """One topic with its kind of fact, its part of the timeline, and its earliest day."""
    kinds.register(
        kinds.Kind(
            name, label, model, "circumstances:circumstances", form, say,
            change=partial(services.change, rules.check_need), permission=Permission.SEE_HEALTH,
            read=lambda rows: rows.select_related("child", "in_error_by"),
        )
    )  # fmt: skip
    topic = register(
        Topic(
            order, name, title, model, say_now, say_days, holds, still,
            empty="Nothing is recorded. A screening that finds no need is recorded too.",
            add_text=add_text, add=form, save=partial(services.add, model, rules.check_need), odd=rules.odd_need,
        )
    )  # fmt: skip
    selectors.contribute(topic, first_step())
    people_rules.EARLIEST.append(partial(earliest, model, title))

    @slots.timeline.contribute(name)
    def needs(*, child):
        """A need on the first day of any step, with the steps in its detail."""
        no_need = When(need_identified="NO", then=Value(f"{title}: screened, no need found"))
        return model.objects.standing().filter(child=child), {
            "date": first_step(),
            "title": Case(no_need, default=Value(f"{title}: a need"), output_field=CharField()),
            "detail": steps_of(WORDS),
            "by": "recorded_by__name",
            "object_id": "pk",
        }


declare(
    50, MENTAL_HEALTH, "Mental health", "mental health need", MentalHealth, MentalHealthForm, "Add a mental health need"
)  # fmt: skip
declare(
    60, SUBSTANCE_MISUSE, "Substance misuse", "substance misuse need", SubstanceMisuse, SubstanceMisuseForm,
    "Add a substance misuse need",
)  # fmt: skip
