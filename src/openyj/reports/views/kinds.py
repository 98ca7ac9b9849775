"""The administrator's pages of the kinds of court report and their headings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.listing import Column, Listing
from openyj.reports import kinds as services
from openyj.reports.forms import AddKindForm, ChangeKindForm
from openyj.reports.models import ReportKind

MANAGE = Permission.MANAGE_REFERENCE
HERE = "reports:kinds"


@access(MANAGE)
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind, past ones too."""
    listing = Listing(
        request,
        ReportKind.objects.all(),
        title="Kinds of court report",
        columns=[
            Column("label", "Kind", sort="label", link=lambda k: reverse("reports:change_kind", args=[k.pk])),
            Column("headings", "Headings", value=lambda k: "; ".join(k.headings)),
            Column("valid_to", "Last day", value=lambda k: say_date(k.valid_to) or "Now"),
            Column("shipped", "Where from", value=lambda k: "Shipped" if k.shipped else "Added here"),
        ],
        sort="label",
        export=False,
    )
    return render(request, "reports/kinds.html", {"listing": listing, "back": reverse("reference:index")})


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_kind(request: HttpRequest) -> HttpResponse:
    """Add a kind."""
    form = open_form(request, AddKindForm, initial={"valid_from": clock.today()})

    def save() -> str:
        services.add_kind(by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, title="Add a kind of court report", back=reverse(HERE), button="Add this kind",
        intro="For every service on this site.", saying="The kind can be chosen from its day on.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_kind(request: HttpRequest, report_kind_id: int) -> HttpResponse:
    """Change the headings of a kind, or say until when it can be chosen."""
    kind = get_object_or_404(ReportKind, pk=report_kind_id)
    form = open_form(request, ChangeKindForm, version=kind.version, initial=now(kind))

    def save() -> str:
        services.change_kind(kind=kind, version=form.version, by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, now=now, title=f"Change: {kind.label}", back=reverse(HERE),
        intro="For every service on this site. Drafts that were made keep the headings they had.",
        saying="The kind is changed.",
    )  # fmt: skip


def now(kind: ReportKind) -> dict[str, object]:
    return {"headings": "\n".join(kind.headings), "valid_to": kind.valid_to}
