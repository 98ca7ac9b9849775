"""The pages about who did an offence together with a child. A name is sent, never put into an address: addresses stand
in logs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import log
from openyj.accounts.form_pages import open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.casework import co_defendants
from openyj.casework.forms import AddCoDefendantForm, FindRecordForm
from openyj.casework.models import Offence
from openyj.people import history
from openyj.people.access import of_child
from openyj.people.kinds import KINDS
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page
from openyj.people.selectors import open_to

PAGE = "casework:offences"
FORM = "casework/co_defendant_form.html"


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, child: Child) -> HttpResponse:
    """Look first whether they have a record here. Shows only records this person may open. The log says that somebody
    searched, and not for whom."""
    form = FindRecordForm(request.POST if request.method == "POST" else None)
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        log(request, Access.Kind.SEARCH, child=child.pk)
        found = {
            "searched": True,
            "records": co_defendants.records_like(child, request.user, form.cleaned_data["q"]),
        }
    back = reverse(PAGE, args=[child.pk])
    return record_page(
        request, child, "casework/find_co_defendant.html", form=form, title="Add a co-defendant", back=back,
        nothing_to_choose=nothing_to_choose(child), **found,
    )  # fmt: skip


def nothing_to_choose(child: Child) -> bool:
    return not Offence.objects.standing().filter(child=child).exists()


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, child: Child) -> HttpResponse:
    """Somebody who has no record here."""
    form = open_form(request, AddCoDefendantForm, child=child)
    back = reverse(PAGE, args=[child.pk])

    def save() -> str:
        co_defendants.add_co_defendant(child=child, by=request.user, **form.cleaned_data)
        return back

    return form_page(
        request, child, form, save=save, back=back, title="Add a co-defendant", saying="Co-defendant added",
        template=FORM, nothing_to_choose=nothing_to_choose(child),
    )  # fmt: skip


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, child: Child, record_id: int) -> HttpResponse:
    """Another child of the service, whose record this person may open."""
    record = open_to(request.user).filter(pk=record_id).first()
    if record is None:
        raise Http404
    form = open_form(request, AddCoDefendantForm, child=child, record=record)
    back = reverse(PAGE, args=[child.pk])

    def save() -> str:
        co_defendants.link_co_defendant(child=child, by=request.user, record=record, **form.cleaned_data)
        return back

    return form_page(
        request, child, form, save=save, back=back, title=f"Done together with {record.name}",
        saying="Co-defendant added to both records", template=FORM, record=record,
        nothing_to_choose=nothing_to_choose(child), nothing_there=nothing_to_choose(record),
    )  # fmt: skip


@of_child()
@require_safe
def co_defendant(request: HttpRequest, child: Child, together_id: int) -> HttpResponse:
    """One co-defendant, named for who may read the name, and how what is recorded came to be. It is not printed."""
    row = co_defendants.co_defendants_of(child, request.user).filter(pk=together_id).first()
    if row is None:
        raise Http404
    (read,) = co_defendants.as_read_by(request.user, [row])
    return record_page(
        request, child, "casework/co_defendant.html", title="Co-defendant",
        kind=KINDS["co-defendant"], row=row, read=read,
        rows=[("Done together with", read.name), *co_defendants.say_co_defendant(row)],
        entries=history.tell(history.of_fact(row)), back=reverse(PAGE, args=[child.pk]),
    )  # fmt: skip
