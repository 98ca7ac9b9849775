"""Actions made for tests, whatever scope the test has."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openyj.accounts.models import Service
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action, ActionNote
from openyj.core.clock import LONDON


def make_action(service: Service, **fields: Any) -> Action:
    """Agreed on 1 May 2026 with the health partner, due on 1 September 2026, unless `fields` say otherwise."""
    given = {"what": "Agree a room", "set_on": date(2026, 5, 1), "due_on": date(2026, 9, 1)} | fields
    if "owner" not in given:
        given.setdefault("owner_name", "Health partner")
    with acting(by=None, services=EVERY_SERVICE):
        return Action.objects.create(service=service, **given)


def make_note(action: Action, day: date, text: str = "Some of it is there", **fields: Any) -> ActionNote:
    at = datetime(day.year, day.month, day.day, 23, 30, tzinfo=LONDON)
    with acting(by=None, services=EVERY_SERVICE):
        return ActionNote.objects.create(action=action, service_id=action.service_id, text=text, at=at, **fields)


def read(action: Action) -> Action:
    """The action as it is saved now, with its colour."""
    with acting(by=None, services=EVERY_SERVICE):
        return Action.objects.with_rag().select_related("owner").get(pk=action.pk)
