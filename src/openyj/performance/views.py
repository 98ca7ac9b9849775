"""The performance page, a measure's page, a figure's evidence and the children behind it."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj import measures
from openyj.accounts.access import access, log, refuse
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.caselevel.models import Snapshot
from openyj.core import xlsx
from openyj.core.components import NavItem
from openyj.core.listing import Column, Listing
from openyj.measures import CannotBeComputed, Measure
from openyj.performance import published, selectors, spreadsheet
from openyj.performance.boards import boards_behind, is_of_boards
from openyj.performance.children import DENOMINATOR, NUMERATOR, Behind, counted_behind, has_sides
from openyj.performance.evidence import evidence_of
from openyj.performance.figures import spec_of
from openyj.performance.forms import MeasureForm
from openyj.performance.models import Figure
from openyj.performance.national import national_for
from openyj.performance.reading import Reading, read_live, read_snapshot
from openyj.performance.series import made_of
from openyj.performance.words import capital, say, say_spec, say_state

P = Permission


@access(P.SEE_FIGURES)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every measure of the user's service: its rolling years as a chart, its latest figures."""
    reading = read_live(request.user.service)
    return render(
        request,
        "performance/home.html",
        {"overviews": selectors.overviews(reading, request.user), "reading": reading},
    )


@access(P.SEE_FIGURES)
@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure over five years, its published rates, its breakdown and its definition."""
    found = measure_or_404(slug)
    areas = published.areas_to_choose(found.name)
    chosen = list(dict.fromkeys(area for area in request.GET.getlist("area") if area in areas))
    if (added := request.GET.get("add")) in areas:
        return HttpResponseRedirect(address(request, [*chosen, added][: published.MOST_AREAS]))
    form = chooser(request, found, areas)
    show, span, by = (form.cleaned_data[name] for name in ("show", "span", "by"))
    reading = read_live(request.user.service)
    own = selectors.series_of(reading, found, "rolling_year")
    return render(
        request,
        "performance/measure.html",
        {
            "measure": found,
            "words": found.words,
            "form": form,
            "reading": reading,
            "detail": selectors.detail(reading, request.user, found, show, span),
            "breakdown": by and selectors.breakdown(reading, request.user, found, show, span, by),
            "panels": published.panels(found.name, request.user.service, chosen, own),
            "no_published": published.NONE.get(found.name, ""),
            "chosen": [(area, address(request, [each for each in chosen if each != area])) for area in chosen],
            "areas": chosen,
            "export": f"{reverse('performance:export', args=[slug])}?span={span}&by={by}"
            if request.user.may(P.EXPORT_FIGURES)
            else "",
            "compared": compared_url(request, slug),
            "is_quarterly_rate": span == "quarter" and show == "rate",
            "back": reverse("performance:home"),
        },
    )


def compared_url(request: HttpRequest, slug: str) -> str:
    """Where this person's service stands among the others; nowhere before a national snapshot has it."""
    return reverse("performance:compared", args=[slug]) if national_for(request.user) else ""


def chooser(request: HttpRequest, found: Measure, areas: list[str]) -> MeasureForm:
    """The form as the address has it; a word in the address that means nothing is as if it were not there."""
    first = selectors.DRAWN_FIRST[found.name][0]
    given = {"show": first, "span": selectors.drawn_over(found), "by": ""}
    asked = MeasureForm({**given, **request.GET.dict(), "add": ""}, measure=found, areas=areas)
    if asked.is_valid():
        return asked
    usable = {name: value for name, value in request.GET.dict().items() if name in given and name not in asked.errors}
    form = MeasureForm({**given, **usable}, measure=found, areas=areas)
    form.is_valid()
    return form


def address(request: HttpRequest, areas: list[str]) -> str:
    """This page with these areas beside it."""
    query = request.GET.copy()
    query.pop("add", None)
    query.setlist("area", areas)
    return f"{request.path}?{query.urlencode()}"


