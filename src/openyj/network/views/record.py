"""The network of a child: the drawing and the lists, and the page of one person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import open_form
from openyj.accounts.roles import Permission
from openyj.network import services
from openyj.network.forms import EndForm
from openyj.network.models import Connection, Professional
from openyj.network.page import network_of
from openyj.network.words import say_on_screen
from openyj.people import history
from openyj.people.access import of_child
from openyj.people.forms import version_seen
from openyj.people.kinds import KINDS
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page

PAGE = "network:network"


@of_child()
@require_safe
def network(request: HttpRequest, child: Child) -> HttpResponse:
    """Who is around the child: drawn, then listed; then who was before."""
    return record_page(request, child, "network/network.html", network=network_of(child, request.user))


def found(request: HttpRequest, child: Child, kind: str, pk: int) -> Connection | Professional:
    """Somebody of this child's network, or Http404."""
    of = KINDS[kind]
    row = of.read(of.model.objects.of(child, request.user)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def page_of(request: HttpRequest, child: Child, kind: str, pk: int, end: str) -> HttpResponse:
    """Somebody, and how what is recorded came to be."""
    row = found(request, child, kind, pk)
    said = say_on_screen(row) if isinstance(row, Connection) else KINDS[kind].say(row)
    return record_page(
        request, child, "network/person.html", kind=KINDS[kind], row=row, title=str(row), rows=list(said),
        entries=history.tell(history.of_fact(row)),
        back=reverse(PAGE, args=[child.pk]), end=reverse(end, args=[child.pk, pk]),
    )  # fmt: skip


@of_child()
@require_safe
def connection(request: HttpRequest, child: Child, connection_id: int) -> HttpResponse:
    """Somebody of family or friends."""
    return page_of(request, child, "person", connection_id, "network:end_connection")


@of_child()
@require_safe
def professional(request: HttpRequest, child: Child, professional_id: int) -> HttpResponse:
    """A professional."""
    return page_of(request, child, "professional", professional_id, "network:end_professional")


def end_page(request: HttpRequest, child: Child, kind: str, pk: int) -> HttpResponse:
    """Somebody is no longer around the child."""
    row = found(request, child, kind, pk)
    if request.method != "POST" and (not row.stands or row.end_date):
        return redirect(row.get_absolute_url())
    form = open_form(request, EndForm, child=child, row=row)
    back = reverse(PAGE, args=[child.pk])

    def save() -> str:
        version = version_seen(form) if row.stands else -1
        services.end(row=row, version=version, by=request.user, end_date=form.cleaned_data["end_date"])
        return back

    return form_page(
        request, child, form, save=save, back=back, title=f"Until when: {row}", saying="The last day is saved"
    )


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def end_connection(request: HttpRequest, child: Child, connection_id: int) -> HttpResponse:
    """Until when somebody of family or friends was around the child."""
    return end_page(request, child, "person", connection_id)


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def end_professional(request: HttpRequest, child: Child, professional_id: int) -> HttpResponse:
    """Until when a professional worked with the child."""
    return end_page(request, child, "professional", professional_id)
