"""The days that referrals know on an offence's way: the day it was referred, the day its child was allocated."""

from __future__ import annotations

from openyj.casework.slots import GK, Route, Stage, Step, Whose, among, milestones, stages
from openyj.referrals.models import ReferralOffence, State

stages.add("referral", Stage("Referral", "referral", {Route.OUT_OF_COURT: Step(30, Whose.POLICE, GK)}))
stages.add("allocation", Stage("Allocation", "referral", {Route.OUT_OF_COURT: Step(33, Whose.SERVICE, GK)}))


@milestones.contribute("referral")
def referred(*, offences):
    """The first day a referral about the offence was received."""
    return about(offences), {
        "offence": "offence_id", "day": "referral__received_on", "decided": None, "object_id": "referral_id",
    }  # fmt: skip


@milestones.contribute("allocation")
def allocated(*, offences):
    """The day the referral's worker began, or, where they worked with the child already, took it on."""
    return about(offences).filter(referral__state=State.ALLOCATED), {
        "offence": "offence_id", "day": "referral__allocated_on", "decided": None, "object_id": "referral_id",
    }  # fmt: skip


def about(offences):
    return ReferralOffence.objects.standing().filter(among("offence", offences), referral__in_error_at=None)
