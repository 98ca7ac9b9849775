"""The tables a page's figures are worked out from: the record as it is now, read once, or a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from openyj import measures
from openyj.accounts.models import Service
from openyj.caselevel import live
from openyj.caselevel.models import Snapshot
from openyj.core import clock
from openyj.measures import Measure, Quarter, Workbench
from openyj.measures.quarters import Span
from openyj.performance.figures import worked_out
from openyj.performance.spec import Result, Spec

FIVE_YEARS = 20  # quarters


@dataclass(frozen=True)
class Reading:
    """Tables of the people one service has touched, and the day figures speak of. Shown only filtered to it."""

    service: Service
    bench: Workbench
    as_of: date
    at: datetime
    snapshot: Snapshot | None = None

    def result(self, spec: Spec) -> Result:
        """One figure of the service."""
        return worked_out(spec, self.service.code, self.bench, self.as_of)

    def series(self, measure: Measure, span: Span, *, by: Sequence[str] = ()) -> list[Result]:
        """Every figure of the last five years, oldest first, the running period included. Periods that lie wholly or
        partly before the tables begin are left out; nothing at all when no outcome was ever recorded."""
        last = Quarter.of(self.as_of)
        if span == "year":
            last = Quarter(last.year, 4)
        found = measures.figures(
            measure,
            self.bench,
            self.as_of,
            by=by,
            period=span,
            service=self.service.code,
            first=last.plus(-FIVE_YEARS),
            last=last,
        )
        return [
            Result(Spec(measure.name, each.show, each.period.span, each.period.label, dict(each.breakdown)), each)
            for each in found
            if each.numerator is not None
        ]

    @cached_property
    def outcome_labels(self) -> dict[str, str]:
        """Legal outcomes in words, as these tables have them."""
        if "legal_outcome" not in self.bench.tables:
            return {}
        table = self.bench.tables["legal_outcome"].select(["legal_outcome", "label"])
        return {row["legal_outcome"]: row["label"] for row in table.to_pylist()}

    @cached_property
    def populations(self) -> dict[int, tuple[str, bool]]:
        """The source of the service's population of each year, and whether it is invented."""
        if "population" not in self.bench.tables:
            return {}
        rows = self.bench.tables["population"].to_pylist()
        return {row["year"]: (row["source"], row["invented"]) for row in rows if row["service"] == self.service.code}


def read_live(service: Service) -> Reading:
    """The record as it is at this moment, in one statement. Nothing is kept: the next page reads again, so that a
    change is seen at once."""
    at = clock.now()
    return Reading(service, Workbench(live.tables_of(service)), at.date(), at)


def read_snapshot(snapshot: Snapshot) -> Reading:
    """The tables as they were frozen. Raises `tables.snapshot.Tampered` when they are not as they were."""
    bench = Workbench(snapshot.tables())
    return Reading(snapshot.service, bench, snapshot.as_of, snapshot.taken_at, snapshot)
