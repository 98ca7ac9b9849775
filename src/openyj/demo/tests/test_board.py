"""The demo's board: two years of it, whenever the demo is loaded."""

from __future__ import annotations

from datetime import date

import pytest

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.actions.models import Action
from openyj.core import clock
from openyj.demo.board import add_board, board_days
from openyj.meetings.models import Attendance, Decision, Dissent, Meeting, Minutes, Paper
from openyj.meetings.selectors import state_of, verdicts_of

pytestmark = pytest.mark.django_db
BOARD = ("Helen Krememire", "Yusuf Luskanigimble", "Vera Haskoyarn")


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 1), date(2026, 8, 20)])
def test_the_latest_eight_days_are_over_and_two_are_to_come(today):
    before, after = board_days(today, 8, 2)
    assert len(before) == 8 and len(after) == 2 and before[-1] < today <= after[0]
    assert all(day.weekday() == 3 and 15 <= day.day <= 21 for day in before + after)


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 1)])
def test_two_years_of_the_board(service, staff, today):
    for role in ("business_support", "data_officer", "head_of_service", "manager"):
        staff(role)
    for name in BOARD:
        User.objects.create_user(f"{name[:5]}@example.invalid", name=name, role="board_member", service=service)
    with clock.fixed(today):
        add_board(service=service)
        with acting(by=User.objects.get(role="business_support")):
            meetings = list(Meeting.objects.order_by("day"))
            assert [m.state for m in meetings] == ["held"] * 2 + ["cancelled"] + ["held"] * 5 + ["planned"] * 2
            verdicts = verdicts_of(meetings)
            assert [verdicts[m.pk].quorate for m in meetings if m.is_held] == [True] * 3 + [False] + [True] * 3
            noted = Decision.objects.get(text__startswith="Two places", answers=None)
            assert state_of(noted).words.startswith("Confirmed on")
            assert Dissent.objects.get().attendance.membership.name == "Joan Fennumiwex"
            assert Attendance.objects.filter(how="substitute").count() == 2
            assert Minutes.objects.count() == 6, "the minutes of the last meeting wait"
            late = Action.objects.open().filter(due_on__lt=today)
            assert late.exists() and Action.objects.exclude(done_on=None).exists()
            assert Paper.objects.filter(stored=None).count() == 4
