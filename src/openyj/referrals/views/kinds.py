"""The administrator's pages of the words a referral is described with."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.core.listing import Column, Filter, Listing
from openyj.referrals import kinds as services
from openyj.referrals.forms import AddKindForm, EndKindForm
from openyj.referrals.models import ReferralKind

MANAGE = Permission.MANAGE_REFERENCE
HERE = "referrals:kinds"


@access(MANAGE)
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every word of every list, past ones too."""
    choices = [("", "All"), *ReferralKind.Listed.choices]
    listing = Listing(
        request,
        ReferralKind.objects.all(),
        title="Words of referrals",
        columns=[
            Column("label", "Word", sort="label", link=lambda k: reverse("referrals:end_kind", args=[k.pk])),
            Column("listed", "List", value=lambda k: k.get_listed_display(), sort="listed"),
            Column("valid_from", "From", sort="valid_from", value=lambda k: None if k.shipped else k.valid_from),
            Column("valid_to", "Last day", value=lambda k: say_date(k.valid_to) or "Now", export=lambda k: k.valid_to),
            Column("shipped", "Where from", value=lambda k: "Shipped" if k.shipped else "Added here"),
        ],
        filters=[Filter("listed", forms.ChoiceField(label="List", choices=choices))],
        sort="listed",
        per_page=50,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    return render(request, "referrals/kinds.html", {"listing": listing, "back": reverse("reference:index")})


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_kind(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    form = open_form(request, AddKindForm, initial={"valid_from": clock.today()})

    def save() -> str:
        services.add_kind(by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, title="Add a word", back=reverse(HERE), button="Add this word",
        intro="For every service on this site.", saying="The word can be chosen from its day on.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_kind(request: HttpRequest, word_id: int) -> HttpResponse:
    """Say until when a word can be chosen."""
    kind = get_object_or_404(ReferralKind, pk=word_id)
    form = open_form(request, EndKindForm, version=kind.version, initial={"valid_to": kind.valid_to})

    def save() -> str:
        services.end_kind(kind=kind, version=form.version, by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, now=lambda row: {"valid_to": row.valid_to}, title=f"Until when: {kind.label}",
        caption=kind.get_listed_display(), back=reverse(HERE), saying="The last day is saved.",
        intro="For every service on this site.",
    )  # fmt: skip
