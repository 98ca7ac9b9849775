"""One service against the others: the funnel plot, the comparison, and a national figure's evidence.

A head of service has these of their own service, with the others unnamed.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj.accounts.access import access
from openyj.accounts.roles import Permission
from openyj.performance.comparison import compare
from openyj.performance.funnel import Position
from openyj.performance.funnel_plot import FunnelPlot, can_be_plotted, funnel_plot, is_plotted
from openyj.performance.national import Area, National
from openyj.performance.national_evidence import evidence_rows
from openyj.performance.national_forms import LIMITS, Choice
from openyj.performance.national_pages import (
    form_for,
    framed,
    from_snapshot,
    measure_or_404,
    of_a_figure,
    of_a_plotted_figure,
    pages,
)
from openyj.performance.national_tables import of_comparison, of_plot, side_by_side
from openyj.performance.series import made_of
from openyj.performance.words import capital, say_period

P = Permission


@access(P.COMPARE_SERVICES)
@require_safe
@of_a_plotted_figure
def funnel(request: HttpRequest, national: National, choice: Choice) -> HttpResponse:
    """The services by their size between the limits of chance, one of them marked."""
    measure = choice.measure
    marked = service_in(request, national)
    limits = "chance" if request.GET.get("limits") == "chance" else ""
    plot = funnel_plot(national, choice.spec, marked=marked, by_chance_alone=limits == "chance")
    context = {
        "measure": measure,
        "plot": plot,
        "form": form_for(
            national,
            choice,
            plotted=True,
            more={"service": (named(national, "No service marked"), marked), "limits": (LIMITS, limits)},
        ),
        "dots": of_plot(plot),
        "counted": plot_counts(plot),
        "heads": made_of(plot.dots[0].result) if plot.dots else ("", ""),
        "query": f"{choice.query}&limits={limits}",
        "pages": pages(measure.name, "performance:national_funnel", choice.query),
    }
    return framed(request, national, "funnel", context)


@access(P.COMPARE_SERVICES)
@require_safe
@of_a_figure
def service(request: HttpRequest, national: National, choice: Choice) -> HttpResponse:
    """One service against the others."""
    measure = choice.measure
    if not national.services:
        return framed(request, national, "nothing_complete", {"measure": measure})
    asked = request.GET.get("service", "")
    if asked and asked not in {told.code for told in national.services}:
        raise Http404
    code = asked or national.services[0].code
    form = form_for(national, choice, more={"service": (named(national), code)})
    context = compared(national, choice, code, "performance:national_evidence") | {
        "form": form,
        "pages": pages(measure.name, "performance:national_service", choice.query),
        "funnel_url": f"{reverse('performance:national_funnel', args=[measure.name])}?{choice.query}&service={code}"
        if is_plotted(measure)
        else "",
    }
    return framed(request, national, "service", context)


@access(P.SEE_FIGURES)
@require_safe
@of_a_figure
def own_service(request: HttpRequest, national: National, choice: Choice) -> HttpResponse:
    """A person's own service against the others, who are not named."""
    measure = choice.measure
    code = request.user.service.code
    plot = funnel_plot(national, choice.spec, marked=code) if can_be_plotted(measure, choice.show) else None
    context = compared(national, choice, code, "performance:compared_evidence") | {
        "form": form_for(national, choice),
        "plot": plot,
        "counted": plot_counts(plot) if plot else None,
        "own": True,
        "back": reverse("performance:measure", args=[measure.name]),
    }
    return framed(request, national, "service", context)


def compared(national: National, choice: Choice, code: str, evidence: str) -> dict[str, object]:
    """What the page of one service shows, whoever reads it."""
    told = national.by_code[code]
    areas = [Area("service", code, told.name)]
    areas += [Area("region", told.region, told.region)] if told.region in national.regions else []
    found = compare(national, told, choice.spec)
    return {
        "measure": choice.measure,
        "told": told,
        "comparison": found,
        "title": f"{choice.measure.show(choice.show).label}, {say_period(choice.spec.when)}",
        "sides": of_comparison(found, evidence) if found else [],
        "choice": choice,
        "heads": made_of(found.sides[0].result) if found else ("", ""),
        "chart": side_by_side(national, choice, [*areas, national.nation]),
    }


@access(P.COMPARE_SERVICES)
@require_safe
@from_snapshot
def evidence(request: HttpRequest, national: National, slug: str) -> HttpResponse:
    """What a figure of the snapshot says, by which rules and from which data."""
    return evidence_page(request, national, slug, reverse("performance:national_time", args=[slug]))


@access(P.SEE_FIGURES)
@require_safe
@from_snapshot
def own_evidence(request: HttpRequest, national: National, slug: str) -> HttpResponse:
    """The same for a person of a service: of their own, their region and the nation."""
    return evidence_page(request, national, slug, reverse("performance:compared", args=[slug]))


def evidence_page(request: HttpRequest, national: National, slug: str, back: str) -> HttpResponse:
    measure = measure_or_404(slug)
    area = national.area(request.GET.get("area", "nation"))
    nowhere = request.GET.get("area") == "none" and not national.reach.service and not national.reach.region
    if nowhere:
        area = Area("none", "", "Lived in no service’s area")
    wanted = [request.GET.get(name, "") for name in ("show", "span", "period")]
    found = national.one(measure, area, *wanted) if area else None
    if found is None:
        raise Http404
    before = national.one(measure, area, *wanted[:2], found.spec.year_before().period)
    context = evidence_rows(national, area, found, before) | {"measure": measure, "back": back}
    return framed(request, national, "evidence", context)


def named(national: National, none: str = "") -> list[tuple[str, str]]:
    return [*([("", none)] if none else []), *((told.code, told.name) for told in national.services)]


def service_in(request: HttpRequest, national: National) -> str:
    """The service the address marks, if this person may see it by name."""
    asked = request.GET.get("service", "")
    return asked if asked in {told.code for told in national.services} else ""


def plot_counts(plot: FunnelPlot) -> list[tuple[str, int]]:
    """How many services lie where: the plot's table for who may not see the others by name."""
    rows = [(capital(position.value), len(plot.outside(position))) for position in Position]
    return [*rows, ("Not compared", len(plot.dots) - len(plot.compared))]
