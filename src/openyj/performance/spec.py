"""What a figure speaks of, and the figure once it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from openyj import measures
from openyj.measures import Count, Mean, Measure, Period, Quarter, Rate, Share, Tally
from openyj.measures.quarters import SPANS, Span, months_after

Show = Count | Rate | Share | Mean | Tally
# How each thing a figure of one service can be broken down by is called on a page.
BREAKDOWNS = {
    "locality": "Locality",
    "sex": "Sex",
    "ethnicity_group": "Ethnicity",
    "age_band": "Age",
    "outcome_group": "Kind of outcome",
    "legal_outcome": "Legal outcome",
    "event": "How the child entered the cohort",
    "sector": "Sector",
}


@dataclass(frozen=True)
class Spec:
    """What a figure speaks of: a measure, what it shows, a period, a group and the definition's edition.

    ``period`` is ``2023Q4`` (for a rolling year its last quarter) or ``2023/24``. ``where`` holds breakdown and value;
    None is the group in which it was not recorded. Raises ValueError saying what is wrong.
    """

    measure: str
    show: str
    span: Span
    period: str
    where: Mapping[str, str | None] = field(default_factory=dict)
    edition: str = ""

    def __post_init__(self) -> None:
        if self.measure not in measures.ALL:
            raise ValueError(f"There is no measure {self.measure!r}. Choose from {', '.join(measures.ALL)}")
        if self.show not in {show.name for show in self.definition.shows}:
            shown = ", ".join(show.name for show in self.definition.shows)
            raise ValueError(f"{self.measure} shows {shown}, not {self.show!r}")
        unknown = [name for name in self.where if name not in BREAKDOWNS or name not in self.definition.by]
        if unknown:
            raise ValueError(f"{self.measure} cannot be broken down by {', '.join(unknown)}")
        object.__setattr__(self, "period", period_of(self.span, self.period).label)
        object.__setattr__(self, "edition", self.edition or self.definition.edition)

    @property
    def definition(self) -> Measure:
        return measures.ALL[self.measure]

    @property
    def shows(self) -> Show:
        return self.definition.show(self.show)

    @property
    def when(self) -> Period:
        return period_of(self.span, self.period)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two specs the same."""
        return (self.measure, self.show, self.span, self.period, tuple(sorted(self.where.items())), self.edition)

    @property
    def complete_on(self) -> date:
        """The first day whose figure no longer changes with time alone: it is the measure's own, tested against it."""
        return months_after(self.when.last.plus(1).start, self.definition.matures) - timedelta(days=1)

    def moved(self, quarters: int) -> Spec:
        """The same figure so many quarters later, or earlier for a negative number."""
        return replace(self, period=Period(self.span, self.when.last.plus(quarters)).label)

    def year_before(self) -> Spec:
        """The same figure a year earlier: shares no quarter with this one and meets the same season."""
        return self.moved(-4)


@dataclass(frozen=True)
class Result:
    """A figure worked out from some tables. ``figure`` is the measure's own: value, numerator, denominator, low,
    high, interval (its method), population_year, provisional, why_not."""

    spec: Spec
    figure: measures.Figure

    @property
    def show(self) -> Show:
        return self.spec.shows

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def numerator(self) -> int | None:
        return self.figure.numerator

    @property
    def denominator(self) -> int | None:
        return self.figure.denominator

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lowest and highest value that the figure allows with 95% confidence; None where there is none."""
        if self.figure.low is None or self.figure.high is None:
            return None
        return self.figure.low, self.figure.high

    @property
    def method(self) -> str | None:
        """How the interval was worked out."""
        return self.figure.interval

    @property
    def is_final(self) -> bool:
        """Computed, and no longer changing with time alone."""
        return self.figure.complete

    @property
    def is_filling(self) -> bool:
        """Computed, and still changing with time alone: never to be shown as final."""
        return self.value is not None and self.figure.provisional is not None


def period_of(span: str, label: str) -> Period:
    """The period of a label. Raises ValueError saying what a label looks like."""
    if span not in SPANS:
        raise ValueError(f"{span!r} is not a kind of period. Choose from {', '.join(SPANS)}")
    if span != "year":
        return Period(span, Quarter.labelled(label))
    year = label[:4]
    if len(year) == 4 and year.isascii() and year.isdecimal():
        period = Period("year", Quarter(int(year), 4))
        if period.label == label:
            return period
    raise ValueError(f"{label!r} is not a financial year. Write one like 2023/24")
