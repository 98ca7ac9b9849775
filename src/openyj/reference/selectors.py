"""What the pages of reference data read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from openyj.accounts.models import Service
from openyj.core import clock
from openyj.core.slots import Slot
from openyj.reference.models import (
    DisposalType,
    Family,
    LegalOutcome,
    LegalOutcomeMeaning,
    OffenceCode,
    Population,
    PublishedRate,
    SeriousnessScore,
)


@dataclass(frozen=True)
class Holding:
    """One table of reference data: what it is, how much of it is there, what is not possible without it."""

    title: str
    says: str
    url_name: str = ""
    absent: str = ""


# The tables of rooms above this one, asked with the service.
more_holdings: Slot[Callable[[Service], Holding]] = Slot("tables of reference data")


def holdings(service: Service) -> list[Holding]:
    """Every table of reference data and its state. What was never supplied says what cannot be computed without it."""
    outcomes, rates = LegalOutcome.objects.count(), PublishedRate.objects.aggregate(first=Min("year"), last=Max("year"))
    areas = PublishedRate.objects.values("area").distinct().count()
    populations = Population.objects.filter(of_service=service).aggregate(first=Min("year"), last=Max("year"))
    scores, family = SeriousnessScore.objects.count(), Family.objects.filter(of_service=service).count()
    return [
        Holding("Legal outcomes", f"{outcomes} outcomes and what each counts as", "reference:outcomes"),
        Holding(
            "Populations aged 10 to 17",
            f"{populations['first']} to {populations['last']}" if populations["first"] else "",
            "reference:populations",
            "rates per 1,000 or 100,000 children cannot be computed",
        ),
        Holding("Kinds of programme", f"{DisposalType.objects.count()} kinds"),
        Holding("Offence codes", f"{OffenceCode.objects.count():,} codes"),
        Holding(
            "Published rates",
            f"{areas} areas, {rates['first'][:4]} to {rates['last'][:4]}. Rates only: no counts are published with them"
            if areas
            else "",
            absent="no published figure can be shown beside yours",
        ),
        Holding(
            "Seriousness scores",
            say_count(scores, "score"),
            absent="measures that use the YJB seriousness score cannot be computed. The table is not public",
        ),
        Holding(
            "Family of similar services",
            say_count(family, "area"),
            absent="comparison with your family of services cannot be made",
        ),
        *(ask(service) for ask in more_holdings),
    ]


def say_count(count: int, what: str) -> str:
    """ "1 score", "12 scores"; nothing for none."""
    return f"{count:,} {what}{'' if count == 1 else 's'}" if count else ""


def outcomes_with_meaning(day: date | None = None) -> QuerySet[LegalOutcome]:
    """Every legal outcome with what it counts as on a day (`counts_as`), today unless said; None before its first."""
    on = LegalOutcomeMeaning.objects.on(day or clock.today()).filter(legal_outcome=OuterRef("pk"))
    return LegalOutcome.objects.annotate(
        counts_as=Subquery(on.values("outcome_group")[:1]), rank=Subquery(on.values("seriousness_rank")[:1])
    )
