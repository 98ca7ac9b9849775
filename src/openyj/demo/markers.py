"""Turning the invented draft's markers into named figures of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from openyj import measures
from openyj.accounts.models import Service, User
from openyj.documents.figures import Figures
from openyj.documents.tokens import write_token
from openyj.finance.models import FinancialYear
from openyj.finance.services import name_money_figure
from openyj.invented.plan_text import MARKER
from openyj.invented.plan_text import Section as DraftSection
from openyj.measures import Quarter
from openyj.measures.quarters import Period
from openyj.performance.figures import name_figure
from openyj.performance.spec import Spec

NO_CONTRIBUTIONS = "No contributions are recorded yet."


def text_of(*, service: Service, sections: Iterable[DraftSection], starts: int, by: User | None) -> dict[str, str]:
    """The sections' text by their slugs, with every marker as the token of the latest figure it means."""
    figures = Figures.live(service)

    def token(found: re.Match[str]) -> str:
        if found["table"]:
            return money_table(service, starts, by)
        measure, show = found["measure"] or found["charted"], found["show"] or found["line"]
        span = found["period"] or "rolling_year"
        code = name_figure(service=service, spec=latest(figures, measure, show, span), by=by).code
        if found["kind"] != "change":
            return write_token(found["kind"] or "chart", code)
        # Said of its own, a change needs a beginning and an end.
        alone = found.string[: found.start()].rstrip().endswith(".") or not found.start()
        said = write_token("change", code)
        return f"Against the year before: {said}." if alone else said

    return {section.slug: "\n\n".join(MARKER.sub(token, p) for p in section.paragraphs) for section in sections}


def latest(figures: Figures, measure: str, show: str, span: str) -> Spec:
    """The latest figure that no longer changes with time; before there is one, of the last whole quarter."""
    series = figures.reading.series(measures.ALL[measure], span)
    final = [result.spec for result in series if result.spec.show == show and result.is_final]
    return final[-1] if final else Spec(measure, show, span, last_whole(figures.reading.as_of, span))


def last_whole(day: date, span: str) -> str:
    quarter = Quarter.of(day).plus(-1)
    if span == "year":
        quarter = Quarter(quarter.year if quarter.number == 4 else quarter.year - 1, 4)
    return Period(span, quarter).label


def money_table(service: Service, starts: int, by: User | None) -> str:
    """The table of the Plan's year, or of the latest before it with money in it."""
    year = FinancialYear.objects.filter(service=service, starts__lte=starts, contributions__isnull=False).first()
    return write_token("table", name_money_figure(year=year, by=by).code) if year else NO_CONTRIBUTIONS
