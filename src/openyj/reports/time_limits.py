"""The time limit of a court report: from the day it was asked for to the day the court was sent it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from openyj.actions.deadlines import Event, Happened, Usual, events
from openyj.actions.models import Unit
from openyj.people.models import Child
from openyj.reports import due
from openyj.reports.models import CourtReport, ReportKind, State

OLDER = "General knowledge, to confirm: an older rule that many services keep as local policy"


def cases() -> list[tuple[str, str]]:
    """What a limit may apply to: reports of one kind, and those about persistent young offenders."""
    found = []
    for kind in ReportKind.objects.order_by("label"):
        every, persistent = f"kind:{kind.code}", f"kind:{kind.code}:persistent"
        found += [(every, kind.label), (persistent, f"{kind.label}, persistent young offender")]
    return found


def asked_for(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The reports about these children asked for from a day on, with the day each was sent to the court; not those that
    are no longer needed. One query."""
    rows = CourtReport.objects.standing().filter(child__in=children, child__in_error_at=None, asked_on__gte=since)
    rows = rows.exclude(state=State.WITHDRAWN)
    if only_open:
        rows = rows.filter(sent_on=None)
    for row in rows.select_related("child", "kind").order_by("asked_on", "pk"):
        yield due.happened(row)


events.add(
    due.EVENT,
    Event(
        label="Court report",
        begins="the day it was asked for",
        ends="report sent to the court",
        cases=cases,
        happened=asked_for,
        usual=[
            Usual("kind:pre-sentence", 15, Unit.WORKING, OLDER, known=False),
            Usual("kind:pre-sentence:persistent", 10, Unit.WORKING, OLDER, known=False),
        ],
    ),
)
