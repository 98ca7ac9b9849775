"""Every address as every role, as a neighbour's staff and as nobody: access is declared, and it holds."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from openyj.accounts.access import EVERYONE, HANDED_OVER, SIGNED_IN
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


def without_arguments() -> list[tuple[str, URLPattern]]:
    return [(n, p) for n, p in VIEWS if not p.pattern.converters]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name,pattern", without_arguments(), ids=[n for n, _ in without_arguments()])
def test_a_role_gets_what_its_permissions_say_and_no_more(role, name, pattern, sign_in):
    from django.urls import reverse

    declared = pattern.callback.access
    client = sign_in(role)
    for method in (client.get, client.post):
        status = method(reverse(name)).status_code
        if declared in (EVERYONE, SIGNED_IN):
            assert status != 500
        elif declared == HANDED_OVER:
            assert status == 302, f"{name} opens on a device that was handed to nobody"
        elif all(client.user.may(p) for p in declared):
            assert status != 500, f"{role} {name}"
        else:
            assert status == 403, f"{role} may not use {name} and got {status}"


@pytest.mark.parametrize("name,pattern", VIEWS, ids=[n for n, _ in VIEWS])
def test_nobody_gets_in_without_signing_in(name, pattern, client):
    from django.urls import reverse

    if pattern.callback.access == EVERYONE:
        return
    arguments = {
        k: 1 if c.__class__.__name__ == "IntConverter" else "aaaaaa" for k, c in pattern.pattern.converters.items()
    }
    response = client.get(reverse(name, kwargs=arguments))
    assert response.status_code == 302 and "/sign-in" in response["Location"]
