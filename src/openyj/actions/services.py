"""Writing actions. Each in one transaction, as `by` and within their service. Who may is the view's to ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from openyj.accounts.models import Service, User
from openyj.accounts.roles import Permission
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.actions.models import Action, ActionFile, ActionNote, Reminder
from openyj.core import clock
from openyj.core.dates import say_date
from openyj.people.kept import keep_file
from openyj.people.models import Child

Kind = ActionNote.Kind


def add_action(
    *,
    by: User,
    service: Service,
    what: str,
    due_on: date,
    child: Child | None = None,
    owner: User | None = None,
    owner_name: str = "",
    why: str = "",
    success: str = "",
    set_on: date | None = None,
) -> Action:
    """An action of `service`, about `child` where one is given. It has one owner: a member of staff who may open what
    it is about, or somebody named in words. Raises ValidationError beside the field it is about."""
    set_on = set_on or clock.today()
    check_owner(owner=owner, owner_name=owner_name, child=child, service=service)
    check_due(set_on=set_on, due_on=due_on)
    with acting(by=by):
        return Action.objects.create(
            service=service, child=child, what=what, why=why, owner=owner, owner_name=owner_name, set_on=set_on,
            due_on=due_on, success=success, recorded_by=by,
        )  # fmt: skip


def check_owner(*, owner: User | None, owner_name: str, child: Child | None, service: Service) -> None:
    """One owner, of this service, who may read what they are to do. Why somebody may not is not said: it may be a
    conflict of interest."""
    if bool(owner) == bool(owner_name):
        raise ValidationError({"owner": "Select who has to do it, or name them below: one of the two"})
    if owner is None:
        return
    reads = Child.objects.visible_to(owner).filter(pk=child.pk).exists() if child else owner.may(Permission.SEE_ACTIONS)
    if owner.service_id != service.pk or not reads:
        raise ValidationError({"owner": f"{owner} cannot open this action. Select somebody else"})


def check_due(*, set_on: date, due_on: date) -> None:
    if due_on < set_on:
        message = f"It was agreed on {say_date(set_on)} and cannot be due before. Check the date"
        raise ValidationError({"due_on": message})


def change_action(*, row: Action, version: int, by: User, reason: str = "", **fields: Any) -> Action:
    """Change what an action says, its owner or its day. Another day needs a reason and is noted with the old one.
    Raises ChangedUnderneath."""
    child, service = row.child, row.service
    check_owner(owner=fields["owner"], owner_name=fields["owner_name"], child=child, service=service)
    check_due(set_on=row.set_on, due_on=fields["due_on"])
    before = row.due_on
    if fields["due_on"] != before and not reason:
        raise ValidationError({"reason": "Say why the day is another one"})
    with acting(by=by):
        row = save_version(row, version=version, changes=fields)
        if row.due_on != before:
            note(row, by, Kind.MOVED, f"From {say_date(before)} to {say_date(row.due_on)}. {reason}")
        return row


def note_progress(*, action: Action, by: User, text: str) -> ActionNote:
    """What has happened since. Refused on an action that is done: it has to be opened again first."""
    if action.done_on:
        raise ValidationError("This action is done. Open it again first, then note what has happened.")
    with acting(by=by):
        return note(action, by, Kind.PROGRESS, text)


def say_done(*, action: Action, version: int, by: User, done_on: date, evidence: str) -> Action:
    """It is done, on a day, and this is what came of it. Raises ChangedUnderneath."""
    if done_on < action.set_on:
        message = f"It was agreed on {say_date(action.set_on)}. Check the day it was done"
        raise ValidationError({"done_on": message})
    with acting(by=by):
        row = save_version(action, version=version, changes={"done_on": done_on, "evidence": evidence})
        note(row, by, Kind.DONE, f"Done on {say_date(done_on)}. {evidence}")
        return row


def reopen(*, action: Action, version: int, by: User, reason: str) -> Action:
    """It was not done after all. What was said of it stays among the notes. Raises ChangedUnderneath."""
    with acting(by=by):
        row = save_version(action, version=version, changes={"done_on": None, "evidence": ""})
        note(row, by, Kind.REOPENED, reason)
        return row


def colour_by_hand(*, action: Action, version: int, by: User, rag_by_hand: str, rag_reason: str) -> Action:
    """Show another letter than the dates give, with a reason; or, with no letter, the dates' own again."""
    if rag_by_hand and not rag_reason:
        raise ValidationError({"rag_reason": "Say why the colour is another than the dates give"})
    changes = {"rag_by_hand": rag_by_hand, "rag_reason": rag_reason if rag_by_hand else ""}
    with acting(by=by):
        row = save_version(action, version=version, changes=changes)
        label = row.get_rag_by_hand_display()
        note(row, by, Kind.COLOUR, f"{label}: {rag_reason}" if rag_by_hand else "As the dates say")
        return row


def add_file(*, action: Action, by: User, **fields: Any) -> ActionFile:
    """Keep a file as evidence on an action. Refuses a file that may not be kept, saying what to do."""
    about = {"action": action, "child": action.child, "service": action.service}
    return keep_file(ActionFile, by=by, **about, **fields)


def choose_reminders(*, user: User, rhythm: str) -> Reminder:
    """How often this person is told by message what is due and late. The last word counts: it is theirs alone."""
    return Reminder.objects.update_or_create(user=user, defaults={"rhythm": rhythm})[0]


def note(action: Action, by: User, kind: str, text: str) -> ActionNote:
    return ActionNote.objects.create(service_id=action.service_id, action=action, kind=kind, text=text, by=by)
