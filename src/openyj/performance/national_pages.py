"""What every national page has: its snapshot, what that lacks, the build under way, and the choice of a figure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from openyj import measures
from openyj.accounts.roles import Permission
from openyj.core.components import NavItem
from openyj.jobs.selectors import how_far
from openyj.measures import Measure
from openyj.performance import national_work
from openyj.performance.forms import SPANS
from openyj.performance.funnel_plot import can_be_plotted, is_plotted
from openyj.performance.national import National, national_for, not_told
from openyj.performance.national_forms import Choice, NationalForm, choose, periods_of, shows_of
from openyj.performance.national_tables import NOT_FOR_PUBLICATION
from openyj.performance.selectors import DRAWN_FIRST

PLOT = "performance:national_funnel"
PAGES = [
    ("Services", "performance:national_services"),
    ("Regions", "performance:national_regions"),
    ("Over time", "performance:national_time"),
    ("Funnel plot", PLOT),
    ("One service", "performance:national_service"),
]


def from_snapshot(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view what this person may read of the latest snapshot; before there is one, say so."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        national = national_for(request.user)
        if national is None:
            context = {"may_build": request.user.may(Permission.BUILD_NATIONAL_SNAPSHOT), "building": building(request)}
            return render(request, "performance/national/none.html", context)
        return view(request, national, *args, **kwargs)

    return wrapped


def framed(request: HttpRequest, national: National, name: str, context: dict) -> HttpResponse:
    """A page with what every national page says: which snapshot, of how many services, what is missing from it."""
    missing = list(not_told(national))
    context |= {
        "national": national,
        "snapshot": national.snapshot,
        "not_told": missing,
        "not_for_publication": NOT_FOR_PUBLICATION,
        "building": building(request),
    }
    return render(request, f"performance/national/{name}.html", context)


def building(request: HttpRequest) -> dict[str, object] | None:
    """The build that waits or runs: how far it is, and its page for who asked for it."""
    job = national_work.under_way()
    if job is None:
        return None
    return {"words": how_far(job), "url": job.get_absolute_url() if job.by_id == request.user.pk else ""}


def measure_or_404(slug: str) -> Measure:
    if slug not in measures.ALL:
        raise Http404
    return measures.ALL[slug]


def pages(slug: str, here: str, query: str = "") -> list[NavItem]:
    """The pages of a measure, the same figure and period chosen on each; no funnel plot of one that has none."""
    plotted = is_plotted(measures.ALL[slug])
    return [
        NavItem(text, reverse(name, args=[slug]) + (f"?{query}" if query else ""), active=name == here)
        for text, name in PAGES
        if plotted or name != PLOT
    ]


def of_a_figure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the figure and period chosen of a measure; where no period is complete yet, say so."""
    return with_choice(view, plotted=False)


def of_a_plotted_figure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `of_a_figure`, offering only figures that a funnel plot can show."""
    return with_choice(view, plotted=True)


def with_choice(view: Callable[..., HttpResponse], *, plotted: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    @from_snapshot
    def wrapped(request: HttpRequest, national: National, slug: str) -> HttpResponse:
        measure = measure_or_404(slug)
        choice = choose(request.GET, national, measure, names_of(measure, plotted))
        if choice is None:
            return framed(request, national, "nothing_complete", {"measure": measure})
        return view(request, national, choice)

    return wrapped


def names_of(measure: Measure, plotted: bool) -> list[str]:
    """What a page offers to show, the one that is published first. A page of plots there is not (404) of a measure that
    shows nothing to plot."""
    first = DRAWN_FIRST[measure.name][0]
    names = sorted((show.name for show in measure.shows), key=lambda name: name != first)
    offered = [name for name in names if not plotted or can_be_plotted(measure, name)]
    if not offered:
        raise Http404
    return offered


def form_for(national: National, choice: Choice, *, plotted: bool = False, more: dict | None = None) -> NationalForm:
    """The choice as a form; ``more`` are further fields, each with its choices and the value it has."""
    choices = {
        "show": shows_of(choice.measure, names_of(choice.measure, plotted)),
        "span": SPANS,
        "period": periods_of(national, choice),
    }
    given = {"show": choice.show, "span": choice.span, "period": choice.period}
    for name, (options, value) in (more or {}).items():
        choices[name], given[name] = options, value
    return NationalForm(given, choices=choices)
