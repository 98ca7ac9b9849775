"""A referral in words: what its page, the record's print and a fact's page say."""

from __future__ import annotations

from collections.abc import Iterator

from openyj.core.components import Row
from openyj.core.dates import say_date, say_datetime
from openyj.referrals.models import Referral


def say_arrival(referral: Referral) -> Iterator[tuple[str, object]]:
    who = ", ".join(filter(None, [referral.source_name, referral.source_post]))
    yield "Received on", say_date(referral.received_on)
    yield "From", referral.source.label
    yield "Who", who
    yield "Telephone or e-mail", referral.source_contact
    if referral.police_reference:
        yield "Police reference", referral.police_reference
    if referral.named:
        yield "Child as referred", referral.named
    if referral.date_of_birth:
        yield "Date of birth as referred", say_date(referral.date_of_birth)
    yield "Recorded by", f"{referral.recorded_by or 'somebody no longer known'}, {say_datetime(referral.recorded_at)}"


def say_purpose(referral: Referral) -> Iterator[tuple[str, object]]:
    yield "What for", referral.purpose.label
    yield "What happened, or what the concern is", referral.what
    yield "Somebody must act today", referral.urgent_words if referral.urgent else "No"
    if referral.work:
        yield "Accepted for", referral.work.label
    if referral.allocation:
        yield "Allocated to", f"{referral.allocation.worker}, from {say_date(referral.allocated_on)}"


def say_harm(referral: Referral) -> Iterator[tuple[str, object]]:
    """Whether anybody was harmed and may be contacted; never who."""
    yield "Was anybody harmed?", referral.get_victims_display()
    if referral.consent:
        yield "May they be contacted?", referral.get_consent_display()
    if referral.consent_on:
        yield "Asked", f"{say_date(referral.consent_on)}, by {referral.consent_by}"


def say_referral(referral: Referral) -> list[tuple[str, list[Row]]]:
    """The parts of its page: a heading and what stands under it."""
    parts = [("Who refers", say_arrival), ("What for", say_purpose), ("Those who were harmed", say_harm)]
    return [(title, [Row(label, value) for label, value in say(referral)]) for title, say in parts]


def say_flat(referral: Referral) -> Iterator[tuple[str, object]]:
    """All of it as one list, and how it stands."""
    yield "Stands", referral.tag.text
    yield from say_arrival(referral)
    yield from say_purpose(referral)
    yield from say_harm(referral)