@access(P.SEE_FIGURES, P.EXPORT_FIGURES)
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of a measure as a spreadsheet."""
    found = measure_or_404(slug)
    form = chooser(request, found, [])
    span, by = form.cleaned_data["span"], form.cleaned_data["by"]
    reading = read_live(request.user.service)
    try:
        results = reading.series(found, span, by=(by,) if by else ())
    except CannotBeComputed:
        results = []
    body = spreadsheet.workbook_of(reading, request.user, found, results, by)
    log(request, Access.Kind.EXPORT, reason=f"Figures: {found.words.title}")
    name = spreadsheet.file_name(reading, found)
    return HttpResponse(
        body, content_type=xlsx.MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@access(P.SEE_FIGURES)
@require_safe
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """What a figure says, by which rules and from which data: the live record, or with ?snapshot= a snapshot."""
    figure = figure_or_404(request, code)
    spec = spec_of(figure)
    reading = reading_of(request, figure)
    result = reading.result(spec)
    return render(
        request,
        "performance/evidence.html",
        {
            "evidence": evidence_of(figure, result, reading.result(spec.year_before()), reading),
            "measure": spec.definition,
            "reading": reading,
            "children": children_url(figure, reading)
            if not is_of_boards(spec)
            and request.user.may(P.SEE_CHILDREN_BEHIND_FIGURES)
            and result.numerator is not None
            else "",
            "boards": boards_url(figure, reading)
            if is_of_boards(spec) and request.user.may(P.SEE_MEETINGS) and result.numerator is not None
            else "",
            "back": f"{reverse('performance:measure', args=[spec.measure])}?show={spec.show}&span={spec.span}",
        },
    )


@access(P.SEE_FIGURES, P.SEE_CHILDREN_BEHIND_FIGURES)
@require_safe
def children(request: HttpRequest, code: str) -> HttpResponse:
    """The children a figure counts, as far as this person may open their records today."""
    figure = figure_or_404(request, code)
    spec = spec_of(figure)
    if is_of_boards(spec):
        raise Http404
    reading = reading_of(request, figure)
    result = reading.result(spec)
    side = DENOMINATOR if has_sides(spec.shows) and request.GET.get("of") == DENOMINATOR else NUMERATOR
    behind = counted_behind(spec, reading, request.user, side) if result.numerator is not None else Behind([], 0, 0)
    title = f"Children behind the figure: {say_spec(spec, reading.outcome_labels)}"
    listing = list_of(request, behind, spec, title, reading)
    if response := listing.response():
        return response
    log(request, Access.Kind.READ, reason=f"Children behind figure {figure.code}: {behind.children} shown")
    return render(
        request,
        "performance/children.html",
        {
            "title": title,
            "figure": figure,
            "value": capital(say(result)),
            "state": say_state(result),
            "behind": behind,
            "unit": spec.definition.unit,
            "listing": listing,
            "sides": sides(figure, spec, reading, side) if has_sides(spec.shows) else [],
            "reading": reading,
            "back": evidence_url(figure, reading),
        },
    )


@access(P.SEE_FIGURES, P.SEE_MEETINGS)
@require_safe
def boards(request: HttpRequest, code: str) -> HttpResponse:
    """The meetings of the management board that a figure counts, and who came to them."""
    figure = figure_or_404(request, code)
    spec = spec_of(figure)
    if not is_of_boards(spec):
        raise Http404
    reading = reading_of(request, figure)
    result = reading.result(spec)
    title = f"Meetings behind the figure: {say_spec(spec)}"
    listing = Listing(
        request,
        boards_behind(spec, reading, request.user),
        title=title,
        columns=[
            Column("day", "Meeting", sort="day", link=lambda seats: seats.meeting and seats.meeting.get_absolute_url()),
            Column("sector", "Sector", sort="sector"),
            Column("came", "Who came", sort="came"),
            Column("who", "Names"),
            Column("new", "New partner", value=lambda seats: "Yes" if seats.new else "", sort="new"),
            Column("note", "To know"),
        ],
        sort="-day",
        export=request.user.may(P.EXPORT_FIGURES),
        on_export=lambda listing: exporting(request, listing),
        notes=[("Data", f"{reading.snapshot or 'The live record'}, as of {reading.as_of}")],
        empty="No meeting of the management board is recorded in this period.",
    )
    if response := listing.response():
        return response
    return render(
        request,
        "performance/boards.html",
        {
            "title": title,
            "figure": figure,
            "value": capital(say(result)),
            "state": say_state(result),
            "listing": listing,
            "reading": reading,
            "back": evidence_url(figure, reading),
        },
    )


def exporting(request: HttpRequest, listing: Listing) -> None:
    if not request.user.may(P.EXPORT_FIGURES):
        refuse(request, P.EXPORT_FIGURES)
    log(request, Access.Kind.EXPORT, reason=listing.title)


def list_of(request: HttpRequest, behind: Behind, spec, title: str, reading: Reading) -> Listing:
    columns = [
        Column(
            "name", "Child", value=lambda u: u.child.shown_name, sort="name", link=lambda u: u.child.get_absolute_url()
        ),
        Column("number", "Our number", value=lambda u: "" if u.child.masked else u.child.number, sort="number"),
        Column("date", "Counted on", sort="date"),
        Column("why", "Because of", sort="why"),
        Column("offence", "Offence", sort="offence"),
        Column("age", "Age", sort="age", numeric=True),
        Column("locality", "Locality", sort="locality"),
    ]
    if spec.measure == "reoffending":
        columns.append(Column("reoffences", "Reoffences", sort="reoffences", numeric=True))
    return Listing(
        request,
        behind.units,
        title=title,
        columns=columns,
        sort="-date",
        export=request.user.may(P.EXPORT_FIGURES),
        on_export=lambda listing: exporting(request, listing),
        notes=[
            ("Data", f"{reading.snapshot or 'The live record'}, as of {reading.as_of}"),
            ("Left out", f"{behind.others} children whose records this person may not open"),
        ],
        empty="This figure counts nobody whose record you may open.",
    )


def sides(figure: Figure, spec, reading: Reading, side: str) -> list[NavItem]:
    """Numerator and denominator, by what each holds."""
    top, bottom = made_of(reading.result(spec))
    top = "Children who reoffended" if spec.show != "binary" else top
    to_all = f"{children_url(figure, reading)}{'&' if reading.snapshot else '?'}of={DENOMINATOR}"
    return [
        NavItem(top, children_url(figure, reading), active=side == NUMERATOR),
        NavItem(f"All: {bottom.lower()}", to_all, active=side == DENOMINATOR),
    ]


def measure_or_404(slug: str) -> Measure:
    if slug not in measures.ALL:
        raise Http404
    return measures.ALL[slug]


def figure_or_404(request: HttpRequest, code: str) -> Figure:
    figures = Figure.objects.visible_to(request.user).select_related("service", "named_by")
    return get_object_or_404(figures, code=code.upper())


def reading_of(request: HttpRequest, figure: Figure) -> Reading:
    """The live record, or the snapshot the address names."""
    if not (asked := request.GET.get("snapshot")):
        return read_live(figure.service)
    if not re.fullmatch(r"\d{1,18}", asked, re.ASCII):
        raise Http404
    return read_snapshot(get_object_or_404(Snapshot, pk=int(asked), service=figure.service))


def evidence_url(figure: Figure, reading: Reading) -> str:
    return reverse("performance:evidence", args=[figure.code]) + of_snapshot(reading)


def children_url(figure: Figure, reading: Reading) -> str:
    return reverse("performance:children", args=[figure.code]) + of_snapshot(reading)


def boards_url(figure: Figure, reading: Reading) -> str:
    return reverse("performance:boards", args=[figure.code]) + of_snapshot(reading)


def of_snapshot(reading: Reading) -> str:
    return f"?snapshot={reading.snapshot.pk}" if reading.snapshot else ""
