"""First contacts after outcomes: a kind of fact, a part of the timeline, and an event that time limits run from.

FC-1  an outcome given while the child lived elsewhere (OTHER) is another service's to answer
FC-2  an outcome that an appeal changed or quashed begins nothing
FC-3  outcomes of one child on one day are one occasion
FC-4  the first contact recorded after any outcome of that day answers the occasion
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.actions.deadlines import Event, Happened, Usual, events
from openyj.actions.models import Unit
from openyj.casework import forms, services
from openyj.casework.models import FirstContact, Outcome
from openyj.core.dates import say_date
from openyj.people import slots
from openyj.people.kinds import Kind, register
from openyj.people.models import Child
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning
from openyj.tables.codes import APPEAL_SUCCESSFUL, CHANGED_ON_APPEAL, OUTCOME_GROUPS

ELSEWHERE = "OTHER"
OVERTURNED = (CHANGED_ON_APPEAL, APPEAL_SUCCESSFUL)
SOLIHULL = "Solihull’s published referral order page: 5 working days. A local policy, to confirm as yours"
GENERAL = "General knowledge, to confirm: many services kept 1 to 5 working days after court as local policy"


def say_first_contact(row: FirstContact) -> Iterator[tuple[str, object]]:
    yield "After", f"{row.outcome}, {say_date(row.outcome.outcome_date)}"
    yield "Date of first contact", say_date(row.contact_date)
    yield "How", row.get_how_display()
    if row.late_reason:
        yield "Why it was late", row.late_reason


register(
    Kind(
        "first-contact", "first contact", FirstContact, "casework:offences", forms.FirstContactForm, say_first_contact,
        change=services.change_first_contact,
        read=lambda rows: rows.select_related("child", "in_error_by", "outcome__legal_outcome"),
    )
)  # fmt: skip


@slots.timeline.contribute("first-contact")
def first_contacts(*, child):
    return FirstContact.objects.standing().filter(child=child), {
        "date": "contact_date",
        "title": Concat(Value("First contact after "), F("outcome__legal_outcome__label"), output_field=CharField()),
        "detail": None,
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def cases() -> list[tuple[str, str]]:
    """What a limit may apply to: outcomes that count as a group, or one legal outcome."""
    groups = [(f"group:{group}", f"any that counts as {group}") for group in OUTCOME_GROUPS]
    return groups + [(f"outcome:{o.code}", o.label) for o in LegalOutcome.objects.order_by("label")]


def outcomes_to_answer(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The outcomes of these children from a day on with the first contact that answered each. Three queries."""
    rows = (
        Outcome.objects.standing()
        .filter(child__in=children, child__in_error_at=None, offence__in_error_at=None, outcome_date__gte=since)
        .exclude(residence=ELSEWHERE)  # FC-1
        .exclude(appeal_status__in=OVERTURNED)  # FC-2
        .select_related("child", "legal_outcome")
        .order_by("outcome_date", "pk")
    )
    answers = FirstContact.objects.standing()
    if only_open:
        answered = answers.filter(child=OuterRef("child"), outcome__outcome_date=OuterRef("outcome_date"))
        rows = rows.filter(~Exists(answered))
    contacts = {
        (c.child_id, c.outcome.outcome_date): c
        for c in answers.filter(child__in=children, outcome__outcome_date__gte=since).select_related("outcome")
    }  # FC-4
    groups = groups_by_outcome()
    for row in rows:
        day = row.outcome_date
        contact = contacts.get((row.child_id, day))
        url = (
            reverse("people:fact", args=[row.child_id, "first-contact", contact.pk])
            if contact
            else f"{reverse('casework:add_first_contact', args=[row.child_id])}?outcome={row.pk}"
        )
        yield Happened(
            child=row.child,
            occasion=day,  # FC-3
            what=row.legal_outcome.label,
            day=day,
            cases=(f"outcome:{row.legal_outcome.code}", f"group:{group_on(groups[row.legal_outcome_id], day)}"),
            ended=contact and contact.contact_date,
            url=url,
            reason=contact.late_reason if contact else "",
        )


def groups_by_outcome() -> dict[int, list[LegalOutcomeMeaning]]:
    """What each legal outcome counts as, by its number."""
    found = defaultdict(list)
    for meaning in LegalOutcomeMeaning.objects.standing():
        found[meaning.legal_outcome_id].append(meaning)
    return found


def group_on(meanings: list[LegalOutcomeMeaning], day: date) -> str:
    """The group an outcome of this day counts as; empty where nothing was meant yet."""
    holding = (m for m in meanings if m.valid_from <= day and (m.valid_to is None or day <= m.valid_to))
    return next((m.outcome_group for m in holding), "")


events.add(
    "first-contact",
    Event(
        label="First contact after an outcome",
        begins="the outcome",
        ends="first contact",
        cases=cases,
        happened=outcomes_to_answer,
        usual=[
            Usual("outcome:REFERRAL_ORDER", 5, Unit.WORKING, SOLIHULL),
            Usual("group:Community", 5, Unit.WORKING, GENERAL),
            Usual("group:Custody", 5, Unit.WORKING, GENERAL),
        ],
    ),
)
