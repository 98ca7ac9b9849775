"""Pages of the Plan: the years, one Plan with what it lacks, its preview, what changed, its frozen versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.access import access
from openyj.accounts.drafts import drafted_fields
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.documents.assembling import Part
from openyj.documents.differences import figure_changes, part_changes
from openyj.documents.models import Format, Rendition
from openyj.documents.selectors import addresses_of, frozen_addresses_of
from openyj.documents.services import filled_of
from openyj.documents.web import as_blocks
from openyj.finance.models import year_of
from openyj.plans import services
from openyj.plans.checks import Check, NotReady, check
from openyj.plans.forms import FreezeForm, StartPlanForm
from openyj.plans.models import Plan
from openyj.plans.structures import structure_on, structures

SEE, WRITE, FREEZE = Permission.SEE_PLAN, Permission.WRITE_PLAN, Permission.FREEZE_PLAN


def get_plan(request: HttpRequest, starts: int, permission: Permission = SEE) -> Plan:
    plans = Plan.objects.visible_to(request.user, permission).select_related("service", "document")
    return get_object_or_404(plans, starts=starts)


def checked(plan: Plan, *, drawn: bool = False) -> Check:
    return check(plan.service, [section.part for section in plan.sections.all()], drawn=drawn)


def versions_of(request: HttpRequest, plan: Plan):
    found = Rendition.objects.visible_to(request.user).frozen().filter(document=plan.document)
    return (
        found.select_related("made_by")
        .prefetch_related("files")
        .defer("tree", "parts", "files__content")
        .order_by("-number")
    )


@access(SEE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every year's Plan, newest first."""
    plans = Plan.objects.visible_to(request.user)
    return render(request, "plans/home.html", {"plans": plans, "may_write": request.user.may(WRITE)})


@access(WRITE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a year's Plan with its headings."""
    today = clock.today()
    initial = {"year": year_of(today), "structure": structure_on(today).key}
    form = StartPlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(
                request,
                lambda: services.start_plan(
                    service=request.user.service,
                    starts=form.cleaned_data["year"],
                    structure=form.cleaned_data["structure"],
                    by=request.user,
                ),
            )
        except services.AlreadyThere as refusal:
            form.add_error("year", str(refusal))
    context = {"form": form, "title": "Start a Plan", "button": "Start the Plan", "back": reverse("plans:home")}
    return render(request, "core/form.html", context)


@access(SEE)
@require_safe
def plan(request: HttpRequest, starts: int) -> HttpResponse:
    """One Plan: its sections, what it lacks, its drafts and versions, and what changed since the last one."""
    found = get_plan(request, starts)
    now = checked(found)
    versions = list(versions_of(request, found))
    return render(
        request,
        "plans/plan.html",
        {
            "plan": found,
            "structure": structures().get(found.structure),
            "check": now,
            "versions": versions,
            "changes": changes_since(versions[0], now) if versions else None,
            "formats": Format.choices,
            "may_write": request.user.may(WRITE),
            "may_freeze": request.user.may(FREEZE),
            "back": reverse("plans:home"),
        },
    )


def changes_since(version: Rendition, now: Check) -> dict[str, object]:
    """What the Plan says now that the version does not, and the other way round."""
    before = [Part(**part) for part in version.parts]
    return {
        "version": version,
        "figures": figure_changes(version.values.all(), now.values.values()),
        "parts": part_changes(before, [one.part for one in now.parts]),
    }


@access(SEE)
@require_safe
def changes(request: HttpRequest, starts: int) -> HttpResponse:
    """Figures that say something else than in the last frozen version, and text that was changed."""
    found = get_plan(request, starts)
    version = versions_of(request, found).first()
    if version is None:
        raise Http404
    context = {"plan": found, "changes": changes_since(version, checked(found)), "back": found.get_absolute_url()}
    return render(request, "plans/changes.html", context)


@access(SEE)
@require_safe
def preview(request: HttpRequest, starts: int) -> HttpResponse:
    """The whole draft with its figures as they are now."""
    found = get_plan(request, starts)
    now = checked(found, drawn=True)
    addresses = addresses_of(value.code for value in now.values.values())
    sections = [(one.part, as_blocks(one.filled.tree, addresses=addresses, lowest=2), one) for one in now.parts]
    context = {"plan": found, "sections": sections, "back": found.get_absolute_url()}
    return render(request, "plans/preview.html", context)


@access(SEE)
@require_POST
def produce(request: HttpRequest, starts: int, format: str) -> HttpResponse:
    """Make the draft a file, marked DRAFT, and hand it out. A snapshot is taken first."""
    found = get_plan(request, starts)
    if format not in Format.values:
        raise Http404
    return save_once(
        request,
        lambda: reverse("documents:file", args=[services.produce_draft(plan=found, format=format, by=request.user).pk]),
    )


@access(FREEZE)
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, starts: int) -> HttpResponse:
    """What is checked before sign-off, then a name for the version."""
    found = get_plan(request, starts, FREEZE)
    form = FreezeForm(request.POST or drafted_fields(request))
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: freeze_now(request, found, form.cleaned_data))
        except NotReady as refusal:
            form.add_error(None, str(refusal))
    context = {
        "plan": found,
        "form": form,
        "check": checked(found),
        "draft": f"{reverse('save_draft')}?path={request.path}",
        "back": found.get_absolute_url(),
    }
    return render(request, "plans/freeze.html", context)


def freeze_now(request: HttpRequest, plan: Plan, given: dict[str, str]) -> str:
    made = services.freeze_version(plan=plan, name=given["name"], note=given["note"], by=request.user)
    messages.success(request, f"Version {made.number} is frozen. It says the same from now on.")
    return reverse("plans:version", args=[plan.starts, made.number])


@access(SEE)
@require_safe
def version(request: HttpRequest, starts: int, number: int) -> HttpResponse:
    """A frozen version as it was frozen; its figures open what they rested on."""
    found = get_plan(request, starts)
    frozen = get_object_or_404(
        Rendition.objects.visible_to(request.user).select_related("made_by", "snapshot"),
        document=found.document,
        number=number,
    )
    filled = filled_of(frozen)
    addresses = frozen_addresses_of(frozen.pk, (value.code for value in filled.values))
    context = {
        "plan": found,
        "version": frozen,
        "files": frozen.files.defer("content"),
        "content": as_blocks(filled.tree, addresses=addresses, lowest=2),
        "back": found.get_absolute_url(),
    }
    return render(request, "plans/version.html", context)
