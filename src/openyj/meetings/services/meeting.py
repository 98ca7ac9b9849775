"""Planning a meeting, cancelling it, and recording who was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.meetings.agenda import title_on
from openyj.meetings.models import AgendaItem, Attendance, Meeting, MeetingKind, Membership
from openyj.meetings.selectors import expected_at, terms_on

State = Meeting.State
# What a meeting may become from what it is; who was there makes it held.
MOVES = {State.PLANNED: {State.HELD, State.CANCELLED}, State.CANCELLED: {State.PLANNED}, State.HELD: set()}


@dataclass(frozen=True)
class Seat:
    """Whether a member's seat was taken, and by whom. Agency and level are asked for a substitute only: a member's are
    those of the membership."""

    how: str
    new_partner: bool = False
    substitute: str = ""
    substitute_post: str = ""
    agency: int | None = None
    level: str = ""


def plan_meeting(
    *, kind: MeetingKind, by: User, day: date, begins: time, place: str, ends: time | None = None
) -> Meeting:
    """A meeting to come, with the standing items of its month on its agenda."""
    with acting(by=by):
        meeting = Meeting.objects.create(
            service_id=kind.service_id, kind=kind, day=day, begins=begins, ends=ends, place=place, recorded_by=by
        )
        terms = terms_on(kind, day)
        items = [each for each in kind.standing_items.standing() if each.comes_up_on(day)]
        for position, each in enumerate(items, 1):
            AgendaItem.objects.create(
                service_id=kind.service_id, meeting=meeting, position=position, title=title_on(each, day, terms),
                lead=each.lead, standing_item=each, recorded_by=by,
            )  # fmt: skip
        return meeting


def change_meeting(*, row: Meeting, version: int, by: User, **fields: Any) -> Meeting:
    """Another day, time or place. A meeting that was held may only be corrected to a day that is not to come, on which
    everybody recorded was a member. Raises ChangedUnderneath."""
    day = fields["day"]
    with acting(by=by):
        if row.is_held:
            if day > clock.today():
                raise ValidationError({"day": "It was held, so its day cannot be to come. Check the date"})
            for each in row.attendances.standing().select_related("membership"):
                seat = each.membership
                if not (seat.valid_from <= day <= (seat.valid_to or date.max)):
                    raise ValidationError({"day": f"{seat} was no member on {say_date(day)}. Check the date"})
        return save_version(row, version=version, changes=fields)


def cancel_meeting(*, row: Meeting, version: int, by: User, cancelled_because: str) -> Meeting:
    """It does not take place, and why. Raises ChangedUnderneath."""
    return move(row, version, by, State.CANCELLED, cancelled_because=cancelled_because)


def reinstate_meeting(*, row: Meeting, version: int, by: User) -> Meeting:
    """It takes place after all. Raises ChangedUnderneath."""
    return move(row, version, by, State.PLANNED, cancelled_because="")


def move(row: Meeting, version: int, by: User, state: str, **fields: Any) -> Meeting:
    if state not in MOVES[State(row.state)]:
        raise ValidationError(f"This meeting is {row.get_state_display().lower()}. Look at it again.")
    with acting(by=by):
        return save_version(row, version=version, changes={"state": state, **fields})


def record_attendance(
    *, meeting: Meeting, version: int, by: User, seats: Mapping[Membership, Seat], also_there: str = "",
    ends: time | None = None, because: str = "",
) -> Meeting:  # fmt: skip
    """Who was there: the meeting was held. The same again corrects it and says why in `because`, for KPI 8 and the
    quorum follow; history keeps what was said before. Every member of the day needs an answer. Raises
    ChangedUnderneath where anything of it changed since it was read."""
    if meeting.day > clock.today():
        raise ValidationError(f"The meeting is on {say_date(meeting.day)}. Record who was there when it has been held.")
    if meeting.state == State.CANCELLED:
        raise ValidationError("This meeting was cancelled. If it took place after all, say that first.")
    if meeting.is_held and not because:
        raise ValidationError({"because": "Say why it is corrected"})
    said = {"state": State.HELD, "also_there": also_there, "ends": ends}
    with acting(by=by):
        said |= {"corrected_because": because} if meeting.is_held else {}
        meeting = save_version(meeting, version=version, changes=said)
        for membership in expected_at(meeting):
            if membership not in seats:
                raise ValidationError({f"how_{membership.pk}": f"Say whether {membership} was there"})
        known = {each.membership_id: each for each in meeting.attendances.standing()}
        for membership, seat in seats.items():
            take_seat(meeting, membership, seat, known.get(membership.pk), by)
        return meeting


def take_seat(meeting: Meeting, membership: Membership, seat: Seat, row: Attendance | None, by: User) -> None:
    instead = seat.how == Attendance.How.SUBSTITUTE
    if instead and not (seat.substitute and seat.agency and seat.level):
        name = f"substitute_{membership.pk}"
        raise ValidationError({name: f"Enter who came instead of {membership}, their agency and seniority"})
    said = {
        "how": seat.how,
        "substitute": seat.substitute if instead else "",
        "substitute_post": seat.substitute_post if instead else "",
        "agency_id": seat.agency if instead else membership.agency_id,
        "level": seat.level if instead else membership.level,
        "new_partner": seat.new_partner and seat.how in Attendance.ATTENDED,
    }
    if row is None:
        Attendance.objects.create(
            service_id=meeting.service_id, meeting=meeting, membership=membership, recorded_by=by, **said
        )
    elif any(getattr(row, name) != value for name, value in said.items()):
        if not row_keeps_dissent(row, seat):
            raise ValidationError(
                {f"how_{membership.pk}": f"{row.who} did not agree with a decision here. Take that off first"}
            )
        save_version(row, version=row.version, changes=said)


def row_keeps_dissent(row: Attendance, seat: Seat) -> bool:
    """Whoever was not there cannot have disagreed."""
    return seat.how in Attendance.ATTENDED or not row.dissents.standing().exists()
