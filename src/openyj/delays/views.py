"""How long it took: on a child's record, and over a service with the children behind each number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openyj.accounts.access import access, log, refuse
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.casework.models import Outcome
from openyj.core import clock, xlsx
from openyj.core.listing import Column, Listing
from openyj.delays import figures, pages, spreadsheet
from openyj.delays.courses import courses
from openyj.delays.forms import read_choice
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import record_page


@of_child()
@require_safe
def of_child_page(request: HttpRequest, child: Child) -> HttpResponse:
    """How long each decision about a child took, stage by stage, and what still waits for one."""
    found = courses(Outcome.objects.of(child, request.user))
    return record_page(
        request, child, "delays/of_child.html",
        tracks=[pages.track_of(course) for course in found], waiting=pages.waiting_of(child, request.user),
    )  # fmt: skip


@access(Permission.SEE_FIGURES)
@require_safe
def service(request: HttpRequest) -> HttpResponse:
    """The clock of the user's service over a period."""
    form = read_choice(request.GET.dict())
    found = figures.courses_of(request.user.service_id, form.window)
    context = {
        "form": form,
        "window": form.window,
        "count": len(found),
        "without_route": figures.without_route(found),
        "tables": pages.tables_of(found, form.by_what, linked=children_linked(request, form)),
        "export": f"{reverse('delays:export')}?{chosen(form)}" if request.user.may(Permission.EXPORT_FIGURES) else "",
        "at": clock.now(),
    }
    return render(request, "delays/service.html", context)


def chosen(form) -> str:
    return urlencode({"period": form.window.name, "by": form.by_what})


def children_linked(request: HttpRequest, form):
    """The address of the children behind a line, for those who may see them; else none."""
    if not request.user.may(Permission.SEE_CHILDREN_BEHIND_FIGURES):
        return None
    return lambda line: (
        f"{reverse('delays:children')}?{chosen(form)}&{urlencode({'part': line.part.key, 'of': line.group})}"
    )


@access(Permission.SEE_FIGURES, Permission.EXPORT_FIGURES)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same numbers as a spreadsheet. No child is in it."""
    form = read_choice(request.GET.dict())
    found = figures.courses_of(request.user.service_id, form.window)
    body = spreadsheet.workbook_of(found, request.user, form.window, form.by_what)
    log(request, Access.Kind.EXPORT, reason=f"How long it takes: {form.window.label}")
    name = f"how-long-it-takes-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(
        body, content_type=xlsx.MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@access(Permission.SEE_FIGURES, Permission.SEE_CHILDREN_BEHIND_FIGURES)
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """The children behind one number, as far as this person may open their records today."""
    form = read_choice(request.GET.dict())
    found = figures.courses_of(request.user.service_id, form.window)
    part = figures.part_called(request.GET.get("part", ""), found)
    if part is None:
        raise Http404
    group = request.GET.get("of", "")
    mine = [(course, part.days_of(course)) for course in figures.of_group(found, form.by_what, group)]
    counted = [(course, days) for course, days in mine if days is not None]
    seen = Child.objects.visible_to(request.user).with_masks(request.user)
    seen = seen.in_bulk({course.child.pk for course, _days in counted})
    rows = [pages.Behind(course, days, seen[course.child.pk]) for course, days in counted if course.child.pk in seen]
    title = ": ".join(filter(None, [part.label, group]))
    listing = list_of(request, rows, title)
    if response := listing.response():
        return response
    log(request, Access.Kind.READ, reason=f"Children behind how long it takes: {len(seen)} shown")
    context = {
        "title": title, "window": form.window, "listing": listing, "counted": len(counted),
        "others": len({course.child.pk for course, _days in counted} - seen.keys()),
        "back": f"{reverse('delays:service')}?{chosen(form)}",
    }  # fmt: skip
    return render(request, "delays/children.html", context)


def list_of(request: HttpRequest, rows: list[pages.Behind], title: str) -> Listing:
    def logged(_listing: Listing) -> None:
        if not request.user.may(Permission.EXPORT_FIGURES):
            refuse(request, Permission.EXPORT_FIGURES)
        log(request, Access.Kind.EXPORT, reason=title)

    return Listing(
        request,
        rows,
        title=title,
        columns=[
            Column("name", "Child", value=lambda r: r.child.shown_name, sort="name", link=lambda r: r.url),
            Column("number", "Our number", value=lambda r: "" if r.child.masked else r.child.number, sort="number"),
            Column("decided", "Decided on", value=lambda r: None if r.child.masked else r.decided, sort="decided"),
            Column("what", "What was decided", value=lambda r: "" if r.child.masked else r.what, sort="what"),
            Column("days", "Days", value=lambda r: None if r.child.masked else r.days, sort="days", numeric=True),
            Column("order", "", value=lambda r: r.order_tag),
        ],
        sort="-days",
        export=request.user.may(Permission.EXPORT_FIGURES),
        on_export=logged,
        empty="This counts nobody whose record you may open.",
    )
