"""One fact of a child, whatever its kind: its page with its history, changing it, marking it as recorded in error."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.form_pages import open_form
from openyj.accounts.roles import Permission
from openyj.people import history, services
from openyj.people.access import of_child
from openyj.people.forms import InErrorForm, version_seen
from openyj.people.kinds import KINDS, Kind
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page
from openyj.people.record import AboutChild
from openyj.people.views.record import detail_rows


def find(request: HttpRequest, child: Child, name: str, pk: int, *, standing: bool = False) -> tuple[Kind, AboutChild]:
    """The kind and the row, or Http404: an unknown kind, another child's fact, or one that must stand and does not."""
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    row = kind.read(kind.model.objects.of(child, request.user)).filter(pk=pk).first()
    if row is None or (standing and not row.stands):
        raise Http404
    return kind, row


@of_child()
@require_safe
def fact(request: HttpRequest, child: Child, kind: str, pk: int) -> HttpResponse:
    """One fact and how it came to be what it is."""
    found, row = find(request, child, kind, pk)
    if found.address:
        return redirect(found.address(row))
    return record_page(
        request,
        child,
        "people/fact.html",
        kind=found,
        row=row,
        title=str(row),
        rows=list(found.say(row)),
        entries=history.tell(history.of_fact(row)),
        on_paper=found.on_paper(row),
        back=reverse(found.page, args=[child.pk]),
    )


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, child: Child, kind: str, pk: int) -> HttpResponse:
    """Change a fact, or see what a colleague made of it meanwhile."""
    found, row = find(request, child, kind, pk)
    back = reverse("people:fact", args=[child.pk, kind, pk])
    if not row.stands and request.method != "POST":
        raise Http404
    form = open_form(request, found.form, child=child, row=row)

    def save() -> str:
        found.change(row=row, version=version_seen(form) if row.stands else -1, by=request.user, **form.cleaned_data)
        return back

    return form_page(
        request, child, form, save=save, back=back, template=found.template,
        title=f"Change the {found.label}", saying=f"{found.label[:1].upper()}{found.label[1:]} changed",
    )  # fmt: skip


@of_child(Permission.CORRECT_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def in_error(request: HttpRequest, child: Child, kind: str, pk: int) -> HttpResponse:
    """Mark a fact as recorded in error. What hangs on it is named: it goes too, or has to be corrected first."""
    found, row = find(request, child, kind, pk, standing=request.method != "POST")
    back = reverse("people:fact", args=[child.pk, kind, pk])
    hanging = found.hangs_on(row)
    form = open_form(request, InErrorForm, version=row.version)

    def save() -> str:
        if hanging.blocks:
            names = "; ".join(str(each) for each in hanging.blocks)
            raise services.refusal(f"Other facts rest on this {found.label}. Correct these first: {names}")
        found.in_error(
            row=row, version=version_seen(form), by=request.user, reason=form.cleaned_data["reason"],
            goes_with_it=hanging.goes_with_it,
        )  # fmt: skip
        return back

    blocks = [
        (str(each), reverse("people:fact", args=[child.pk, name, each.pk]))
        for each in hanging.blocks
        for name, other in KINDS.items()
        if other.model is type(each)
    ]
    return form_page(
        request, child, form, save=save, back=back, template="people/in_error.html",
        title=f"Mark this {found.label} as recorded in error", saying="Marked as recorded in error",
        noun=found.label, rows=list(found.say(row)), blocks=blocks, goes=hanging.goes_with_it,
    )  # fmt: skip


@of_child(Permission.CORRECT_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def child_in_error(request: HttpRequest, child: Child) -> HttpResponse:
    """Mark a whole record as recorded in error, such as a second one of the same child. Its facts come first."""
    back = reverse("people:details", args=[child.pk])
    standing = [
        (f"{kind.label[:1].upper()}{kind.label[1:]}: {row}", reverse("people:fact", args=[child.pk, name, row.pk]))
        for name, kind in KINDS.items()
        for row in kind.read(kind.model.objects.of(child, request.user).standing())
    ]
    form = open_form(request, InErrorForm, version=child.version)

    def save() -> str:
        if standing:
            raise services.refusal("Facts stand on this record. Mark each of them as recorded in error first")
        services.record_in_error(
            row=child, version=version_seen(form), by=request.user, reason=form.cleaned_data["reason"]
        )
        return back

    return form_page(
        request, child, form, save=save, back=back, template="people/in_error.html", noun="record", blocks=standing,
        title="Mark this record as recorded in error", saying="Marked as recorded in error", rows=detail_rows(child),
    )  # fmt: skip
