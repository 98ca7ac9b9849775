"""A meeting with something of every kind in it, and a word in every text: for the test that nobody else meets it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from openyj.accounts.models import User
from openyj.core import clock
from openyj.meetings.models import Meeting
from openyj.meetings.services import board, business
from openyj.meetings.services.minutes import agree_minutes
from openyj.meetings.tests.factories import make_board


def make_whole_meeting(by: User, word: str) -> Meeting:
    """A board with two meetings held and one to come; the minutes of the first agreed and corrected."""
    today = clock.today()
    made = make_board(by, since=date(2020, 1, 1), name=f"{word} board", is_board=False)
    member = made.members["police"]
    member.name, member.post = f"{word} member", f"{word} post"
    member.save()
    made.agencies["police"].name = f"{word} police"
    made.agencies["police"].save()
    board.add_standing_item(
        kind=made.kind, by=by, title=f"{word} report", lead=word, months=[], of_quarter=False, last_on=None
    )
    first = made.held(today - timedelta(days=200))
    item = first.items.get()
    business.change_item(row=item, version=item.version, by=by, said=f"{word} was said")
    decision = business.decide(item=item, by=by, text=f"{word} decided", reason=word)
    business.dissent(
        decision=decision, by=by, attendance=first.attendances.get(membership=member), reason=f"{word} disagrees"
    )
    business.agree_action(item=item, by=by, what=f"{word} room", owner=None, owner_name=f"{word} partner", due_on=today)
    paper = business.expect_paper(item=item, by=by, title=f"{word} paper", owner=None, owner_name=word)
    file = SimpleUploadedFile(f"{word}.txt", f"{word} is in it".encode())
    business.attach_paper(row=paper, version=paper.version, by=by, file=file)
    second = made.held(today - timedelta(days=100))
    agree_minutes(meeting=first, by=by, agreed_at=second)
    item.refresh_from_db()
    business.change_item(row=item, version=item.version, by=by, said=f"{word} was said better")
    agree_minutes(meeting=first, by=by, agreed_at=second, note=f"{word} corrected")
    made.plan(today + timedelta(days=60))
    return first
