"""First contacts after outcomes: a kind of fact, a part of the timeline, and an event that time limits run from.

FC-1  an outcome given while the child lived elsewhere (OTHER) is another service's to answer
FC-2  an outcome that an appeal changed or quashed begins nothing
FC-3  outcomes of one child on one day are one occasion
FC-4  the first contact recorded after any outcome of that day answers the occasion
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
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


def decided_here(children: QuerySet[Child], since: date) -> QuerySet[Outcome]:
    """The outcomes of these children from a day on that are this service's to answer, each with what it counts as on
    its day (`group`; None where nothing was meant yet)."""
    meaning = LegalOutcomeMeaning.objects.on(OuterRef("outcome_date")).filter(legal_outcome=OuterRef("legal_outcome"))
    return (
        Outcome.objects.standing()
        .filter(child__in=children, child__in_error_at=None, offence__in_error_at=None, outcome_date__gte=since)
        .exclude(residence=ELSEWHERE)  # FC-1
        .exclude(appeal_status__in=OVERTURNED)  # FC-2
        .annotate(group=Subquery(meaning.values("outcome_group")[:1]))
        .select_related("child", "legal_outcome")
        .order_by("outcome_date", "pk")
    )


def cases_of(row: Outcome) -> tuple[str, ...]:
    """What a limit on this outcome may apply to, the most particular first. Of a row read by `decided_here`."""
    return (f"outcome:{row.legal_outcome.code}", f"group:{row.group or ''}")


def outcomes_to_answer(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The outcomes of these children from a day on with the first contact that answered each. One query."""
    contact = FirstContact.objects.standing().filter(
        child=OuterRef("child"), outcome__outcome_date=OuterRef("outcome_date")
    )  # FC-4
    rows = decided_here(children, since).annotate(
        contact=Subquery(contact.values("pk")[:1]),
        contacted_on=Subquery(contact.values("contact_date")[:1]),
        late_reason=Subquery(contact.values("late_reason")[:1]),
    )
    for row in rows.filter(contact=None) if only_open else rows:
        url = (
            reverse("people:fact", args=[row.child_id, "first-contact", row.contact])
            if row.contact
            else f"{reverse('casework:add_first_contact', args=[row.child_id])}?outcome={row.pk}"
        )
        yield Happened(
            child=row.child,
            occasion=row.outcome_date,  # FC-3
            what=row.legal_outcome.label,
            day=row.outcome_date,
            cases=cases_of(row),
            ended=row.contacted_on,
            url=url,
            reason=row.late_reason or "",
        )


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
            Usual("group:Community", 5, Unit.WORKING, GENERAL, known=False),
            Usual("group:Custody", 5, Unit.WORKING, GENERAL, known=False),
        ],
    ),
)
