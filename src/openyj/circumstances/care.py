"""Care status, and SEND or ALN: the topics, the kinds of fact, their part of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Concat

from openyj.circumstances import rules, selectors, services
from openyj.circumstances.episodes import earliest_of, label_of
from openyj.circumstances.forms import AdditionalNeedForm, CareStatusForm, NextAdditionalNeedForm, NextCareStatusForm
from openyj.circumstances.models import AdditionalNeed, CareStatus
from openyj.circumstances.topics import (
    NOT_RECORDED,
    Following,
    Topic,
    from_to,
    holds,
    joined,
    register,
    still,
)
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules

CARE, SEND = "care-status", "send-aln"
PAGE = "circumstances:circumstances"


def care_now(row: CareStatus) -> str:
    return joined(row.get_status_display(), row.description)


def say_care(row: CareStatus) -> Iterator[tuple[str, object]]:
    yield "Care status", row.get_status_display()
    yield "In our own words", row.description or "The same"
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It goes on"


def plan_words(row: AdditionalNeed) -> str:
    said = {"YES": "with a formal plan", "NO": "no formal plan", "NOT_KNOWN": "formal plan: recorded as unknown"}
    return said.get(row.formal_plan or "", "formal plan not recorded")


def send_now(row: AdditionalNeed) -> str:
    """A need that is not there needs no plan."""
    if row.identified == "NO":
        return joined("None identified", row.description, "with a formal plan" if row.formal_plan == "YES" else "")
    first = "Identified" if row.identified == "YES" else row.get_identified_display()
    return joined(first, row.description, plan_words(row))


def say_send(row: AdditionalNeed) -> Iterator[tuple[str, object]]:
    yield "Identified", row.get_identified_display()
    yield "Formal plan", row.get_formal_plan_display()
    yield "In our own words", row.description
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It goes on"


change = partial(services.change, rules.check_episode)
save_care = partial(services.add, CareStatus, rules.check_episode)
save_send = partial(services.add, AdditionalNeed, rules.check_episode)
for name, label, model, form, say in (
    (CARE, "care status", CareStatus, CareStatusForm, say_care),
    (SEND, "SEND or ALN", AdditionalNeed, AdditionalNeedForm, say_send),
):
    kinds.register(
        kinds.Kind(
            name, label, model, PAGE, form, say, change=change,
            read=lambda rows: rows.select_related("child", "in_error_by"),
        )
    )  # fmt: skip
    people_rules.EARLIEST.append(partial(earliest_of, model, "start_date", label[:1].upper() + label[1:]))

care = register(
    Topic(
        30, CARE, "Care status", CareStatus, care_now, from_to, holds, still,
        empty="Nothing is recorded. That there is none is recorded too, as “None”.",
        add_text="Add a care status", add=CareStatusForm, save=save_care,
        following=Following(
            "Changed to another", "What is the care status now?", NextCareStatusForm,
            partial(services.follow, save_care), "Care status: changed",
        ),
    )
)  # fmt: skip
send = register(
    Topic(
        40, SEND, "SEND or ALN", AdditionalNeed, send_now, from_to, holds, still,
        empty="Nothing is recorded. That no need is identified is recorded too, as “No”.",
        add_text="Add SEND or ALN", add=AdditionalNeedForm, save=save_send, odd=rules.odd_additional_need,
        following=Following(
            "Changed, as a plan agreed", "What is known of SEND or ALN now?", NextAdditionalNeedForm,
            partial(services.follow, save_send), "SEND or ALN: changed",
        ),
    )
)  # fmt: skip
for topic in (care, send):
    selectors.contribute(topic, "start_date")


@slots.timeline.contribute(CARE)
def statuses(*, child):
    """The day a care status began."""
    return CareStatus.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Care status: "), label_of("status", "care_status", NOT_RECORDED)),
        "detail": F("description"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute(SEND)
def needs(*, child):
    """The day what is known of SEND or ALN began to hold."""
    return AdditionalNeed.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("SEND or ALN identified: "), label_of("identified", "identified_sendaln", NOT_RECORDED)),
        "detail": F("description"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
