"""Files on an action, as evidence of what was done: adding, opening, taking back; and a search over them all."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.actions import services
from openyj.actions.access import ANSWER, CHANGE, may_mark, must_mark, of_action
from openyj.actions.models import Action, ActionFile
from openyj.actions.pages import about_action, action_page
from openyj.core.components import Link, Row
from openyj.core.dates import say_date, say_datetime
from openyj.files.serving import send, send_thumbnail
from openyj.people import history
from openyj.people.forms import AddFileForm, ChildFileForm, InErrorForm
from openyj.people.kept import as_listed, asked_words, holding, standing_or_404
from openyj.people.services import change_file, record_in_error

A_PAGE = 25


def files_of(action: Action) -> QuerySet[ActionFile]:
    """The files of an action whoever is here may see, latest first; without the text they are found by."""
    return as_listed(ActionFile.objects.filter(action=action))


def files_in_reach(request: HttpRequest) -> QuerySet[ActionFile]:
    """The standing files of every action this person may read and name."""
    named = Action.objects.visible_to(request.user).standing().not_masked(request.user)
    return as_listed(ActionFile.objects.standing().filter(action__in=named)).select_related("action", "action__child")


@of_action(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, action: Action) -> HttpResponse:
    """Add a file as evidence."""
    form = open_form(request, AddFileForm)

    def save() -> Action:
        services.add_file(action=action, by=request.user, **form.cleaned_data)
        return action

    return form_page(
        request, form, save=save, title="Add a file as evidence", button="Add this file",
        saying="The file is added.", **about_action(request, action),
    )  # fmt: skip


@of_action()
@require_safe
def file(request: HttpRequest, action: Action, action_file_id: int) -> HttpResponse:
    """What a file is, who added it, and what was changed of it."""
    row = get_object_or_404(files_of(action), pk=action_file_id)
    rows = [
        Row("File", row.stored.name, [Link("Open", row.open_url)] if row.stands else []),
        Row("Kind", f"{row.stored.what.label}, {filesizeformat(row.stored.size)}"),
        Row("Date on it", say_date(row.dated) or "None"),
        Row("Added", f"{say_datetime(row.recorded_at)} by {row.recorded_by or 'somebody no longer known'}"),
    ]
    entries = history.tell(history.of_fact(row))
    return action_page(
        request, action, "actions/file.html", back=action.get_absolute_url(), file=row, rows=rows, entries=entries,
        may_mark=may_mark(action),
    )  # fmt: skip


@of_action()
@require_safe
def open_file(request: HttpRequest, action: Action, action_file_id: int) -> HttpResponse:
    """The file itself: a picture to look at, anything else to save. About a child, the look is in the record's log."""
    return send(standing_or_404(files_of(action), action_file_id))


@of_action()
@require_safe
def small(request: HttpRequest, action: Action, action_file_id: int) -> HttpResponse:
    """The small picture that the list shows."""
    return send_thumbnail(standing_or_404(files_of(action), action_file_id))


def get_file(request: HttpRequest, action: Action, pk: int) -> ActionFile:
    row = get_object_or_404(files_of(action), pk=pk)
    if not row.stands and request.method != "POST":
        raise Http404
    return row


def about_file(request: HttpRequest, action: Action, row: ActionFile) -> dict[str, Any]:
    return about_action(request, action) | {"back": row.get_absolute_url(), "caption": row.title}


@of_action(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, action: Action, action_file_id: int) -> HttpResponse:
    """Say better what a file is."""
    row = get_file(request, action, action_file_id)
    form = open_form(request, ChildFileForm, row=row)

    def save() -> ActionFile:
        # What was recorded in error meanwhile is not changed any more: no row has this version.
        version = form.version if row.stands else -1
        return change_file(row=row, version=version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=ChildFileForm.values_of, title="Say better what this file is",
        saying="The file is changed.", **about_file(request, action, row),
    )  # fmt: skip


@of_action(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def in_error(request: HttpRequest, action: Action, action_file_id: int) -> HttpResponse:
    """Mark a file as recorded in error. Its title stays, struck out, and nobody opens it any more."""
    must_mark(action)
    row = get_file(request, action, action_file_id)
    form = open_form(request, InErrorForm, version=row.version)

    def save() -> Action:
        record_in_error(row=row, version=form.version, by=request.user, **form.cleaned_data)
        return action

    return form_page(
        request, form, save=save, title="Mark this file as recorded in error", dangerous=True,
        button="Mark as recorded in error", saying="Marked as recorded in error.", **about_file(request, action, row),
    )  # fmt: skip


@access(Permission.SEE_ACTIONS)
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Search the files of every action this person may read and name."""
    asked = asked_words(request)
    context: dict[str, object] = {"asked": asked, "back": reverse("actions:register")}
    if asked:
        rows = holding(files_in_reach(request), asked)
        context["page"] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        log(request, Access.Kind.SEARCH, reason=f"In files of actions: {asked}")
    return render(request, "actions/find_files.html", context)
