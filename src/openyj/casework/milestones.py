"""The days that casework knows on an offence's way: offence, arrest, hearing, decision, first contact."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery

from openyj.casework.models import FirstContact, HearingOffence, Offence, Outcome
from openyj.casework.slots import GK, Route, Stage, Step, Whose, among, milestones, stages

# The final decision out of court is the police's, also where it is made jointly (summaries of the NPCC Child Gravity
# Matrix, 2023 and 2025).
GRAVITY = "The final decision out of court is the police’s: Child Gravity Matrix, as published in summary"

COURT, OUT_OF_COURT = Route.COURT, Route.OUT_OF_COURT
stages.add("offence", Stage("Offence", "offence", {
    route: Step(10, Whose.POLICE, "Nothing comes before it") for route in Route
}))  # fmt: skip
stages.add("arrest", Stage("Arrest", "offence", {route: Step(20, Whose.POLICE, GK) for route in Route}))
stages.add("hearing", Stage("First hearing", "hearing", {COURT: Step(40, Whose.POLICE, GK)}))
stages.add("outcome", Stage("Decision", "outcome", {
    COURT: Step(60, Whose.COURT, GK), OUT_OF_COURT: Step(60, Whose.POLICE, GRAVITY),
}))  # fmt: skip
stages.add("first-contact", Stage("First contact", "first-contact", {
    route: Step(70, Whose.SERVICE, GK) for route in Route
}))  # fmt: skip


@milestones.contribute("offence")
def committed(*, offences):
    return of_offences(offences, "offence_date")


@milestones.contribute("arrest")
def arrested(*, offences):
    return of_offences(offences, "arrest_date")


def of_offences(offences, day: str):
    rows = Offence.objects.filter(among("pk", offences), **{f"{day}__isnull": False})
    return rows, {"offence": "pk", "day": day, "decided": None, "object_id": "pk"}


@milestones.contribute("hearing")
def heard(*, offences):
    rows = HearingOffence.objects.standing().filter(among("offence", offences), hearing__in_error_at=None)
    given = {"offence": "offence_id", "day": "hearing__hearing_date", "decided": None, "object_id": "hearing_id"}
    return rows, given


@milestones.contribute("outcome")
def decided(*, offences):
    rows = Outcome.objects.standing().filter(among("offence", offences))
    return rows, {"offence": "offence_id", "day": "outcome_date", "decided": "outcome_date", "object_id": "pk"}


@milestones.contribute("first-contact")
def contacted(*, offences):
    """By FC-4 (`first_contacts`): the contact recorded after any outcome of a day answers each of them."""
    same_day = FirstContact.objects.standing().filter(
        child=OuterRef("child"), outcome__outcome_date=OuterRef("outcome_date")
    )
    rows = Outcome.objects.standing().filter(among("offence", offences))
    found = rows.annotate(
        contacted_on=Subquery(same_day.values("contact_date")[:1]), contact=Subquery(same_day.values("pk")[:1])
    ).filter(contacted_on__isnull=False)
    return found, {"offence": "offence_id", "day": "contacted_on", "decided": F("outcome_date"), "object_id": "contact"}
