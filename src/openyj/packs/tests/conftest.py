"""A board with an earlier meeting that decided too little, and one to come; today is 22 November 2026.

Models are imported inside, because this file is read before Django is set up.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from openyj.core import clock

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def head(sign_in):
    return sign_in("head_of_service")


@pytest.fixture
def told(head):
    """`board`; `last` and `coming`, the meetings; `item`, on the agenda of the one to come."""
    from openyj.accounts.scope import acting
    from openyj.meetings.services import business
    from openyj.meetings.tests.factories import TOO_FEW, make_board

    with acting(by=head.user):
        board = make_board(head.user)
        last = board.held(date(2026, 8, 20), TOO_FEW)
        of_last = business.add_item(meeting=last, by=head.user, title="Money", lead="Gwen", purpose="decision")
        business.change_item(row=of_last, version=1, by=head.user, said="Much was said. {{ figure 7K3MQR }}\n# Loudly")
        business.decide(item=of_last, by=head.user, text="Fund it", reason="It helps")
        business.agree_action(
            item=of_last, by=head.user, what="Find a *room*", owner=None, owner_name="Health", due_on=date(2026, 11, 1)
        )
        coming = board.plan(date(2026, 11, 27))
        item = business.add_item(meeting=coming, by=head.user, title="Figures", lead="", purpose="discussion")
    return SimpleNamespace(board=board, last=last, coming=coming, item=item)
