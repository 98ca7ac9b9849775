"""The milestones of an offence's way to its first contact: rooms say which days they know of. Registered at start-up.

A stage is a point on that way (arrest, hearing, decision). Adding one takes two lines in the room that holds its days:

    stages.add("referral", Stage("Referral", "referral", {Route.OUT_OF_COURT: Step(30, Whose.POLICE, GK)}))

    @milestones.contribute("referral")
    def referrals(*, offences):
        return ReferralOffence.objects.standing().filter(among("offence", offences)), {
            "offence": "offence_id", "day": "referral__received_on", "decided": None, "object_id": "referral_id"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, TextChoices

from openyj.core.slots import ListSlot, Slot

GK = "General knowledge, to confirm: usual practice, no published source"


class Route(TextChoices):
    """How an offence was decided."""

    COURT = "court", "In court"
    OUT_OF_COURT = "out_of_court", "Out of court"


class Whose(TextChoices):
    """Who has it in hand while days pass. This project's own words."""

    POLICE = "police", "Police"
    PROSECUTION = "prosecution", "Crown Prosecution Service"
    COURT = "court", "Court"
    SERVICE = "service", "This service"
    TOGETHER = "together", "Police and service together"


@dataclass(frozen=True)
class Step:
    """A stage's place on one route, and whose the days up to it usually are, with where that comes from."""

    place: int
    whose: Whose
    source: str


@dataclass(frozen=True)
class Stage:
    """A point on the way. `kind` is the kind of fact that holds its day; a route it is not on does not expect it."""

    label: str
    kind: str
    on: Mapping[Route, Step]


stages: Slot[Stage] = Slot("stages")

# A contribution's name is its stage's. `decided` is the day of the decision a milestone follows, None for one that
# comes before it. Asked with offences=, a list of their numbers.
milestones = ListSlot(
    "milestones",
    {"offence": BigIntegerField(), "day": DateField(), "decided": DateField(), "object_id": BigIntegerField()},
    about={"offences": ArrayField(BigIntegerField())},
    order_by=["day"],
)


def among(path: str, offences: object) -> Func:
    """The condition that the offence at `path` is one of `offences`, as a contribution is given them."""
    return Func(F(path), offences, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def on_route(route: Route) -> list[str]:
    """The names of a route's stages in their order."""
    placed = [(stage.on[route].place, name) for name, stage in stages.items() if route in stage.on]
    return [name for _place, name in sorted(placed)]
