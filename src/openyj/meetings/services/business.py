"""The business of a meeting: items, papers, decisions, dissent, actions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath, save_version
from openyj.actions.models import Action
from openyj.actions.services import add_action
from openyj.core import clock
from openyj.files.services import keep
from openyj.meetings.models import AgendaItem, Arising, Attendance, Decision, Dissent, Meeting, Paper
from openyj.meetings.selectors import state_of, verdict_of

NOT_HELD = "Say first who was there: until then the meeting has not been held."


def add_item(*, meeting: Meeting, by: User, title: str, lead: str, purpose: str) -> AgendaItem:
    """One more thing on the agenda, at its end. Refused for a meeting that was cancelled."""
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError("This meeting was cancelled.")
    with acting(by=by):
        last = locked(meeting).items.aggregate(last=Max("position"))["last"] or 0
        return AgendaItem.objects.create(
            service_id=meeting.service_id, meeting=meeting, position=last + 1, title=title, lead=lead, purpose=purpose,
            recorded_by=by,
        )  # fmt: skip


def locked(meeting: Meeting) -> Meeting:
    """The meeting, so that nobody else numbers its items or decisions meanwhile."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def change_item(*, row: AgendaItem, version: int, by: User, **fields: Any) -> AgendaItem:
    """Its title, who leads, what for; or what was said. Raises ChangedUnderneath."""
    with acting(by=by):
        if not row.stands:
            raise ChangedUnderneath(row)
        if fields.get("said") and not row.meeting.is_held:
            raise ValidationError(NOT_HELD)
        return save_version(row, version=version, changes=fields)


def move_item(*, item: AgendaItem, by: User) -> None:
    """One place up. The first one stays where it is."""
    with acting(by=by):
        rows = list(locked(item.meeting).items.standing())
        place = rows.index(item)
        if place:
            rows[place - 1 : place + 1] = [rows[place], rows[place - 1]]
            for position, row in enumerate(rows, 1):
                if row.position != position:
                    save_version(row, version=row.version, changes={"position": position})


def expect_paper(
    *, item: AgendaItem, by: User, title: str, owner: User | None, owner_name: str, about_child: bool = False
) -> Paper:
    """A paper this item needs, and from whom: somebody of the staff who may read the meetings, or somebody by name."""
    check_owner(item, owner, owner_name, about_child)
    with acting(by=by):
        return Paper.objects.create(
            service_id=item.service_id, item=item, title=title, owner=owner, owner_name=owner_name,
            about_child=about_child, recorded_by=by,
        )  # fmt: skip


def change_paper(
    *, row: Paper, version: int, by: User, title: str, owner: User | None, owner_name: str, about_child: bool
) -> Paper:
    """Raises ChangedUnderneath."""
    check_owner(row.item, owner, owner_name, about_child)
    with acting(by=by):
        if not row.stands:
            raise ChangedUnderneath(row)
        changes = {"title": title, "owner": owner, "owner_name": owner_name, "about_child": about_child}
        return save_version(row, version=version, changes=changes)


def check_owner(item: AgendaItem, owner: User | None, owner_name: str, about_child: bool) -> None:
    if owner and about_child and not owner.may(Permission.SEE_CHILDREN):
        raise ValidationError({"owner": f"{owner} may look at no child’s record. Select somebody who may"})
    if bool(owner) == bool(owner_name):
        raise ValidationError({"owner": "Select who writes it, or name them below: one of the two"})
    if owner and (owner.service_id != item.service_id or not owner.may(Permission.SEE_MEETINGS)):
        raise ValidationError({"owner": f"{owner} cannot open this meeting. Select somebody else"})


def attach_paper(*, row: Paper, version: int, by: User, file: UploadedFile) -> Paper:
    """The paper's file has come, today. A better file is another paper. Raises ChangedUnderneath."""
    with acting(by=by):
        if not row.stands or row.stored_id:
            raise ChangedUnderneath(row)
        try:
            stored = keep(file, service=row.service, by=by)
        except ValidationError as refused:
            raise ValidationError({"file": refused.messages}) from refused
        return save_version(row, version=version, changes={"stored": stored, "came_on": clock.today()})


def decide(
    *, item: AgendaItem, by: User, text: str, reason: str, answers: Decision | None = None, verdict: str = ""
) -> Decision:
    """What the meeting decided on an item. With `answers`, what it made of what an earlier meeting could only note.
    Refused before the meeting is held."""
    meeting = item.meeting
    if not meeting.is_held:
        raise ValidationError(NOT_HELD)
    with acting(by=by):
        last = Decision.objects.filter(item__meeting=locked(meeting)).aggregate(last=Max("number"))["last"] or 0
        if answers:
            check_answer(meeting, answers)
        return Decision.objects.create(
            service_id=item.service_id, item=item, number=last + 1, text=text, reason=reason, answers=answers,
            verdict=verdict, recorded_by=by,
        )  # fmt: skip


def check_answer(meeting: Meeting, noted: Decision) -> None:
    """Only a later quorate meeting of the same kind answers what was noted, and once."""
    before = noted.item.meeting
    if before.kind_id != meeting.kind_id or (before.day, before.begins) >= (meeting.day, meeting.begins):
        raise ValidationError("Only a later meeting can confirm what this one noted.")
    verdict = verdict_of(meeting)
    if verdict is not None and not verdict.quorate:
        raise ValidationError(
            "This meeting was not quorate either, so it could confirm nothing. Put it to the next one."
        )
    if not state_of(noted).waits:
        raise ValidationError("This decision does not wait for an answer any more. Look at the meeting again.")


def change_decision(*, row: Decision, version: int, by: User, text: str, reason: str) -> Decision:
    """Put better what was decided and why. Raises ChangedUnderneath."""
    with acting(by=by):
        if not row.stands:
            raise ChangedUnderneath(row)
        return save_version(row, version=version, changes={"text": text, "reason": reason})


def dissent(*, decision: Decision, by: User, attendance: Attendance, reason: str) -> Dissent:
    """Somebody who was there did not agree, and why."""
    if attendance.meeting_id != decision.item.meeting_id or not (attendance.attended and attendance.stands):
        raise ValidationError({"attendance": "Select somebody who was there"})
    with acting(by=by):
        if decision.dissents.standing().filter(attendance=attendance).exists():
            raise ValidationError({"attendance": f"That {attendance.who} did not agree is recorded already"})
        return Dissent.objects.create(
            service_id=decision.service_id, decision=decision, attendance=attendance, reason=reason, recorded_by=by
        )


def agree_action(*, item: AgendaItem, by: User, **fields: Any) -> Action:
    """An action that arose from an item, on the register and on the meeting's page. It was agreed on the meeting's day;
    `fields` are the others of `actions.services.add_action`."""
    if not item.meeting.is_held:
        raise ValidationError(NOT_HELD)
    with acting(by=by):
        action = add_action(by=by, service=item.service, set_on=item.meeting.day, **fields)
        Arising.objects.create(service_id=item.service_id, item=item, action=action, recorded_by=by)
        return action
