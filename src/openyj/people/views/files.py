"""Files on a child's record: the list with its search, adding one, opening one; and a search over every record."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openyj.accounts.access import access, log
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.files.serving import send, send_thumbnail
from openyj.people import selectors, services
from openyj.people.access import of_child
from openyj.people.forms import AddFileForm
from openyj.people.kept import asked_words, holding, standing_or_404
from openyj.people.models import Child
from openyj.people.pages import adding, record_page

A_PAGE = 25


@of_child()
@require_safe
def on_record(request: HttpRequest, child: Child) -> HttpResponse:
    """The files of one record, latest first, or those that hold some words."""
    asked = asked_words(request)
    rows = selectors.files_of(child, request.user)
    if asked:
        rows = holding(rows.standing(), asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return record_page(request, child, "people/files.html", page=page, asked=asked)


add = adding(AddFileForm, services.add_file, label="file", page="people:files")


@of_child()
@require_safe
def open_file(request: HttpRequest, child: Child, child_file_id: int) -> HttpResponse:
    """The file itself: a picture to look at, anything else to save. The look is logged with the record's."""
    return send(standing_or_404(selectors.files_of(child, request.user), child_file_id))


@of_child()
@require_safe
def small(request: HttpRequest, child: Child, child_file_id: int) -> HttpResponse:
    """The small picture that the list shows."""
    return send_thumbnail(standing_or_404(selectors.files_of(child, request.user), child_file_id))


@access(Permission.SEE_CHILDREN)
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Search the files of every record this person may open without giving a reason."""
    asked = asked_words(request)
    context: dict[str, object] = {"asked": asked, "title": "Find in files"}
    if asked:
        rows = holding(selectors.files_in_reach(request.user), asked)
        context["page"] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        log(request, Access.Kind.SEARCH, reason=f"In files: {asked}")
    return render(request, "people/find_files.html", context)
