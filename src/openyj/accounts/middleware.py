"""What holds for every request: rest ends a session, the database knows who acts, every view is declared."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from openyj.accounts.access import log
from openyj.accounts.drafts import is_ours, keep_draft
from openyj.accounts.models import Access
from openyj.accounts.scope import set_scope

RESTED = (
    "You were signed out because nothing was sent for {minutes} minutes. What you typed into a form is kept: sign in "
    "and you are back on that page."
)
ENDED = "You have been signed out."


class NeverCached:
    """Pages may hold a child's facts: no browser or proxy keeps a copy that Back would show after sign-out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class SignedIn:
    """Sign out after a rest and on the day a person's access ends. A form sent too late is kept as a draft first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        rested = now - request.session.get("seen", now)
        still_here = request.user.may_sign_in
        if rested > settings.SESSION_MINUTES * 60 or not still_here:
            if request.path == reverse("alive"):
                # It only asks. Ending the session here would leave none to keep the form in that is sent next.
                return HttpResponse(status=401)
            if request.method == "POST" and still_here and (path := form_of(request)):
                keep_draft(user=request.user, path=path, fields=request.POST)
            logout(request)
            messages.info(request, RESTED.format(minutes=settings.SESSION_MINUTES) if still_here else ENDED)
            target = request.get_full_path() if request.method in {"GET", "POST"} else "/"
            return redirect_to_login(target)
        if rested > 20 or "seen" not in request.session:  # not every request needs to write the session
            request.session["seen"] = now
        return self.get_response(request)


def form_of(request: HttpRequest) -> str | None:
    """The address of the form that was sent: a draft says whose it is, any other form is its own."""
    if request.path != reverse("save_draft"):
        return request.path
    path = request.GET.get("path", "")
    return path if is_ours(path) else None


class DatabaseScope:
    """One transaction a request, in which the database knows who acts and whose rows they may have."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            user = request.user if request.user.is_authenticated else None
            set_scope(user=user.pk if user else None, services=str(user.service_id) if user else "")
            response = self.get_response(request)
            if response.status_code == 403 and user:
                log(request, Access.Kind.REFUSED, child=request.resolver_match.kwargs.get("child_id"))
            return response


class NoNullBytes:
    """An address with a null byte is nobody's: PostgreSQL holds no such text, so asking it would be an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        return self.get_response(request)


class DeclaredAccess:
    """A view without declared access answers nobody, in every mode: forgetting is found at the first request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "access"):
            if settings.MODE == "test":
                raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not declare who may use it")
            raise PermissionDenied
