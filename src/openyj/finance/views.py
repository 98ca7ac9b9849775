"""Pages of the money: years, one year's table, its form, its history, the partners."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.drafts import draft_for, drafted_fields
from openyj.accounts.models import Access
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.accounts.versions import ChangedUnderneath
from openyj.core import clock
from openyj.core.xlsx import MEDIA_TYPE, workbook
from openyj.finance import services
from openyj.finance.contributions import YearTable, say_percent, say_pounds
from openyj.finance.forms import ContributionsForm, PartnerForm, StartYearForm, initial_of
from openyj.finance.models import FinancialYear, Partner, Stream, label_of, year_of
from openyj.finance.selectors import contributions_of, edits_of, figure_by_code, totals_by_year, value_of
from openyj.finance.sheets import notes_of, sheets_of
from openyj.finance.tables import say_money

SEE, CHANGE = Permission.SEE_MONEY, Permission.CHANGE_MONEY


def get_year(request: HttpRequest, starts: int) -> FinancialYear:
    return get_object_or_404(FinancialYear.objects.visible_to(request.user).select_related("changed_by"), starts=starts)


def get_table(year: FinancialYear) -> YearTable:
    table = contributions_of(year.service_id, year.starts)
    if table is None:
        raise Http404
    return table


@access(SEE)
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Every year with its total, newest first."""
    return render(
        request,
        "finance/years.html",
        {"years": totals_by_year(request.user.service_id), "may_change": request.user.may(CHANGE)},
    )


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def start_year(request: HttpRequest) -> HttpResponse:
    """Open a year for entry."""
    form = StartYearForm(request.POST or None, initial={"year": year_of(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(
                request,
                lambda: change_address(
                    services.start_year(service=request.user.service, starts=form.cleaned_data["year"], by=request.user)
                ),
            )
        except services.AlreadyThere as refusal:
            form.add_error("year", str(refusal))
    context = {
        "form": form,
        "title": "Start a financial year",
        "button": "Start the year",
        "back": reverse("finance:years"),
    }
    return render(request, "core/form.html", context)


def change_address(year: FinancialYear) -> str:
    return reverse("finance:change_year", args=[year.starts])


@access(SEE)
@require_safe
def year(request: HttpRequest, starts: int) -> HttpResponse:
    """One year's table with totals and the change from the year before."""
    found = get_year(request, starts)
    return render(
        request,
        "finance/year.html",
        {
            "year": found,
            "table": get_table(found),
            "streams": Stream.labels,
            "may_change": request.user.may(CHANGE),
            "may_export": request.user.may(Permission.EXPORT_FIGURES),
            "back": reverse("finance:years"),
            "year_before": label_of(starts - 1),
        },
    )


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def change_year(request: HttpRequest, starts: int) -> HttpResponse:
    """The year's table as one form. A save made meanwhile by someone else is shown beside what was typed."""
    found = get_year(request, starts)
    table = get_table(found)
    draft = None if request.method == "POST" else draft_for(request)
    form = ContributionsForm(
        request.POST if request.method == "POST" else drafted_fields(request),
        partners=[line.partner for line in table.lines],
        version=found.version,
        initial=initial_of(table),
    )
    clashes: list[Clash] = []
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: record(request, found, form))
        except ChangedUnderneath as changed:
            clashes = compare(form, table)
            form.show_version(changed.current.version)
    return render(
        request,
        "finance/change_year.html",
        {
            "year": found,
            "form": form,
            "table": table,
            "streams": Stream.choices,
            "draft": draft,
            "clashes": clashes,
            "stale": form.is_bound and request.method == "POST" and not form.errors,
            "back": reverse("finance:year", args=[starts]),
        },
    )


def record(request: HttpRequest, year: FinancialYear, form: ContributionsForm) -> FinancialYear:
    version = form.version if form.version is not None else year.version
    saved = services.record_contributions(
        year=year, version=version, amounts=form.amounts(), notes=form.notes(), by=request.user
    )
    messages.success(request, f"The contributions of {saved.label} are saved.")
    return saved


@dataclass(frozen=True)
class Clash:
    """One box in which what is saved and what was typed differ."""

    label: str
    saved: str
    typed: str


def compare(form: ContributionsForm, table: YearTable) -> list[Clash]:
    """The boxes that would change if the typed table replaced the saved one."""
    saved = initial_of(table)
    clashes = []
    for name, field in form.fields.items():
        typed = form.cleaned_data[name]
        if (saved.get(name) or None) != (typed or None):
            show = (lambda v: v or "") if name.endswith("_note") else say_pounds
            clashes.append(Clash(field.label, show(saved.get(name)) or "empty", show(typed) or "empty"))
    return clashes


@access(SEE)
@require_safe
def year_history(request: HttpRequest, starts: int) -> HttpResponse:
    """Who changed which cell of the year's table, and from what to what."""
    found = get_year(request, starts)
    context = {"year": found, "edits": edits_of(found), "back": reverse("finance:year", args=[starts])}
    return render(request, "finance/history.html", context)


@access(SEE, Permission.EXPORT_FIGURES)
@require_safe
def year_sheet(request: HttpRequest, starts: int) -> HttpResponse:
    """The year's table as a spreadsheet with a notes sheet. The export is logged."""
    found = get_year(request, starts)
    table = get_table(found)
    log(request, Access.Kind.EXPORT)
    notes = notes_of(table, service=request.user.service, changed_at=found.changed_at)
    content = workbook(sheets_of(table), notes=notes, made_by=request.user.name, made_at=clock.now())
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    name = f"contributions-{found.label.replace('/', '-')}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access(SEE)
@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The evidence of a sum of money: its amounts, and the table they are in."""
    found = figure_by_code(request.user, code)
    if found is None:
        raise Http404
    table = contributions_of(found.service_id, found.year.starts)
    change = value_of(found, table)
    context = {
        "figure": found,
        "says": say_money(found, change),
        "change": change,
        "rows": [
            ("Code", found.code),
            ("Says now", say_money(found, change) or "Nothing is recorded"),
            ("Amount", say_pounds(change.now) if change else ""),
            (f"Amount in {label_of(found.year.starts - 1)}", say_pounds(change.before) if change else ""),
            ("Change", f"{say_pounds(change.pounds, sign=True)} {say_percent(change)}".strip() if change else ""),
        ],
        "parts": parts_of(found, table),
        "back": reverse("finance:year", args=[found.year.starts]),
    }
    return render(request, "finance/figure.html", context)


def parts_of(figure, table: YearTable | None) -> list[tuple[str, str]]:
    """The recorded amounts that add up to the figure."""
    if table is None:
        return []
    return [
        (f"{line.partner.name}, {label.lower()}", say_pounds(cell))
        for line in table.lines
        for (stream, label), cell in zip(Stream.choices, line.cells, strict=True)
        if cell is not None and figure.partner_id in (None, line.partner.pk) and figure.stream in ("", stream)
    ]


@access(SEE)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Who contributes, and between which years."""
    found = [
        (p, label_of(p.first_year), label_of(p.last_year) if p.last_year else "")
        for p in Partner.objects.visible_to(request.user)
    ]
    context = {"partners": found, "may_change": request.user.may(CHANGE), "back": reverse("finance:years")}
    return render(request, "finance/partners.html", context)


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def add_partner(request: HttpRequest) -> HttpResponse:
    """Add someone who contributes."""
    form = PartnerForm(request.POST or drafted_fields(request), initial={"first_year": year_of(clock.today())})
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(
                request,
                lambda: after_partner(
                    request,
                    services.add_partner(service=request.user.service, by=request.user, **form.cleaned_data),
                    "added",
                ),
            )
        except services.AlreadyThere as refusal:
            form.add_error("name", str(refusal))
    return render(request, "core/form.html", partner_page(request, form, "Add a partner"))


@access(CHANGE)
@require_http_methods(["GET", "POST"])
def change_partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Rename a partner or say in which years they contribute."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_id)
    saved = {f: getattr(partner, f) for f in ("name", "kind", "first_year", "last_year")}
    form = PartnerForm(request.POST or drafted_fields(request), initial=saved, version=partner.version)
    intro = ""
    if request.method == "POST" and form.is_valid():
        version = form.version if form.version is not None else partner.version
        try:
            return save_once(
                request,
                lambda: after_partner(
                    request,
                    services.change_partner(partner=partner, version=version, by=request.user, **form.cleaned_data),
                    "changed",
                ),
            )
        except services.AlreadyThere as refusal:
            form.add_error(None, str(refusal))
        except ChangedUnderneath as changed:
            now = changed.current
            last = f" to {label_of(now.last_year)}" if now.last_year else ""
            intro = (
                f"Someone else has changed this partner since you opened this page. It now says: {now.name}, counts as "
                f"{now.get_kind_display()}, from {label_of(now.first_year)}{last}. What you typed is below; "
                "save it if it should replace that."
            )
            form.show_version(now.version)
    return render(request, "core/form.html", partner_page(request, form, "Change a partner", intro))


def after_partner(request: HttpRequest, partner: Partner, done: str) -> str:
    messages.success(request, f"{partner.name} is {done}.")
    return reverse("finance:partners")


def partner_page(request: HttpRequest, form: PartnerForm, title: str, intro: str = "") -> dict[str, object]:
    back = reverse("finance:partners")
    draft = f"{reverse('save_draft')}?path={request.path}"
    return {"form": form, "title": title, "intro": intro, "back": back, "cancel": back, "draft": draft}
