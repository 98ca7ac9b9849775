"""Getting at one action: who may see it, answer for it or change it, and, where it is about a child, the child."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from openyj.accounts.access import access
from openyj.accounts.form_pages import handled_before
from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.actions.models import Action
from openyj.people.access import ReasonNeeded, get_child

SEE, ANSWER, CHANGE = "see", "answer for", "change"


def read_action(user: User, number: int) -> Action | None:
    """The action with its colour, and in `may_change` and `may_answer` what else `user` may do to it."""
    rows = Action.objects
    reach = {
        "may_change": Exists(rows.changeable_by(user).filter(pk=OuterRef("pk"))),
        "may_answer": Exists(rows.answerable_by(user).filter(pk=OuterRef("pk"))),
    }
    found = rows.visible_to(user).with_rag().annotate(**reach)
    return found.select_related("owner", "service", "recorded_by", "in_error_by").filter(pk=number).first()


def of_action(may: str = SEE) -> Callable:
    """Declare a view about one action: it is called with the action in place of the address's `action_id`. The child
    it is about, if any, is `action.child`, its record opened and logged as any page of the record is."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @access(Permission.SEE_ACTIONS)
        @wraps(view)
        def wrapped(request: HttpRequest, action_id: int, **kwargs) -> HttpResponse:
            action = read_action(request.user, action_id)
            if action is None:
                raise Http404
            if action.child_id:
                try:
                    action.child = get_child(request, action.child_id)
                except ReasonNeeded as gate:
                    return gate.ask(request)
            if may != SEE and not action.stands and not handled_before(request):
                raise Http404
            if (may == ANSWER and not action.may_answer) or (may == CHANGE and not action.may_change):
                raise PermissionDenied(f"This action is {action.owned_by_words}’s. You may not {may} it.")
            return view(request, action, **kwargs)

        return wrapped

    return decorate


def may_mark(action: Action) -> bool:
    """Whether the person who opened this action may mark it, or what hangs on it, as recorded in error."""
    return action.child.may_correct if action.child else action.may_change


def must_mark(action: Action) -> None:
    """Refuse who may not mark it."""
    if not may_mark(action):
        raise PermissionDenied("Your role may not mark facts about a child as recorded in error.")
