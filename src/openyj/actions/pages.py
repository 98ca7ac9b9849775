"""What the pages of an action share: its frame, and the page with a form about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openyj.accounts.form_pages import form_page, open_form
from openyj.actions.access import ANSWER, of_action
from openyj.actions.models import Action
from openyj.people.pages import identity, record_page

FORM = "actions/form.html"


def action_page(request: HttpRequest, action: Action, template: str, *, back: str, **context: Any) -> HttpResponse:
    """A page of an action, in the frame of the child's record where it is about a child."""
    context |= {"action": action, "back": back}
    if action.child:
        return record_page(request, action.child, template, frame="people/record.html", **context)
    return render(request, template, context | {"frame": "actions/frame.html"})


def about_action(request: HttpRequest, action: Action) -> dict[str, Any]:
    """What every form about an action has around it."""
    bar = identity(action.child, request) if action.child else None
    return {"template": FORM, "back": action.get_absolute_url(), "bar": bar, "caption": action.what}


def answering(
    form: type[Any], do: Callable[..., Action], *, now: Callable[[Action], dict[str, Any]] | None = None, **said: str
) -> Callable[..., HttpResponse]:
    """A view with one form by which its owner answers for an action: `do(action=, version=, by=, **cleaned)`. `now` is
    what the form's fields hold of an action; `said` its title, its button and what is said when it is done."""

    @of_action(ANSWER)
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, action: Action) -> HttpResponse:
        made = open_form(request, form, version=action.version, initial=now(action) if now else None)

        def save() -> Action:
            return do(action=action, version=made.version, by=request.user, **made.cleaned_data)

        return form_page(request, made, save=save, now=now, **said, **about_action(request, action))

    return view
