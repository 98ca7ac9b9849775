"""Agreeing minutes at a later meeting, and correcting minutes that were agreed."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.core.dates import say_date
from openyj.meetings.minutes import content_of, differences
from openyj.meetings.models import Meeting, Minutes
from openyj.meetings.selectors import verdict_of
from openyj.meetings.services.business import locked


def agree_minutes(*, meeting: Meeting, by: User, agreed_at: Meeting, note: str = "") -> Minutes:
    """A later meeting agreed these minutes: what the record says now is frozen. Once frozen, the same again is a
    correction, which says in `note` what was corrected. Refused where nothing differs."""
    if not meeting.is_held:
        raise ValidationError("This meeting has not been held. It has no minutes.")
    check_agreeing(meeting, agreed_at)
    with acting(by=by):
        last = locked(meeting).minutes.order_by("-number").first()
        content = content_of(meeting)
        if last and not note:
            raise ValidationError({"note": "These minutes were agreed already. Say what is corrected"})
        if last and not differences(last.content, content):
            raise ValidationError("The agreed minutes say the same. Correct the meeting first, then its minutes.")
        return Minutes.objects.create(
            service_id=meeting.service_id, meeting=meeting, number=last.number + 1 if last else 1, content=content,
            agreed_at=agreed_at, note=note if last else "", made_by=by,
        )  # fmt: skip


def check_agreeing(meeting: Meeting, later: Meeting) -> None:
    """Minutes are agreed by a later meeting of the same kind that was held and quorate."""
    follows = (later.day, later.begins) > (meeting.day, meeting.begins)
    if not (later.is_held and later.stands and later.kind_id == meeting.kind_id and follows):
        raise ValidationError({"agreed_at": "Select a later meeting that was held"})
    verdict = verdict_of(later)
    if verdict is not None and not verdict.quorate:
        message = f"The meeting of {say_date(later.day)} was not quorate, so it could not agree minutes"
        raise ValidationError({"agreed_at": message})
