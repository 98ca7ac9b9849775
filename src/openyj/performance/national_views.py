"""National pages, for those who oversee services: overview, services and regions side by side, over time, and the
snapshot they all rest on. None of them reads the record or leads to a child."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openyj import measures
from openyj.accounts.access import access, log, refuse
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.caselevel.models import NationalSnapshot
from openyj.core.listing import Column, Filter, Listing
from openyj.jobs.selectors import pulse
from openyj.jobs.services import start
from openyj.performance import national_work
from openyj.performance.forms import SPANS
from openyj.performance.funnel_plot import can_be_plotted, funnel_plot
from openyj.performance.national import National, national_for, not_told
from openyj.performance.national_evidence import data_rows
from openyj.performance.national_forms import Choice, periods_of, shows_of
from openyj.performance.national_pages import (
    building,
    framed,
    from_snapshot,
    measure_or_404,
    names_of,
    of_a_figure,
    pages,
)
from openyj.performance.national_tables import (
    NOT_FOR_PUBLICATION,
    notes_of,
    of_regions,
    of_services,
    over_time,
    overview,
)
from openyj.performance.series import made_of, series_chart
from openyj.performance.words import capital, say_period

P = Permission
# Two columns and not one text, so that a spreadsheet holds them as numbers.
BOUNDS = [
    Column("low", "Lowest (95%)", numeric=True, export=lambda line: line.bound(0)),
    Column("high", "Highest (95%)", numeric=True, export=lambda line: line.bound(1)),
]


@access(P.COMPARE_SERVICES)
@require_safe
@from_snapshot
def home(request: HttpRequest, national: National) -> HttpResponse:
    """Every measure of the nation: its rolling years, its latest figures, and what changed."""
    found = [overview(national, measure, national.nation) for measure in measures.ALL.values()]
    return framed(request, national, "home", {"overviews": found})


@access(P.COMPARE_SERVICES)
@require_safe
@of_a_figure
def services(request: HttpRequest, national: National, choice: Choice) -> HttpResponse:
    """One figure of every service this person oversees, with its interval and where it lies in the funnel."""
    measure = choice.measure
    plot = funnel_plot(national, choice.spec) if can_be_plotted(measure, choice.show) else None
    lines = of_services(national, choice, plot)
    top, bottom = made_of(lines[0].result) if lines else ("Counted", "Out of")
    regions = [(name, name) for name in national.regions]
    listing = Listing(
        request,
        lines,
        title=f"{measure.show(choice.show).label}, {say_period(choice.spec.when)}: services",
        columns=[
            Column("name", "Service", sort="name", link=lambda line: against(choice, line.area.code)),
            Column("region", "Region", sort="region"),
            Column("numerator", top, sort="numerator", numeric=True),
            Column("denominator", bottom, sort="denominator", numeric=True),
            Column("shown", "Figure", sort="shown", numeric=True, link=lambda line: line.evidence, export=exact),
            *BOUNDS,
            *([Column("position", "In the funnel", sort="position")] if plot else []),
            Column("note", "To know", sort="note"),
        ],
        filters=[
            *choosing(national, choice),
            *([Filter("region", select("Region", [("", "All"), *regions]), apply=in_region)] if regions[1:] else []),
        ],
        sort="name",
        per_page=50,
        notes=notes_of(national, measure, [("Period", capital(say_period(choice.spec.when)))]),
        on_export=lambda listing: exporting(request, listing),
        export=request.user.may(P.EXPORT_FIGURES),
        empty="No service has this figure in this period.",
    )
    if response := listing.response():
        return response
    context = {"measure": measure, "listing": listing, "choice": choice, "plot": plot}
    return framed(
        request,
        national,
        "services",
        context | {"pages": pages(measure.name, "performance:national_services", choice.query)},
    )


@access(P.COMPARE_SERVICES)
@require_safe
@of_a_figure
def regions(request: HttpRequest, national: National, choice: Choice) -> HttpResponse:
    """One figure of every region this person oversees, and the nation's."""
    measure = choice.measure
    lines = of_regions(national, choice)
    top, bottom = made_of(lines[0].result) if lines else ("Counted", "Out of")
    listing = Listing(
        request,
        lines,
        title=f"{measure.show(choice.show).label}, {say_period(choice.spec.when)}: regions",
        columns=[
            Column("name", "Region", sort="name"),
            Column("numerator", top, sort="numerator", numeric=True),
            Column("denominator", bottom, sort="denominator", numeric=True),
            Column("shown", "Figure", sort="shown", numeric=True, link=lambda line: line.evidence, export=exact),
            *BOUNDS,
            Column("note", "To know"),
        ],
        filters=choosing(national, choice),
        notes=notes_of(national, measure, [("Period", capital(say_period(choice.spec.when)))]),
        on_export=lambda listing: exporting(request, listing),
        export=request.user.may(P.EXPORT_FIGURES),
    )
    if response := listing.response():
        return response
    context = {"measure": measure, "listing": listing, "choice": choice}
    context |= {"nowhere": next((line for line in lines if line.area.kind == "none"), None)}
    return framed(
        request,
        national,
        "regions",
        context | {"pages": pages(measure.name, "performance:national_regions", choice.query)},
    )


