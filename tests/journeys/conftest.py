"""What every journey has: `start`, which signs one of the demo's people in and gives their page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)  # milliseconds: a loaded machine is slow, not wrong


@pytest.fixture
def start(demo_site, visit, request):
    """Signs someone in and gives their page: who the journey is of (`ROLE` of its file; a practitioner where it names
    nobody), or the role asked for."""
    usual = getattr(request.module, "ROLE", "practitioner")

    def make(role: str = usual, **how) -> Page:
        page = visit(demo_site.url, **how)
        demo_site.sign_in(page, role)
        return page

    return make


@pytest.fixture
def administrator(start) -> Page:
    """An administrator's page."""
    return start("administrator")
