"""The administrator's pages of teams and localities, which differ in their words only."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts import services
from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.forms import ChangePlaceForm, PlaceForm, place_values
from openyj.accounts.models import Access, Locality, Team
from openyj.accounts.roles import Permission
from openyj.accounts.selectors import places_of
from openyj.accounts.slots import held_by
from openyj.core.dates import say_date
from openyj.core.listing import Column, Listing

MANAGE = Permission.MANAGE_USERS


@dataclass(frozen=True)
class Kind:
    """Teams or localities: the model, its words, the names of its addresses."""

    model: type[Team | Locality]
    one: str
    many: str
    about: str

    @property
    def list_url(self) -> str:
        return reverse(f"accounts:{self.many}")

    def change_url(self, place: Team | Locality) -> str:
        return reverse(f"accounts:change_{self.one}", args=[place.pk])


TEAMS = Kind(Team, "team", "teams", "A practitioner records facts about the children of their team.")
LOCALITIES = Kind(
    Locality, "locality", "localities", "Lists and figures can be broken down by the locality a child lives in."
)


@access(MANAGE)
@require_safe
def places(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The teams or localities of this service, closed ones too."""
    columns = [
        Column("name", "Name", sort="name", link=kind.change_url),
        Column("closed_on", "Last day", value=lambda p: say_date(p.closed_on) or "In use", sort="closed_on"),
    ]
    if kind is TEAMS:
        columns.insert(1, Column("people", "People", sort="people", numeric=True))
    listing = Listing(
        request,
        places_of(kind.model, request.user.service),
        title=kind.many.capitalize(),
        columns=columns,
        sort="name",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty=f"There are no {kind.many} yet. Add the first one.",
    )
    if response := listing.response():
        return response
    context = {"listing": listing, "kind": kind, "here": kind.many, "add": reverse(f"accounts:add_{kind.one}")}
    return render(request, "accounts/places.html", context)


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_place(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Add a team or a locality."""
    form = open_form(request, PlaceForm)

    def save() -> str:
        services.add_place(model=kind.model, by=request.user, **form.cleaned_data)
        return kind.list_url

    return form_page(
        request,
        form,
        save=save,
        title=f"Add a {kind.one}",
        back=kind.list_url,
        button=f"Add this {kind.one}",
        saying=f"The {kind.one} is added.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def change_place(request: HttpRequest, kind: Kind, place_id: int) -> HttpResponse:
    """Rename a team or locality, close it, or open it again."""
    mine = kind.model.objects.filter(service=request.user.service_id)
    place = get_object_or_404(mine, pk=place_id)
    form = open_form(request, ChangePlaceForm, version=place.version, initial=place_values(place))

    def save() -> str:
        services.change_place(place=place, by=request.user, version=form.version, **form.cleaned_data)
        return kind.list_url

    held = held_by(place)
    return form_page(
        request,
        form,
        save=save,
        now=place_values,
        title=f"Change {place.name}",
        back=kind.list_url,
        intro=f"{' and '.join(map(str, held))} have this {kind.one}. Closing it changes none of them." if held else "",
        saying=f"The {kind.one} is changed.",
    )
