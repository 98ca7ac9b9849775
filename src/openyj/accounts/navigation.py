"""The entries of the main navigation. A room registers its own; a person sees those their role may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from openyj.accounts.roles import Permission


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    permission: Permission | None
    order: int


ENTRIES: list[Entry] = []


def register(label: str, url_name: str, *, permission: Permission | None, order: int) -> None:
    """Add an entry. Called from a room's AppConfig.ready; `order` sorts, lowest first."""
    entry = Entry(label, url_name, permission, order)
    if entry not in ENTRIES:
        ENTRIES.append(entry)
        ENTRIES.sort(key=lambda e: e.order)


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """What the header shows to this person: label, url, and whether the page they are on is under it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    shown = [e for e in ENTRIES if e.permission is None or user.may(e.permission)]
    links = [(e.label, reverse(e.url_name)) for e in shown]
    under = [url for _, url in links if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(under, key=len, default=None)
    return [{"label": label, "url": url, "active": url == here} for label, url in links]
