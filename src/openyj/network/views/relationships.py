"""The administrator's pages of the words for what somebody is to a child."""

from __future__ import annotations

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
from openyj.core.listing import Column, Listing
from openyj.network import services
from openyj.network.forms import AddRelationshipForm, EndRelationshipForm
from openyj.network.models import Relationship

MANAGE = Permission.MANAGE_REFERENCE
HERE = "network:relationships"
FOR_ALL = "For every service on this site."


@access(MANAGE)
@require_safe
def relationships(request: HttpRequest) -> HttpResponse:
    """Every word, past ones too."""
    listing = Listing(
        request,
        Relationship.objects.all(),
        title="Words of the network",
        columns=[
            Column("label", "Word", sort="label", link=lambda r: reverse("network:end_relationship", args=[r.pk])),
            Column("valid_from", "From", sort="valid_from", value=lambda r: None if r.shipped else r.valid_from),
            Column("valid_to", "Last day", value=lambda r: say_date(r.valid_to) or "Now", export=lambda r: r.valid_to),
            Column("shipped", "Where from", value=lambda r: "Shipped" if r.shipped else "Added here"),
        ],
        sort="label",
        per_page=50,
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
    )
    if response := listing.response():
        return response
    return render(request, "network/relationships.html", {"listing": listing, "back": reverse("reference:index")})


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_relationship(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    form = open_form(request, AddRelationshipForm, initial={"valid_from": clock.today()})

    def save() -> str:
        services.add_relationship(by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, title="Add a word", back=reverse(HERE), button="Add this word", intro=FOR_ALL,
        saying="The word can be chosen from its day on.",
    )  # fmt: skip


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_relationship(request: HttpRequest, relationship_id: int) -> HttpResponse:
    """Say until when a word can be chosen."""
    word = get_object_or_404(Relationship, pk=relationship_id)
    form = open_form(request, EndRelationshipForm, version=word.version, initial={"valid_to": word.valid_to})

    def save() -> str:
        services.end_relationship(relationship=word, version=form.version, by=request.user, **form.cleaned_data)
        return reverse(HERE)

    return form_page(
        request, form, save=save, now=lambda row: {"valid_to": row.valid_to}, title=f"Until when: {word.label}",
        back=reverse(HERE), saying="The last day is saved.", intro=FOR_ALL,
    )  # fmt: skip
