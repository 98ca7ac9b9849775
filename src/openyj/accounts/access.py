"""Who may use a view. Every view says so, in one line above it; a view that says nothing answers nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from openyj.accounts.models import Access
from openyj.accounts.roles import Permission

View = Callable[..., HttpResponse]
EVERYONE, SIGNED_IN = "everyone", "signed in"
HANDED_OVER = "on a device that is handed to a child"  # declared by handed_over.while_handed_over


def everyone(view: View) -> View:
    """Anyone may use this view, signed in or not. It shows nothing about a child or a service."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        return view(*args, **kwargs)

    wrapped.access = EVERYONE
    return wrapped


def signed_in(view: View) -> View:
    """Anyone who is signed in may use this view."""
    return guard(view, ())


def access(*permissions: Permission) -> Callable[[View], View]:
    """Whoever has all of `permissions`, at any reach, may use this view; `visible_to` then decides which rows."""

    def decorate(view: View) -> View:
        return guard(view, permissions)

    return decorate


def guard(view: View, permissions: tuple[Permission, ...]) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        for permission in permissions:
            if not request.user.may(permission):
                refuse(request, permission)
        return view(request, *args, **kwargs)

    wrapped.access = permissions or SIGNED_IN
    return wrapped


def refuse(request: HttpRequest, permission: Permission) -> None:
    """Refuse with a sentence that says what was missing. The refusal is logged by `middleware.DatabaseScope`."""
    raise PermissionDenied(f"Your role ({request.user.as_role.label.lower()}) may not {permission}.")


def log(request: HttpRequest, kind: Access.Kind, *, child: int | None = None, reason: str = "") -> None:
    """Add a line to the log of who looked at what."""
    user = request.user if request.user.is_authenticated else None
    Access.objects.add(user=user, kind=kind, child=child, path=request.path, reason=reason)
