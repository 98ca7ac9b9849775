"""What referrals add to a child's record, to time limits and to reference data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from openyj.accounts.models import Service
from openyj.actions.deadlines import Event, Happened, events
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register
from openyj.people.models import Child
from openyj.people.slots import RecordPage
from openyj.reference.selectors import Holding, more_holdings
from openyj.referrals import services
from openyj.referrals.access import SEE
from openyj.referrals.forms import ReferralForm
from openyj.referrals.models import Referral, ReferralKind, ReferralOffence
from openyj.referrals.words import say_flat

slots.pages.add("referrals:of_child", RecordPage("Referrals", "referrals:of_child", SEE), order=15)


def hangs_on_referral(row: Referral) -> Hanging:
    """Its places at offences go with it."""
    return Hanging(goes_with_it=list(row.links.standing()))


register(
    Kind(
        "referral", "referral", Referral, "referrals:of_child", ReferralForm, say_flat,
        change=services.change_referral, hanging=hangs_on_referral,
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "recorded_by", "source", "purpose", "work", "allocation__worker"
        ),
        parts={ReferralOffence: "offence of a referral"}, address=Referral.get_absolute_url, permission=SEE,
    )
)  # fmt: skip


@slots.timeline.contribute("referral")
def referrals(*, child):
    """The day a referral was received."""
    return Referral.objects.standing().filter(child=child), {
        "date": "received_on",
        "title": Concat(Value("Referral from "), F("source__label"), Value(": "), F("purpose__label"),
                        output_field=CharField()),
        "detail": None,
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }  # fmt: skip


def earliest_referral(child: Child) -> tuple[date, str] | None:
    """The first day a referral about the child was received."""
    first = Referral.objects.standing().filter(child=child).order_by("received_on").first()
    return (first.received_on, "A referral") if first else None


people_rules.EARLIEST.append(earliest_referral)


def cases() -> list[tuple[str, str]]:
    """What a limit may apply to: referrals for one purpose."""
    rows = ReferralKind.objects.of(ReferralKind.Listed.PURPOSE).order_by("label")
    return [(f"purpose:{each.code}", each.label) for each in rows]


def to_be_decided(*, children: QuerySet[Child], since: date, only_open: bool) -> Iterator[Happened]:
    """The referrals of these children from a day on, with the day each was decided. One whose child is not identified
    is nobody's yet, and waits in the queue without a deadline. One query."""
    rows = Referral.objects.standing().filter(child__in=children, received_on__gte=since)
    if only_open:
        rows = rows.filter(decided_on=None)
    for row in rows.select_related("child", "source", "purpose").order_by("received_on", "pk"):
        yield Happened(
            child=row.child,
            occasion=row.pk,
            what=f"Referral from {row.source.label}",
            day=row.received_on,
            cases=(f"purpose:{row.purpose.code}",),
            ended=row.decided_on,
            url=reverse("referrals:referral", args=[row.pk]),
        )


# No usual limit: none is published, and a service that has one enters it.
events.add(
    "referral",
    Event(
        label="Decision on a referral",
        begins="the day it was received",
        ends="decision on the referral",
        cases=cases,
        happened=to_be_decided,
    ),
)


@more_holdings.contribute("referral words", order=25)
def words_held(service: Service) -> Holding:
    """The administrator's line about the words of referrals."""
    return Holding("Words of referrals", f"{ReferralKind.objects.count()} words in four lists", "referrals:kinds")
