"""Kinds of meeting, their terms, agencies, members and standing items."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.core.dates import say_date
from openyj.meetings.models import Agency, Attendance, MeetingKind, Membership, StandingItem, Terms

ONE_DAY = timedelta(days=1)


def add_kind(*, by: User, name: str, about: str = "", is_board: bool = False) -> MeetingKind:
    """A kind of meeting of the service of `by`. Refused where it would be a second management board."""
    with acting(by=by):
        named_once(MeetingKind, by.service_id, name)
        one_board(by.service_id, is_board)
        return MeetingKind.objects.create(service=by.service, name=name, about=about, is_board=is_board, recorded_by=by)


def change_kind(*, row: MeetingKind, version: int, by: User, name: str, about: str, is_board: bool) -> MeetingKind:
    """Marked as the management board or not, all its meetings are counted by KPI 8, or none. Raises
    ChangedUnderneath."""
    with acting(by=by):
        named_once(MeetingKind, row.service_id, name, but=row.pk)
        one_board(row.service_id, is_board, but=row.pk)
        return save_version(row, version=version, changes={"name": name, "about": about, "is_board": is_board})


def one_board(service: int, is_board: bool, but: int | None = None) -> None:
    other = MeetingKind.objects.standing().filter(service=service, is_board=True).exclude(pk=but).first()
    if is_board and other:
        message = f"{other} is marked as the management board, and a service has one. Take the mark off {other} first"
        raise ValidationError({"is_board": message})


def begin_terms(*, kind: MeetingKind, by: User, valid_from: date, **fields: Any) -> Terms:
    """The terms from a day on. Those that held until then end the day before."""
    with acting(by=by):
        rows = kind.terms.standing().select_for_update()
        if later := rows.filter(valid_from__gte=valid_from).first():
            message = (
                f"Terms from {say_date(later.valid_from)} are recorded already. Enter a later day, or correct those"
            )
            raise ValidationError({"valid_from": message})
        earlier = rows.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).first()
        if earlier:
            save_version(earlier, version=earlier.version, changes={"valid_to": valid_from - ONE_DAY})
        return Terms.objects.create(
            service_id=kind.service_id, kind=kind, valid_from=valid_from, recorded_by=by, **fields
        )


def correct_terms(*, row: Terms, version: int, by: User, **fields: Any) -> Terms:
    """They were entered wrongly: every meeting of their days is held against what they say now. Raises
    ChangedUnderneath."""
    with acting(by=by):
        still_stands(row)
        return save_version(row, version=version, changes=fields)


def add_agency(*, by: User, name: str, sector: str) -> Agency:
    """An agency of the service of `by`, and the sector it counts for."""
    with acting(by=by):
        named_once(Agency, by.service_id, name)
        return Agency.objects.create(service=by.service, name=name, sector=sector, recorded_by=by)


def change_agency(*, row: Agency, version: int, by: User, name: str, sector: str) -> Agency:
    """Correct an agency; every meeting it came to counts it as what is said now. Raises ChangedUnderneath."""
    with acting(by=by):
        named_once(Agency, row.service_id, name, but=row.pk)
        return save_version(row, version=version, changes={"name": name, "sector": sector})


def named_once(model: type[Agency] | type[MeetingKind], service: int, name: str, but: int | None = None) -> None:
    if model.objects.standing().filter(service=service, name__iexact=name).exclude(pk=but).exists():
        raise ValidationError({"name": f"{name} is there already. Enter another name, or use that one"})


def add_member(*, kind: MeetingKind, by: User, **fields: Any) -> Membership:
    """Somebody sits on the board from a day on. Refuses who sits there already in these days."""
    with acting(by=by):
        sits_once(kind, **fields)
        return Membership.objects.create(service_id=kind.service_id, kind=kind, recorded_by=by, **fields)


def correct_member(*, row: Membership, version: int, by: User, **fields: Any) -> Membership:
    """What was typed wrongly; what they came to counts them as is said now. Refuses dates that leave out a meeting at
    which they are recorded. Raises ChangedUnderneath."""
    with acting(by=by):
        still_stands(row)
        sits_once(row.kind, but=row.pk, **fields)
        keeps_attendance(row, fields["valid_from"], fields["valid_to"])
        row = save_version(row, version=version, changes=fields)
        took = row.attendances.standing().exclude(how=Attendance.How.SUBSTITUTE)
        for each in took.exclude(agency=row.agency_id, level=row.level):
            save_version(each, version=each.version, changes={"agency_id": row.agency_id, "level": row.level})
        return row


def end_membership(*, row: Membership, version: int, by: User, valid_to: date | None) -> Membership:
    """Their last day on the board; None lets it go on. Raises ChangedUnderneath."""
    with acting(by=by):
        still_stands(row)
        if valid_to and valid_to < row.valid_from:
            message = f"They joined on {say_date(row.valid_from)} and cannot leave before. Check the date"
            raise ValidationError({"valid_to": message})
        sits_once(row.kind, but=row.pk, name=row.name, valid_from=row.valid_from, valid_to=valid_to)
        keeps_attendance(row, row.valid_from, valid_to)
        return save_version(row, version=version, changes={"valid_to": valid_to})


def change_seat(*, row: Membership, version: int, by: User, valid_from: date, **fields: Any) -> Membership:
    """Another post, agency, seniority or role from a day on: the membership ends the day before and another begins.
    Raises ChangedUnderneath."""
    with acting(by=by):
        still_stands(row)
        if valid_from <= row.valid_from or (row.valid_to and valid_from > row.valid_to):
            until = f" and before {say_date(row.valid_to)}" if row.valid_to else ""
            message = (
                f"The day must be after {say_date(row.valid_from)}{until}. If it was wrong from the start, correct it"
            )
            raise ValidationError({"valid_from": message})
        last = row.valid_to
        keeps_attendance(row, row.valid_from, valid_from - ONE_DAY)
        save_version(row, version=version, changes={"valid_to": valid_from - ONE_DAY})
        return Membership.objects.create(
            service_id=row.service_id, kind_id=row.kind_id, name=row.name, user=row.user, valid_from=valid_from,
            valid_to=last, recorded_by=by, **fields,
        )  # fmt: skip


def sits_once(
    kind: MeetingKind, *, name: str, valid_from: date, valid_to: date | None, but: int | None = None, **_: Any
):
    """Two people of one name are told apart by their names: "Sam Brown (police)"."""
    same = kind.memberships.standing().filter(name__iexact=name).exclude(pk=but)
    same = same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if other := same.filter(valid_from__lte=valid_to or date.max).first():
        until = f" to {say_date(other.valid_to)}" if other.valid_to else ""
        message = f"{other} is a member from {say_date(other.valid_from)}{until} already. Change that membership"
        raise ValidationError({"name": message})


def keeps_attendance(row: Membership, valid_from: date, valid_to: date | None) -> None:
    rows = Attendance.objects.standing().filter(membership=row, meeting__in_error_at=None).select_related("meeting")
    for each in rows.order_by("meeting__day"):
        if not (valid_from <= each.meeting.day <= (valid_to or date.max)):
            message = f"Their attendance on {say_date(each.meeting.day)} is recorded. Enter dates that hold that day"
            raise ValidationError({"valid_to" if each.meeting.day > valid_from else "valid_from": message})


def add_standing_item(*, kind: MeetingKind, by: User, **fields: Any) -> StandingItem:
    """What comes up at meetings of this kind; last in their order. Agendas that are there already stay as they are."""
    with acting(by=by):
        last = kind.standing_items.order_by("-position").values_list("position", flat=True).first() or 0
        return StandingItem.objects.create(
            service_id=kind.service_id, kind=kind, position=last + 1, recorded_by=by, **fields
        )


def change_standing_item(*, row: StandingItem, version: int, by: User, **fields: Any) -> StandingItem:
    """For meetings planned from now on. Raises ChangedUnderneath."""
    with acting(by=by):
        still_stands(row)
        return save_version(row, version=version, changes=fields)


def still_stands(row: Terms | Membership | StandingItem) -> None:
    if not row.stands:
        raise ChangedUnderneath(row)
