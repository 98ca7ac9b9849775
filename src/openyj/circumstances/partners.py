"""Partner referrals, from referred to seen, and parenting support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat

from openyj.circumstances import rules, selectors, services
from openyj.circumstances.episodes import earliest_of, label_of, steps_of
from openyj.circumstances.forms import ParentingForm, PartnerReferralForm
from openyj.circumstances.health import since
from openyj.circumstances.models import ParentingIntervention, PartnerReferral
from openyj.circumstances.topics import NOT_RECORDED, Topic, joined, lower_first, register, say_steps
from openyj.core.dates import say_date
from openyj.people import kinds, slots
from openyj.people import rules as people_rules

REFERRAL, PARENTING = "partner-referral", "parenting-support"
WORDS = {
    "date_referred": "referred",
    "date_accepted": "accepted",
    "date_declined": "declined",
    "date_first_seen": "first seen",
    "date_ended": "ended",
}


def state(row: PartnerReferral) -> str:
    """Where a referral stands: seen, declined, waiting, or without an answer; the days a child has waited."""
    if row.date_declined:
        why = lower_first(row.get_decline_reason_display() or "reason not recorded")
        return f"declined on {say_date(row.date_declined)}: {why}"
    if row.date_first_seen:
        return f"first seen on {say_date(row.date_first_seen)}"
    if row.date_ended:
        return f"ended on {say_date(row.date_ended)} without being seen"
    if row.date_accepted:
        return f"accepted on {say_date(row.date_accepted)}, waiting for {since(row.date_referred)} since the referral"
    return f"referred on {say_date(row.date_referred)}, no answer for {since(row.date_referred)}"


def referral_now(row: PartnerReferral) -> str:
    return joined(row.get_partner_kind_display(), row.partner, state(row))


def referral_days(row: PartnerReferral) -> str:
    return say_steps(row, WORDS)


def say_referral(row: PartnerReferral) -> Iterator[tuple[str, object]]:
    yield "Kind of partner", row.get_partner_kind_display()
    yield "Which partner", row.partner
    yield "Referred", say_date(row.date_referred)
    yield "Accepted", say_date(row.date_accepted)
    yield "Declined", say_date(row.date_declined) or "No"
    if row.date_declined:
        yield "Why it was declined", row.get_decline_reason_display()
    yield "First seen", say_date(row.date_first_seen)
    yield "Ended", say_date(row.date_ended) or "It goes on"


def referral_holds(day: Any) -> Q:
    """A declined referral is no longer open; what ended holds to its last day."""
    return Q(Q(date_ended=None) | Q(date_ended__gte=day), date_declined=None)


def referral_still(row: PartnerReferral, day: date) -> bool:
    return row.date_declined is None and (row.date_ended is None or row.date_ended >= day)


kinds.register(
    kinds.Kind(
        REFERRAL, "partner referral", PartnerReferral, "circumstances:circumstances", PartnerReferralForm, say_referral,
        change=partial(services.change, rules.check_partner_referral),
        read=lambda rows: rows.select_related("child", "in_error_by"),
    )
)  # fmt: skip
referrals = register(
    Topic(
        70, REFERRAL, "Partner referrals", PartnerReferral, referral_now, referral_days, referral_holds, referral_still,
        empty="No referral to a partner is recorded.", add_text="Add a referral to a partner", add=PartnerReferralForm,
        save=partial(services.add, PartnerReferral, rules.check_partner_referral), odd=rules.odd_partner_referral,
    )
)  # fmt: skip
selectors.contribute(referrals, "date_referred")
people_rules.EARLIEST.append(partial(earliest_of, PartnerReferral, "date_referred", "A partner referral"))


@slots.timeline.contribute(REFERRAL)
def referred(*, child):
    """The day of the referral, with what became of it in the detail."""
    return PartnerReferral.objects.standing().filter(child=child), {
        "date": "date_referred",
        "title": Concat(Value("Referred to a partner: "), label_of("partner_kind", "partner_kind", NOT_RECORDED)),
        "detail": steps_of({step: word for step, word in WORDS.items() if step != "date_referred"}),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def say_sessions(row: ParentingIntervention) -> str:
    planned, attended = row.sessions_planned, row.sessions_attended
    if planned is None and attended is None:
        return "sessions not recorded"
    said = "not recorded how many" if attended is None else str(attended)
    return f"{said} of {'not recorded how many' if planned is None else planned} sessions attended"


def parenting_now(row: ParentingIntervention) -> str:
    begun = "" if row.start_date else f"referred on {say_date(row.date_referred)}, not begun"
    told = say_sessions(row) if row.start_date else ""
    took_part = lower_first(row.get_engagement_level_display() or "")
    return joined(row.get_parenting_intervention_type_display(), row.description, begun, told, took_part)


def parenting_days(row: ParentingIntervention) -> str:
    days = {"Referred": row.date_referred, "from": row.start_date, "until": row.end_date}
    said = joined(*(f"{word} {say_date(day)}" for word, day in days.items() if day))
    return said[:1].upper() + said[1:]


def say_parenting(row: ParentingIntervention) -> Iterator[tuple[str, object]]:
    yield "Kind of support", row.get_parenting_intervention_type_display()
    yield "In our own words", row.description
    yield "Referred", say_date(row.date_referred)
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or ("It goes on" if row.start_date else "")
    yield "Sessions planned", None if row.sessions_planned is None else str(row.sessions_planned)
    yield "Sessions attended", None if row.sessions_attended is None else str(row.sessions_attended)
    yield "How far they took part", row.get_engagement_level_display()
    yield "As part of", str(row.programme) if row.programme_id else "No programme"


def parenting_holds(day: Any) -> Q:
    return Q(end_date=None) | Q(end_date__gte=day)


def parenting_still(row: ParentingIntervention, day: date) -> bool:
    return row.end_date is None or row.end_date >= day


kinds.register(
    kinds.Kind(
        PARENTING, "parenting support", ParentingIntervention, "circumstances:circumstances", ParentingForm,
        say_parenting, change=partial(services.change, rules.check_parenting),
        read=lambda rows: rows.select_related("child", "in_error_by", "programme__disposal_type"),
    )
)  # fmt: skip
parenting = register(
    Topic(
        80, PARENTING, "Parenting support", ParentingIntervention, parenting_now, parenting_days, parenting_holds,
        parenting_still, empty="No support for parents or carers is recorded.", add_text="Add parenting support",
        add=ParentingForm, save=partial(services.add, ParentingIntervention, rules.check_parenting),
        odd=rules.odd_parenting, read=("programme__disposal_type",),
    )
)  # fmt: skip
selectors.contribute(parenting, Coalesce("start_date", "date_referred"))
for column in ("start_date", "date_referred"):
    people_rules.EARLIEST.append(partial(earliest_of, ParentingIntervention, column, "Parenting support"))


@slots.timeline.contribute(PARENTING)
def supported(*, child):
    """The day it began, else the day of the referral."""
    label = label_of("parenting_intervention_type", "parenting_intervention_type", NOT_RECORDED)
    return ParentingIntervention.objects.standing().filter(child=child), {
        "date": Coalesce("start_date", "date_referred"),
        "title": Concat(Value("Parenting support: "), label),
        "detail": F("description"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }
