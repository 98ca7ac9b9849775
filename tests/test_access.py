"""Every address as every role, as a neighbour's staff and as nobody: access is declared, and it holds."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openyj.accounts.access import EVERYONE, HANDED_OVER, SIGNED_IN
from openyj.accounts.models import User
from openyj.accounts.roles import ROLES

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> list[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of every address of the site."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, prefix + str(entry.pattern), f"{entry.namespace}:" if entry.namespace else space)
        else:
            found.append((f"{space}{entry.name}", entry))
    return found


VIEWS = patterns(get_resolver())


def test_there_are_views_to_look_at():
    assert len(VIEWS) > 30


@pytest.mark.parametrize("name,pattern", VIEWS, ids=[n for n, _ in VIEWS])
def test_every_view_declares_who_may_use_it(name, pattern):
    assert hasattr(pattern.callback, "access"), f"{name} does not say who may use it: put @access(...) above the view"


def verdict(status: int, declared: object, user: User) -> str:
    """What is wrong with this answer to somebody who is signed in; nothing where it is as the view declares."""
    if declared == HANDED_OVER:
        return "" if status == 302 else "opens on a device that was handed to nobody"
    if declared in (EVERYONE, SIGNED_IN) or all(user.may(p) for p in declared):
        return "fails" if status == 500 else ""
    return "" if status == 403 else f"answers {status} to who may not use it"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_its_permissions_say_and_no_more(role, staff):
    """One test a role, which names every view that is wrong: a database and a person for each of hundreds of views took
    minutes. Each view is asked by a session of its own, because one of them signs out."""
    user = staff(role)
    wrong, asked = [], 0
    for name, pattern in VIEWS:
        if pattern.pattern.converters:
            continue
        for method in ("get", "post"):
            client = Client(raise_request_exception=False)
            client.force_login(user)
            status = getattr(client, method)(reverse(name)).status_code
            if said := verdict(status, pattern.callback.access, user):
                wrong.append(f"{method} {name} {said}")
            asked += 1
    assert not wrong
    assert asked > 60


@pytest.mark.parametrize("name,pattern", VIEWS, ids=[n for n, _ in VIEWS])
def test_nobody_gets_in_without_signing_in(name, pattern, client):
    if pattern.callback.access == EVERYONE:
        return
    arguments = {
        k: 1 if c.__class__.__name__ == "IntConverter" else "aaaaaa" for k, c in pattern.pattern.converters.items()
    }
    response = client.get(reverse(name, kwargs=arguments))
    assert response.status_code == 302 and "/sign-in" in response["Location"]
