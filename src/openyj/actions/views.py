"""The register, and the pages of one action."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openyj.accounts.access import access
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.roles import Permission
from openyj.actions import services
from openyj.actions.access import ANSWER, CHANGE, may_mark, must_mark, of_action
from openyj.actions.contributions import say_action
from openyj.actions.deadlines import deadlines
from openyj.actions.digest import rhythm_of
from openyj.actions.file_views import files_of
from openyj.actions.forms import (
    AddActionForm,
    ChangeActionForm,
    ColourForm,
    DoneForm,
    ProgressForm,
    ReminderForm,
    ReopenForm,
    action_values,
)
from openyj.actions.models import Action
from openyj.actions.pages import FORM, about_action, action_page, answering
from openyj.actions.register import listing_of
from openyj.actions.slots import threads
from openyj.people import history
from openyj.people.access import of_child
from openyj.people.forms import InErrorForm
from openyj.people.models import Child
from openyj.people.pages import identity, record_page
from openyj.people.services import record_in_error


@access(Permission.SEE_ACTIONS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every action this person may read, wherever it arose."""
    listing = listing_of(request)
    if response := listing.response():
        return response
    may_add = request.user.may(Permission.CHANGE_ACTIONS)
    return render(request, "actions/register.html", {"listing": listing, "may_add": may_add})


@access(Permission.SEE_ACTIONS)
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """How often this person is told by message what is due and late."""
    form = open_form(request, ReminderForm, initial={"rhythm": rhythm_of(request.user)})

    def save() -> str:
        services.choose_reminders(user=request.user, **form.cleaned_data)
        return reverse("actions:register")

    return form_page(
        request, form, save=save, title="Messages about what is due", back=reverse("actions:register"),
        intro="About your own actions and the time limits of children you work with.", saying="Your choice is saved.",
    )  # fmt: skip


@access(Permission.CHANGE_ACTIONS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add an action of the service."""
    form = open_form(request, AddActionForm, service=request.user.service)

    def save() -> Action:
        return services.add_action(by=request.user, service=request.user.service, **form.cleaned_data)

    return form_page(
        request, form, save=save, template=FORM, title="Add an action", back=reverse("actions:register"),
        intro="For the service as a whole. An action about a child is added on the child’s record.",
        button="Add this action", saying="The action is added.",
    )  # fmt: skip


@of_child(Permission.CHANGE_CHILDREN)
@require_http_methods(["GET", "POST"])
def add_of_child(request: HttpRequest, child: Child) -> HttpResponse:
    """Add an action about a child."""
    form = open_form(request, AddActionForm, child=child)

    def save() -> Action:
        return services.add_action(by=request.user, service=child.service, child=child, **form.cleaned_data)

    return form_page(
        request, form, save=save, template=FORM, title="Add an action", bar=identity(child, request),
        back=reverse("actions:of_child", args=[child.pk]), button="Add this action", saying="The action is added.",
    )  # fmt: skip


@of_child()
@require_safe
def of_child_page(request: HttpRequest, child: Child) -> HttpResponse:
    """The actions about a child, and the time limits that ran and run."""
    rows = Action.objects.of(child, request.user).with_rag()
    rows = list(rows.select_related("owner", "in_error_by").order_by("done_on", "due_on", "pk"))
    still_open = [action for action in rows if action.stands and not action.done_on]
    closed = [action for action in rows if action not in still_open]
    limits = deadlines(children=Child.objects.filter(pk=child.pk), service=child.service_id)
    limits.sort(key=lambda each: (bool(each.ended), each.due))
    return record_page(request, child, "actions/of_child.html", still_open=still_open, closed=closed, limits=limits)


@of_action()
@require_safe
def action(request: HttpRequest, action: Action) -> HttpResponse:
    """One action: what it says, its colour and why, its notes, its history."""
    back = reverse("actions:of_child", args=[action.child_id]) if action.child else reverse("actions:register")
    return action_page(
        request, action, "actions/action.html", back=back,
        rows=list(say_action(action)), thread=threads(request.user, [action]).get(action.pk),
        notes=action.notes.select_related("by"), files=list(files_of(action)), may_mark=may_mark(action),
        entries=history.tell(history.of_fact(action)),
    )  # fmt: skip


@of_action(CHANGE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, action: Action) -> HttpResponse:
    """Change what an action says, its owner or its day."""
    form = open_form(request, ChangeActionForm, child=action.child, row=action)

    def save() -> Action:
        return services.change_action(row=action, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=action_values, title="Change the action", saying="The action is changed.",
        **about_action(request, action),
    )  # fmt: skip


@of_action(ANSWER)
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, action: Action) -> HttpResponse:
    """Note what has happened since."""
    form = open_form(request, ProgressForm)

    def save() -> Action:
        services.note_progress(action=action, by=request.user, text=form.cleaned_data["text"])
        return action

    return form_page(
        request, form, save=save, title="Note progress", saying="Progress is noted.", **about_action(request, action)
    )


done = answering(
    DoneForm, services.say_done, now=lambda action: {"done_on": action.done_on, "evidence": action.evidence},
    title="Say it is done", button="It is done", saying="The action is done.",
)  # fmt: skip
reopen = answering(
    ReopenForm, services.reopen,
    title="Open the action again", button="Open it again", saying="The action is open again.",
)  # fmt: skip


@of_action(CHANGE)
@require_http_methods(["GET", "POST"])
def colour(request: HttpRequest, action: Action) -> HttpResponse:
    """Show another colour than the dates give, with a reason."""
    kept = {"rag_by_hand": action.rag_by_hand, "rag_reason": action.rag_reason}
    form = open_form(request, ColourForm, version=action.version, initial=kept)

    def save() -> Action:
        return services.colour_by_hand(action=action, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, now=lambda row: {name: getattr(row, name) for name in kept},
        title="Colour", intro=f"By its dates it is {action.rag_by_dates}: {action.rag_why.lower()}.",
        saying="The colour is changed.", **about_action(request, action),
    )  # fmt: skip


@of_action(CHANGE)
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, action: Action) -> HttpResponse:
    """Mark an action as recorded in error. It stays, struck out, and no list has it."""
    must_mark(action)
    form = open_form(request, InErrorForm, version=action.version)

    def save() -> Action:
        return record_in_error(row=action, version=form.version, by=request.user, **form.cleaned_data)

    return form_page(
        request, form, save=save, title="Mark this action as recorded in error", dangerous=True,
        button="Mark as recorded in error", saying="Marked as recorded in error.", **about_action(request, action),
    )  # fmt: skip
