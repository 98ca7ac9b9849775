"""The workload of everybody, of one worker with its evidence, allocating a child, and what a service sets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.components import Tag
from openyj.core.dates import say_date
from openyj.core.listing import Column, Listing
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import identity
from openyj.people.services import hand_over
from openyj.workload import selectors, services
from openyj.workload.forms import AllocateForm, HoursForm, WeightForm
from openyj.workload.models import Hours, Weight
from openyj.workload.selectors import Worker
from openyj.workload.slots import parts

SEE, DECIDE, MANAGE = Permission.SEE_WORKLOAD, Permission.DECIDE_REFERRALS, Permission.MANAGE_REFERENCE


@access(SEE)
@require_safe
def workloads(request: HttpRequest) -> HttpResponse:
    """Every worker's number, with the least work first or last."""
    listing = Listing(
        request,
        selectors.workloads(request.user),
        title="Workload",
        columns=[
            Column("name", "Worker", value=lambda w: w.user.name, sort="name", link=page_of),
            Column("number", "Workload number", value=lambda w: w.load.shown, numeric=True, sort="number"),
            Column("children", "Children", value=lambda w: w.load.count("child"), numeric=True, sort="children"),
            Column("points", "Points", value=lambda w: w.load.points, numeric=True, sort="points"),
            Column("share", "Share of full time", value=lambda w: f"{w.load.share:.0%}"),
            Column("team", "Team", value=lambda w: str(w.user.team or ""), sort="team"),
        ],
        sort="-number",
        per_page=100,
        notes=[("Workload number", "Points divided by the share of full-time hours. Points are what a worker has, "
                                   "each thing with the weight of its part.")],
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="Nobody works with children here yet. An administrator adds staff.",
    )  # fmt: skip
    if response := listing.response():
        return response
    context = {"listing": listing, "weighed": selectors.weights(request.user.service_id)}
    return render(request, "workload/workloads.html", context)


def page_of(worker: Worker) -> str:
    return reverse("workload:worker", args=[worker.user.pk])


@access(SEE)
@require_safe
def worker(request: HttpRequest, user_id: int) -> HttpResponse:
    """One worker's number and everything that it counts."""
    found = next((each for each in selectors.workloads(request.user) if each.user.pk == user_id), None)
    if found is None:
        raise Http404
    things = selectors.things_of(found.user, request.user)
    weighed = {each.name: each for each in selectors.weights(request.user.service_id)}
    context = {
        "worker": found,
        "share": f"{found.load.share:.0%}",
        "lines": [(weighed[line.part], line) for line in found.load.lines],
        "things": things,
    }
    return render(request, "workload/worker.html", context | {"back": reverse("workload:workloads")})


@access(DECIDE)
@of_child()
@require_http_methods(["GET", "HEAD", "POST"])
def allocate(request: HttpRequest, child: Child) -> HttpResponse:
    """Give a child a worker, or another one, with what each would then have."""
    form = open_form(request, AllocateForm, child=child, version=child.version)

    def save() -> Child:
        given = form.allocation
        hand_over(
            child=child, version=form.version, worker=given["worker"], on=given["day"], by=request.user,
            why=given["why"], **given["also"],
        )  # fmt: skip
        return child

    return form_page(
        request, form, save=save, title=f"Who works with {child.name}?", back=child.get_absolute_url(),
        template="workload/allocate.html", bar=identity(child, request), saying="The child is allocated.",
        now=lambda row: {"worker": str(row.worker or "Nobody")}, button="Allocate",
    )  # fmt: skip


@access(MANAGE)
@require_safe
def weights(request: HttpRequest) -> HttpResponse:
    """What each part weighs, since when and why; and workers' hours."""
    listing = Listing(
        request,
        selectors.weights(request.user.service_id),
        title="Workload weights",
        columns=[
            Column("part", "One of these", value=lambda w: w.part.label, link=change_page),
            Column("weight", "Counts", value=lambda w: w.weight, numeric=True),
            Column("since", "From", value=lambda w: say_date(w.row.valid_from) if w.row else ""),
            Column("source", "Where it comes from"),
            Column("state", "", value=lambda w: "" if w.row else Tag("As shipped: confirm or change", "yellow")),
        ],
        per_page=100,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    hours = Hours.objects.visible_to(request.user).standing().select_related("user")
    context = {
        "listing": listing,
        "hours": list(hours.order_by("user__name", "-valid_from")),
        "back": reverse("reference:index"),
    }
    return render(request, "workload/weights.html", context)


def change_page(weighed: selectors.Weighed) -> str:
    return reverse("workload:set_weight", args=[weighed.name])


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_weight(request: HttpRequest, part: str) -> HttpResponse:
    """What a part weighs from a day on."""
    found = next((each for name, each in parts.items() if name == part), None)
    if found is None:
        raise Http404
    rows = Weight.objects.visible_to(request.user).standing().filter(part=part)
    last = rows.order_by("-valid_from").first()
    initial = {"weight": last.weight if last else found.usual, "valid_from": clock.today()}
    form = open_form(request, WeightForm, initial=initial, version=last.pk if last else 0)

    def save() -> str:
        services.set_weight(by=request.user, seen=form.version or None, part=part, **form.cleaned_data)
        return reverse("workload:weights")

    return form_page(
        request, form, save=save, title=f"What one counts: {found.label}", back=reverse("workload:weights"),
        saying="The weight is set. Every number follows from it at once.",
        intro="A change holds from a day on; every page shows the same number from that day.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_hours(request: HttpRequest) -> HttpResponse:
    """Somebody's share of full-time hours from a day on."""
    form = open_form(request, HoursForm, service=request.user.service_id, initial={"valid_from": clock.today()})

    def save() -> str:
        person: User = form.cleaned_data["user"]
        rows = Hours.objects.visible_to(request.user).standing().filter(user=person)
        last = rows.order_by("-valid_from").first()
        services.set_hours(by=request.user, seen=last and last.pk, **form.cleaned_data)
        return reverse("workload:weights")

    return form_page(
        request, form, save=save, title="Somebody’s hours", back=reverse("workload:weights"),
        saying="The hours are set.", intro="Whoever has no hours recorded counts as full-time.",
    )  # fmt: skip
