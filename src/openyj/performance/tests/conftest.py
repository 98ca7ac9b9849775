from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def today():
    """The tests' records are of the years before this day."""
    from openyj.core import clock
    from openyj.performance.tests.factories import TODAY

    with clock.fixed(TODAY):
        yield TODAY


@pytest.fixture
def undrawn(monkeypatch):
    """Pages without the time it takes to draw: what a drawing is, `test_charts` and the browser's journey say."""
    from openyj.performance import charts

    monkeypatch.setattr(charts, "drawn_svg", lambda spec: '<svg width="680" height="300"></svg>')
