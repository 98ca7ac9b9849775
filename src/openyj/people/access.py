"""Getting at one child's record: who may, who must say why first, and the log of it.

`of_child` is what a view about one child is declared with; `get_child` is the same for code that is not a view.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openyj.accounts.access import access, log
from openyj.accounts.models import Access, User
from openyj.accounts.roles import Permission, Scope
from openyj.core.worded import Worded, worded
from openyj.people.models import Child, Reader, reaches


class ReasonNeeded(PermissionDenied):
    """A need-to-know record: it opens for the day to someone who says why."""

    def __init__(self, child: Child):
        super().__init__("Only those who need to know may open this record. Find it in the search and say why.")
        self.child = child

    def ask(self, request: HttpRequest) -> HttpResponse:
        """To the page that asks why, which leads back to what was asked for."""
        address = reverse("people:reason", args=[self.child.pk])
        return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


class OutOfReach(PermissionDenied):
    """The record may be seen and this may not be done to it. The sentence says whose it is."""

    def __init__(self, child: Child, permission: Permission):
        self.child = child
        self.sentence = whose(child, permission)
        super().__init__(self.sentence)


def whose(child: Child, permission: Permission) -> str:
    """Why a person may not do this to a child they may see, and whom to ask."""
    names = [str(child.worker)] if child.worker else []
    if child.team:
        names.append(f"the {child.team} team" if "team" not in child.team.name.lower() else f"{child.team}")
    if not names:
        return (
            f"Nobody works with {child.name} yet, so you may not {permission} there. Ask a manager to give the child "
            "a team or a worker."
        )
    return f"{child.name} is with {' of '.join(names)}. You may not {permission} there; ask them or their manager."


# What a page asks of a child it shows, and the name it asks by.
REACH = {
    Permission.CHANGE_CHILDREN: "may_change",
    Permission.CORRECT_CHILDREN: "may_correct",
    Permission.SEE_ASSESSMENTS: "may_see_assessments",
    Permission.ASSESS_CHILDREN: "may_assess",
    Permission.COUNTERSIGN: "may_countersign",
    Permission.REVIEW_ACCESS: "may_review",
}


def finding(reach: Scope) -> Worded:
    """One child, as `visible_to` finds them for somebody of this reach. Who has no team asks for the team NULL, which
    is no child's."""
    id_ = BigIntegerField()

    @worded(child=id_, user=id_, service=id_, team=id_)
    def one_child(*, child, user, service, team):
        reader = Reader(user, service, team, reach)
        return Child.objects.visible_to(reader).filter(pk=child).select_related("worker", "team", "locality", "service")

    return one_child


FINDING = {reach: finding(reach) for reach in Scope}


def found(child_id: int, user: User) -> Child | None:
    """The child of this number, if `user` may see them."""
    reach = user.scope(Permission.SEE_CHILDREN)
    if reach is None:
        return None
    rows = FINDING[reach].rows(child=child_id, user=user.pk, service=user.service_id, team=user.team_id)
    return rows[0] if rows else None


def is_masked(child: Child, user: User) -> bool:
    """Whether `user` may not yet see who a need-to-know child is."""
    return Child.objects.with_masks(user).filter(pk=child.pk, masked=True).exists()


def get_child(
    request: HttpRequest, child_id: int, permission: Permission = Permission.SEE_CHILDREN, *, kind: str = ""
) -> Child:
    """The child, once it is sure that this person may do this; a look at the record is logged as `kind`. The child
    says in `may_change`, `may_correct` and so on (REACH) what else this person may do to it.

    Raises Http404 when the child is not visible (another service's, a conflict of interest, no such child),
    ReasonNeeded when a reason is asked first, OutOfReach when it is visible but not this person's to act on.
    """
    user = request.user
    child = found(child_id, user)
    if child is None:
        raise Http404
    for each, name in REACH.items():
        setattr(child, name, reaches(user, each, child))
    child.masked = child.restricted and is_masked(child, user)
    if child.masked:
        raise ReasonNeeded(child)
    child.reached_by = user.pk
    if permission != Permission.SEE_CHILDREN and not getattr(child, REACH[permission]):
        raise OutOfReach(child, permission)
    if request.method == "GET":
        log(request, kind or Access.Kind.READ, child=child.pk)
    return child


def of_child(permission: Permission = Permission.SEE_CHILDREN, *, kind: str = "") -> Callable:
    """Declare a view about one child: it is called with the child in place of the address's `child_id`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @access(permission)
        @wraps(view)
        def wrapped(request: HttpRequest, child_id: int, **kwargs) -> HttpResponse:
            try:
                child = get_child(request, child_id, permission, kind=kind)
            except ReasonNeeded as gate:
                return gate.ask(request)
            except OutOfReach as refusal:
                context = {"child": refusal.child, "sentence": refusal.sentence}
                return render(request, "people/refused.html", context, status=403)
            return view(request, child, **kwargs)

        return wrapped

    return decorate
