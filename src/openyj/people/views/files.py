"""Files on a child's record: the list with its search, adding one, opening one; and a search over every record."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.files import services as files
from openyj.files.models import StoredFile
from openyj.files.serving import send, send_thumbnail
from openyj.people import selectors, services
from openyj.people.access import of_child
from openyj.people.forms import AddFileForm
from openyj.people.models import Child
from openyj.people.pages import form_page, record_page

A_PAGE = 25


@of_child()
@require_safe
def on_record(request: HttpRequest, child: Child) -> HttpResponse:
    """The files of one record, latest first, or those that hold some words."""
    asked = request.GET.get("q", "").strip()[:120]
    rows = selectors.files_of(child, request.user)
    if asked:
        rows = files.search(rows.standing(), asked, also=["title"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return record_page(request, child, "people/files.html", page=page, asked=asked)


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, child: Child) -> HttpResponse:
    """Add a file to the record."""
    if request.method == "POST":
        form = AddFileForm(request.POST, request.FILES, child=child)
    else:
        form = open_form(request, AddFileForm, child=child)
    back = reverse("people:files", args=[child.pk])

    def save() -> str:
        services.add_file(child=child, by=request.user, **form.cleaned_data)
        return back

    return form_page(request, child, form, save=save, title="Add a file", back=back, saying="File added")


@of_child()
@require_safe
def open_file(request: HttpRequest, child: Child, child_file_id: int) -> HttpResponse:
    """The file itself: a picture to look at, anything else to save. The look is logged with the record's."""
    return send(standing(request, child, child_file_id))


@of_child()
@require_safe
def small(request: HttpRequest, child: Child, child_file_id: int) -> HttpResponse:
    """The small picture that the list shows."""
    return send_thumbnail(standing(request, child, child_file_id))


def standing(request: HttpRequest, child: Child, pk: int) -> StoredFile:
    """The kept file; Http404 for another child's, and for one that was recorded in error: it may be another child's."""
    row = selectors.files_of(child, request.user).standing().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row.stored


@access(Permission.SEE_CHILDREN)
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Search the files of every record this person may open without giving a reason."""
    asked = request.GET.get("q", "").strip()[:120]
    context: dict[str, object] = {"asked": asked, "title": "Find in files"}
    if asked:
        rows = files.search(selectors.files_in_reach(request.user), asked, also=["title"])
        context["page"] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        log(request, Access.Kind.SEARCH, reason=f"In files: {asked}")
    return render(request, "people/find_files.html", context)
