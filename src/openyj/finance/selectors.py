"""Reading a year's contributions for a page, a sheet or a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from openyj.accounts.models import History, Service, User
from openyj.finance.contributions import Change, YearTable, say_pounds, table_of
from openyj.finance.models import Contribution, FinancialYear, MoneyFigure, Partner, PartnerNote, Stream, label_of


def contributions_of(service: Service | int, starts: int) -> YearTable | None:
    """The service's table of the year that begins in `starts`, compared with the year before; None if not started."""
    years = {y.starts: y for y in FinancialYear.objects.filter(service=service, starts__in=[starts, starts - 1])}
    if starts not in years:
        return None
    cells: dict[int, dict[tuple[int, str], Decimal]] = {y: {} for y in years}
    rows = (
        Contribution.objects.standing()
        .filter(year__in=years.values())
        .values_list("year__starts", "partner", "stream", "amount")
    )
    for year, partner, stream, amount in rows:
        cells[year][partner, stream] = amount
    used = {partner for year in cells.values() for partner, _stream in year}
    partners = Partner.objects.filter(service=service).filter(
        Q(pk__in=used) | (Q(first_year__lte=starts) & (Q(last_year=None) | Q(last_year__gte=starts)))
    )
    notes = PartnerNote.objects.standing().filter(year=years[starts]).values_list("partner", "text")
    before = cells.get(starts - 1)
    return table_of(
        starts=starts,
        label=label_of(starts),
        partners=list(partners),
        now=cells[starts],
        before=before if before else None,  # a year started and left empty is not a year of zero pounds
        notes=dict(notes),
    )


def totals_by_year(service: Service | int) -> list[tuple[FinancialYear, YearTable]]:
    """Every started year with its table, newest first. Four queries, however many years."""
    years = list(FinancialYear.objects.filter(service=service))
    cells: dict[int, dict[tuple[int, str], Decimal]] = {y.starts: {} for y in years}
    rows = Contribution.objects.standing().filter(service=service)
    for year, partner, stream, amount in rows.values_list("year__starts", "partner", "stream", "amount"):
        cells[year][partner, stream] = amount
    partners = list(Partner.objects.filter(service=service))
    return [
        (
            year,
            table_of(
                starts=year.starts,
                label=year.label,
                partners=partners,
                now=cells[year.starts],
                before=cells.get(year.starts - 1) or None,
                notes={},
            ),
        )
        for year in years
    ]


def value_of(figure: MoneyFigure, table: YearTable | None) -> Change | None:
    """The figure's amount now and the year before, read from its year's table; None where it has no table."""
    if table is None:
        return None
    column = [s.value for s in Stream].index(figure.stream) if figure.stream else None
    if figure.partner_id is None:
        return table.change if column is None else table.column_changes[column]
    line = next((line for line in table.lines if line.partner.pk == figure.partner_id), None)
    if line is None:
        return None
    return line.change if column is None else line.cell_changes[column]


def figure_by_code(user: User, code: str) -> MoneyFigure | None:
    """The money figure with this code, if `user` may see money and it is their service's."""
    found = MoneyFigure.objects.visible_to(user).select_related("year", "partner")
    return found.filter(code=code.strip().upper()).first()


@dataclass(frozen=True)
class Edit:
    """One change to a year's table: who, when, which cell, from what to what."""

    at: datetime
    by: str
    partner: str
    what: str
    before: str
    after: str


def edits_of(year: FinancialYear, *, limit: int = 500) -> list[Edit]:
    """What was changed in a year's table, newest first, from the database's own history."""
    cells = {c.pk: c for c in Contribution.objects.filter(year=year).select_related("partner")}
    notes = {n.pk: n for n in PartnerNote.objects.filter(year=year).select_related("partner")}
    rows = History.objects.filter(service=year.service_id).filter(
        Q(table="finance_contribution", row__in=cells) | Q(table="finance_partnernote", row__in=notes)
    )
    rows = list(rows.order_by("-at", "-id")[:limit])
    names = dict(User.objects.filter(pk__in={r.user for r in rows if r.user}).values_list("pk", "name"))
    edits = []
    for row in rows:
        fact = (cells if row.table == "finance_contribution" else notes)[row.row]
        field = "amount" if isinstance(fact, Contribution) else "text"
        what = fact.get_stream_display() if isinstance(fact, Contribution) else "Note"
        before, after = (row.before or {}).get(field), (row.after or {}).get(field)
        if row.action == "update" and (row.after or {}).get("in_error_at"):
            before, after = getattr(fact, field), None
        edits.append(Edit(row.at, names.get(row.user, ""), fact.partner.name, what, said(before), said(after)))
    return edits


def said(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Decimal | float | int):
        return say_pounds(Decimal(str(value)))
    return str(value)
