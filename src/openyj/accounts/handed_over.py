"""A device handed to a child: until it is handed back its session opens one set of pages and nothing else.

Whoever hands it over is signed out at that moment, so that nothing in the browser carries their rights. The session
keeps whose hand-over it is, when it ends at the latest, and the secret with which the page locks what waits in the
browser. With the session the secret is gone, and nobody can read what it locked.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth import login, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from openyj.accounts.access import HANDED_OVER
from openyj.accounts.models import User
from openyj.core import clock

LONGEST = timedelta(hours=2)
SECRET_BYTES = 32  # a key for AES-256
IN_SESSION = "handed_over"
# What the browser is told to throw away; the cookies stay where somebody is signed in by the same answer.
EMPTY, EMPTY_ALL = '"cache", "storage"', '"cache", "cookies", "storage"'
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class HandedOver:
    """What the session of a handed-over device knows: the hand-over's row, who handed it over, when it ends at the
    latest, the page it begins at, and the secret."""

    row: int
    by: int
    until: datetime
    home: str
    secret: bytes


def hand_over(request: HttpRequest, *, row: int, until: datetime, home: str) -> None:
    """Sign out whoever is signed in and keep this browser to the pages of one hand-over."""
    by = request.user.pk
    logout(request)
    rotate_token(request)  # a form left open in another tab can no longer be sent
    request.session[IN_SESSION] = {
        "row": row, "by": by, "until": until.timestamp(), "home": home, "secret": secrets.token_hex(SECRET_BYTES),
    }  # fmt: skip
    # It outlives the browser's closing: a tablet that puts a browser to sleep must wake up locked.
    request.session.set_expiry(LONGEST)


def handed_over(request: HttpRequest) -> HandedOver | None:
    """The hand-over this browser is kept to, also one whose time is over; else None."""
    kept = request.session.get(IN_SESSION)
    if kept is None:
        return None
    until = datetime.fromtimestamp(kept["until"], clock.LONDON)
    return HandedOver(kept["row"], kept["by"], until, kept["home"], bytes.fromhex(kept["secret"]))


def prove(request: HttpRequest, lent: HandedOver, password: str) -> User | None:
    """Whoever handed the device over, if this is their password. Wrong ones count as at sign-in: raises LockedOut."""
    by = User.objects.get(pk=lent.by)
    return get_adapter(request).authenticate(request, email=by.email, password=password)


def take_back(request: HttpRequest, response: HttpResponse, by: User) -> HttpResponse:
    """End the hand-over, empty the browser, and sign in whoever proved to be who handed it over."""
    request.session.flush()
    login(request, by, backend=BACKEND)
    response["Clear-Site-Data"] = EMPTY
    return response


def over(request: HttpRequest) -> HttpResponse:
    """End the hand-over with nobody signed in, empty the browser, and say so kindly."""
    request.session.flush()
    response = render(request, "accounts/handed_over/over.html", status=403)
    response["Clear-Site-Data"] = EMPTY_ALL
    return response


def while_handed_over(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a view of a handed-over device: it is called with the hand-over, and opens nowhere else."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        lent = handed_over(request)
        if lent is None:
            return redirect("/") if request.user.is_authenticated else redirect_to_login("/")
        return view(request, lent, *args, **kwargs)

    wrapped.access = HANDED_OVER
    return wrapped


class KeptToHandOver:
    """Middleware: on a handed-over device every address but those of the hand-over is refused, and at the end of its
    time all of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lent = handed_over(request)
        if lent is None:
            return self.get_response(request)
        if clock.now() >= lent.until:
            return over(request)
        if belongs(request):
            return self.get_response(request)
        return render(request, "accounts/handed_over/elsewhere.html", {"home": lent.home}, status=403)


def belongs(request: HttpRequest) -> bool:
    """Whether this address is one of a hand-over, or only asks whether the site is there."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "access", None) == HANDED_OVER or request.path == reverse("alive")
