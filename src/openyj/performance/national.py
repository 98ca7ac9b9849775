"""What national pages read: the figures of the latest national snapshot, as far as somebody's reach goes.

Nothing here reads the record. A person sees by name what is theirs to oversee, or their own service; of the others the
nation's and the regions' sums, and points without a name in a funnel plot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow.compute as pc

from openyj import measures
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.caselevel.models import NationalSnapshot
from openyj.caselevel.national import figures_in, latest
from openyj.caselevel.returned import Told
from openyj.measures import Measure, Period
from openyj.measures.about import CHILDREN
from openyj.performance.spec import Result, Spec, period_of
from openyj.performance.words import capital, say_period

# A region of fewer services is shown to nobody of a service: with one's own known, the rest would be a few others'.
FEWEST_IN_A_REGION = 5


@dataclass(frozen=True)
class Reach:
    """Whose figures a person may see by name: every service's, those of a region, or one service's."""

    region: str = ""
    service: str = ""

    def names(self, told: Told) -> bool:
        if self.service:
            return told.code == self.service
        return not self.region or told.region == self.region

    @property
    def is_of_a_service(self) -> bool:
        return bool(self.service)


@dataclass(frozen=True)
class Area:
    """What a figure is of: the nation, a region or a service."""

    kind: str
    code: str
    name: str

    @property
    def key(self) -> str:
        """How an address names it: ``nation``, ``region:Wales``, ``service:QUILLMOOR``."""
        return f"{self.kind}:{self.code}" if self.code else self.kind


@dataclass(frozen=True)
class National:
    """The latest snapshot, and who reads it."""

    snapshot: NationalSnapshot
    reach: Reach

    @cached_property
    def every(self) -> list[Told]:
        """Every service of the snapshot, by name."""
        return [Told.from_json(each) for each in self.snapshot.services]

    @cached_property
    def by_code(self) -> dict[str, Told]:
        return {each.code: each for each in self.every}

    @cached_property
    def services(self) -> list[Told]:
        """The services this person may see by name."""
        return [each for each in self.every if self.reach.names(each)]

    @cached_property
    def regions(self) -> list[str]:
        """The regions whose sums this person may see."""
        if self.reach.is_of_a_service:
            own = self.by_code.get(self.reach.service)
            here = [each for each in self.every if own and each.region == own.region]
            return [own.region] if own and own.region and len(here) >= FEWEST_IN_A_REGION else []
        if self.reach.region:
            return [self.reach.region]
        return sorted({each.region for each in self.every if each.region})

    @cached_property
    def nation(self) -> Area:
        countries = sorted({each.country for each in self.every if each.country})
        return Area("nation", "", " and ".join(countries) or "All services")

    @cached_property
    def areas(self) -> list[Area]:
        """Everything whose figures this person may see."""
        regions = [Area("region", name, name) for name in self.regions]
        return [self.nation, *regions, *(Area("service", each.code, each.name) for each in self.services)]

    def area(self, key: str) -> Area | None:
        return next((each for each in self.areas if each.key == key), None)

    @property
    def is_invented(self) -> bool:
        return any(each.invented for each in self.every)

    def of(self, measure: Measure, kind: str, **wanted: str) -> dict[str, list[Result]]:
        """The measure's figures of a kind of area, by area, oldest first. ``wanted`` narrows by area, show, span and
        period."""
        table = figures_in(self.snapshot, measure.name)
        keep = pc.equal(table["kind"], kind)
        for name, value in wanted.items():
            keep = pc.and_(keep, pc.equal(table[name], value))
        found: dict[str, list[Result]] = {}
        for row in table.filter(keep).to_pylist():
            found.setdefault(row["area"], []).append(self._result(measure, row))
        return found

    def _result(self, measure: Measure, row: dict) -> Result:
        period = period_of(row["span"], row["period"])
        own = {name: row[name] for name in ("value", "numerator", "denominator", "low", "high", "interval")}
        own |= {name: row[name] for name in ("population_year", "provisional", "why_not")}
        figure = measures.Figure(measure.name, row["show"], period, self.snapshot.as_of, {}, **own)
        return Result(Spec(measure.name, row["show"], row["span"], row["period"]), figure)

    def series(self, measure: Measure, area: Area, show: str, span: str) -> list[Result]:
        """A figure of one area over time, oldest first."""
        return self.of(measure, area.kind, area=area.code, show=show, span=span).get(area.code, [])

    def one(self, measure: Measure, area: Area, show: str, span: str, period: str) -> Result | None:
        found = self.of(measure, area.kind, area=area.code, show=show, span=span, period=period)
        return next(iter(found.get(area.code, [])), None)

    def complete(self, measure: Measure, span: str) -> list[Period]:
        """The periods whose figures no longer change with time alone, newest first."""
        results = self.series(measure, self.nation, measure.shows[0].name, span)
        return [each.spec.when for each in reversed(results) if each.is_final]

    def missing(self, told: Told, spec: Spec) -> str:
        """Why a service's figure of a period is not to be compared, in words; nothing where it may be. A period is
        told of when all is that its figure needs, the months it must wait among them. Outcomes tell nothing of a
        figure that is not about children: it says itself what is not recorded."""
        if spec.definition.about is not CHILDREN:
            return ""
        if told.last_outcome is None:
            return "No outcome is recorded"
        if told.late and told.last_outcome < spec.complete_on:
            return f"Nothing since {told.last_outcome:%-d %B %Y}"
        until = spec.complete_on
        silent = [label for label in told.silent if begins(label, spec.when, until)]
        return f"Nothing in {' or '.join(say_quarter(label) for label in silent)}" if silent else ""


def begins(label: str, period: Period, until: object) -> bool:
    quarter = period_of("quarter", label)
    return period.start <= quarter.start <= until


def say_quarter(label: str) -> str:
    return say_period(period_of("quarter", label))


def reach_of(user: User) -> Reach | None:
    """How far this person's reading goes; None for who may see no figures at all."""
    if user.may(Permission.COMPARE_SERVICES):
        return Reach(region=user.service.region if user.service.oversees == "region" else "")
    return Reach(service=user.service.code) if user.may(Permission.SEE_FIGURES) else None


def national_for(user: User) -> National | None:
    """The latest snapshot for this person; None when there is none yet, or none that has their service."""
    reach, snapshot = reach_of(user), latest()
    if reach is None or snapshot is None:
        return None
    national = National(snapshot, reach)
    return national if not reach.is_of_a_service or reach.service in national.by_code else None


def not_told(national: National) -> Iterator[tuple[Told, str]]:
    """The services this person may see by name that have not told everything, and what is missing."""
    for told in national.services:
        if told.last_outcome is None:
            yield told, "No outcome is recorded"
        elif told.late or told.silent:
            parts = [f"Nothing since {told.last_outcome:%-d %B %Y}"] if told.late else []
            parts += [f"nothing in {say_quarter(label)}" for label in told.silent]
            yield told, capital(", ".join(parts))
