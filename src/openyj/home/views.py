"""The first page for anyone, my work for staff, and the search box."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

import openyj
from openyj.accounts.access import everyone, signed_in
from openyj.accounts.navigation import navigation
from openyj.accounts.roles import Permission
from openyj.core.components import NavItem
from openyj.documents.selectors import find_by_code
from openyj.home.welcome import WELCOME
from openyj.home.work import my_work, one_queue

CHANGES = Path(openyj.__file__).parents[2] / "CHANGELOG.md"


@everyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Signed in: my work. Otherwise what this is and, in the demo, who can sign in."""
    if request.user.is_authenticated:
        starts = [entry for entry in navigation(request) if not entry["active"]]
        by_day = request.GET.get("by") == "day"
        page = {
            "groups": one_queue(request.user) if by_day else my_work(request.user),
            "orders": [
                NavItem("By kind", reverse("home:home"), not by_day),
                NavItem("By day", f"{reverse('home:home')}?by=day", by_day),
            ],
            "role": request.user.as_role,
            "starts": starts,
        }
        return render(request, "home/my_work.html", page)
    return render(request, "home/welcome.html", {"parts": [part() for part in WELCOME]})


@signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search box: a figure's code opens its evidence; anything else looks for a child."""
    text = request.GET.get("q", "").strip()
    if address := find_by_code(request.user, text):
        return redirect(address)
    if request.user.may(Permission.SEE_CHILDREN):
        return redirect(f"{reverse('people:search')}?{request.GET.urlencode()}")
    if request.user.may(Permission.SEE_FIGURES):
        return render(request, "home/no_such_code.html", {"text": text})
    raise PermissionDenied("Your role has nothing to search.")


@everyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@everyone
@require_safe
def whats_new(request: HttpRequest) -> HttpResponse:
    """The change log, as it comes with the code."""
    if not CHANGES.is_file():
        raise Http404
    return render(request, "home/whats_new.html", {"text": mark_safe(MarkdownIt().render(CHANGES.read_text()))})  # noqa: S308
