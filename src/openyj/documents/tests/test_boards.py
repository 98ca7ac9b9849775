"""What a text may say of board attendance: a number out of a number, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.scope import acting
from openyj.core import clock
from openyj.documents.figures import Figures
from openyj.performance.tests.boards import hold, make_board_figure

pytestmark = pytest.mark.django_db


def test_text_says_the_figure_its_change_its_chart_and_a_quarter_without_a_board(service):
    with clock.fixed(date(2026, 11, 22)):
        hold(service, date(2025, 8, 4), senior="police health")
        hold(service, date(2026, 7, 13), senior="police health education")
        figure, empty = (make_board_figure(service, period=period) for period in ("2026Q2", "2026Q1"))
        with acting(by=None, services=[service.pk]):
            figures = Figures.live(service)
            figures.know([figure.code, empty.code])
            assert figures.figure(figure.code).text == "3 of 5"
            assert figures.change((figure.code,)).text == "rose from 2 of 5 to 3 of 5"
            assert figures.chart(figure.code).drawable
            said = figures.figure(empty.code)
    assert said.text == "" and "no board that was held is recorded in 2026Q1" in said.problem