@access(P.COMPARE_SERVICES)
@require_safe
@from_snapshot
def time(request: HttpRequest, national: National, slug: str) -> HttpResponse:
    """One figure of the nation, a region or a service over all the quarters or years there are."""
    measure = measure_or_404(slug)
    names = names_of(measure, False)
    show = request.GET.get("show") if request.GET.get("show") in names else names[0]
    span = request.GET.get("span") if request.GET.get("span") in dict(SPANS) else SPANS[0][0]
    area = national.area(request.GET.get("area", "")) or national.nation
    lines = over_time(national, measure, area, show, span)
    top, bottom = made_of(lines[0].result) if lines else ("Counted", "Out of")
    areas = [(each.key, each.name) for each in national.areas]
    listing = Listing(
        request,
        lines,
        title=f"{measure.show(show).label}: {area.name}",
        columns=[
            Column("period", "Period", export=lambda line: line.result.spec.period),
            Column("numerator", top, numeric=True),
            Column("denominator", bottom, numeric=True),
            Column("shown", "Figure", numeric=True, link=lambda line: line.evidence, export=exact),
            *BOUNDS,
            Column("note", "To know"),
        ],
        filters=[
            Filter("show", select("Figure", shows_of(measure, names)), apply=all_rows),
            Filter("span", select("Kind of period", SPANS), apply=all_rows),
            Filter("area", select("Of", areas), apply=all_rows),
        ],
        per_page=100,
        notes=notes_of(national, measure, [("Of", area.name)]),
        on_export=lambda listing: exporting(request, listing),
        export=request.user.may(P.EXPORT_FIGURES),
        empty="Nothing is counted here yet.",
    )
    if response := listing.response():
        return response
    context = {
        "measure": measure,
        "listing": listing,
        "area": area,
        "chart": series_chart([line.result for line in reversed(lines)]),
        "pages": pages(slug, "performance:national_time"),
    }
    return framed(request, national, "time", context)


@access(P.COMPARE_SERVICES)
@require_safe
def snapshot(request: HttpRequest) -> HttpResponse:
    """The snapshot that is read, the ones before it, and the build that is under way."""
    national = national_for(request.user)
    context = {
        "national": national,
        "snapshot": national.snapshot if national else None,
        "rows": data_rows(national) if national else [],
        "earlier": NationalSnapshot.objects.defer("manifest_text", "services").select_related("taken_by")[:20],
        "not_told": list(not_told(national)) if national else [],
        "not_for_publication": NOT_FOR_PUBLICATION,
        "building": building(request),
        "may_build": request.user.may(P.BUILD_NATIONAL_SNAPSHOT),
        "trouble": trouble(national.snapshot if national else None),
        "pulse": pulse(),
    }
    return render(request, "performance/national/snapshot.html", context)


def trouble(latest: NationalSnapshot | None) -> str:
    """Why the last build did not end well, where none has been published since."""
    job = national_work.last_ended()
    if job is None or not job.trouble or (latest and latest.published_at > job.ended_at):
        return ""
    return job.trouble


@access(P.BUILD_NATIONAL_SNAPSHOT)
@require_POST
def build(request: HttpRequest) -> HttpResponse:
    """Ask for a new snapshot. While one waits or runs, that one is waited for instead."""
    under_way = national_work.under_way()
    if under_way is not None:
        mine = under_way.by_id == request.user.pk
        return redirect(under_way.get_absolute_url() if mine else reverse("performance:national_snapshot"))
    return redirect(start(national_work.build_national, by=request.user, key="national"))


def against(choice: Choice, code: str) -> str:
    return f"{reverse('performance:national_service', args=[choice.measure.name])}?{choice.query}&service={code}"


def exact(line) -> float | None:
    return line.result.value


def in_region(lines: list, region: str) -> list:
    return [line for line in lines if line.region == region]


def all_rows(lines: list, value: str) -> list:
    """What is chosen decides which figures were read, not which of them are listed."""
    return lines


def select(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices)


def choosing(national: National, choice: Choice) -> list[Filter]:
    """The figure and period as filters of a list, so that sorting keeps them in the address."""
    return [
        Filter("show", select("Figure", shows_of(choice.measure, names_of(choice.measure, False))), apply=all_rows),
        Filter("span", select("Kind of period", SPANS), apply=all_rows),
        Filter("period", select("Period", periods_of(national, choice)), apply=all_rows),
    ]


def exporting(request: HttpRequest, listing: Listing) -> None:
    if not request.user.may(P.EXPORT_FIGURES):
        refuse(request, P.EXPORT_FIGURES)
    log(request, Access.Kind.EXPORT, reason=f"National figures: {listing.title}")
