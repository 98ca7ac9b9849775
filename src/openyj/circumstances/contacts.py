"""Safe ways to contact a child: the topic, the kind of fact, its part of the timeline, and what may be sent where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import F, Value
from django.db.models.functions import Concat

from openyj.accounts.models import Service
from openyj.circumstances import about_rules, selectors, services
from openyj.circumstances.about_forms import ContactForm, NextContactForm
from openyj.circumstances.episodes import earliest_of, label_in
from openyj.circumstances.models import ContactDetail
from openyj.circumstances.topics import ABOUT, Following, Topic, from_to, holds, joined, lower_first, register, still
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.outbox.services import VOUCHING
from openyj.people import kinds, slots
from openyj.people import rules as people_rules

NAME = "contact"
OF_CHANNEL = {"text": ContactDetail.Way.PHONE, "email": ContactDetail.Way.EMAIL}


def is_safe(row: ContactDetail) -> bool:
    """Recorded as safe, and not overdue to be asked again."""
    return row.safe == ContactDetail.Safe.SAFE and row.review_on >= clock.today()


def guarded(row: ContactDetail) -> bool:
    """What is not known to be safe leaves the screen on no paper; nor what once was and is no more."""
    return not is_safe(row) or (row.end_date is not None and row.end_date < clock.today())


def say_now(row: ContactDetail) -> str:
    """How to reach whom. What is not safe is named, and the number itself stands only on its own card."""
    if not is_safe(row):
        state = "safe once, to be asked again" if row.safe == "SAFE" else lower_first(row.get_safe_display())
        return f"{row}: {state.upper() if row.safe == 'NOT_SAFE' else state}"
    return joined(f"{row}: {row.shown or 'an address of the record'}", "safe",
                  row.when_and_how, row.not_to_say and f"do not say: {row.not_to_say}")  # fmt: skip


def say(row: ContactDetail) -> Iterator[tuple[str, object]]:
    yield "Safe to use", row.get_safe_display()
    yield "Way", row.get_way_display()
    yield "Who answers", row.whose
    if row.way == ContactDetail.Way.ADDRESS:
        yield "Address", row.address
    else:
        yield "Number or e-mail address", row.shown
    yield "When and how", row.when_and_how
    yield "What not to say", row.not_to_say
    yield "Since", say_date(row.start_date)
    yield "Ask again by", say_date(row.review_on)
    yield "Until", say_date(row.end_date) or "It is in use"
    yield "Recorded by", row.recorded_by or "Somebody no longer known"


def may_be_sent_to(service: Service, channel: str, address: str) -> bool:
    """Whether a message may go to this number or e-mail address: it is recorded as safe for a child of the service,
    nobody is late to ask again, and no other record of the service says otherwise of it."""
    today = clock.today()
    rows = ContactDetail.objects.standing().holding_on(today)
    rows = list(rows.filter(service=service, way=OF_CHANNEL[channel], value=address))
    return bool(rows) and all(is_safe(row) for row in rows)


VOUCHING.append(may_be_sent_to)

save = partial(services.add, ContactDetail, about_rules.check_contact)
kinds.register(
    kinds.Kind(
        NAME, "way to contact", ContactDetail, ABOUT, ContactForm, say,
        change=partial(services.change, about_rules.check_contact), guarded=guarded, first_on_paper=True,
        read=lambda rows: rows.select_related("child", "in_error_by", "address", "recorded_by"),
    )
)  # fmt: skip
topic = register(
    Topic(
        110, NAME, "Safe ways to contact", ContactDetail, say_now, from_to, holds, still, page=ABOUT,
        empty="Nothing is recorded. Ask the child how they can be reached, and what is not safe.",
        add_text="Add a way to contact", add=ContactForm, save=save, odd=about_rules.warnings,
        read=("address", "recorded_by"), sort=lambda row: row.safe != ContactDetail.Safe.NOT_SAFE,
        following=Following(
            "Now different", "What is known of this way now?", NextContactForm, partial(services.follow, save),
            "Safe ways to contact: changed",
        ),
    )
)  # fmt: skip
selectors.contribute(topic, "start_date")
people_rules.EARLIEST.append(partial(earliest_of, ContactDetail, "start_date", "A way to contact"))


@slots.timeline.contribute(NAME)
def asked(*, child):
    """The day somebody asked whether it is safe, without the number: the timeline is printed."""
    way = label_in("way", ContactDetail.Way.choices, "a way to contact")
    return ContactDetail.objects.standing().filter(child=child), {
        "date": "start_date",
        "title": Concat(Value("Safe to contact? "), way, Value(": "), F("whose")),
        "detail": label_in("safe", ContactDetail.Safe.choices, ""),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
