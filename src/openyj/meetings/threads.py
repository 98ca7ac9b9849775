"""Where actions arose: the item of the meeting that agreed them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from openyj.accounts.models import User
from openyj.accounts.roles import Permission
from openyj.actions.slots import Origin, origins
from openyj.core.components import Link
from openyj.meetings.models import Arising


def links(user: User, numbers: Collection[int]) -> dict[int, Link]:
    """The meeting and item of each of these actions; named without an address to who may not open meetings."""
    may = user.may(Permission.SEE_MEETINGS)
    rows = Arising.objects.standing().filter(service=user.service_id, action__in=numbers, item__in_error_at=None)
    rows = rows.select_related("item__meeting__kind")
    return {
        row.action_id: Link(f"{row.item.meeting}: {row.item}", row.item.get_absolute_url() if may else "")
        for row in rows
    }


def numbers() -> QuerySet:
    return Arising.objects.standing().values("action")


origins.add("meeting", Origin("A meeting", links, numbers))
