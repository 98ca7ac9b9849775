"""The languages of a child: the topic, the kind of fact, its part of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat

from openyj.circumstances import about_rules, selectors, services
from openyj.circumstances.about_forms import LanguageForm, NextLanguageForm
from openyj.circumstances.episodes import earliest_of
from openyj.circumstances.models import LanguageNeed
from openyj.circumstances.topics import ABOUT, Following, Topic, from_to, holds, joined, register, still
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules

NAME = "languages"
UNKNOWN = "recorded as unknown"


def say_now(row: LanguageNeed) -> str:
    """Every answer, those that nobody knows too; what was never asked is said to be not recorded."""
    interpreter = {"YES": "needs an interpreter", "NO": "needs no interpreter", "NOT_KNOWN": f"interpreter {UNKNOWN}"}
    sign = {"NO": "no sign language", "NOT_KNOWN": f"sign language {UNKNOWN}"}
    reads = {"NEITHER": "reads neither English nor Welsh", "NOT_KNOWN": f"what they read {UNKNOWN}"}
    welsh = {"YES": "offered Welsh", "NO": "not offered Welsh", "NOT_KNOWN": f"whether offered Welsh {UNKNOWN}"}
    said = joined(
        f"First language {row.first_language or 'not recorded'}",
        interpreter.get(row.interpreter or "", "interpreter not recorded"),
        row.sign_language and sign.get(row.sign_language, row.get_sign_language_display()),
        reads.get(row.reads or "", f"reads {row.get_reads_display()}" if row.reads else "what they read not recorded"),
        f"prefers {row.prefers}" if row.prefers else "preferred language not recorded",
        welsh.get(row.welsh_offered or ""),
    )
    return said


def say(row: LanguageNeed) -> Iterator[tuple[str, object]]:
    yield "First language", row.first_language
    yield "Needs an interpreter", row.get_interpreter_display()
    yield "Sign language", row.get_sign_language_display()
    yield "Reads", row.get_reads_display()
    yield "Prefers", row.prefers
    yield "Offered Welsh", row.get_welsh_offered_display()
    yield "Since", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "It still holds"


save = partial(services.add, LanguageNeed, about_rules.check_languages)
kinds.register(
    kinds.Kind(
        NAME, "languages", LanguageNeed, ABOUT, LanguageForm, say,
        change=partial(services.change, about_rules.check_languages),
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        130, NAME, "Languages", LanguageNeed, say_now, from_to, holds, still, page=ABOUT,
        empty="Nothing is recorded. That somebody asked and nobody knows is recorded too.",
        add_text="Add languages", add=LanguageForm, save=save,
        following=Following(
            "Now different", "What is known of languages now?", NextLanguageForm, partial(services.follow, save),
            "Languages: changed",
        ),
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, LanguageNeed, "start_date", "A child’s languages"))


@slots.timeline.contribute(NAME)
def asked(*, child):
    """The day somebody asked."""
    return LanguageNeed.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Case(
            When(first_language="", then=Value("Languages")),
            default=Concat(Value("First language: "), F("first_language")),
        ),
        "detail": F("prefers"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
