"""The head of service's desk in the demo: three years of contributions and a draft of this year's Plan."""

from __future__ import annotations

from decimal import Decimal

from openyj.accounts.models import Service, User
from openyj.demo.markers import text_of
from openyj.finance.models import Partner
from openyj.finance.services import record_contributions, start_year
from openyj.invented import money
from openyj.invented.plan_text import SECTIONS
from openyj.plans.services import start_plan

STRUCTURE = "2024"


def add_contributions(*, service: Service, by: User) -> int:
    """Record the invented contributions, oldest year first; the year the latest begins in."""
    rows = [row for row in money.contributions() if row.service == service.code]
    for starts in sorted({row.year for row in rows}):
        year = start_year(service=service, starts=starts, by=by)
        partners = dict(Partner.objects.filter(service=service).values_list("kind", "id"))
        amounts = {
            (partners[row.kind], stream): Decimal(getattr(row, stream))
            for row in rows
            if row.year == starts
            for stream in ("staffing", "in_kind", "delegated")
            if getattr(row, stream)
        }
        record_contributions(year=year, version=year.version, amounts=amounts, notes={}, by=by)
    return starts


def add_draft_plan(*, service: Service, starts: int, by: User) -> None:
    """Begin the year's Plan with the invented text, its markers turned into named figures of the record."""
    text = text_of(service=service, sections=SECTIONS, starts=starts, by=by)
    start_plan(service=service, starts=starts, structure=STRUCTURE, by=by, text=text)
