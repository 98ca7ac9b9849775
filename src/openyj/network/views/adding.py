"""Adding somebody to a child's network: found in another's, found among the records, or new."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import log
from openyj.accounts.form_pages import open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.network import selectors, services
from openyj.network.forms import ConnectionForm, FindForm, ProfessionalForm
from openyj.network.models import Connection
from openyj.people.access import of_child
from openyj.people.models import Child
from openyj.people.pages import adding, form_page, record_page

PAGE = "network:network"


@of_child(Permission.CHANGE_CHILDREN)
@require_safe
def find(request: HttpRequest, child: Child) -> HttpResponse:
    """Look first whether somebody is known from another child's network, or has a record. Shows only children whose
    records this person may open."""
    form = FindForm(request.GET if "q" in request.GET else None)
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["q"]
        log(request, Access.Kind.SEARCH, child=child.pk, reason=text)
        found = {
            "searched": True,
            "known": selectors.known_people(child, request.user, text),
            "records": selectors.records_like(child, request.user, text),
        }
    back = reverse(PAGE, args=[child.pk])
    return record_page(request, child, "network/find.html", form=form, title="Add to the network", back=back, **found)


def add_form(
    request: HttpRequest, child: Child, *, same_as: Connection | None = None, record: Child | None = None
) -> HttpResponse:
    """The page that adds somebody."""
    initial = ConnectionForm.begins(same_as) if same_as else None
    form = open_form(request, ConnectionForm, child=child, record=record, initial=initial)
    back = reverse(PAGE, args=[child.pk])

    def save() -> str:
        services.add_connection(child=child, by=request.user, same_as=same_as, record=record, **form.cleaned_data)
        return back

    title = f"Add {record.name} as brother or sister" if record else "Add to the network"
    return form_page(
        request, child, form, save=save, back=back, title=title, saying="Added to the network",
        template="network/add.html", same_as=same_as, record=record,
    )  # fmt: skip


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, child: Child) -> HttpResponse:
    """Somebody who is in no other network."""
    return add_form(request, child)


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_known(request: HttpRequest, child: Child, connection_id: int) -> HttpResponse:
    """Somebody who is in another child's network."""
    known = selectors.same_as(request.user, connection_id)
    if known is None:
        raise Http404
    return add_form(request, child, same_as=known)


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_sibling(request: HttpRequest, child: Child, sibling_id: int) -> HttpResponse:
    """A brother or sister who has a record of their own."""
    record = selectors.record_of(request.user, sibling_id)
    if record is None:
        raise Http404
    return add_form(request, child, record=record)


add_professional = adding(ProfessionalForm, services.add_professional, label="professional", page=PAGE)
