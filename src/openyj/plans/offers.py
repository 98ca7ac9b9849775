"""The figures a writer chooses from: each measure's latest finished figures, and the year's money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openyj import measures
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.documents.figures import Figures
from openyj.finance.contributions import YearTable, say_percent, say_pounds
from openyj.finance.models import FinancialYear, MoneyFigure, Stream
from openyj.finance.selectors import contributions_of
from openyj.finance.services import name_money_figure
from openyj.performance.figures import name_figures, say, say_spec
from openyj.performance.spec import Result

SPANS = ("rolling_year", "year")  # a Plan speaks of years; a quarter goes in by its code


@dataclass(frozen=True)
class Offer:
    """A figure to choose: its group in the list, its code, and its words with what it says now."""

    group: str
    code: str
    label: str


def offers(figures: Figures, *, starts: int, by: User) -> list[Offer]:
    """Everything there is to choose, grouped. Offered figures are named, so that they have codes."""
    specs = latest_specs(figures)
    named = name_figures(service=figures.service, specs=[r.spec for _group, r in specs], by=by)
    made = [
        Offer(group, named[result.spec.key].code, f"{say_spec(result.spec)}: {say(result)}") for group, result in specs
    ]
    return made + list(money_offers(figures, starts, by))


def latest_specs(figures: Figures) -> list[tuple[str, Result]]:
    """For every measure, what it shows, and kind of period: the latest that no longer changes with time."""
    found = []
    for measure in measures.ALL.values():
        for span in SPANS:
            latest: dict[str, Result] = {}
            for result in figures.reading.series(measure, span):
                if result.is_final:
                    latest[result.spec.show] = result
            found += [(measure.words.title, result) for result in latest.values()]
    return sorted(found, key=lambda one: one[0])


def money_offers(figures: Figures, starts: int, by: User) -> Iterator[Offer]:
    """The totals of the Plan's year and the year before, for a writer who may see money."""
    if not by.may(Permission.SEE_MONEY):
        return
    years = FinancialYear.objects.filter(service=figures.service, starts__in=[starts, starts - 1])
    for year in years.order_by("-starts"):
        table = contributions_of(figures.service, year.starts)
        if table is None or table.empty:
            continue
        for stream, shows, said in sums_of(table):
            figure = name_money_figure(year=year, stream=stream, shows=shows, by=by)
            yield Offer(f"Money {year.label}", figure.code, f"{figure}: {said}")


def sums_of(table: YearTable) -> Iterator[tuple[str, str, str]]:
    """(stream, what is shown, what it says) of the sums worth offering: totals, and changes where there are any."""
    shows = MoneyFigure.Shows
    yield "", shows.AMOUNT, say_pounds(table.total)
    if table.has_year_before:
        yield "", shows.CHANGE, say_pounds(table.change.pounds, sign=True)
        if said := say_percent(table.change):
            yield "", shows.CHANGE_PERCENT, said
    for stream, total in zip(Stream.values, table.columns, strict=True):
        if total is not None:
            yield stream, shows.AMOUNT, say_pounds(total)
