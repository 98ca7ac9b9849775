"""Small pages of the account: whether the site is there, keeping a draft, signing in and setting a password."""

from __future__ import annotations

from datetime import timedelta

from allauth.account import views as library
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openyj.accounts.access import everyone, signed_in
from openyj.accounts.adapter import LockedOut
from openyj.accounts.drafts import is_ours, keep_draft
from openyj.accounts.models import Draft


@everyone
@require_http_methods(["GET", "HEAD"])
def alive(request: HttpRequest) -> HttpResponse:
    """Answers when the site does. A page asks before it sends a form, so that a lost connection loses nothing; with
    ?signed-in the answer is 401 where nobody is, so that neither does a form sent after the session has ended."""
    nobody = "signed-in" in request.GET and not request.user.is_authenticated
    return HttpResponse(status=401 if nobody else 204)


@signed_in
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep the fields of the form at ?path= for this person. Called by the page while they type."""
    path = request.GET.get("path", "")
    if not is_ours(path):
        return JsonResponse({"error": "Say which form this is a draft of."}, status=400)
    draft = keep_draft(user=request.user, path=path, fields=request.POST)
    saved_at = timezone.localtime(draft.saved_at).strftime("%H:%M") if draft else None
    return JsonResponse({"saved_at": saved_at})


@signed_in
@require_POST
def throw_draft_away(request: HttpRequest) -> HttpResponse:
    """Forget a draft, because its writer pressed "Start again", and show the form as it is without it."""
    path = request.GET.get("path", "/")
    if not is_ours(path):
        path = "/"
    Draft.objects.filter(user=request.user, path=path[:300]).delete()
    return redirect(path)


@everyone
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token no longer fits: signed out in another tab, or a page kept open for very long."""
    if request.user.is_authenticated:
        keep_draft(user=request.user, path=request.path, fields=request.POST)
    return render(request, "core/403_csrf.html", {"back": request.path}, status=403)


@everyone
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read. Django's own page reads it again for the security token, and fails again."""
    return render(request, "400.html", status=400)


@everyone
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; after too many wrong passwords, when to try again."""
    try:
        return library.login(request)
    except LockedOut as locked:
        return locked_out(request, locked)


@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; without one there is nothing to change, and a link sets the first."""
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    return library.password_change(request)


@signed_in
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Type one's password again; guesses count as they do at sign-in."""
    try:
        return library.reauthenticate(request)
    except LockedOut as locked:
        return locked_out(request, locked)


def locked_out(request: HttpRequest, locked: LockedOut) -> HttpResponse:
    """When to try again, rounded up to the minute so that trying at that minute works."""
    return render(request, "429.html", {"until": locked.until + timedelta(seconds=59)}, status=429)


@everyone
@require_http_methods(["GET", "HEAD"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Whom to ask. The site sends no e-mail, so an administrator makes the link."""
    return render(request, "account/password_reset.html")


@everyone
@require_http_methods(["GET", "HEAD"])
def password_is_set(request: HttpRequest) -> HttpResponse:
    """After a password was set by a link."""
    return render(request, "account/password_reset_from_key_done.html")
