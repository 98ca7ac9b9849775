"""A record with first time entrants, sentences and cohorts, for tests of the figures made from it."""

from __future__ import annotations

from datetime import date, timedelta

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.models import Outcome
from openyj.casework.tests.factories import make_hearing, make_offence, make_outcome
from openyj.people.models import Child
from openyj.people.tests.factories import make_child
from openyj.performance.figures import name_figure
from openyj.performance.models import Figure
from openyj.performance.spec import Spec
from openyj.reference.models import LegalOutcome, Population, PublishedRate

TODAY = date(2026, 11, 22)


def entrant(service: Service, day: date, outcome: str = "YOUTH_CAUTION", **fields) -> Outcome:
    """A child of 15 whose first outcome is given on `day`, for violence two months earlier."""
    given = {"date_of_birth": day.replace(year=day.year - 15) - timedelta(days=90)} | fields
    return outcome_of(make_child(service, **given), day, outcome)


def outcome_of(child: Child, day: date, outcome: str = "YOUTH_CAUTION", **fields) -> Outcome:
    """An outcome of the child on `day`, with its offence and hearing."""
    offence = make_offence(
        child, offence_date=day - timedelta(days=60), category="VIOLENCE_AGAINST_THE_PERSON", description="A fight"
    )
    make_hearing(child, offence, hearing_date=day - timedelta(days=10))
    with acting(by=None, services=EVERY_SERVICE):
        legal = LegalOutcome.objects.get(code=outcome)
    return make_outcome(offence, outcome_date=day, legal_outcome=legal, **fields)


def record_begins(service: Service, day: date = date(2020, 1, 6)) -> Outcome:
    """An outcome long ago: what the record holds no outcome before, it does not cover."""
    return entrant(service, day)


def make_population(service: Service, aged_10_to_17: int = 23_750, years=range(2019, 2027)) -> None:
    for year in years:
        Population.objects.create(
            of_service=service, year=year, aged_10_to_17=aged_10_to_17, source="Mid-year estimate, for a test"
        )


def make_rate(area: str, year: str, value: float | None, **fields) -> PublishedRate:
    given = {
        "measure": "FirstYJS",
        "measure_label": "First time entrants",
        "year_type": "calendar year",
        "source": "A published table",
    } | fields
    return PublishedRate.objects.update_or_create(
        measure=given.pop("measure"), year_type=given.pop("year_type"), area=area, year=year,
        defaults={"value": value, **given},
    )[0]  # fmt: skip


def make_figure(service: Service, *, period: str = "2026Q2", **fields) -> Figure:
    """First time entrants, a count, of the rolling year to September 2026."""
    given = {"measure": "first-time-entrants", "show": "count", "span": "rolling_year", "period": period} | fields
    with acting(by=None, services=EVERY_SERVICE):
        return name_figure(service=service, spec=Spec(**given), by=None)
