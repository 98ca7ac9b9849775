"""Need-to-know records, conflicts of interest, and the review of who opened what and why."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import open_form, send
from openyj.accounts.models import Access
from openyj.accounts.receipts import save_once
from openyj.accounts.roles import Permission
from openyj.accounts.versions import ChangedUnderneath
from openyj.core.forms import UNSEEN, read_version
from openyj.people import selectors, services
from openyj.people.access import of_child
from openyj.people.forms import ConflictForm, InErrorForm, ReasonForm, RestrictForm, version_seen
from openyj.people.models import Child, Conflict
from openyj.people.pages import form_page


@access(Permission.SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: HttpRequest, child_id: int) -> HttpResponse:
    """Ask why a need-to-know record is opened. The page does not say whose it is."""
    child = Child.objects.visible_to(request.user).with_masks(request.user).filter(pk=child_id).first()
    if child is None:
        raise Http404
    onward = request.GET.get("next", "")
    if not onward.startswith("/") or not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = child.get_absolute_url()
    if not child.masked:
        return redirect(onward)
    form = ReasonForm(request.POST or None)

    def save() -> str:
        services.open_with_reason(child=child, by=request.user, reason=form.cleaned_data["reason"])
        log(request, Access.Kind.REASON, child=child.pk, reason=form.cleaned_data["reason"])
        return onward

    response, _ = send(request, form, save)
    if response:
        return response
    context = {
        "form": form,
        "title": "Say why you need to open this record",
        "button": "Open the record",
        "back": reverse("people:search"),
        "cancel": reverse("people:search"),
    }
    return render(request, "people/reason.html", context)


@access(Permission.REVIEW_ACCESS)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Need-to-know records that were opened, and the reasons given."""
    page = Paginator(selectors.openings(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "people/openings.html", {"page": page, "title": "Need-to-know records opened"})


@access(Permission.REVIEW_ACCESS)
@require_POST
def review(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Say that a reason has been read."""
    opening = get_object_or_404(selectors.openings(request.user), pk=opening_id)
    seen = read_version(request.POST.get("version"))

    def save() -> str:
        services.review_opening(opening=opening, version=UNSEEN if seen is None else seen, by=request.user)
        return reverse("people:openings")

    try:
        return save_once(request, save)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    except ChangedUnderneath:
        messages.info(request, "A colleague has reviewed this already.")
    return redirect("people:openings")


@of_child(Permission.REVIEW_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, child: Child) -> HttpResponse:
    """Make a record need-to-know, or open it to everyone again."""
    form = open_form(request, RestrictForm, child=child, row=child)
    back = reverse("people:details", args=[child.pk])

    def save() -> str:
        services.change_child(row=child, version=version_seen(form), by=request.user, **form.cleaned_data)
        return back

    return form_page(request, child, form, save=save, title="Who may open this record", back=back)


@of_child(Permission.REVIEW_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, child: Child) -> HttpResponse:
    """Members of staff who may not open this record; note another."""
    form = open_form(request, ConflictForm, child=child)
    here = reverse("people:conflicts", args=[child.pk])

    def save() -> str:
        services.note_conflict(child=child, by=request.user, **form.cleaned_data)
        return here

    noted = Conflict.objects.of(child, request.user).standing().select_related("user")
    return form_page(
        request, child, form, save=save, title="Conflicts of interest", back=reverse("people:details", args=[child.pk]),
        saying="Conflict of interest noted", template="people/conflicts.html", conflicts=noted,
    )  # fmt: skip


@of_child(Permission.REVIEW_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def lift_conflict(request: HttpRequest, child: Child, conflict_id: int) -> HttpResponse:
    """Take back a conflict of interest, with a reason that stays on the record."""
    rows = Conflict.objects.of(child, request.user).standing()
    conflict = get_object_or_404(rows.select_related("user"), pk=conflict_id)
    back = reverse("people:conflicts", args=[child.pk])
    form = open_form(request, InErrorForm, version=conflict.version)

    def save() -> str:
        services.record_in_error(
            row=conflict, version=version_seen(form), by=request.user, reason=form.cleaned_data["reason"]
        )
        return back

    return form_page(
        request, child, form, save=save, back=back, title=f"Take back the conflict of interest of {conflict.user}"
    )
