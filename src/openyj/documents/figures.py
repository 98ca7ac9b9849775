"""Where a document's figures come from: one reading of the record or one snapshot, and the money beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from openyj.accounts.models import Service
from openyj.caselevel.models import Snapshot
from openyj.core.components import Table
from openyj.finance import selectors as money
from openyj.finance.contributions import YearTable
from openyj.finance.models import MoneyFigure
from openyj.finance.tables import as_document_table, say_money
from openyj.performance.charts import Chart
from openyj.performance.figures import Figure, change_between, say, say_spec, spec_of
from openyj.performance.reading import Reading, read_live, read_snapshot
from openyj.performance.series import series_chart, series_table
from openyj.performance.spec import Result, Spec
from openyj.performance.words import say_interval, say_period, say_state

NO_SUCH = "There is no figure with this code. Choose it from the list again."
ONLY_ONE_KIND = "Only figures of one measure and one kind of period can be compared, the earlier one first."
NOT_OVER_TIME = "A sum of money has no chart. Choose its table."


@dataclass(frozen=True)
class Said:
    """What a code says, what it speaks of, the facts behind it to keep, and why it cannot be said where it cannot."""

    text: str
    what: str
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


class Figures:
    """The figures of one service by their codes, worked out from one reading. `know` first what will be asked."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.service: Service = reading.service
        self.measured: dict[str, Figure] = {}
        self.sums: dict[str, MoneyFigure] = {}
        self.results: dict[tuple[Any, ...], Result] = {}
        self.years: dict[int, YearTable | None] = {}
        self.drawings = count(1)  # a page may show several texts, and each drawing needs a name of its own

    @classmethod
    def live(cls, service: Service) -> Figures:
        """From the record as it is now."""
        return cls(read_live(service))

    @classmethod
    def frozen(cls, snapshot: Snapshot) -> Figures:
        """From a snapshot. Sums of money are not in snapshots: they are read now, and kept with what is frozen."""
        return cls(read_snapshot(snapshot))

    def know(self, codes: Iterable[str]) -> None:
        """Read the named figures of these codes in two queries, however many they are."""
        wanted = set(codes) - set(self.measured) - set(self.sums)
        if not wanted:
            return
        found = Figure.objects.filter(service=self.service, code__in=wanted).select_related("service")
        self.measured |= {figure.code: figure for figure in found}
        sums = MoneyFigure.objects.filter(service=self.service, code__in=wanted)
        self.sums |= {figure.code: figure for figure in sums.select_related("year", "partner")}

    def figure(self, code: str) -> Said:
        """What a figure says."""
        if code in self.sums:
            figure = self.sums[code]
            said = say_money(figure, money.value_of(figure, self.year(figure.year.starts)))
            return Said(said, str(figure), problem="" if said else f"Nothing is recorded for {figure}.")
        if code not in self.measured:
            return Said("", "", problem=NO_SUCH)
        spec = spec_of(self.measured[code])
        result = self.result(spec)
        what = say_spec(spec, self.reading.outcome_labels)
        if result.value is None:
            return Said("", what, facts_of(result), f"{what} {say(result)}.")
        return Said(say(result), what, facts_of(result))

    def change(self, codes: tuple[str, ...]) -> Said:
        """What happened from one figure to another; with one code, from the year before it."""
        unknown = [code for code in codes if code not in self.measured]
        if unknown:
            return Said("", "", problem=NO_SUCH)
        specs = [spec_of(self.measured[code]) for code in codes]
        if len(specs) == 1:
            specs.insert(0, specs[0].year_before())
        before, after = (self.result(spec) for spec in specs)
        what = f"{say_spec(specs[1], self.reading.outcome_labels)}, against {say_period(specs[0].when)}"
        try:
            said = change_between(before, after)
        except ValueError:
            return Said("", what, problem=ONLY_ONE_KIND)
        facts = {"before": facts_of(before), "after": facts_of(after)}
        if said.startswith("not compared"):
            return Said("", what, facts, f"{what} is {said}.")
        return Said(said, what, facts)

    def table(self, code: str) -> Table | str:
        """The series of a figure, or the contributions of a sum's year; or why there is none."""
        if code in self.sums:
            year = self.sums[code].year
            table = self.year(year.starts)
            if table is None or table.empty:
                return f"No contributions are recorded for {year.label}."
            return as_document_table(table)
        series = self.series(code)
        return series if isinstance(series, str) else series_table(series, table_caption(series))

    def chart(self, code: str) -> Chart | str:
        """The chart of a figure's series; or why there is none."""
        if code in self.sums:
            return NOT_OVER_TIME
        series = self.series(code)
        if isinstance(series, str):
            return series
        chart = series_chart(series)
        return chart if chart.drawable else f"There is nothing to draw yet for {table_caption(series)}."

    def series(self, code: str) -> list[Result] | str:
        """A figure's five years up to its own period, oldest first; or why there are none."""
        if code not in self.measured:
            return NO_SUCH
        spec = spec_of(self.measured[code])
        found = [
            result
            for result in self.reading.series(spec.definition, spec.span, by=sorted(spec.where))
            if result.spec.show == spec.show
            and dict(result.spec.where) == dict(spec.where)
            and result.spec.when.last <= spec.when.last
        ]
        return found or f"Nothing has been recorded yet for {say_spec(spec, self.reading.outcome_labels)}."

    def result(self, spec: Spec) -> Result:
        if spec.key not in self.results:
            self.results[spec.key] = self.reading.result(spec)
        return self.results[spec.key]

    def year(self, starts: int) -> YearTable | None:
        if starts not in self.years:
            self.years[starts] = money.contributions_of(self.service, starts)
        return self.years[starts]


def table_caption(series: list[Result]) -> str:
    """What a table of a series holds; its own title would repeat one of its rows."""
    show = series[0].show.label
    groups = ", ".join(str(value) for value in series[0].spec.where.values() if value)
    return f"{show}{f', {groups}' if groups else ''}"


def facts_of(result: Result) -> dict[str, Any]:
    """What a figure rests on, as it is kept beside a frozen number."""
    return {
        "value": result.value,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "interval": say_interval(result),
        "method": result.method,
        "state": say_state(result),
        "edition": result.spec.edition,
        "period": result.spec.period,
    }
